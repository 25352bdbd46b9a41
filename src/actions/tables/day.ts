import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  changedFacts,
  comesYet,
  type DayChange,
  type DayFacts,
  keyOf,
  newcomer,
  whoIsHere,
  withDropped,
  withHost,
  withReopened,
} from '../../domain/tables/day.ts';
import type { DayOption, OptionName } from '../../domain/tables/day-options.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as people from '../../store/people/people.ts';
import * as attendees from '../../store/tables/attendees.ts';
import * as days from '../../store/tables/day.ts';
import * as plans from '../../store/tables/plans.ts';
import { admit } from '../guests/door.ts';
import { prepareRepairs, proposalsFor, rowOf } from './repairs.ts';
import { refuseNotNow, type Situation, situationOf } from './situation.ts';

/** A change as it is reported; people who are here are looked up at the door's list. */
export type Reported = Exclude<DayChange, { kind: 'here' }> | { kind: 'here' };

/** Hours after which proposals that nobody accepted are dropped. */
const hoursKept = 24;

/**
 * Proposes new seats for a change, ready beforehand or worked out now; gives its number. Refused ('conflict') outside the day
 * and where nothing would change.
 */
export async function proposeSeats(ctx: Context, eventId: number, reported: Reported): Promise<number> {
  const event = orNotFound(await events.find(ctx.db, eventId), 'event');
  const now = ctx.now();
  const situation = await situationOf(ctx.db, event, now);
  refuseNotNow(situation, now);
  const change = reported.kind === 'here' ? await hereNow(ctx, situation) : reported;
  refuseSenseless(situation, change);
  const ready = await days.proposalFor(ctx.db, eventId, situation.mark, keyOf(change));
  if (ready) return ready.id;
  const evening = await withNewcomer(ctx, situation, change);
  const [proposed] = await proposalsFor(situation, [change], { evening });
  if (!proposed)
    throw new Refusal('conflict', 'No seats were found in time. Try again, or change the plan by hand.');
  await days.dropOldProposals(ctx.db, eventId, now.subtract({ hours: hoursKept }));
  await days.keepProposals(ctx.db, [rowOf(situation, proposed, now)]);
  const kept = await days.proposalFor(ctx.db, eventId, situation.mark, keyOf(change));
  return kept!.id;
}

function refuseSenseless({ tables }: Situation, change: DayChange): void {
  if (change.kind === 'dropped' || change.kind === 'hostless') {
    const isGone = tables.day.facts.dropped.some(({ table }) => table === change.table);
    if (change.table > tables.tables || isGone)
      throw new Refusal('conflict', 'There is no table {n} any more.', { n: change.table });
    if (change.kind === 'dropped' && tables.tables - tables.day.facts.dropped.length < 2)
      throw new Refusal('conflict', 'This is the last table, so it cannot be dropped.');
  }
  if (change.kind === 'here' && change.away.length + change.back.length === 0)
    throw new Refusal('conflict', 'Everyone with a seat is here already.');
  if (change.kind === 'missing' && !tables.people.some(({ id }) => id === change.person))
    throw new Refusal('conflict', 'They are no longer expected, so they have no seat.');
}

/** Compares the door's list with the seats: also people who wait or had said no, and have come. */
async function hereNow(ctx: Context, { tables, event }: Situation): Promise<DayChange> {
  const change = whoIsHere(tables.people, tables);
  const known = new Set(tables.people.map(({ id }) => id));
  const door = await rsvps.expectedAtDoor(ctx.db, event.id);
  const others = door.filter(({ personId, cameAt }) => cameAt !== null && !known.has(personId));
  return { ...change, back: [...change.back, ...others.map(({ personId }) => personId)] };
}

/** Adds people who have come and are not among those expected. */
async function withNewcomer(ctx: Context, { tables, event }: Situation, change: DayChange) {
  if (change.kind === 'named') {
    const { name, side } = change;
    const one = attendees.arrived({ id: newcomer, name, side, department: '', managerId: null });
    return { ...tables, people: [...tables.people, one] };
  }
  const added = [];
  for (const id of newcomers(tables, change)) {
    const person = orNotFound(await people.find(ctx.db, id), 'person');
    const host = person.side === 'talent' ? await attendees.hostAt(ctx.db, event.id, id) : null;
    added.push({ ...attendees.arrived(person), host });
  }
  return { ...tables, people: [...tables.people, ...added] };
}

/** People of the directory whom a change seats and who are not expected yet. */
function newcomers(tables: Situation['tables'], change: DayChange): number[] {
  const ids = change.kind === 'came' ? [change.person] : change.kind === 'here' ? change.back : [];
  const known = new Set(tables.people.map(({ id }) => id));
  return ids.filter((id) => id > 0 && !known.has(id));
}

/**
 * Accepts a proposal: it is published at once. Refused ('conflict', field 'meanwhile') where anything has changed since it
 * was made.
 */
