// Hosts and seats that do not move: what cannot be, in a sentence for each.
import type { Hall } from './hall.ts';
import { seatsAt, unitTables } from './unit-tables.ts';
import { hostTeams } from './units.ts';
import { type Attendee, type TablesWishes, tableName, tablesOf } from './wishes.ts';

/** Too many hosts, one team at two tables, and two teams at one table that nobody asked to share. */
export function hostFaults(wishes: TablesWishes): string[] {
  const indexOf = new Map(wishes.people.map((person, index) => [person.id, index]));
  const teams = hostTeams(wishes, indexOf).map((team) => team.map((index) => wishes.people[index]!));
  const tables = tablesOf(wishes);
  if (teams.length > tables.length) return [tooMany(teams, tables.length)];
  const nameOf = new Map(tables.map((table) => [table.id, tableName(table)]));
  const faults: string[] = [];
  const hosted = new Map<string, Attendee[]>();
  for (const team of teams) {
    const named = namedFor(wishes, team);
    if (named.length > 1)
      faults.push(
        `${list(team)} are to host together, but at tables ${named.map((id) => nameOf.get(id)).join(' and ')}.`,
      );
    const [table] = named;
    if (table === undefined) continue;
    const others = hosted.get(table);
    if (others)
      faults.push(
        `${list([...others, ...team])} would all host table ${nameOf.get(table)}. To let them share it, name the table as the one each hosts, or put them together.`,
      );
    hosted.set(table, team);
  }
  return faults;
}

function tooMany(teams: readonly Attendee[][], tables: number): string {
  return teams.every((team) => team.length === 1)
    ? `${teams.length} hosts are locked to ${tables} tables: every host keeps a table of their own.`
    : `${teams.length} teams of hosts are locked to ${tables} tables: every team keeps a table of its own.`;
}

/** The tables that hosts of one team are named for, or locked to. A team of one that is locked to two is said elsewhere. */
function namedFor({ locks }: TablesWishes, team: readonly Attendee[]): string[] {
  const named = team.flatMap(({ host, id }) => {
    if (typeof host === 'string') return [host];
    const lock = (locks ?? []).find((one) => one.person === id);
    return lock ? [lock.table] : [];
  });
  return [...new Set(named)];
}

const list = (people: readonly Attendee[]) =>
  people.length < 2
    ? people.map(({ name }) => name).join('')
    : `${people
        .slice(0, -1)
        .map(({ name }) => name)
        .join(', ')} and ${people.at(-1)!.name}`;

/** People for whom no table is left that they can keep. */
export function keepFaults(wishes: TablesWishes, hall: Hall): string[] {
  if (!hall.units.some(({ table }) => table < 0) || hall.frozen === hall.rounds) return [];
  if (unitTables(hall, 0).tables) return [];
  const seats = seatsAt(wishes, hall);
  if (unitTables(hall, 0, seats).tables) return [];
  const alone = hall.units.filter((unit) => {
    const others = hall.units.map((one) =>
      one === unit || one.table >= 0 ? one : { ...one, people: [], host: false },
    );
    return unit.table < 0 && !unitTables({ ...hall, units: others }, 0, seats).tables;
  });
  const units = alone.length > 0 ? alone : hall.units.filter(({ table }) => table < 0);
  const names = units.flatMap(({ people }) => people.map((person) => wishes.people[person]!));
  return names.length === 1
    ? [`There is no table left with a seat that ${list(names)} can keep in every round.`]
    : [`There are no tables left with seats that ${list(names)} can keep in every round.`];
}
