// Faults that make seating impossible, said before anything is searched: one sentence for every fault, naming it.
import { hallOf } from './hall.ts';
import { hostFaults, keepFaults } from './host-faults.ts';
import { softFaults } from './soft/soft-faults.ts';
import { type Attendee, isOpen, presenceOf, type TablesWishes, tableName, tablesOf } from './wishes.ts';

/** The faults of wishes, each a sentence that names who or what it is about; none where a seating exists. */
export function faultsOf(wishes: TablesWishes): string[] {
  const basic = basicFaults(wishes);
  if (basic.length > 0) return basic;
  const placed = [
    ...presenceFaults(wishes),
    ...hostFaults(wishes),
    ...lockFaults(wishes),
    ...pastFaults(wishes),
  ];
  if (placed.length > 0) return placed;
  return [...seatFaults(wishes), ...(wishes.anyway ? [] : pairFaults(wishes))];
}

/** Nobody, nothing or too much to plan, and ids that are unknown or there twice. */
export function basicFaults(wishes: TablesWishes): string[] {
  const counts = countFaults(wishes);
  return counts.length > 0 ? counts : [...nameFaults(wishes), ...softFaults(wishes)];
}

/** Largest sizes planned well in the time people have; more is refused. */
const most = { people: 3000, tables: 1000, rounds: 50, seats: 30_000_000 };

function countFaults(wishes: TablesWishes): string[] {
  const faults: string[] = [];
  // A number of tables is checked before anything lists them: it may be a billion.
  const tables = typeof wishes.tables === 'number' ? wishes.tables : wishes.tables.length;
  const people = wishes.people.length;
  if (people === 0) faults.push('There is nobody to seat.');
  if (tables === 0) faults.push('There is no table.');
  if (wishes.rounds < 1) faults.push('There is no round.');
  const limit = (count: number, name: 'people' | 'tables' | 'rounds') => {
    if (count > most[name]) faults.push(`There are ${count} ${name}; ${most[name]} can be planned at once.`);
  };
  limit(people, 'people');
  limit(tables, 'tables');
  limit(wishes.rounds, 'rounds');
  if (faults.length === 0 && people * tables * wishes.rounds > most.seats)
    faults.push(
      `${people} people at ${tables} tables over ${wishes.rounds} rounds are too many at once; plan fewer rounds, or halls apart.`,
    );
  return faults;
}

/** Lists the ids that occur more than once. */
function twice(ids: readonly string[]): string[] {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const id of ids) (seen.has(id) ? again : seen).add(id);
  return [...again];
}

function nameFaults(wishes: TablesWishes): string[] {
  const people = new Set(wishes.people.map(({ id }) => id));
  const tables = new Set(tablesOf(wishes).map(({ id }) => id));
  const faults = [
    ...twice(wishes.people.map(({ id }) => id)).map((id) => `Two people have the id ${id}.`),
    ...twice(tablesOf(wishes).map(({ id }) => id)).map((id) => `Two tables have the id ${id}.`),
  ];
  const person = (id: string, where: string) =>
    people.has(id) ? [] : [`${where} names ${id}, who is not among the people.`];
  const table = (id: string, where: string) =>
    tables.has(id) ? [] : [`${where} names table ${id}, which is not among the tables.`];
  for (const pair of wishes.apart ?? []) for (const id of pair) faults.push(...person(id, 'apart'));
  for (const pair of wishes.together ?? []) for (const id of pair) faults.push(...person(id, 'together'));
  for (const lock of wishes.locks ?? [])
    faults.push(...person(lock.person, 'A lock'), ...table(lock.table, `The lock of ${lock.person}`));
  for (const one of wishes.people)
    if (typeof one.host === 'string') faults.push(...table(one.host, `The host ${one.id}`));
  for (const one of wishes.closed ?? []) faults.push(...table(one.table, 'closed'));
  for (const [a, b] of wishes.met ?? []) faults.push(...person(a, 'met'), ...person(b, 'met'));
  faults.push(...absenceFaults(wishes, people));
  for (const id of new Set((wishes.past ?? []).flat(2))) faults.push(...person(id, 'past'));
  return [...new Set(faults)];
}

function absenceFaults({ absence }: TablesWishes, people: ReadonlySet<string>): string[] {
  if (absence === undefined) return [];
  const all = typeof absence === 'number' ? { '*': absence } : absence;
  return Object.entries(all).flatMap(([id, odds]) => [
    ...(id === '*' || people.has(id) ? [] : [`absence names ${id}, who is not among the people.`]),
    ...(odds >= 0 && odds <= 1 ? [] : [`absence of ${id} is ${odds}; write a number from 0 to 1.`]),
  ]);
}

function presenceFaults({ people, rounds }: TablesWishes): string[] {
  return people.flatMap((person) => {
    const [from, until] = presenceOf(person, rounds);
    if (from < 0 || until >= rounds)
      return [
        `${person.name} is here for rounds ${from + 1} to ${until + 1}, but there are ${rounds} rounds.`,
      ];
    return from > until
      ? [
          `${person.name} cannot come in round ${from + 1} and leave after round ${until + 1}; let the last round be the first or a later one.`,
        ]
      : [];
  });
}

const list = (people: readonly Attendee[]) => people.map(({ name }) => name).join(', ');

