import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as answers from '../../store/guests/answers.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as holds from '../../store/letters/holds.ts';
import * as letters from '../../store/letters/letters.ts';
import * as reminders from '../../store/letters/reminders.ts';
import { fillFreeSeats } from '../guests/free-seats.ts';
import { factsOf } from './about-event.ts';

/** `since`: the last letter there was before. */
export type Hold = Pick<holds.Hold, 'id' | 'until'> & { since: number };

type Kind = holds.Hold['kind'];
type Plain = string | number | boolean | null | { instant: string };

/** Data that undoes a change; a part left out was not touched. */
export interface Undo {
  /** The event's columns that were changed, as they were. */
  values?: Record<string, Plain>;
  topics?: { trendId: number; teamId: number | null }[];
  /** People added to the list; `again`: they had been taken off it before. */
  added?: { personId: number; again: boolean }[];
  /** Snapshots of the answers it changed: of those taken off the list, and of those who got a seat that came free. */
  answers?: rsvps.Snapshot[];
  /** Letters that were not sent because of it. */
  silenced?: number[];
  /** A planned reminder that went out by it: its kind and moment. */
  reminder?: { kind: string; dueAt: string };
}

interface StoredUndo extends Undo {
  after: string[];
  since: number;
}

/** Opens the ten seconds in which a change can be undone: its letters belong to the hold and wait for its end. */
export async function openHold(ctx: Context, tx: Tx, eventId: number, kind: Kind): Promise<Hold> {
  const createdAt = ctx.now();
  const since = await letters.lastId(tx);
  const until = undoEnds(createdAt);
  const { id } = await holds.add(tx, { eventId, kind, before: {}, createdAt, until });
  return { id, until, since };
}

/** Records how to undo a change, once it is done. `event`: as it is after the change. */
export async function recordUndo(tx: Tx, hold: Hold, event: events.Event, before: Undo): Promise<void> {
  const kept: StoredUndo = { ...before, after: versionOf(event), since: hold.since };
  await holds.setBefore(tx, hold.id, { ...kept });
}

const versionOf = ({ sequence, state, revisedAt }: events.Event) => [
  String(sequence),
  state,
  revisedAt.toString(),
];

/** Finds which of these answers changed since, with their state before. */
export async function changedAnswers(
  tx: Tx,
  eventId: number,
  before: readonly rsvps.Rsvp[],
): Promise<rsvps.Snapshot[]> {
  const now = await rsvps.revisions(tx, eventId);
  return before.flatMap((one) => {
    const revision = now.get(one.id);
    return revision === undefined || revision === one.revision ? [] : [rsvps.snapshotOf(one, revision)];
  });
}

/** The columns in which two states of an event differ, as they were before. */
export function changedValues(before: events.Event, after: events.Event): Record<string, Plain> {
  const differs = (key: UndoableColumn) => String(before[key]) !== String(after[key]);
  return Object.fromEntries(
    (Object.keys(before) as UndoableColumn[]).filter(differs).map((key) => [key, plain(before[key])]),
  );
}

/** Columns whose change can be undone: rules for questions are no news for guests, so their change is never held. */
type UndoableColumn = Exclude<keyof events.Event, 'questionRules' | 'formatFacts'>;

const plain = (value: events.Event[UndoableColumn]): Plain =>
  value instanceof Temporal.Instant ? { instant: value.toString() } : value;

function columns(values: Record<string, Plain>): Partial<events.NewEvent> {
  const read = (value: Plain) =>
    typeof value === 'object' && value !== null ? Temporal.Instant.from(value.instant) : value;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, read(value)]));
}

/**
 * Undoes a change, with every letter it wrote and its SEQUENCE, so that nobody hears of it.
 * Throws a Refusal ('conflict') once the letters are due, or where something else was done since.
 */
