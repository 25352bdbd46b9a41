// Secrets that go out and hashes that stay; form tokens bound to the cookie or link they belong to.
import { createHash, randomFillSync, timingSafeEqual } from 'node:crypto';

/** What is stored in place of a secret: SHA-256 in base64url. Our secrets carry 160 bits or more, so no salt is needed. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether two strings are equal, in time that does not depend on where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function formKeyOf(holder: string): Buffer {
  return createHash('sha256').update(`form:${holder}`).digest().subarray(0, 16);
}

const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** 16 random bytes, drawn many at a time: one draw costs as much as the whole rest of a token. */
function mask16(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += 16;
  return Buffer.from(drawn.subarray(used - 16, used));
}

/** A form token for the holder of a cookie or link. Masked anew each time, so that compression leaks nothing (BREACH). */
export function formToken(holder: string): string {
  const mask = mask16();
  const key = formKeyOf(holder);
  return Buffer.concat([mask, key.map((byte, i) => byte ^ mask[i]!)]).toString('base64url');
}

/** Whether a form token was made for this holder. */
export function isFormTokenOf(holder: string, token: unknown): boolean {
  if (typeof token !== 'string') return false;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32) return false;
  const key = bytes.subarray(16).map((byte, i) => byte ^ bytes[i]!);
  return timingSafeEqual(key, formKeyOf(holder));
}
