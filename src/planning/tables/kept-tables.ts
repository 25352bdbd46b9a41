// Which table a host keeps, and where a seat that does not move stands.
import { presenceOf, type TablesWishes, tablesOf } from './wishes.ts';

/**
 * The one table of every host and of everybody whose seat does not move, −1 for all others. Hosts come first and
 * have tables of their own; the others go where the fewest sit still, away from those they are kept apart from.
 * `named` has only those tables that the wishes name: by the host's own table or by a lock.
 * `fixed` holds the locks, [round · people + person].
 */
export function keptTables(wishes: TablesWishes, fixed: Int32Array): { kept: Int32Array; named: Int32Array } {
  const { people } = wishes;
  const tables = tablesOf(wishes);
  const kept = new Int32Array(people.length).fill(-1);
  const still = new Int32Array(tables.length);
  const hosted = new Set<number>();
  const settle = (person: number, table: number) => {
    kept[person] = table;
    still[table]! += 1;
    if (people[person]!.host) hosted.add(table);
  };
  const remaining = [...people.keys()].filter((person) => people[person]!.host || people[person]!.stays);
  const named = new Int32Array(people.length).fill(-1);
  for (const person of remaining) {
    named[person] = namedTable(wishes, fixed, person);
    if (named[person]! >= 0) settle(person, named[person]!);
  }
  for (const person of remaining) {
    const table = kept[person]! < 0 ? lastTable(wishes, person) : -1;
    const taken = people[person]!.host && hosted.has(table);
    if (table >= 0 && !taken && hasRoom(wishes, fixed, kept, person, table)) settle(person, table);
  }
  const enemies = enemiesOf(wishes);
  const friends = friendsOf(wishes);
  const others = remaining.filter((person) => kept[person]! < 0);
  for (const person of others.toSorted((a, b) => Number(!!people[b]!.host) - Number(!!people[a]!.host))) {
    const free = [...tables.keys()].filter(
      (table) => (!people[person]!.host || !hosted.has(table)) && hasRoom(wishes, fixed, kept, person, table),
    );
    const cost = (table: number) =>
      still[table]! +
      1000 * countAt(enemies.get(person), kept, fixed, table) -
      100 * countAt(friends.get(person), kept, fixed, table);
    const best = free.toSorted((a, b) => cost(a) - cost(b) || a - b)[0];
    if (best !== undefined) settle(person, best);
  }
  return { kept, named };
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

function hasRoom(
  wishes: TablesWishes,
  fixed: Int32Array,
  kept: Int32Array,
  person: number,
  table: number,
): boolean {
  const { people, rounds } = wishes;
  const seats = tablesOf(wishes)[table]!.seats ?? people.length;
  const [from, until] = presenceOf(people[person]!, rounds);
  for (let round = Math.max(from, wishes.past?.length ?? 0); round <= until; round += 1) {
    let taken = 0;
    for (const [other, attendee] of people.entries()) {
      const [first, last] = presenceOf(attendee, rounds);
      const sits = kept[other] === table || fixed[round * people.length + other] === table;
      if (other !== person && sits && round >= first && round <= last) taken += 1;
    }
    if (taken >= seats) return false;
  }
  return true;
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
