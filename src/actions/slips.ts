import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { mostBatches, slipsEach } from '../domain/nameless.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as rsvps from '../store/rsvps.ts';
import * as slips from '../store/slips.ts';
import { refuseClosed } from './questions.ts';
import { unwrapKey, wrapKey } from './slip-keys.ts';
import { fingerprintOf, requestHash, signBlinded } from './slip-signatures.ts';

const purposes = ['ask', 'feedback', 'vote'] as const;

/** Makes the keys an event lacks, one for each purpose, before anyone hears of it; a key that is there is never replaced. */
export async function ensureKeys(ctx: Context, eventId: number): Promise<void> {
  const { newKeyPair } = ctx;
  if (!newKeyPair) return;
  const there = new Set((await slips.keysOf(ctx.db, eventId)).map(({ purpose }) => purpose));
  const missing = purposes.filter((purpose) => !there.has(purpose));
  const pairs = await Promise.all(missing.map(() => newKeyPair()));
  for (const [index, purpose] of missing.entries()) {
    const { publicKey, privateKey } = pairs[index]!;
    const wrapped = wrapKey(ctx, { eventId, purpose }, privateKey);
    await slips.addKey(ctx.db, { eventId, purpose, publicKey, privateKey: wrapped });
  }
}

/** What is printed in the invitation and on the event's page, the same for everyone; '' while there are no keys. */
export async function fingerprint(tx: Tx, eventId: number): Promise<string> {
  const keys = await slips.keysOf(tx, eventId);
  return keys.length === 0 ? '' : fingerprintOf(keys.map(({ publicKey }) => publicKey));
}

/** Blinded messages, 256 bytes each. */
export type Blinded = Partial<Record<slips.Purpose, Buffer[]>>;

/**
 * Signs a batch of slips unseen for somebody on the event's list, for each purpose they still may have one of; notes
 * only that, without a time; the same batch asked for again counts once. Returns the blind signatures by purpose. Refuses when nothing is left to give.
 */
export async function giveOut(
  ctx: Context,
  eventId: number,
  personId: number,
  blinded: Blinded,
): Promise<Blinded> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    await refuseClosed(tx, event, ctx.now());
    const mine = await rsvps.find(tx, eventId, personId);
    if (!mine || mine.state === 'uninvited') orNotFound(null, 'event');
    const keys = await slips.lockKeys(tx, eventId);
    const signed: Blinded = {};
    const batches: slips.Batch[] = [];
    for (const key of keys) {
      const { purpose, publicKey } = key;
      const privateKey = unwrapKey(ctx, key);
      const messages = blinded[purpose];
      if (!messages || !privateKey) continue;
      if (messages.length !== slipsEach[purpose]) throw wrongNumber();
      const had = await slips.batchesOf(tx, eventId, purpose, personId);
      const request = requestHash(messages);
      const isSame = had.some((one) => one?.equals(request));
      if (!isSame && had.length >= mostBatches[purpose]) continue;
      signed[purpose] = messages.map((message) => signBlinded({ publicKey, privateKey }, message));
      if (!isSame) batches.push({ purpose, batch: had.length + 1, request });
    }
    if (Object.keys(signed).length === 0) throw nothingLeft();
    await slips.noteIssued(tx, eventId, personId, batches);
    return signed;
  });
}

function wrongNumber(): Refusal {
  return new Refusal('invalid', 'This is not the number of slips one gets. Reload the page and try again.');
}

function nothingLeft(): Refusal {
  return new Refusal(
    'conflict',
    'Two of your browsers have slips for this event already. Ask there, or ask with your name.',
  );
}
