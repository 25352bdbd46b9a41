// An event's tables as they are now: who is expected, rounds, wishes, and both plans.
import type { Db, Tx } from '../../database/open.ts';
import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { startOf } from '../../domain/events/times.ts';
import {
  type Attendee,
  type Evening as Expected,
  expectedEvening,
  proposedTables,
} from '../../domain/tables/attendance.ts';
import { type DayFacts, roundsBegun, withDay } from '../../domain/tables/day.ts';
import { fitted, mostTables, type Round, roundsOf } from '../../domain/tables/plan.ts';
import type { Evening } from '../../domain/tables/wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as attendees from '../../store/tables/attendees.ts';
import * as days from '../../store/tables/day.ts';
import * as plans from '../../store/tables/plans.ts';
import * as wishes from '../../store/tables/wishes.ts';

/** The tables of an event with everything a plan depends on, but for who met before. */
export interface TablesOfEvent extends Omit<Evening, 'met'> {
  rounds: number;
  schedule: Round[];
  topics: attendees.TableTopic[];
  wishes: wishes.TableWish[];
  settings: wishes.TableSettings;
  expected: Expected;
  /** How many tables there would be without an organiser's own number. */
  proposed: number;
  /** Rounds that have begun. */
  held: number;
  /** Differences of the day, and how often they changed. */
  day: { facts: DayFacts; revision: number };
}

/** The tables of an event with all that a plan is judged by. */
export type PlannedTables = TablesOfEvent & Evening;

/** Reads an event's tables as they are now; without a moment, as they are before it begins. */
export async function tablesOf(db: Db, event: events.Event, now?: Temporal.Instant): Promise<TablesOfEvent> {
  const guests: Attendee[] = await attendees.attendeesOf(db, event.id);
  const day = await days.dayOf(db, event.id);
  const people = withDay([...guests, ...(await attendees.walkedIn(db, event.id))], day.facts);
  const topics = await attendees.topicsAt(db, event.id);
  const settings = await wishes.settingsOf(db, event.id);
  const schedule = roundsOf(await events.blocksOf(db, event.id), firstMoment(event));
  const expected = expectedEvening(guests);
  const proposed = Math.min(mostTables, proposedTables(topics, expected));
  const tables = settings.tables ?? proposed;
  return {
    people: people.map((one) => (one.host !== null && one.host > tables ? { ...one, host: null } : one)),
    rounds: schedule.length,
    tables,
    mostSeats: settings.mostSeats,
    wishes: await wishes.wishesOf(db, event.id),
    schedule,
    topics,
    settings,
    expected,
    proposed,
    held: now ? roundsBegun(schedule, startOf(event), now) : 0,
    dropped: day.facts.dropped,
    day,
  };
}

/** Adds how often people met at earlier events of the season, where meetings count: for planning, best places and facts. */
export async function withMet(db: Db, event: events.Event, tables: TablesOfEvent): Promise<PlannedTables> {
  return { ...tables, met: await attendees.metBefore(db, event) };
}

/** Locks an event and reads its tables; refuses where it has none or is cancelled. */
export async function lockTables(tx: Tx, eventId: number, now?: Temporal.Instant) {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  refuseWithoutTables(event);
  return { event, tables: await tablesOf(tx, event, now) };
}

type BothPlans = Awaited<ReturnType<typeof plans.bothOf>>;

/** Both plans with their seats, each fitted to the rounds and tables there are. */
export async function plansOf(
  db: Db,
  eventId: number,
  { rounds, tables }: Pick<Evening, 'rounds' | 'tables'>,
  known?: BothPlans,
) {
  const both = known ?? (await plans.bothOf(db, eventId));
  const ids = [both.draft, both.published].flatMap((plan) => (plan ? [plan.id] : []));
  const seats = await plans.seatsOf(db, ids);
  const of = (plan: plans.Plan | null) =>
    new Map([...(seats.get(plan?.id ?? -1) ?? [])].map(([id, row]) => [id, fitted(row, rounds, tables)]));
  return { ...both, seats: of(both.draft), publishedSeats: of(both.published) };
}

/** Refuses ('conflict') plans of events that have no round tables, or are cancelled. */
export function refuseWithoutTables(event: events.Event): void {
  if (event.shape !== 'tables')
    throw new Refusal('conflict', 'This event has no round tables, so nobody is seated.');
  if (event.state === 'cancelled')
    throw new Refusal('conflict', 'This event is cancelled. Nobody is seated any more.');
}

/** Returns when each round begins on the wall clock of the event, 'HH:MM'. */
export function startsOfRounds(
  event: { startsAt: string; timeZone: string },
  schedule: readonly Round[],
): string[] {
  return schedule.map(({ after }) => clockAfter(firstMoment(event), after));
}
