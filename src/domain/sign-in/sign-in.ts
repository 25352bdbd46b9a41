// Signing in by a mailed link or code: how long it works, and what a code looks like.

/** How long a link and its code work, in minutes. */
export const signInMinutes = 10;

/** How many well-formed codes one may try per letter. */
export const mostTries = 5;

/** How long a session lasts at most, in days. */
export const sessionDays = 30;

/** After how many days without a visit a session ends. */
export const idleDays = 14;

/** How many hours after signing in a person may do what asks for a fresh code. */
const freshHours = 24;

/** Whether the sign-in is recent enough to make organisers, change their addresses and export everybody. */
export function isFresh(signedInAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(signedInAt.add({ hours: freshHours }), now) >= 0;
}

/** The first day, in UTC, on which a visit still keeps a session at this moment. */
export function idleSince(now: Temporal.Instant): string {
  return now
    .subtract({ hours: 24 * idleDays })
    .toString()
    .slice(0, 10);
}

/** How long a browser stays known as one a person signs in with, in days since they last did; browsers keep no cookie for longer. */
export const knownBrowserDays = 400;

/** Crockford's base 32: of letters and digits that look alike only one is in it. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lookAlikes: Record<string, string> = { O: '0', I: '1', L: '1' };

/** Five bytes (40 bits) as a code of 8 characters, such as 'K7QM2XDR'; throws RangeError for another number of bytes. */
export function codeFrom(bytes: Uint8Array): string {
  if (bytes.length !== 5) throw new RangeError('A code is made from five bytes');
  let bits = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let code = '';
  for (let place = 0; place < 8; place++) {
    code = alphabet[Number(bits % 32n)]! + code;
    bits /= 32n;
  }
  return code;
}

/** The code as it stands in the letter: 'K7QM-2XDR'. */
export function spelledCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Reads a typed code of 8 characters; null where it cannot be one. Spaces, dashes and case do not matter. */
export function readCode(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}_.·]/gu, '');
  const code = letters.replace(/[OIL]/g, (letter) => lookAlikes[letter]!);
  return code.length === 8 && [...code].every((letter) => alphabet.includes(letter)) ? code : null;
}

/**
 * Whether a letter of this kind lets somebody in or only costs as much: a decoy is written for an address nobody here
 * has, goes the same way, and is never handed to a mail server.
 */
export function isSignIn(kind: string): boolean {
  return kind === 'sign-in' || kind === 'decoy';
}
