import type { Context } from '../../context.ts';
import { isFresh, mostTries } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import type * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { type Asker, countFreshCode } from './limits.ts';
import { hashSecret } from './secrets.ts';
import { completeSignIn, letterWithCode, type SignedIn, writeSignIn } from './sign-ins.ts';

/** The session in which an organiser acts. */
export interface ActingSession {
  /** Hash of its token. */
  hash: string;
  signedInAt: Temporal.Instant;
}

/** The act waits for a code from a new e-mail. */
export class FreshCodeNeeded extends Refusal {
  constructor() {
    super('forbidden', 'Please confirm it’s you with a code from a new e-mail.');
  }
}

/** The session of this cookie; null where it ended. */
export async function actingSession(
  ctx: Context,
  session: string | undefined,
): Promise<ActingSession | null> {
  const hash = hashSecret(session ?? '');
  const signedInAt = await sessions.signedInAt(ctx.db, hash);
  return signedInAt && { hash, signedInAt };
}

/** Throws `FreshCodeNeeded` where e-mail leaves this machine and the organiser signed in more than a day ago. */
export function refuseStale(ctx: Context, session: ActingSession | null): void {
  if (!ctx.mail.configured) return;
  if (session === null || !isFresh(session.signedInAt, ctx.now())) throw new FreshCodeNeeded();
}

type Confirming = Pick<people.Person, 'id' | 'email'>;

/** E-mails a code to a person who is signed in, unless this browser has one that still works. Throws a Refusal ('too-many'). */
export async function sendFreshCode(
  ctx: Context,
  person: Confirming,
  browser: string,
  { again = false }: { again?: boolean } = {},
): Promise<void> {
  const email = person.email.toLowerCase();
  const last = await signIns.lastOf(ctx.db, hashSecret(browser), ctx.now());
  const works = last?.email === email && last.usedAt === null && last.tries < mostTries;
  if (works && !again) return;
  await countFreshCode(ctx, person.id);
  await ctx.db.transaction((tx) =>
    writeSignIn(ctx, tx, { email, browser, next: '/', confirms: { id: person.id } }),
  );
}

/** Starts a new session in place of the former one, with the code that was mailed to this person. Throws a Refusal that names the field. */
export async function confirmWithCode(
  ctx: Context,
  person: Confirming,
  asker: Asker & { code: string },
  former: string | undefined,
): Promise<SignedIn> {
  const letter = await letterWithCode(ctx, asker);
  if (letter.email !== person.email.toLowerCase()) {
    throw new Refusal('invalid', 'That code was sent to another address.', {}, 'code');
  }
  return completeSignIn(ctx, letter, {
    browser: asker.browser,
    former,
    act: 'confirmed-by-code',
    as: person.id,
  });
}
