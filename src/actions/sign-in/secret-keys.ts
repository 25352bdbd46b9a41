import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Context } from '../../context.ts';

/** Opens every wrapped value, so that it is told from one that was stored before wrapping: DER begins with 0x30, a message with a letter. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts bytes for the database (AES-256-GCM under a key derived from the secret, RFC 5869); `label` names the row, so that no wrapped value opens in another row's place. */
export function wrap(ctx: Pick<Context, 'secret' | 'random'>, label: string, bytes: Buffer): Buffer {
  const nonce = ctx.random(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFor(ctx.secret, label), nonce);
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, sealed, cipher.getAuthTag()]);
}

/** Decrypts what `wrap` made under the same secret and label; null under any other, or where a byte has changed. */
export function unwrap({ secret }: Pick<Context, 'secret'>, label: string, wrapped: Buffer): Buffer | null {
  if (!isWrapped(wrapped)) return null;
  const nonce = wrapped.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, label), nonce);
  decipher.setAuthTag(wrapped.subarray(-tagBytes));
  try {
    const opened = decipher.update(wrapped.subarray(1 + nonceBytes, -tagBytes));
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null;
  }
}

/** Tells a wrapped value from one stored as it is. */
export function isWrapped(bytes: Buffer): boolean {
  return bytes[0] === version && bytes.length >= 1 + nonceBytes + tagBytes;
}

/** Derives the 32-byte key for one label (HKDF-SHA-256, RFC 5869). */
function keyFor(secret: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `flipside wrap ${label}`, 32));
}
