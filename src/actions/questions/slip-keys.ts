import type { Context } from '../../context.ts';
import type { SlipKey } from '../../store/questions/slips.ts';
import { unwrap, wrap } from '../sign-in/secret-keys.ts';

// Private keys of slips are stored encrypted: a copy of the database signs nothing.

type Which = Pick<SlipKey, 'eventId' | 'purpose'>;

const label = ({ eventId, purpose }: Which) => `slip-key:${eventId}:${purpose}`;

/** Encrypts the private key of an event and purpose for its row. */
export function wrapKey(ctx: Pick<Context, 'secret' | 'random'>, key: Which, privateKey: Buffer): Buffer {
  return wrap(ctx, label(key), privateKey);
}

/** Decrypts a private key; null where it was destroyed, or encrypted under a secret that is lost. */
export function unwrapKey(
  ctx: Pick<Context, 'secret'>,
  { privateKey, ...key }: Which & { privateKey: Buffer | null },
): Buffer | null {
  return privateKey && unwrap(ctx, label(key), privateKey);
}