function lockFaults(wishes: TablesWishes): string[] {
  const held = new Map<string, string>();
  const faults: string[] = [];
  const byId = new Map(wishes.people.map((person) => [person.id, person]));
  const hold = (person: Attendee, round: number, table: string) => {
    const before = held.get(`${person.id} ${round}`);
    if (before !== undefined && before !== table)
      faults.push(`${person.name} is locked to table ${before} and to table ${table} in round ${round}.`);
    held.set(`${person.id} ${round}`, table);
  };
  for (const person of wishes.people)
    if (typeof person.host === 'string')
      for (let round = 1; round <= wishes.rounds; round += 1) hold(person, round, person.host);
  for (const lock of wishes.locks ?? []) {
    const person = byId.get(lock.person)!;
    const [from, until] = presenceOf(person, wishes.rounds);
    const every = Array.from({ length: until - from + 1 }, (_, index) => from + index + 1);
    for (const round of lock.rounds ?? every) {
      if (round < 1 || round > wishes.rounds)
        faults.push(
          `The lock of ${person.name} names round ${round}, but there are ${wishes.rounds} rounds.`,
        );
      else if (round < from + 1 || round > until + 1)
        faults.push(
          `${person.name} is locked to table ${lock.table} in round ${round}, but is not here then.`,
        );
      else hold(person, round, lock.table);
    }
    if ((person.host || person.stays) && faults.length === 0 && movesAbout(wishes, lock.person))
      faults.push(`${person.name} keeps one table, but is locked to several.`);
  }
  return [...new Set(faults)];
}

function movesAbout({ locks }: TablesWishes, person: string): boolean {
  return new Set((locks ?? []).filter((lock) => lock.person === person).map(({ table }) => table)).size > 1;
}

function pastFaults(wishes: TablesWishes): string[] {
  const { past = [], previous = [], rounds } = wishes;
  const faults: string[] = [];
  if (past.length > rounds)
    faults.push(`${past.length} rounds are held already, but there are ${rounds} rounds.`);
  const tables = tablesOf(wishes).length;
  for (const [index, round] of past.entries()) {
    if (round.length > tables)
      faults.push(`Round ${index + 1} was held at ${round.length} tables, but there are ${tables}.`);
    faults.push(...twice(round.flat()).map((id) => `Round ${index + 1} of the past seats ${id} twice.`));
  }
  for (const [index, round] of previous.entries())
    faults.push(
      ...twice(round.flat()).map((id) => `Round ${index + 1} of the previous plan seats ${id} twice.`),
    );
  return faults;
}

/** More people than seats, in the room or locked to one table. */
function seatFaults(wishes: TablesWishes): string[] {
  const tables = tablesOf(wishes);
  const hall = hallOf(wishes);
  const seats = (table: number, round: number) =>
    isOpen(wishes, table, round) ? (tables[table]!.seats ?? wishes.people.length) : 0;
  const faults: string[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const here = wishes.people.filter((_, person) => hall.present[round * hall.people + person] === 1);
    const total = tables.reduce((sum, _, table) => sum + seats(table, round), 0);
    if (here.length > total)
      faults.push(
        `Round ${round + 1} has ${here.length} people for ${total} seats. With sitOut they sit out in turn.`,
      );
    const locked = tables.map((): Attendee[] => []);
    for (const [person, attendee] of wishes.people.entries()) {
      const table = hall.fixed[round * hall.people + person]!;
      if (table >= 0) locked[table]!.push(attendee);
    }
    for (const [table, people] of locked.entries())
      if (people.length > seats(table, round))
        faults.push(
          isOpen(wishes, table, round)
            ? `${people.length} people are locked to the ${seats(table, round)} seats of table ${tableName(tables[table]!)} in round ${round + 1}: ${list(people)}.`
            : `Table ${tableName(tables[table]!)} is closed in round ${round + 1}, but ${list(people)} ${people.length === 1 ? 'is' : 'are'} to sit there.`,
        );
  }
  return faults.length > 0 ? faults : keepFaults(wishes, hall);
}

/** Pairs that can neither sit apart nor together as asked. */
function pairFaults(wishes: TablesWishes): string[] {
  const hall = hallOf(wishes);
  const name = (person: number) => wishes.people[person]!.name;
  const table = (index: number) => tableName(tablesOf(wishes)[index]!);
  const nameOf = new Map(wishes.people.map(({ id, name: called }) => [id, called]));
  const named = (id: string) => nameOf.get(id) ?? id;
  const asked = new Set((wishes.apart ?? []).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const faults = (wishes.together ?? [])
    .filter(([a, b]) => asked.has(`${a} ${b}`))
    .map(([a, b]) => `${named(a)} and ${named(b)} are to sit apart and together.`);
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const at = (person: number) => hall.fixed[round * hall.people + person]!;
    for (const [a, b] of hall.together)
      if (at(a) >= 0 && at(b) >= 0 && at(a) !== at(b))
        faults.push(
          `${name(a)} and ${name(b)} are to sit together, but are locked to tables ${table(at(a))} and ${table(at(b))} in round ${round + 1}.`,
        );
    for (const [a, b] of hall.apart)
      if (at(a) >= 0 && at(a) === at(b) && asked.has(`${wishes.people[a]!.id} ${wishes.people[b]!.id}`))
        faults.push(
          `${name(a)} and ${name(b)} are to sit apart, but are both locked to table ${table(at(a))} in round ${round + 1}.`,
        );
  }
  return faults;
}