export async function acceptSeats(
  ctx: Context,
  eventId: number,
  proposalId: number,
  { name, byId }: { name: OptionName; byId: number },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const proposal = orNotFound(await days.findProposal(tx, eventId, proposalId), 'page');
    if (proposal.acceptedAt !== null) return;
    const now = ctx.now();
    const situation = await situationOf(tx, event, now);
    refuseNotNow(situation, now);
    refuseMeanwhile(situation, proposal);
    const option = orNotFound(proposal.options.find((one) => one.name === name) ?? null, 'page');
    const arrival = await letIn(ctx, tx, situation, proposal.change, byId);
    const facts = factsAfter(situation, proposal.change, option, arrival);
    const before = await writeRows(ctx, tx, situation, option, arrival);
    await days.setDay(tx, eventId, facts);
    const after = await situationOf(tx, orNotFound(await events.find(tx, eventId), 'event'), now);
    await days.changeProposal(tx, proposal.id, {
      accepted: name,
      acceptedAt: now,
      acceptedById: byId,
      undo: {
        facts: situation.tables.day.facts,
        rows: before,
        situation: after.mark,
        hops: option.hops.map((hop) => (hop.id === newcomer ? { ...hop, id: arrival ?? newcomer } : hop)),
      },
    });
    await prepareRepairs(ctx, tx, after.event);
  });
}

function refuseMeanwhile({ mark, tables }: Situation, { situation, change }: days.SeatProposal): void {
  const hasCome =
    change.kind === 'here' &&
    tables.people.some(({ id, isHere }) => isHere === true && change.away.includes(id));
  if (mark === situation && !hasCome) return;
  throw new Refusal(
    'conflict',
    'Something changed since this was proposed. Nothing was changed by you; propose it again.',
    {},
    'meanwhile',
  );
}

/** Puts people who have come on the list, or notes their plain name; returns their number, null where nobody came. */
async function letIn(
  ctx: Context,
  tx: Tx,
  { event, tables }: Situation,
  change: DayChange,
  byId: number,
): Promise<number | null> {
  if (change.kind === 'named') {
    const { name, side } = change;
    return -(await days.addWalkIn(tx, { eventId: event.id, name, side, createdAt: ctx.now() }));
  }
  if (change.kind === 'came') {
    if (change.person > 0) await admit(ctx, tx, event, change.person, byId);
    return change.person;
  }
  for (const id of newcomers(tables, change)) await admit(ctx, tx, event, id, byId);
  return null;
}

function factsAfter(
  { tables }: Situation,
  change: DayChange,
  option: DayOption,
  arrival: number | null,
): DayFacts {
  const changed = changedFacts(tables.day.facts, change, tables);
  const named: DayFacts = {
    ...changed,
    there: changed.there.map(([id, from, until]) => [id === newcomer ? (arrival ?? id) : id, from, until]),
  };
  const hosted = option.hosts.reduce((facts, one) => withHost(facts, ...one), named);
  const open = option.reopened === undefined ? hosted : withReopened(hosted, option.reopened);
  return option.dropped.reduce((facts, { table, from }) => withDropped(facts, table, from), open);
}

/** Writes the new seats into what everyone knows and into the draft; returns the rows that were there. */
async function writeRows(
  ctx: Context,
  tx: Tx,
  { published, draft, known, event }: Situation,
  option: DayOption,
  arrival: number | null,
): Promise<[number, number[] | null][]> {
  const rows = option.rows.map(([id, row]) => [id === newcomer ? (arrival ?? id) : id, row] as const);
  const before = rows.map(([id]): [number, number[] | null] => [id, known.get(id)?.slice() ?? null]);
  await putRows(ctx, tx, { published, draft, event }, rows, option.newMeetings);
  return before;
}

async function putRows(
  ctx: Context,
  tx: Tx,
  { published, draft }: Pick<Situation, 'published' | 'draft' | 'event'>,
  rows: readonly (readonly [number, number[] | null])[],
  newMeetings = published.newMeetings,
): Promise<void> {
  for (const plan of [published, draft]) {
    if (!plan) continue;
    await plans.setRows(tx, plan.id, rows);
    const figures = { figures: null, undo: null, changedAt: ctx.now() };
    await plans.change(tx, plan.id, plan === published ? { ...figures, newMeetings } : figures);
  }
}

/** Whether an accepted proposal can be taken back: nothing else has changed, and no round has begun since. */
export const canUndo = ({ undo }: days.SeatProposal, { mark }: Situation): boolean =>
  undo?.situation === mark;

/** Takes the last accepted proposal back: everyone knows the seats of before again. */
export async function undoSeats(ctx: Context, eventId: number, proposalId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const proposal = orNotFound(await days.findProposal(tx, eventId, proposalId), 'page');
    if (proposal.undoneAt !== null) return;
    const now = ctx.now();
    const situation = await situationOf(tx, event, now);
    if (!proposal.undo || !canUndo(proposal, situation))
      throw new Refusal('conflict', 'Something else has changed since, so this can’t be undone any more.');
    const { rows, facts } = proposal.undo;
    await putRows(ctx, tx, situation, rows);
    await days.setDay(tx, eventId, withoutArrivals(situation, rows, facts));
    await days.changeProposal(tx, proposal.id, { undoneAt: now });
    await prepareRepairs(ctx, tx, event);
  });
}

/** Somebody who came stays on the list, but has no seat until somebody gives them one. */
function withoutArrivals(
  { tables }: Situation,
  rows: readonly (readonly [number, number[] | null])[],
  facts: DayFacts,
): DayFacts {
  const came = rows.flatMap(([id, row]) => (row === null ? [id] : []));
  const others = facts.there.filter(([id]) => !came.includes(id));
  return {
    ...facts,
    there: [...others, ...came.map((id): DayFacts['there'][number] => [id, 1, tables.held])],
  };
}

/** People who were seen at the door and have no seat in a round to come. */
export function hereWithoutSeat({ tables, known }: Situation) {
  return tables.people.filter(
    (one) =>
      one.isHere === true &&
      (!comesYet(one, tables) || !(known.get(one.id) ?? []).slice(tables.held).some((table) => table > 0)),
  );
}
