import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { startOf } from '../../domain/events/times.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { bestPlace } from '../../domain/tables/best-place.ts';
import { comesYet } from '../../domain/tables/day.ts';
import { factsOf } from '../../domain/tables/facts.ts';
import { rowsBefore } from '../../domain/tables/plan.ts';
import type { Evening } from '../../domain/tables/wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as plans from '../../store/tables/plans.ts';
import { plansOf, type TablesOfEvent, tablesOf, withMet } from './evening.ts';
import { prepareRepairs } from './repairs.ts';
import { openDraft } from './seats.ts';
import { tellOfChange, untellChange } from './telling.ts';

/**
 * Shows the draft to everyone: from now on it is the plan of guests and hosts, and those hear by e-mail whom a change of a
 * published plan touches, until the event begins. Refused ('conflict') where another organiser changed it after the reader
 * saw it, and while nobody sits anywhere.
 */
export async function publishPlan(ctx: Context, eventId: number, seen: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { event, draft, seats, tables } = await openDraft(ctx, tx, eventId);
    if (draft.revision !== seen)
      throw new Refusal('conflict', 'The plan was changed in the meantime. Look at it, then publish it.');
    const expected = new Set(tables.people.map(({ id }) => id));
    const { published, publishedSeats } = await plansOf(tx, eventId, tables);
    const shown = withPast(
      new Map([...seats].filter(([id]) => expected.has(id))),
      published ? publishedSeats : new Map(),
      tables.held,
    );
    if (shown.size === 0) throw new Refusal('conflict', 'Nobody has a seat yet. Seat everyone first.');
    const now = ctx.now();
    const plan = await plans.open(tx, {
      eventId,
      state: 'published',
      rounds: draft.rounds,
      tables: draft.tables,
      changedAt: now,
    });
    const undo = rowsBefore(publishedSeats, shown);
    await plans.setRows(tx, plan.id, rowsBefore(shown, publishedSeats));
    const change = { event, tables, before: publishedSeats, after: shown };
    // Once it has begun an e-mail comes too late: people see their table on their page, and on the screen.
    const hasBegun = Temporal.Instant.compare(now, startOf(event)) >= 0;
    const cancelled = published && !hasBegun ? await tellOfChange(ctx, tx, change, undoEnds(now)) : [];
    await plans.change(tx, plan.id, {
      figures: draft.figures,
      undo: { kind: 'published', name: '', isFirst: published === null, seats: undo, cancelled },
      came: 0,
      gone: 0,
      newMeetings: factsOf(await withMet(tx, event, tables), shown).newMeetings,
      changedAt: now,
    });
    await prepareRepairs(ctx, tx, event);
  });
}

/** Keeps the rounds that have begun as everyone knows them. */
function withPast(
  seats: ReadonlyMap<number, number[]>,
  known: ReadonlyMap<number, number[]>,
  held: number,
): Map<number, number[]> {
  if (held === 0 || known.size === 0) return new Map(seats);
  return new Map(
    [...seats].map(([id, row]) => [
      id,
      row.map((table, round) => (round < held ? (known.get(id)?.[round] ?? 0) : table)),
    ]),
  );
}

/** Whether publishing can still be taken back. */
export function canTakeBack({ published }: { published: plans.Plan | null }, now: Temporal.Instant): boolean {
  if (published?.undo?.kind !== 'published') return false;
  return Temporal.Instant.compare(now, undoEnds(published.changedAt)) < 0;
}

/** Whether a table plan is published and cannot be taken back any more. */
export async function isPlanSettled(db: Db, eventId: number, now: Temporal.Instant): Promise<boolean> {
  const both = await plans.bothOf(db, eventId);
  return both.published !== null && !canTakeBack(both, now);
}

/** Takes publishing back within ten seconds: guests see the plan they knew, or none. */
export async function takeBackPublication(ctx: Context, eventId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const { published } = await plans.bothOf(tx, event.id);
    if (!published?.undo || !canTakeBack({ published }, ctx.now()))
      throw new Refusal(
        'conflict',
        'The ten seconds are over: guests see this plan now. Change it and publish again.',
      );
    if (published.undo.isFirst) return plans.remove(tx, published.id);
    await untellChange(ctx, tx, event.id, published.changedAt, published.undo.cancelled ?? []);
    await plans.setRows(tx, published.id, published.undo.seats);
    await plans.change(tx, published.id, { undo: null, changedAt: ctx.now() });
  });
}

/**
 * Lets both plans follow the list: people who come no longer give their place up, and once a plan is published people who
 * have said yes get the best free place at once, while nobody else moves.
 */
export async function followAnswers(tx: Tx, event: events.Event, now: Temporal.Instant): Promise<void> {
  if (event.shape !== 'tables') return;
  const both = await plans.bothOf(tx, event.id);
  if (!both.draft && !both.published) return;
  const tables = await tablesOf(tx, event, now);
  const { seats, publishedSeats } = await plansOf(tx, event.id, tables, both);
  let evening: Evening | undefined;
  for (const [plan, rows] of [
    [both.published, publishedSeats],
    [both.draft, seats],
  ] as const) {
    if (!plan) continue;
    const { gone, came, left } = goneAndCome(tables, rows, both.published !== null);
    if (gone.length + came.length === 0) continue;
    if (came.length > 0) evening ??= await withMet(tx, event, tables);
    const placed = came.map((person) => {
      // One after another, so that each sees where those before sit; the draft takes what the published plan gave.
      const given = plan.state === 'draft' ? publishedSeats.get(person.id) : undefined;
      const best = given ?? bestPlace(evening!, left, person);
      const row = best.map((table, round) =>
        round < tables.held ? (rows.get(person.id)?.[round] ?? 0) : table,
      );
      left.set(person.id, row);
      return [person.id, row] as const;
    });
    if (plan.state === 'published') for (const [id, row] of placed) publishedSeats.set(id, row);
    await plans.setRows(tx, plan.id, [
      ...gone.map((id) => [id, pastOf(rows.get(id)!, tables.held)] as const),
      ...placed,
    ]);
    await plans.change(tx, plan.id, {
      came: plan.came + placed.length,
      gone: plan.gone + gone.length,
      undo: null,
      figures: null,
      changedAt: plan.changedAt,
    });
  }
}

/** People with a seat who are not expected any more, those who are sure to come and have none, and the seats that are left. */
function goneAndCome(
  { people, rounds, held }: TablesOfEvent,
  rows: ReadonlyMap<number, number[]>,
  isPublished: boolean,
) {
  const expected = new Set(people.map(({ id }) => id));
  const sits = (row: readonly number[] | undefined) => row?.slice(held).some((table) => table > 0) === true;
  const left = new Map([...rows].filter(([id]) => expected.has(id)));
  return {
    left,
    gone: [...rows].filter(([id, row]) => !expected.has(id) && (held === 0 || sits(row))).map(([id]) => id),
    came: isPublished
      ? people.filter((one) => one.hasSaidYes && comesYet(one, { rounds, held }) && !sits(left.get(one.id)))
      : [],
  };
}

/** The row of somebody who left: what has begun stays; null where nothing had. */
function pastOf(row: readonly number[], held: number): number[] | null {
  const past = row.map((table, round) => (round < held ? table : 0));
  return past.some((table) => table > 0) ? past : null;
}
