// Units that keep a table: hosts, alone or as a team at one table, seats that do not move, and people locked for good.
import type { TablesWishes } from './wishes.ts';

/** People who keep one table, the same for all of them, in every round that is not held yet. */
export interface Unit {
  people: readonly number[];
  /** The table the wishes name, or −1 where it is the planner's choice. */
  table: number;
  host: boolean;
}

/** Constraints on everybody's place before units are made: arrays are [round · people + person]. */
export interface Places {
  /** The tables locks name, or −1. */
  locked: Int32Array;
  present: Uint8Array;
  frozen: number;
  tableOf: ReadonlyMap<string, number>;
}

/** All units, hosts first; everybody is in one at most. */
export function unitsOf(wishes: TablesWishes, indexOf: ReadonlyMap<string, number>, places: Places): Unit[] {
  const { people } = wishes;
  const teams = hostTeams(wishes, indexOf).map((team): Unit => {
    const named = team.map((person) => namedTable(wishes, places, person)).find((table) => table >= 0);
    return { people: team, table: named ?? -1, host: true };
  });
  const others = [...people.keys()].filter((person) => !people[person]!.host);
  const still = others
    .filter((person) => people[person]!.stays)
    .map((person): Unit => ({ people: [person], table: namedTable(wishes, places, person), host: false }));
  const locked = others
    .filter((person) => !people[person]!.stays)
    .map((person): Unit => ({ people: [person], table: lockedForGood(wishes, places, person), host: false }))
    .filter(({ table }) => table >= 0);
  return [...teams, ...still, ...locked];
}

/** Hosts by the table they share: those of one named table, and those whom `together` names. */
export function hostTeams({ people, together }: TablesWishes, indexOf: ReadonlyMap<string, number>) {
  const hosts = [...people.keys()].filter((person) => people[person]!.host);
  const teams = new Map(hosts.map((person) => [person, [person]]));
  const join = (a: number, b: number) => {
    const [one, two] = [teams.get(a)!, teams.get(b)!];
    if (one === two) return;
    one.push(...two);
    for (const person of two) teams.set(person, one);
  };
  const first = new Map<string, number>();
  for (const person of hosts) {
    const { host } = people[person]!;
    if (typeof host !== 'string') continue;
    if (first.has(host)) join(first.get(host)!, person);
    else first.set(host, person);
  }
  for (const pair of together ?? []) {
    const [a, b] = pair.map((id) => indexOf.get(id) ?? -1) as [number, number];
    if (teams.has(a) && teams.has(b)) join(a, b);
  }
  return [...new Set(teams.values())].map((team) => team.toSorted((a, b) => a - b));
}

/** The table named for a host, or the one that a lock names; −1 where any will do. */
function namedTable({ people, rounds }: TablesWishes, places: Places, person: number): number {
  const { host } = people[person]!;
  if (typeof host === 'string') return places.tableOf.get(host)!;
  for (let round = places.frozen; round < rounds; round += 1) {
    const table = places.locked[round * people.length + person]!;
    if (table >= 0) return table;
  }
  return -1;
}

/** The one table a person is locked to in every round they are still to be seated in, or −1. */
function lockedForGood({ people, rounds }: TablesWishes, places: Places, person: number): number {
  let table = -1;
  for (let round = places.frozen; round < rounds; round += 1) {
    const at = round * people.length + person;
    if (places.present[at] === 0) continue;
    if (places.locked[at]! < 0 || (table >= 0 && places.locked[at] !== table)) return -1;
    table = places.locked[at]!;
  }
  return table;
}
