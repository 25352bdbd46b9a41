import type { AbandonedSlot, Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  addBatches,
  addEnvelope,
  addFailure,
  applyStep,
  type Batch,
  dropVotesForNothing,
  nothingWaits,
  paddedLength,
  type Waiting,
} from '../../domain/questions/waiting.ts';
import * as store from '../../store/questions/envelope.ts';
import * as nameless from '../../store/questions/nameless.ts';
import { unwrap, wrap } from '../sign-in/secret-keys.ts';
import { batchesIn, clearSlot, padded, unpadded } from './nameless-slot.ts';
import { type EnvelopeKey, type NamelessState, newBatch, readAllFacts, stateOf } from './nameless-state.ts';

const keyLabel = 'nameless-envelope-key';

export interface OpenedEnvelope {
  tx: Tx;
  waiting: Waiting;
  state: NamelessState;
}

/**
 * Opens the envelope, adds what this process's slot and those of processes that are gone hold, does `act`, seals it
 * under a new key and empties the slots. One at a time in this process, and by the lock of its row in all of them.
 */
export function withEnvelope<T>(ctx: Context, act: (opened: OpenedEnvelope) => Promise<T>): Promise<T> {
  const state = stateOf(ctx);
  const result = state.ticking.then(() => openOnce(ctx, state, act));
  state.ticking = result.catch(() => {});
  return result;
}

async function openOnce<T>(
  ctx: Context,
  state: NamelessState,
  act: (opened: OpenedEnvelope) => Promise<T>,
): Promise<T> {
  const abandoned = await state.slot.abandoned();
  const failures = new Map(state.failures);
  state.merging.push(state.own);
  state.own = newBatch(ctx);
  try {
    const done = await ctx.db.transaction(async (tx) => {
      const waiting = await open(ctx, state, tx);
      await readAllFacts(ctx, tx);
      await addAside(state, tx, waiting);
      addBatches(waiting, [...state.merging, ...found(ctx, abandoned)], state.spent);
      await addIntake(tx, waiting);
      dropVotesForNothing(waiting, state.questions);
      await settleFailures(ctx, tx, waiting, failures);
      const result = await act({ tx, waiting, state });
      const key = await sealAnew(ctx, state, tx, waiting);
      return { waiting, result, key };
    });
    await keepOnly(ctx, state, done.key);
    for (const [kind, n] of failures) subtract(state.failures, kind, n);
    settle(ctx, state, done.waiting);
    await clearSlot(ctx, state);
    for (const slot of abandoned) await (batchesIn(ctx, slot.copies) ? slot.remove() : slot.release());
    return done.result;
  } catch (error) {
    for (const slot of abandoned) await slot.release();
    throw error;
  }
}

function found(ctx: Context, abandoned: readonly AbandonedSlot[]): Batch[] {
  return abandoned.flatMap(({ copies }) => batchesIn(ctx, copies) ?? []);
}

function subtract(counts: Map<string, number>, kind: string, n: number): void {
  const left = (counts.get(kind) ?? 0) - n;
  if (left > 0) counts.set(kind, left);
  else counts.delete(kind);
}

/** From now on the envelope is what this process knows, and what came in meanwhile. */
function settle(ctx: Context, state: NamelessState, waiting: Waiting): void {
  state.merging = [];
  state.cast.clear();
  state.tickAt = ctx.now();
  state.waiting = waiting;
  for (const step of state.own.steps) applyStep(state.waiting, step, state.spent);
}

async function open(ctx: Context, state: NamelessState, tx: Tx): Promise<Waiting> {
  const envelope = await store.lock(tx);
  if (envelope === null) return nothingWaits();
  const { keyId } = envelope;
  const key = keyIn(state.keys, keyId) ?? (await storedKey(ctx, tx, keyId));
  // Until the new envelope is committed, the key file names this key too.
  if (key && !keyIn(state.keys, keyId)) state.keys = [{ id: keyId, key }, ...state.keys];
  const waiting = key && contentsOf(key, envelope.sealed);
  if (waiting) return waiting;
  await store.putAside(tx, envelope, ctx.now().toString().slice(0, 10));
  return nothingWaits();
}

/** Adds envelopes that another process could not open and this one still can. */
async function addAside(state: NamelessState, tx: Tx, waiting: Waiting): Promise<void> {
  for (const { keyId, sealed } of await store.listPutAside(tx)) {
    const key = keyIn(state.keys, keyId);
    const other = key && contentsOf(key, sealed);
    if (!other) continue;
    addEnvelope(waiting, other, state.spent);
    await store.removeAside(tx, keyId);
  }
}

const keyIn = (keys: readonly EnvelopeKey[], id: Buffer) =>
  keys.find((one) => one.id.equals(id))?.key ?? null;

function contentsOf(key: Buffer, sealed: Buffer): Waiting | null {
  const bytes = unwrap({ secret: key }, 'envelope', sealed);
  return bytes && { ...nothingWaits(), ...(JSON.parse(unpadded(bytes)) as Waiting) };
}

