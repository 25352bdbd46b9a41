import type { Context } from '../../context.ts';
import { codeFrom } from '../../domain/sign-in/sign-in.ts';
import { derived, derivedLink } from './secrets.ts';

// Link and code of a sign-in letter. The database holds a random number per letter and hashes of both: whoever reads it
// needs the secret besides.

/** Derives the token in the link of a sign-in letter, 160 bits, from the letter's random number. */
export function signInToken(ctx: Pick<Context, 'secret'>, letterNumber: string): string {
  return derivedLink(ctx, `sign-in-link:${letterNumber}`);
}

/** Derives the code in a sign-in letter, such as 'K7QM2XDR'. */
export function signInCode(ctx: Pick<Context, 'secret'>, letterNumber: string): string {
  return codeFrom(derived(ctx, `sign-in-letter-code:${letterNumber}`, 5));
}
