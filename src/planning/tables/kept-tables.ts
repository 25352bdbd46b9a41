// Which table a host keeps, and where a seat that does not move stands.
import { randomFrom, shuffle } from '../random.ts';
import { presenceOf, type TablesWishes, tablesOf } from './wishes.ts';

/**
 * The one table of every host and of everybody whose seat does not move, −1 for all others. Hosts come first and
 * have tables of their own; the others go where the fewest sit still, away from those they are kept apart from.
 * `named` has only those tables that the wishes name: by the host's own table or by a lock.
 * `fixed` holds the locks, [round · people + person]. Variant 0 is the usual choice, others are by chance.
 */
export function keptTables(
  wishes: TablesWishes,
  fixed: Int32Array,
  variant: number,
): { kept: Int32Array; named: Int32Array } {
  const { people } = wishes;
  const tables = [...tablesOf(wishes).keys()];
  const kept = new Int32Array(people.length).fill(-1);
  const still = new Int32Array(tables.length);
  const hosted = new Set<number>();
  const room = roomOf(wishes, fixed);
  const settle = (person: number, table: number) => {
    kept[person] = table;
    room.take(person, table);
    still[table]! += 1;
    if (people[person]!.host) hosted.add(table);
  };
  const remaining = [...people.keys()].filter((person) => people[person]!.host || people[person]!.stays);
  const named = new Int32Array(people.length).fill(-1);
  for (const person of remaining) named[person] = namedTable(wishes, fixed, person);
  for (const person of remaining) if (named[person]! >= 0) settle(person, named[person]!);
  for (const person of remaining) {
    const table = kept[person]! < 0 && variant === 0 ? lastTable(wishes, person) : -1;
    if (table >= 0 && !(people[person]!.host && hosted.has(table)) && room.isLeft(person, table))
      settle(person, table);
  }
  const settled: Settled = { kept, still, hosted, room, settle };
  settleOthers(
    wishes,
    fixed,
    variant,
    remaining.filter((person) => kept[person]! < 0),
    settled,
  );
  return { kept, named };
}

function hostsFirst({ people }: TablesWishes, persons: number[]): number[] {
  return persons.toSorted((a, b) => Number(!!people[b]!.host) - Number(!!people[a]!.host));
}

/** The table of the least cost, the lower number where two cost the same. */
function cheapest(tables: number[], cost: (table: number) => number): number | undefined {
  const priced = tables.map((table) => ({ table, cost: cost(table) }));
  return priced.toSorted((a, b) => a.cost - b.cost || a.table - b.table)[0]?.table;
}

/** Who sits where for good so far, and how to add one. */
interface Settled {
  kept: Int32Array;
  /** People who sit still at each table. */
  still: Int32Array;
  hosted: ReadonlySet<number>;
  room: Room;
  settle: (person: number, table: number) => void;
}

/** Those without a table yet, hosts first, each to the cheapest table that is open to them. */
function settleOthers(
  wishes: TablesWishes,
  fixed: Int32Array,
  variant: number,
  others: number[],
  { kept, still, hosted, room, settle }: Settled,
): void {
  const { people } = wishes;
  const tables = [...tablesOf(wishes).keys()];
  const [enemies, friends] = [enemiesOf(wishes), friendsOf(wishes)];
  const random = randomFrom(variant);
  if (variant > 0) shuffle(others, random);
  for (const person of hostsFirst(wishes, others)) {
    const cost = (table: number) =>
      (variant > 0 ? random.below(1200) : still[table]!) +
      1000 * countAt(enemies.get(person), kept, fixed, table) -
      100 * countAt(friends.get(person), kept, fixed, table);
    const isHost = people[person]!.host;
    const open = (table: number) => !(isHost && hosted.has(table)) && room.isLeft(person, table);
    const best = cheapest(tables.filter(open), cost);
    if (best !== undefined) settle(person, best);
  }
}

/** The table named for a host, or the one they are locked to; −1 where any will do. */
function namedTable(wishes: TablesWishes, fixed: Int32Array, person: number): number {
  const { people, rounds } = wishes;
  const { host } = people[person]!;
  if (typeof host === 'string') return tablesOf(wishes).findIndex((table) => table.id === host);
  for (let round = 0; round < rounds; round += 1) {
    const table = fixed[round * people.length + person]!;
    if (table >= 0) return table;
  }
  return -1;
}

/** Where they sat last, or sit in the plan they know; −1 where they are new. */
function lastTable({ people, past, previous }: TablesWishes, person: number): number {
  const round = past?.at(-1) ?? previous?.at(-1);
  return round?.findIndex((table) => table.includes(people[person]!.id)) ?? -1;
}

/** The seats that locks and kept tables take. */
interface Room {
  take: (person: number, table: number) => void;
  /** Whether a table has a seat for somebody in every round they are still to be seated in. */
  isLeft: (person: number, table: number) => boolean;
}

function roomOf(wishes: TablesWishes, fixed: Int32Array): Room {
  const { people, rounds } = wishes;
  const tables = tablesOf(wishes);
  const held = wishes.past?.length ?? 0;
  const presence = people.map((person) => presenceOf(person, rounds));
  const taken = new Int32Array(rounds * tables.length);
  const lockedAt = (round: number, person: number) => fixed[round * people.length + person]!;
  const here = (person: number, visit: (round: number) => void) => {
    const [from, until] = presence[person]!;
    for (let round = Math.max(0, from); round <= Math.min(until, rounds - 1); round += 1) visit(round);
  };
  for (const person of people.keys())
    here(person, (round) => {
      if (lockedAt(round, person) >= 0) taken[round * tables.length + lockedAt(round, person)]! += 1;
    });
  return {
    take: (person, table) =>
      here(person, (round) => {
        if (lockedAt(round, person) !== table) taken[round * tables.length + table]! += 1;
      }),
    isLeft(person, table) {
      const seats = tables[table]!.seats ?? people.length;
      let left = true;
      here(person, (round) => {
        const own = lockedAt(round, person) === table ? 1 : 0;
        left &&= round < held || taken[round * tables.length + table]! - own < seats;
      });
      return left;
    },
  };
}

function enemiesOf({ people, apart }: TablesWishes): Map<number, number[]> {
  const bosses = people.flatMap(({ id, manager }) => (manager ? [[id, manager] as const] : []));
  return neighbours(people, [...(apart ?? []), ...bosses]);
}

const friendsOf = ({ people, together }: TablesWishes) => neighbours(people, together ?? []);

function neighbours(people: TablesWishes['people'], pairs: readonly (readonly [string, string])[]) {
  const indexOf = new Map(people.map((person, index) => [person.id, index]));
  const found = new Map<number, number[]>();
  for (const [one, two] of pairs) {
    const [a, b] = [indexOf.get(one), indexOf.get(two)];
    if (a === undefined || b === undefined) continue;
    found.set(a, [...(found.get(a) ?? []), b]);
    found.set(b, [...(found.get(b) ?? []), a]);
  }
  return found;
}

function countAt(
  people: readonly number[] | undefined,
  kept: Int32Array,
  fixed: Int32Array,
  table: number,
): number {
  const sits = (person: number) => {
    if (kept[person] === table) return true;
    for (let at = person; at < fixed.length; at += kept.length) if (fixed[at] === table) return true;
    return false;
  };
  return (people ?? []).filter(sits).length;
}