/** Questions that waited when this version came: the page said they would be shown however few. */
async function addIntake(tx: Tx, waiting: Waiting): Promise<void> {
  for (const { id, eventId, topicId, text, editHash } of await nameless.takeIntake(tx)) {
    const [idText, edit] = [id.toString('base64url'), editHash.toString('base64url')];
    const asked = { event: eventId, id: idText, edit, slip: '', first: false, topic: topicId, text };
    waiting.questions.push({ ...asked, alone: true, isChange: false });
  }
}

/** Adds today's failures to the envelope, and writes those of days that are over. */
async function settleFailures(
  ctx: Context,
  tx: Tx,
  waiting: Waiting,
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [key, n] of counts)
    for (let i = 0; i < n; i++) addFailure(waiting, key.slice(0, 10), key.slice(11));
  const today = ctx.now().toString().slice(0, 10);
  const over = Object.keys(waiting.failures).filter((day) => day < today);
  const rows = over.flatMap((day) =>
    Object.entries(waiting.failures[day]!).map(([kind, n]) => ({ day, kind, n })),
  );
  await store.addFailures(tx, rows);
  for (const day of over) delete waiting.failures[day];
}

async function sealAnew(ctx: Context, state: NamelessState, tx: Tx, waiting: Waiting): Promise<EnvelopeKey> {
  cryptoShuffle(ctx, waiting.questions);
  cryptoShuffle(ctx, waiting.votes);
  cryptoShuffle(ctx, waiting.spent);
  const fresh = { id: ctx.random(16), key: ctx.random(32) };
  const text = JSON.stringify(waiting);
  const bytes = padded(text, paddedLength(waiting, Buffer.byteLength(text) + 4));
  const sealed = wrap({ secret: fresh.key, random: ctx.random }, 'envelope', bytes);
  await store.put(tx, { keyId: fresh.id, sealed });
  state.keys = [fresh, ...state.keys].slice(0, 5);
  if (ctx.envelopeKey) await writeKeyFile(ctx, state.keys);
  else await store.putWrappedKey(tx, fresh.id, wrap(ctx, keyLabel, fresh.key));
  return fresh;
}

/** Forgets the keys before: nothing that they open is needed any more. */
async function keepOnly(ctx: Context, state: NamelessState, key: EnvelopeKey): Promise<void> {
  state.keys = [key];
  if (ctx.envelopeKey) await writeKeyFile(ctx, state.keys);
}

interface KeyEntry {
  id: string;
  wrapped: string;
}

async function writeKeyFile(ctx: Context, keys: readonly EnvelopeKey[]): Promise<void> {
  const entries = keys.map(({ id, key }): KeyEntry => {
    return { id: id.toString('base64url'), wrapped: wrap(ctx, keyLabel, key).toString('base64url') };
  });
  await ctx.envelopeKey?.write(Buffer.from(JSON.stringify(entries)));
}

async function storedKey(ctx: Context, tx: Tx, id: Buffer): Promise<Buffer | null> {
  if (!ctx.envelopeKey) {
    const row = await store.wrappedKey(tx);
    return row?.keyId.equals(id) ? unwrap(ctx, keyLabel, row.wrapped) : null;
  }
  const file = await ctx.envelopeKey.read();
  const entries: KeyEntry[] = file ? JSON.parse(file.toString('utf8')) : [];
  const mine = entries.filter((one) => one.id === id.toString('base64url'));
  const opened = mine.map(({ wrapped }) => unwrap(ctx, keyLabel, Buffer.from(wrapped, 'base64url')));
  return opened.find((key) => key !== null) ?? null;
}

/** Keeps the envelope's stored key under a new secret; in a file also under the old one, until the next tick writes it anew. */
export async function rewrapEnvelopeKey(ctx: Context, tx: Tx, before: Buffer): Promise<void> {
  const again = (wrapped: Buffer) => {
    const key = unwrap({ secret: before }, keyLabel, wrapped);
    return key && wrap(ctx, keyLabel, key);
  };
  const row = ctx.envelopeKey ? null : await store.wrappedKey(tx);
  const fresh = row && again(row.wrapped);
  if (row && fresh) await store.putWrappedKey(tx, row.keyId, fresh);
  const file = await ctx.envelopeKey?.read();
  if (!file) return;
  const entries: KeyEntry[] = JSON.parse(file.toString('utf8'));
  const more = entries.flatMap(({ id, wrapped }) => {
    const key = again(Buffer.from(wrapped, 'base64url'));
    return key ? { id, wrapped: key.toString('base64url') } : [];
  });
  await ctx.envelopeKey?.write(Buffer.from(JSON.stringify([...more, ...entries])));
}

/** Puts a list in random order (Fisher and Yates). Changes the list, and returns it. */
export function cryptoShuffle<T>(ctx: Pick<Context, 'random'>, list: T[]): T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = ctx.random(6).readUIntBE(0, 6) % (last + 1);
    [list[last], list[other]] = [list[other]!, list[last]!];
  }
  return list;
}