export async function undoHold(ctx: Context, eventId: number, holdId: number): Promise<Kind> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const hold = orNotFound(await holds.find(tx, eventId, holdId), 'page');
    if (hold.takenBackAt !== null) return hold.kind;
    const now = ctx.now();
    if (Temporal.Instant.compare(now, hold.until) >= 0) throw tooLate();
    const kept = hold.before as unknown as StoredUndo;
    await refuseOvertaken(tx, event, hold, kept);
    const held = await letters.countHeld(tx, hold.id);
    if ((await letters.removeHeld(tx, hold.id)) < held) throw tooLate();
    await restore(ctx, tx, event, kept);
    // A seat that came free meanwhile went nowhere while the event was to be another.
    const restored = orNotFound(await events.find(tx, event.id), 'event');
    if (restored.state === 'published') await fillFreeSeats(ctx, tx, await factsOf(tx, restored));
    await holds.markUndone(tx, hold.id, now);
    return hold.kind;
  });
}

const tooLate = () =>
  new Refusal(
    'conflict',
    'The ten seconds are over and the e-mails are on their way. Change it again instead.',
  );

async function refuseOvertaken(
  tx: Tx,
  event: events.Event,
  hold: holds.Hold,
  kept: StoredUndo,
): Promise<void> {
  // Nothing about the event was changed, so nothing stands in the way.
  if (hold.kind === 'reminder' || hold.kind === 'message') return;
  const same = versionOf(event).join() === kept.after.join();
  const added = new Set((kept.added ?? []).map(({ personId }) => personId));
  const ownWork = new Map((kept.answers ?? []).map(({ id, replacedBy }) => [id, replacedBy]));
  const answered = (await rsvps.invitees(tx, event.id)).some(
    ({ id, personId, state, revision }) =>
      state !== 'invited' &&
      ownWork.get(id) !== revision &&
      (hold.kind === 'publication' || added.has(personId)),
  );
  if (same && !answered && !(await letters.calendarWrittenSince(tx, event.id, kept.since, hold.id))) return;
  throw new Refusal(
    'conflict',
    'Something else happened to this event in the meantime, so this can’t be undone. Change it again instead.',
  );
}

async function restore(ctx: Context, tx: Tx, event: events.Event, before: Undo): Promise<void> {
  for (const stood of before.answers ?? []) await rsvps.restore(tx, stood);
  for (const { personId, again } of before.added ?? []) await leaveList(tx, event.id, personId, again);
  if (before.topics) await events.setTopics(tx, event.id, before.topics, ctx.now());
  if (before.values) {
    const { minutes: _minutes, ...stored } = before.values;
    const values = columns(stored);
    await events.change(tx, event.id, { ...values, revisedAt: ctx.now() });
    if (values.state === 'draft') {
      await rsvps.markInvited(tx, event.id, null);
      await answers.removeOfEvent(tx, event.id);
    }
  }
  if (before.reminder) await reminders.forget(tx, event.id, before.reminder);
  const silenced = before.silenced ?? [];
  await letters.requeue(tx, silenced);
  for (const letterId of silenced) await ctx.queue(tx, 'deliver-letter', { letterId });
}

/**
 * The event as it was before an act that can still be taken back, and this person's answer; null where they had not heard
 * of it. `answer`: null where nobody's answer is shown.
 */
export function beforeHold<Own extends { id: number; personId: number; state: rsvps.Rsvp['state'] } | null>(
  event: events.Event,
  own: Own,
  { before }: Pick<holds.Hold, 'before'>,
): { event: events.Event; own: Own } | null {
  const undo = before as unknown as StoredUndo;
  const was = { ...event, ...columns(undo.values ?? {}) } as events.Event;
  if (was.state === 'draft') return null;
  if (own && undo.added?.some(({ personId }) => personId === own.personId)) return null;
  const answer = own && undo.answers?.find(({ id }) => id === own.id);
  return { event: was, own: answer ? { ...own, state: answer.state } : own };
}

/** Ids of the answers of people whom an act that can still be taken back took off a list. */
export function idsTakenOff({ kind, before }: Pick<holds.Hold, 'kind' | 'before'>): number[] {
  const { answers = [] } = before as unknown as StoredUndo;
  return kind === 'removal' ? answers.map(({ id }) => id) : [];
}

async function leaveList(tx: Tx, eventId: number, personId: number, again: boolean): Promise<void> {
  const row = await rsvps.find(tx, eventId, personId);
  if (row?.state !== 'invited') return;
  if (again) await rsvps.setState(tx, row.id, 'uninvited', {});
  else await rsvps.removeMany(tx, eventId, [personId]);
}
