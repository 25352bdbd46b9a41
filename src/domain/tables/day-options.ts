// New seats proposed on the day: who moves, what it costs, and which proposal comes first.
import type { Attendee } from './attendance.ts';
import { isThere } from './attendance.ts';
import { bestPlace } from './best-place.ts';
import type { DayFacts } from './day.ts';
import { type Facts, factsOf, tablesOf } from './facts.ts';
import { fitted, type Seats } from './plan.ts';
import { type DroppedTable, type Evening, isOpenTable } from './wishes.ts';

/** Ways to answer a change: nobody moves, tables are evened out, meetings count more than seats, a host is found, tables go,
 * or one that went comes back with its host. */
export const optionNames = ['still', 'even', 'fresh', 'host', 'drop', 'back', 'seats'] as const;
export type OptionName = (typeof optionNames)[number];

/** One person who sits elsewhere than in the plan they know; 0 is no seat. Rounds count from 1. */
export interface Hop {
  id: number;
  round: number;
  from: number;
  to: number;
}

/** A proposal: the rows that change, and what the evening is like then. */
export interface DayOption {
  name: OptionName;
  rows: [personId: number, tables: number[]][];
  /** Hosts and tables that it decides besides. */
  hosts: DayFacts['hosts'];
  dropped: DroppedTable[];
  /** A dropped table that is set again. */
  reopened?: number;
  hops: Hop[];
  /** People at the smallest and the largest table in the rounds to come. */
  sizes: [least: number, most: number];
  newMeetings: number;
  meetings: number;
  /** Bosses, wishes and full tables in rounds to come. */
  broken: Facts['broken'];
  hostless: number[];
  /** Wishes and tables that are worse than in the plan everyone knows. */
  worse: number;
  /** Tables at which few are left, or which have people of one side only. */
  thin: number[];
}

/** How to take an accepted proposal back. */
export interface DayUndo {
  facts: DayFacts;
  rows: [personId: number, tables: number[] | null][];
  /** The situation right after it: another one means that something else has changed. */
  situation: string;
  hops: Hop[];
}

/** Share of the usual number of people at a table below which it counts as thin; as in planning/tables/thin. */
const thinBelow = 3 / 5;

/** Seats of an evening without those of people who are not there, and of tables that are dropped; the past stays. */
export function seatsLeft(evening: Evening, known: Seats): Map<number, number[]> {
  const { rounds, tables, held = 0, people } = evening;
  return new Map(
    people.flatMap((person): [number, number[]][] => {
      const row = known.get(person.id);
      if (!row) return [];
      const left = fitted(row, rounds, tables).map((table, round) => {
        if (round < held) return table;
        return isThere(person, round + 1) && isOpenTable(evening, table, round + 1) ? table : 0;
      });
      return [[person.id, left]];
    }),
  );
}

/** Gives everybody who has no seat in a round to come the best free place; nobody else moves. */
export function holesFilled(evening: Evening, known: Seats): Map<number, number[]> {
  const seats = seatsLeft(evening, known);
  const lacking = new Set(factsOf(evening, seats).unseated);
  for (const person of evening.people) {
    if (!lacking.has(person.id)) continue;
    const mine = seats.get(person.id);
    const best = bestPlace(evening, without(seats, person.id), person);
    seats.set(
      person.id,
      best.map((table, round) => mine?.[round] || table),
    );
  }
  return seats;
}

function without(seats: Seats, id: number): Seats {
  const others = new Map(seats);
  others.delete(id);
  return others;
}

/** Describes what a plan changes and costs. */
export function optionOf(
  name: OptionName,
  evening: Evening,
  known: Seats,
  seats: Seats,
  { hosts = [], dropped = [], reopened }: Partial<Pick<DayOption, 'hosts' | 'dropped' | 'reopened'>> = {},
): DayOption {
  const { held = 0 } = evening;
  const { rows, hops } = changesTo(evening, known, seats);
  const after = new Map([...known, ...rows]);
  const facts = factsOf(evening, after);
  const before = seatsLeft(evening, known);
  const broken = brokenToCome(facts, held);
  const thin = thinTables(evening, after);
  return {
    name,
    rows,
    hosts,
    dropped,
    ...(reopened !== undefined && { reopened }),
    hops,
    sizes: sizesOf(evening, after),
    newMeetings: facts.newMeetings,
    meetings: facts.meetings,
    broken,
    hostless: facts.hasHosts ? facts.hostless : [],
    thin,
    worse:
      newIn(broken.map(keyOfBroken), brokenToCome(factsOf(evening, before), held).map(keyOfBroken)) +
      newIn(thin, thinTables(evening, fitToTables(evening, known))),
  };
}

/** Rows that differ from the plan everyone knows, and who sits elsewhere then. */
function changesTo(evening: Evening, known: Seats, seats: Seats): Pick<DayOption, 'rows' | 'hops'> {
  const { rounds, tables, held = 0 } = evening;
  const rows: DayOption['rows'] = [];
  const hops: Hop[] = [];
  for (const { id } of evening.people) {
    const before = fitted(known.get(id) ?? [], rounds, tables);
    // No plan may touch what has begun.
    const after = fitted(seats.get(id) ?? [], rounds, tables).map((table, round) =>
      round < held ? before[round]! : table,
    );
    if (before.join() !== after.join()) rows.push([id, after]);
    for (const [round, to] of after.entries())
      if (to > 0 && to !== before[round]) hops.push({ id, round: round + 1, from: before[round]!, to });
  }
  return { rows, hops };
}

