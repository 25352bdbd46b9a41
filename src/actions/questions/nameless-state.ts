import type { Context, Slot } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { endOf, startOf } from '../../domain/events/times.ts';
import { daysRemembered, type Times } from '../../domain/questions/nameless.ts';
import {
  applyStep,
  type Batch,
  nothingWaits,
  type Step,
  type Waiting,
  withStep,
} from '../../domain/questions/waiting.ts';
import { Refusal } from '../../refusal.ts';
import * as store from '../../store/questions/nameless-facts.ts';

/** An event as the last tick read it. */
export interface KnownEvent extends store.EventFacts {
  times: Times;
}

export interface EnvelopeKey {
  id: Buffer;
  key: Buffer;
}

/** Knowledge of this process between two ticks, so that an ask touches nothing but its slot. */
export interface NamelessState {
  slot: Slot;
  events: Map<number, KnownEvent>;
  spent: Set<string>;
  edits: Set<string>;
  /** Keys of all questions of each event, as the last tick read them. */
  questions: Map<number, Set<string>>;
  readAt: Temporal.Instant | null;
  /** How often this process was told that an event was changed, so that an older reading does not replace a newer one. */
  changed: Map<number, number>;
  tickAt: Temporal.Instant;
  /** The envelope as the last tick left it, and what came in since. */
  waiting: Waiting;
  /** Items that came in since the last tick, and those that a tick is adding or failed to add. */
  own: Batch;
  merging: Batch[];
  /** The key of the envelope that this process sealed last, and those before while it is not sure. */
  keys: EnvelopeKey[];
  failures: Map<string, number>;
  /** How many votes each ballot cast since the last tick: in memory only. */
  cast: Map<string, number>;
  /** Events whose beginning a tick of this process has seen, and those written to at once since the last rewriting. */
  begun: Set<number>;
  atOnce: Set<number>;
  /** The last tick, so that one follows another; the last write of the slot, and the one that comes next. */
  ticking: Promise<unknown>;
  writing: Promise<unknown>;
  nextWrite: Promise<void> | null;
  generation: number;
}

const states = new WeakMap<Slot, NamelessState>();

/** Returns what this process knows; refuses where it has no slot. */
export function stateOf(ctx: Context): NamelessState {
  const { slot } = ctx;
  if (!slot) throw new Refusal('unavailable', 'Asking without a name is off on this server.', {}, 'full');
  const known = states.get(slot);
  if (known) return known;
  const state = emptyState(ctx, slot);
  states.set(slot, state);
  return state;
}

function emptyState(ctx: Context, slot: Slot): NamelessState {
  return {
    slot,
    events: new Map(),
    spent: new Set(),
    edits: new Set(),
    questions: new Map(),
    readAt: null,
    changed: new Map(),
    tickAt: ctx.now(),
    waiting: nothingWaits(),
    own: newBatch(ctx),
    merging: [],
    keys: [],
    failures: new Map(),
    cast: new Map(),
    begun: new Set(),
    atOnce: new Set(),
    ticking: Promise.resolve(),
    writing: Promise.resolve(),
    nextWrite: null,
    generation: 0,
  };
}

/** Returns an empty batch with an id of its own. */
export function newBatch(ctx: Context): Batch {
  return { id: ctx.random(16).toString('base64url'), steps: [] };
}

/** Adds one step to what waits and to this process's batch; the caller writes the slot. */
export function addStep(state: NamelessState, step: Step): void {
  applyStep(state.waiting, step, state.spent);
  state.own.steps = withStep(state.own.steps, step);
}

/** Reads what the database says of all events; of those that were changed meanwhile once more. */
export async function readAllFacts(ctx: Context, db: Db = ctx.db): Promise<void> {
  const state = stateOf(ctx);
  const before = new Map(state.changed);
  const facts = await readFacts(ctx, db);
  state.events = new Map(facts.events.map((one) => [one.event.id, { ...one, times: timesOf(one) }]));
  state.spent = new Set(facts.spent);
  state.edits = new Set(facts.edits);
  state.questions = facts.questions;
  state.readAt = ctx.now();
  for (const [id, times] of state.changed) if (before.get(id) !== times) await readOne(state, db, id);
}

function readFacts(ctx: Context, db: Db): Promise<store.NamelessFacts> {
  const since = ctx.now().subtract({ hours: 24 * daysRemembered });
  return store.read(db, since.toString().slice(0, 16));
}

/** Reads the facts of a changed event again; those of one not known are read when somebody asks there. */
export async function rereadFacts(ctx: Context, eventId: number): Promise<void> {
  const state = stateOf(ctx);
  state.changed.set(eventId, (state.changed.get(eventId) ?? 0) + 1);
  if (state.events.has(eventId)) await readOne(state, ctx.db, eventId);
}

async function readOne(state: NamelessState, db: Db, id: number): Promise<void> {
  const times = state.changed.get(id);
  const facts = await store.readEvent(db, id);
  if (state.changed.get(id) !== times) return;
  if (facts) state.events.set(id, { ...facts, times: timesOf(facts) });
  else state.events.delete(id);
}

/** The first and the last moment of an event. */
export function timesOf({ event, minutes }: Pick<store.EventFacts, 'event' | 'minutes'>): Times {
  return { start: startOf(event), end: endOf({ ...event, minutes }) };
}

/** Reads the facts where this event is not known yet; for requests in which somebody is known anyway. */
export async function ensureFactsRead(ctx: Context, eventId: number): Promise<void> {
  if (!ctx.slot) return;
  if (!stateOf(ctx).events.has(eventId)) await readAllFacts(ctx);
}

/** Finds an event that is known; reads all of them at most every five seconds where it is not. Null where there is none. */
export async function knownEvent(ctx: Context, eventId: number): Promise<KnownEvent | null> {
  const state = stateOf(ctx);
  const known = state.events.get(eventId);
  if (known) return known;
  const isFresh = state.readAt && Temporal.Instant.compare(ctx.now(), state.readAt.add({ seconds: 5 })) < 0;
  if (isFresh) return null;
  await readAllFacts(ctx);
  return state.events.get(eventId) ?? null;
}

/** Counts a failure below /anon/, to be written when its day is over. */
export function noteFailure(ctx: Context, kind: string): void {
  if (!ctx.slot) return;
  const { failures } = stateOf(ctx);
  const key = `${ctx.now().toString().slice(0, 10)} ${kind}`;
  failures.set(key, (failures.get(key) ?? 0) + 1);
}
