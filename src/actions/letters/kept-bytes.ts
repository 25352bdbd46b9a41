import type { Context } from '../../context.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { unwrap, wrap } from '../sign-in/secret-keys.ts';

// A letter's bytes hold its links, so they are stored encrypted.

const label = (letterId: number) => `letter:${letterId}`;

/** Encrypts the bytes of a letter for its row. */
export function sealedBytes(
  ctx: Pick<Context, 'secret' | 'random'>,
  letterId: number,
  bytes: Buffer,
): Buffer {
  return wrap(ctx, label(letterId), bytes);
}

/** Decrypts the bytes of a letter as they go out; null where it was not drawn yet, or under a secret that is lost. */
export function keptBytes(
  ctx: Pick<Context, 'secret'>,
  { id, bytes }: Pick<Letter, 'id' | 'bytes'>,
): Buffer | null {
  return bytes && unwrap(ctx, label(id), bytes);
}
