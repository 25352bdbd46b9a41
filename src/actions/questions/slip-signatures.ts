import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto';
import { Refusal } from '../../refusal.ts';

/** Bytes of a 2048-bit modulus, and so of a blinded message and of a signature. */
const modulusBytes = 256;

/** A prepared message of RSABSSA-SHA384-PSS-Randomized (RFC 9474, section 4.1): 32 random bytes before SHA-256 of the slip's secret. */
export const slipMessageBytes = 64;

const padding = constants.RSA_NO_PADDING;

/** Signs unseen (RFC 9474, section 4.3, BlindSign): 256 bytes in and out; refuses what is no blinded message: 0, 1, n − 1, n and more. */
export function signBlinded(key: { publicKey: Buffer; privateKey: Buffer }, blinded: Buffer): Buffer {
  const [publicKey, privateKey] = [
    createPublicKey({ key: key.publicKey, format: 'der', type: 'spki' }),
    createPrivateKey({ key: key.privateKey, format: 'der', type: 'pkcs8' }),
  ];
  const n = numberIn(Buffer.from(publicKey.export({ format: 'jwk' }).n!, 'base64url'));
  const value = numberIn(blinded);
  if (blinded.length !== modulusBytes || value <= 1n || value >= n - 1n) {
    throw new Refusal('invalid', 'This is no slip that can be signed. Reload the page and try again.');
  }
  const signed = privateDecrypt({ key: privateKey, padding }, blinded);
  // A signature that went wrong in the machine could give the key away.
  if (!publicEncrypt({ key: publicKey, padding }, signed).equals(blinded))
    throw new Error('A blind signature did not come out right');
  return signed;
}

function numberIn(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

/** Whether this key signed the slip (RFC 9474, section 4.5: RSASSA-PSS with SHA-384 and a salt of 48 bytes). */
export function isSlipOf(publicKey: Buffer, slip: Slip): boolean {
  if (slip.message.length !== slipMessageBytes || slip.signature.length !== modulusBytes) return false;
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  return verify(
    'sha384',
    slip.message,
    { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
    slip.signature,
  );
}

export interface Slip {
  message: Buffer;
  signature: Buffer;
}

/** Returns the idempotency key of a batch: SHA-256 of its blinded messages. */
export function requestHash(blinded: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(blinded)).digest();
}

/** Returns the hash kept of a spent slip or a ballot: SHA-256 of its message. */
export function slipHash({ message }: Slip): Buffer {
  return createHash('sha256').update(message).digest();
}

/** Returns the hash kept of the secret by which a question is found again: SHA-256 of 'edit' and the secret. */
export function editHashOf(secret: Buffer): Buffer {
  return createHash('sha256').update('edit').update(secret).digest();
}

/** The fingerprint of an event's keys, given in the order of their purposes' names: 80 bits of SHA-256 in five groups, the same for everyone. */
export function keyFingerprint(publicKeys: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const key of publicKeys) hash.update(key);
  return hash
    .digest('hex')
    .slice(0, 20)
    .replace(/(.{4})(?=.)/g, '$1 ');
}
