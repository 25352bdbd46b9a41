// Secrets that go out and hashes that stay; form tokens bound to the cookie or link they belong to.
import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';

/** Hashes a secret for storing: SHA-256 in base64url. Our secrets carry 160 bits or more, so no salt is needed. */
export function hashToken(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Whether two strings are equal, in time that does not depend on where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function formKeyOf(holder: string): Buffer {
  return hash('sha256', `form:${holder}`, 'buffer').subarray(0, 16);
}

const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** A form token for the holder of a cookie or link. Masked anew each time, so that compression leaks nothing (BREACH). */
export function formToken(holder: string): string {
  // The masks are drawn many at a time: one draw costs as much as the whole rest of a token.
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const token = Buffer.allocUnsafe(32);
  drawn.copy(token, 0, used, used + 16);
  used += 16;
  const key = formKeyOf(holder);
  for (let i = 0; i < 16; i++) token[16 + i] = key[i]! ^ token[i]!;
  return token.toString('base64url');
}

/** Whether a form token was made for this holder. */
export function isFormTokenOf(holder: string, token: unknown): boolean {
  if (typeof token !== 'string') return false;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32) return false;
  const key = bytes.subarray(16).map((byte, i) => byte ^ bytes[i]!);
  return timingSafeEqual(key, formKeyOf(holder));
}
