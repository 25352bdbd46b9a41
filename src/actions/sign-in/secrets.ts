import { createHash, createHmac } from 'node:crypto';
import type { Context } from '../../context.ts';
import { spelled, unspelled } from '../../domain/sign-in/link-spelling.ts';

/** A secret nobody can guess, fit for an address or a cookie; 20 bytes are 160 bits, 32 are 256. */
export function newSecret(ctx: Pick<Context, 'random'>, bytes: number): string {
  return ctx.random(bytes).toString('base64url');
}

/** Hashes a secret of 160 bits or more for storing, however a link spells it: SHA-256 in base64url, as the web room does. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(unspelled(secret)).digest('base64url');
}

/** Derives bytes that only this deployment can work out, the same each time; as many as asked for, 32 at most. */
export function derived(ctx: Pick<Context, 'secret'>, what: string, bytes: number): Buffer {
  return createHmac('sha256', ctx.secret).update(what).digest().subarray(0, bytes);
}

/** Derives the secret of a link, 160 bits, as the link spells it. */
export function derivedLink(ctx: Pick<Context, 'secret'>, what: string): string {
  return spelled(derived(ctx, what, 20));
}

/** Hashes a secret short enough to guess for storing: trying it out needs our own secret. */
export function keyedHash(ctx: Pick<Context, 'secret'>, purpose: string, value: string): string {
  return createHmac('sha256', ctx.secret).update(`${purpose}:${value}`).digest('base64url');
}
