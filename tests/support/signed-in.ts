// A session as signing in makes it, written straight into the database of a process that runs elsewhere.
import { randomBytes } from 'node:crypto';
import type { Context } from '../../src/context.ts';
import * as sessions from '../../src/store/sign-in/sessions.ts';
import { hashToken } from '../../src/web/tokens.ts';

/** Signs somebody in for a day on plain http; returns the cookie. */
export async function cookieOf(ctx: Pick<Context, 'db' | 'now'>, personId: number): Promise<string> {
  const [createdAt, secret] = [ctx.now(), randomBytes(32).toString('base64url')];
  const [expiresAt, seenOn] = [createdAt.add({ hours: 24 }), createdAt.toString().slice(0, 10)];
  await sessions.add(ctx.db, { tokenHash: hashToken(secret), personId, createdAt, seenOn, expiresAt });
  return `sid=${secret}`;
}
