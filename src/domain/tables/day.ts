// The day itself: people who come later, leave or stay away, tables that are dropped, and hosts who step in.
import { type Attendee, isThere } from './attendance.ts';
import type { Round } from './plan.ts';
import type { DroppedTable } from './wishes.ts';

/** Differences of the day from the list of guests. People without an account have negative numbers. */
export interface DayFacts {
  /** First and last round of people who are not there for all of them; `until` below `from`: for none to come. */
  there: [personId: number, from: number, until: number][];
  dropped: DroppedTable[];
  /** People who took a table that had no host left; `until` is their last round where its own host comes later. */
  hosts: [personId: number, table: number, until?: number][];
}

export const nothingDiffers: DayFacts = { there: [], dropped: [], hosts: [] };

/** A change that somebody reports on the day; `until` null is the end, `back` null is not at all. */
export type DayChange =
  | { kind: 'missing'; person: number; back: number | null; host?: number }
  | { kind: 'came'; person: number; until: number | null }
  | { kind: 'named'; name: string; side: Attendee['side']; until: number | null }
  | { kind: 'dropped'; table: number; from: number }
  | { kind: 'hostless'; table: number; host?: number }
  /** People who are not here are taken off, and people who have come after all sit again. */
  | { kind: 'here'; away: number[]; back: number[] };

/** Days after an event for which plain names of people who came, and proposals that name them, are kept; as needs are. */
export const daysWalkInsKept = 14;

/** The number of somebody who came and has none yet. */
export const newcomer = 0;

/** A key by which the same change is found again. */
export const keyOf = (change: DayChange): string => JSON.stringify(Object.entries(change).toSorted());

/** Counts the rounds that have begun by the run of show. */
export function roundsBegun(
  schedule: readonly Pick<Round, 'after'>[],
  start: Temporal.Instant,
  now: Temporal.Instant,
): number {
  return schedule.filter(({ after }) => Temporal.Instant.compare(start.add({ minutes: after }), now) <= 0)
    .length;
}

/** The moment at which the next round begins; null once all have begun. */
export function nextRoundAt(
  schedule: readonly Pick<Round, 'after'>[],
  start: Temporal.Instant,
  held: number,
): Temporal.Instant | null {
  const next = schedule[held];
  return next ? start.add({ minutes: next.after }) : null;
}

/** Puts what differs on the day into a list of people. */
export function withDay<Person extends Attendee>(people: readonly Person[], facts: DayFacts): Person[] {
  const there = new Map(facts.there.map(([id, from, until]) => [id, { from, until }]));
  const hosts = new Map(facts.hosts.map(([id, ...one]) => [id, one]));
  return people.map(({ from: _, until: __, hostUntil: ___, hostThen, ...person }) => {
    const [host = person.host, hostUntil] = hosts.get(person.id) ?? [];
    // The list may have been given these facts before: then their own table is the one after.
    const then = hostThen === undefined ? person.host : hostThen;
    return {
      ...(person as unknown as Person),
      host,
      ...(hostUntil !== undefined && { hostUntil, hostThen: then }),
      ...there.get(person.id),
    };
  });
}

/** Rounds of an evening as changes need them. */
export interface Clock {
  rounds: number;
  /** Rounds that have begun. */
  held: number;
}

/** Whether somebody is there in any round to come. */
export function comesYet(person: Pick<Attendee, 'from' | 'until'>, { rounds, held }: Clock): boolean {
  return Array.from({ length: Math.max(0, rounds - held) }, (_, index) => held + index + 1).some((round) =>
    isThere(person, round),
  );
}

/** People who have not come and have rounds to come, and people who have come after they were taken off. */
export function whoIsHere(people: readonly Attendee[], clock: Clock): Extract<DayChange, { kind: 'here' }> {
  const ids = (is: (one: Attendee) => boolean) => people.filter(is).map(({ id }) => id);
  return {
    kind: 'here',
    away: ids((one) => one.isHere !== true && comesYet(one, clock)),
    back: ids((one) => one.isHere === true && !comesYet(one, clock)),
  };
}

/** The facts once a change has been made. */
export function changedFacts(facts: DayFacts, change: DayChange, clock: Clock): DayFacts {
  const { rounds, held } = clock;
  const gone = (id: number): DayFacts['there'][number] => [id, 1, held];
  if (change.kind === 'missing')
    return withPresence(facts, clock, [
      change.back === null ? gone(change.person) : [change.person, Math.max(held + 1, change.back), rounds],
    ]);
  if (change.kind === 'came' || change.kind === 'named') {
    const id = change.kind === 'came' ? change.person : newcomer;
    return withPresence(facts, clock, [[id, held + 1, change.until ?? rounds]]);
  }
  if (change.kind === 'here')
    return withPresence(facts, clock, [
      ...change.away.map(gone),
      ...change.back.map((id): DayFacts['there'][number] => [id, held + 1, rounds]),
    ]);
  if (change.kind === 'dropped') return withDropped(facts, change.table, Math.max(held + 1, change.from));
  return facts;
}

function withPresence(facts: DayFacts, { rounds }: Clock, set: DayFacts['there']): DayFacts {
  const ids = new Set(set.map(([id]) => id));
  const others = facts.there.filter(([id]) => !ids.has(id));
  const partly = set.filter(([, from, until]) => from > 1 || until < rounds);
  return { ...facts, there: [...others, ...partly] };
}

/** Drops a table; people who took it as hosts are guests again once it is gone. */
export function withDropped(facts: DayFacts, table: number, from: number): DayFacts {
  return {
    ...facts,
    dropped: [...facts.dropped.filter((one) => one.table !== table), { table, from }],
  };
}

/** Sets a table again that was dropped. */
export function withReopened(facts: DayFacts, table: number): DayFacts {
  return { ...facts, dropped: facts.dropped.filter((one) => one.table !== table) };
}

/** Lets somebody host a table from now on, or until the end of a round. */
export function withHost(facts: DayFacts, personId: number, table: number, until?: number): DayFacts {
  const mine: DayFacts['hosts'][number] = until === undefined ? [personId, table] : [personId, table, until];
  return { ...facts, hosts: [...facts.hosts.filter(([id]) => id !== personId), mine] };
}
