// The four facts about a plan, counted from its seats: meetings, wishes, mix, and seats that are open.
import { type Attendee, hostedIn, isThere } from './attendance.ts';
import type { Seats } from './plan.ts';
import { type Evening, isOpenTable, pairKey, type Wish } from './wishes.ts';

/** Two people who meet more than once this season; rounds count from 1. */
export interface MetAgain {
  a: number;
  b: number;
  rounds: number[];
  /** How often they met at earlier events. */
  before: number;
}

/** A wish that a plan does not keep, in these rounds. */
export interface BrokenWish {
  kind: 'boss' | Wish['kind'] | 'host' | 'full';
  /** The person it is about, or null for a table with too many people. */
  a: number | null;
  b: number | null;
  table: number | null;
  rounds: number[];
}

/** A table that is not as mixed as it could be, in one round. */
export interface Unmixed {
  round: number;
  table: number;
  /** The department of which there are too many, or the side that is missing. */
  department: string;
  side: Attendee['side'] | null;
  count: number;
}

export interface Facts {
  /** Meetings of two people over all rounds; co-hosts of a table do not meet each other. */
  meetings: number;
  newMeetings: number;
  again: MetAgain[];
  /** Reporting lines among the people who come, and wishes. */
  lines: number;
  wishes: number;
  broken: BrokenWish[];
  /** Most people of one department at a table in any round. */
  mostOfDepartment: number;
  unmixed: Unmixed[];
  /** People without a seat in a round that is to come and that they are there for, by id. */
  unseated: number[];
  /** Tables at which people sit in a round to come while no host is there. */
  hostless: number[];
  /** Whether any table has a host: where none has, none is missed. */
  hasHosts: boolean;
}

/** Counts all facts about a plan of this evening. */
export function factsOf(evening: Evening, seats: Seats): Facts {
  const room = tablesOf(evening, seats);
  const hosts = evening.people.filter(({ host }) => host !== null && host <= evening.tables);
  const toCome = room.flatMap((tables, index) =>
    index < (evening.held ?? 0) ? [] : [{ tables, round: index + 1 }],
  );
  const isHosted = (table: number, round: number) =>
    hosts.some((host) => hostedIn(host, round) === table && isThere(host, round));
  const hostless = new Set(
    toCome.flatMap(({ tables, round }) => [...tables.keys()].filter((table) => !isHosted(table, round))),
  );
  const byId = new Map(evening.people.map((person) => [person.id, person]));
  return {
    ...meetingsIn(evening, room, byId),
    lines: evening.people.filter(({ managerId }) => managerId !== null && byId.has(managerId)).length,
    wishes: evening.wishes.filter(({ personId }) => byId.has(personId)).length,
    broken: brokenIn(evening, seats, room, byId),
    ...mixIn(evening, room),
    unseated: evening.people
      .filter((person) => {
        const row = seats.get(person.id);
        return toCome.some(({ round }) => isThere(person, round) && !row?.[round - 1]);
      })
      .map(({ id }) => id),
    hostless: [...hostless].toSorted((a, b) => a - b),
    hasHosts: hosts.length > 0,
  };
}

type Room = Map<number, Attendee[]>[];

/** The people at each table of each round. */
export function tablesOf(
  { people, rounds, tables }: Pick<Evening, 'people' | 'rounds' | 'tables'>,
  seats: Seats,
): Room {
  return Array.from({ length: rounds }, (_, round) => {
    const room = new Map<number, Attendee[]>();
    for (const person of people) {
      const table = seats.get(person.id)?.[round] ?? 0;
      if (table < 1 || table > tables) continue;
      const at = room.get(table);
      if (at) at.push(person);
      else room.set(table, [person]);
    }
    return room;
  });
}

const coHosts = (a: Attendee, b: Attendee, round: number) =>
  hostedIn(a, round) !== null && hostedIn(a, round) === hostedIn(b, round);

function meetingsIn({ met }: Evening, room: Room, byId: ReadonlyMap<number, Attendee>) {
  const rounds = new Map<string, number[]>();
  let meetings = 0;
  for (const [index, tables] of room.entries())
    for (const people of tables.values())
      for (const [at, a] of people.entries())
        for (const b of people.slice(at + 1)) {
          if (coHosts(a, b, index + 1)) continue;
          meetings += 1;
          const key = pairKey(a.id, b.id);
          const known = rounds.get(key);
          if (known) known.push(index + 1);
          else rounds.set(key, [index + 1]);
        }
  const again: MetAgain[] = [];
  let newMeetings = 0;
  for (const [key, at] of rounds) {
    const before = met.get(key) ?? 0;
    if (before === 0) newMeetings += 1;
    if (before + at.length < 2) continue;
    const [a, b] = key.split(' ').map(Number) as [number, number];
    again.push({ a, b, rounds: at, before });
  }
  const name = (id: number) => byId.get(id)?.name ?? '';
  again.sort(
    (x, y) =>
      y.before + y.rounds.length - x.before - x.rounds.length ||
      (name(x.a) < name(y.a) ? -1 : name(x.a) > name(y.a) ? 1 : x.a - y.a || x.b - y.b),
  );
  return { meetings, newMeetings, again };
}

