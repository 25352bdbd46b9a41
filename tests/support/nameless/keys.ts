// RSA keys for tests, made once per test file and handed out in turn, since making one takes a tenth of a second.
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

type Pair = { publicKey: Buffer; privateKey: Buffer };

const make = promisify(generateKeyPair);
const made: Promise<Pair>[] = [];
let count = 0;

/** One of nine: the keys of three events that follow each other differ. */
export function nextKeyPair(): Promise<Pair> {
  const place = count++ % 9;
  made[place] ??= make('rsa', {
    modulusLength: 2048,
    publicExponent: 65537,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return made[place];
}
