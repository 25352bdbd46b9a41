import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { Attendee } from '../../domain/tables/attendance.ts';
import { bestPlace } from '../../domain/tables/best-place.ts';
import { tablesOf as atTables } from '../../domain/tables/facts.ts';
import { type ChangeKind, noSeat } from '../../domain/tables/plan.ts';
import { isOpenTable } from '../../domain/tables/wishes.ts';
import { Refusal } from '../../refusal.ts';
import type * as events from '../../store/events/events.ts';
import * as plans from '../../store/tables/plans.ts';
import { lockTables, plansOf, type TablesOfEvent, withMet } from './evening.ts';

/** An event's draft, locked to be changed. */
export interface OpenDraft {
  event: events.Event;
  tables: TablesOfEvent;
  draft: plans.Plan;
  seats: Map<number, number[]>;
}

/** Locks the event and opens its draft: a copy of the published plan where there is none, else an empty one. */
export async function openDraft(ctx: Context, tx: Tx, eventId: number): Promise<OpenDraft> {
  const { event, tables } = await lockTables(tx, eventId, ctx.now());
  const { rounds, tables: count } = tables;
  const known = await plansOf(tx, eventId, tables);
  const plan = { eventId, state: 'draft' as const, rounds, tables: count, changedAt: ctx.now() };
  const draft = await plans.open(tx, plan);
  if (known.draft) return { event, tables, draft, seats: known.seats };
  await plans.setRows(tx, draft.id, [...known.publishedSeats]);
  return { event, tables, draft, seats: known.publishedSeats };
}

/** Writes somebody's new row into the draft, and how to take it back. */
async function changeRow(
  ctx: Context,
  tx: Tx,
  { draft, seats }: OpenDraft,
  person: Attendee,
  row: number[] | null,
  kind: ChangeKind,
): Promise<void> {
  const before = seats.get(person.id) ?? null;
  if (before?.join() === row?.join()) return;
  await plans.setRows(tx, draft.id, [[person.id, row]]);
  await plans.change(tx, draft.id, {
    // The planner proved something of its own seats, not of these.
    figures: null,
    changedAt: ctx.now(),
    undo: { kind, name: person.name, seats: [[person.id, before]] },
  });
}

/** Seat somebody is to have: `from` is the table at which the reader saw them, 0 for none; `to` 0 takes them off. */
export interface Move {
  personId: number;
  /** From 1. */
  round: number;
  from: number;
  to: number;
}

/**
 * Moves somebody to another table in one round; hosts, and people whose seat does not move, in all of them. Refused
 * ('conflict') where another organiser has moved them meanwhile, and where the table is full.
 */
export async function movePerson(ctx: Context, eventId: number, move: Move): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await openDraft(ctx, tx, eventId);
    const { tables, seats } = open;
    const person = attendeeIn(tables, move.personId);
    const { rounds } = tables;
    if (move.round > rounds || move.to > tables.tables)
      throw new Refusal('invalid', 'There is no such table or round. Look at the plan again.');
    const row = seats.get(person.id) ?? noSeat(rounds);
    const now = row[move.round - 1] ?? 0;
    if (now !== move.from) throw movedMeanwhile(person, now);
    const keeps =
      (person.host !== null && person.hostUntil === undefined) ||
      tables.wishes.some(({ kind, personId }) => kind === 'stays' && personId === person.id);
    if (move.round <= tables.held)
      throw new Refusal('conflict', 'Round {n} has begun. Nobody is moved in it any more.', {
        n: move.round,
      });
    if (move.to > 0 && !isOpenTable(tables, move.to, move.round))
      throw new Refusal('conflict', 'Table {n} was dropped. Choose another one.', { n: move.to });
    const changed = row.map((table, round) => {
      if (round < tables.held) return table;
      return keeps || round === move.round - 1 ? move.to : table;
    });
    if (move.to > 0) refuseFull(open, person, changed);
    const isEmpty = changed.every((table) => table === 0);
    await changeRow(ctx, tx, open, person, isEmpty ? null : changed, move.to === 0 ? 'taken-off' : 'moved');
  });
}

/** Finds somebody among the people expected; refuses ('conflict') where they are not. */
export function attendeeIn({ people }: TablesOfEvent, personId: number): Attendee {
  const person = people.find(({ id }) => id === personId);
  if (person) return person;
  throw new Refusal('conflict', 'They are no longer expected, so they have no seat. Look at the plan again.');
}

function movedMeanwhile({ name }: Attendee, table: number): Refusal {
  return table === 0
    ? new Refusal('conflict', '{name} has no seat by now: another organiser changed it. Pick them again.', {
        name,
      })
    : new Refusal(
        'conflict',
        '{name} sits at table {n} by now: another organiser moved them. Pick them again.',
        { name, n: table },
      );
}

function refuseFull({ tables, seats }: OpenDraft, person: Attendee, row: readonly number[]): void {
  if (tables.mostSeats === null) return;
  const others = { ...tables, people: tables.people.filter(({ id }) => id !== person.id) };
  const before = seats.get(person.id);
  const full = atTables(others, seats).findIndex(
    (room, round) =>
      row[round] !== before?.[round] && (room.get(row[round]!)?.length ?? 0) >= tables.mostSeats!,
  );
  if (full >= 0)
    throw new Refusal('conflict', 'Table {n} is full in round {round}. Move someone away first.', {
      n: row[full]!,
      round: full + 1,
    });
}

/** Gives somebody the best free place in each round; nobody else moves. */
export async function placeBest(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await openDraft(ctx, tx, eventId);
    const person = attendeeIn(open.tables, personId);
    const evening = await withMet(tx, open.event, open.tables);
    await changeRow(ctx, tx, open, person, bestPlace(evening, open.seats, person), 'placed');
  });
}

/** Takes the last change of the draft back. Refused ('conflict') where something was changed since it was shown. */
export async function undoChange(ctx: Context, eventId: number, seen: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { draft } = await openDraft(ctx, tx, eventId);
    if (draft.undo === null) return;
    if (draft.revision !== seen)
      throw new Refusal(
        'conflict',
        'The plan was changed in the meantime. Look at it before you undo something.',
      );
    await plans.setRows(tx, draft.id, draft.undo.seats);
    await plans.change(tx, draft.id, { undo: null, figures: null, changedAt: ctx.now() });
  });
}