/** Finds the rounds in which something is so. */
type Rounds = (is: (round: number) => boolean) => number[];

function brokenIn(evening: Evening, seats: Seats, room: Room, byId: ReadonlyMap<number, Attendee>) {
  const { people, wishes, rounds, tables, mostSeats } = evening;
  const at = (id: number, round: number) => (byId.has(id) ? (seats.get(id)?.[round] ?? 0) : 0);
  const inRounds: Rounds = (is) =>
    Array.from({ length: rounds }, (_, round) => round)
      .filter(is)
      .map((round) => round + 1);
  const share = (a: number, b: number) =>
    inRounds((round) => at(a, round) > 0 && at(a, round) === at(b, round));
  const together = new Set(
    wishes.flatMap(({ kind, personId, otherId }) =>
      kind === 'together' && otherId !== null ? [pairKey(personId, otherId)] : [],
    ),
  );
  const bosses = people.flatMap(({ id, managerId }): BrokenWish[] =>
    managerId !== null && byId.has(managerId) && !together.has(pairKey(id, managerId))
      ? [{ kind: 'boss', a: id, b: managerId, table: null, rounds: share(id, managerId) }]
      : [],
  );
  const hosts = people.flatMap((person): BrokenWish[] => {
    const { id, host } = person;
    if (host === null || host > tables) return [];
    const isHosting = (round: number) =>
      hostedIn(person, round + 1) === host && isOpenTable(evening, host, round + 1);
    const elsewhere = inRounds((round) => isHosting(round) && at(id, round) > 0 && at(id, round) !== host);
    return [{ kind: 'host', a: id, b: null, table: host, rounds: elsewhere }];
  });
  const own = wishes.flatMap((wish): BrokenWish[] => {
    if (!byId.has(wish.personId) || (wish.otherId !== null && !byId.has(wish.otherId))) return [];
    const { kind, personId: a, otherId: b, tableNumber: table } = wish;
    return [{ kind, a, b, table, rounds: breaks(wish, at, inRounds) }];
  });
  const full = Array.from({ length: mostSeats === null ? 0 : tables }, (_, index): BrokenWish => {
    const over = inRounds((round) => (room[round]!.get(index + 1)?.length ?? 0) > mostSeats!);
    return { kind: 'full', a: null, b: null, table: index + 1, rounds: over };
  });
  return [...bosses, ...hosts, ...own, ...full].filter((one) => one.rounds.length > 0);
}

/** The rounds in which a wish of organisers is not kept; no seat breaks none. */
function breaks(
  { kind, personId: a, otherId: b, tableNumber, round: only }: Wish,
  at: (id: number, round: number) => number,
  inRounds: Rounds,
): number[] {
  const sits = (round: number) => at(a, round) > 0;
  if (kind === 'apart') return inRounds((round) => sits(round) && at(a, round) === at(b!, round));
  if (kind === 'together')
    return inRounds((round) => sits(round) && at(b!, round) > 0 && at(a, round) !== at(b!, round));
  if (kind === 'stays') return inRounds((round) => sits(round) && at(a, round) !== at(a, 0));
  const isAsked = (round: number) => only === null || only === round + 1;
  return inRounds((round) => isAsked(round) && sits(round) && at(a, round) !== tableNumber);
}

/** A department has too many at a table beyond its even share of the tables used; a side is missing where it could be there. */
function mixIn({ people }: Evening, room: Room): Pick<Facts, 'mostOfDepartment' | 'unmixed'> {
  const unmixed: Unmixed[] = [];
  let mostOfDepartment = 0;
  for (const [index, tables] of room.entries()) {
    const isMovable = (one: Attendee) => hostedIn(one, index + 1) === null;
    const seated = [...tables.values()].flat();
    const shares = countBy(seated, ({ department }) => department);
    const sides = countBy(seated, ({ side }) => side);
    for (const [table, list] of [...tables].toSorted(([a], [b]) => a - b)) {
      const found = { round: index + 1, table };
      const hosts = countBy(
        list.filter((one) => !isMovable(one)),
        ({ department }) => department,
      );
      for (const [department, count] of countBy(list, (one) => one.department)) {
        if (department === '') continue;
        mostOfDepartment = Math.max(mostOfDepartment, count);
        const share = Math.ceil(shares.get(department)! / tables.size);
        const movable = count - (hosts.get(department) ?? 0);
        if (count > share && movable > 0 && count > 1)
          unmixed.push({ ...found, department, side: null, count });
      }
      for (const side of ['talent', 'senior'] as const)
        if ((sides.get(side) ?? 0) >= tables.size && !list.some((one) => one.side === side))
          unmixed.push({ ...found, department: '', side, count: 0 });
    }
  }
  return { mostOfDepartment: people.length === 0 ? 0 : mostOfDepartment, unmixed };
}

function countBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}
