import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { batchSizes, messagesEach, type SlipPurpose } from '../../domain/questions/nameless.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as slips from '../../store/questions/slips.ts';
import { refuseClosed } from './ask.ts';
import { ensureFactsRead } from './nameless-state.ts';
import { unwrapKey, wrapKey } from './slip-keys.ts';
import { keyFingerprint, requestHash, signBlinded } from './slip-signatures.ts';

/** Purposes of slips, in the order in which their keys are fingerprinted. */
export const purposes: readonly SlipPurpose[] = ['ask', 'ask-first', 'feedback', 'vote', 'vote-first'];

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

/**
 * Returns the fingerprint printed in the invitation and on the event's page, the same for everyone; '' while there are
 * no keys.
 */
export async function fingerprint(tx: Tx, eventId: number): Promise<string> {
  const keys = await slips.keysOf(tx, eventId);
  return keys.length === 0 ? '' : keyFingerprint(keys.map(({ publicKey }) => publicKey));
}

/** Blinded messages, 256 bytes each. */
export type Blinded = Partial<Record<slips.Purpose, Buffer[]>>;

/**
 * Signs a batch of slips unseen for somebody on the event's list, for each purpose they still may have one of; notes
 * only that, without a time. Returns the blind signatures of the first messages of each purpose: the first batch holds
 * the slip that counts its person, the second does not. The same batch asked for again is signed again, without a lock,
 * and counts once. Refuses when nothing is left to give.
 */
export async function giveOut(
  ctx: Context,
  eventId: number,
  personId: number,
  blinded: Blinded,
): Promise<Blinded> {
  const again = await signedBefore(ctx, eventId, personId, blinded);
  if (again) return again;
  const signed = await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseClosed(event, ctx.now());
    await refuseUninvited(tx, eventId, personId);
    const keys = await slips.lockKeys(tx, eventId);
    const due = batchesDue(ctx, keys, await slips.batchesOf(tx, eventId, personId), blinded);
    if (due.length === 0) throw nothingLeft();
    await slips.noteIssued(
      tx,
      eventId,
      personId,
      due.filter(({ isNew }) => isNew),
    );
    return signAll(due, blinded);
  });
  await ensureFactsRead(ctx, eventId);
  return signed;
}

async function signedBefore(
  ctx: Context,
  eventId: number,
  personId: number,
  blinded: Blinded,
): Promise<Blinded | null> {
  const had = await slips.batchesOf(ctx.db, eventId, personId);
  if (had.length === 0) return null;
  const due = batchesDue(ctx, await slips.keysOf(ctx.db, eventId), had, blinded);
  if (due.length === 0 || due.some(({ isNew }) => isNew)) return null;
  await refuseUninvited(ctx.db, eventId, personId);
  return signAll(due, blinded);
}

async function refuseUninvited(db: Db, eventId: number, personId: number): Promise<void> {
  const mine = await rsvps.find(db, eventId, personId);
  if (!mine || mine.state === 'uninvited') orNotFound(null, 'event');
}

interface DueBatch extends slips.Batch {
  key: { publicKey: Buffer; privateKey: Buffer };
  isNew: boolean;
}

/** For each purpose the batch that was asked for before, or the next one this person may have. */
function batchesDue(
  ctx: Context,
  keys: readonly slips.SlipKey[],
  had: readonly slips.Batch[],
  blinded: Blinded,
): DueBatch[] {
  return keys.flatMap((wrapped) => {
    const { purpose, publicKey } = wrapped;
    const messages = blinded[purpose];
    const privateKey = messages ? unwrapKey(ctx, wrapped) : null;
    if (!messages || !privateKey) return [];
    if (messages.length !== messagesEach[purpose]) throw wrongNumber();
    const mine = had.filter((one) => one.purpose === purpose);
    const request = requestHash(messages);
    const same = mine.find((one) => one.request?.equals(request));
    const batch = same?.batch ?? mine.length + 1;
    if (batch > batchSizes[purpose].length) return [];
    return [{ purpose, batch, request, key: { publicKey, privateKey }, isNew: !same }];
  });
}

function signAll(due: readonly DueBatch[], blinded: Blinded): Blinded {
  return Object.fromEntries(
    due.map(({ purpose, batch, key }) => {
      const messages = blinded[purpose]!.slice(0, batchSizes[purpose][batch - 1]);
      return [purpose, messages.map((message) => signBlinded(key, message))];
    }),
  );
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