const fitToTables = ({ rounds, tables }: Evening, known: Seats): Seats =>
  new Map([...known].map(([id, row]) => [id, fitted(row, rounds, tables)]));

function brokenToCome({ broken }: Facts, held: number): Facts['broken'] {
  return broken
    .map((one) => ({ ...one, rounds: one.rounds.filter((round) => round > held) }))
    .filter((one) => one.rounds.length > 0);
}

const keyOfBroken = ({ kind, a, b, table, rounds }: Facts['broken'][number]) =>
  JSON.stringify([kind, a, b, table, rounds]);

function newIn<T>(after: readonly T[], before: readonly T[]): number {
  const known = new Set(before);
  return after.filter((one) => !known.has(one)).length;
}

const roundsToCome = (evening: Evening, seats: Seats) => tablesOf(evening, seats).slice(evening.held ?? 0);

function sizesOf(evening: Evening, seats: Seats): [number, number] {
  const sizes = roundsToCome(evening, seats).flatMap((room) =>
    [...room.values()].map(({ length }) => length),
  );
  return [Math.min(...sizes, Number.POSITIVE_INFINITY) | 0, Math.max(...sizes, 0)];
}

function thinTables(evening: Evening, seats: Seats): number[] {
  const thin = roundsToCome(evening, seats).flatMap((room) => {
    const seated = [...room.values()].flat();
    const usual = seated.length / Math.max(1, room.size);
    const bothSides = (people: readonly Attendee[]) => new Set(people.map(({ side }) => side)).size > 1;
    const isMixed = bothSides(seated);
    return [...room]
      .filter(([, people]) => people.length < usual * thinBelow || (isMixed && !bothSides(people)))
      .map(([table]) => table);
  });
  return [...new Set(thin)].toSorted((a, b) => a - b);
}

/** People who sit elsewhere; somebody who is only given a seat moves nobody. */
export const moversOf = ({ hops }: Pick<DayOption, 'hops'>): number[] => [
  ...new Set(hops.filter(({ from }) => from > 0).map(({ id }) => id)),
];

/**
 * Orders proposals: tables without a host last, then those that break wishes or leave few at a table, where the plan everyone
 * knows did not, then the fewest moves, then most new meetings. Of two with the same seats the first stays.
 */
export function inOrder(options: readonly DayOption[]): DayOption[] {
  const price = (one: DayOption) => [
    one.hostless.length,
    one.worse,
    one.hops.filter(({ from }) => from > 0).length,
    -one.newMeetings,
  ];
  const distinct = options.filter(
    (one, index) => options.findIndex((other) => sameSeats(one, other)) === index,
  );
  return distinct.toSorted((a, b) => {
    const [one, other] = [price(a), price(b)];
    const at = one.findIndex((value, index) => value !== other[index]);
    return at < 0 ? 0 : one[at]! - other[at]!;
  });
}

const textOf = ({ rows, hosts, dropped, reopened }: DayOption) =>
  JSON.stringify([rows.toSorted(([a], [b]) => a - b), hosts, dropped, reopened]);
const sameSeats = (one: DayOption, other: DayOption) => textOf(one) === textOf(other);

/** Most talents who are tried as the host of one table. */
const mostTried = 3;

/**
 * Talents who could take a table that has no host left: those who host none, and co-hosts of a table that keeps another
 * host. People seen at the door come first, then those who would change tables least often in the rounds to come, or in
 * those up to `until`.
 */
export function standInsFor(
  evening: Evening,
  known: Seats,
  table: number,
  until: number = evening.rounds,
): number[] {
  const { people, held = 0 } = evening;
  const toCome = Array.from({ length: until - held }, (_, index) => held + index + 1);
  const isThereAll = (one: Attendee) => toCome.every((round) => isThere(one, round));
  const hostsOf = (number: number) => people.filter(({ host }) => host === number).filter(isThereAll).length;
  const moves = (id: number) => toCome.filter((round) => (known.get(id)?.[round - 1] ?? 0) !== table).length;
  return people
    .filter((one) => one.side === 'talent' && isThereAll(one))
    .filter(({ host }) => host === null || (host !== table && hostsOf(host) > 1))
    .map(({ id, host, isHere = false }) => ({ id, isHost: host !== null, isHere, moves: moves(id) }))
    .toSorted(
      (a, b) =>
        Number(b.isHere) - Number(a.isHere) ||
        a.moves - b.moves ||
        Number(a.isHost) - Number(b.isHost) ||
        a.id - b.id,
    )
    .map(({ id }) => id);
}

/** The first of them, who are tried with all that follows for others. */
export const standInsToTry = (ids: readonly number[]): number[] => ids.slice(0, mostTried);
