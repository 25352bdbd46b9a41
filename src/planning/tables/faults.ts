// What cannot be seated, said before anything is searched: one sentence for every fault, naming it.
import { hallOf } from './hall.ts';
import { type Attendee, presenceOf, type TablesWishes, tablesOf } from './wishes.ts';

/** The faults of wishes, each a sentence that names who or what it is about; none where a seating exists. */
export function faultsOf(wishes: TablesWishes): string[] {
  const basic = [...countFaults(wishes), ...nameFaults(wishes)];
  if (basic.length > 0) return basic;
  const placed = [
    ...presenceFaults(wishes),
    ...hostFaults(wishes),
    ...lockFaults(wishes),
    ...pastFaults(wishes),
  ];
  if (placed.length > 0) return placed;
  return [...seatFaults(wishes), ...pairFaults(wishes)];
}

function countFaults(wishes: TablesWishes): string[] {
  const faults: string[] = [];
  if (wishes.people.length === 0) faults.push('There is nobody to seat.');
  if (tablesOf(wishes).length === 0) faults.push('There is no table.');
  if (wishes.rounds < 1) faults.push('There is no round.');
  return faults;
}

const twice = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];

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
  for (const id of new Set((wishes.past ?? []).flat(2))) faults.push(...person(id, 'past'));
  return [...new Set(faults)];
}

function presenceFaults({ people, rounds }: TablesWishes): string[] {
  return people.flatMap((person) => {
    const [from, until] = presenceOf(person, rounds);
    if (from < 0 || until >= rounds)
      return [
        `${person.name} is here for rounds ${from + 1} to ${until + 1}, but there are ${rounds} rounds.`,
      ];
    return from > until
      ? [`${person.name} comes in round ${from + 1} and leaves after round ${until + 1}.`]
      : [];
  });
}

function hostFaults(wishes: TablesWishes): string[] {
  const hosts = wishes.people.filter((person) => person.host);
  const tables = tablesOf(wishes).length;
  if (hosts.length > tables)
    return [`${hosts.length} hosts are locked to ${tables} tables: every host keeps a table of their own.`];
  return twice(hosts.flatMap(({ host }) => (typeof host === 'string' ? [host] : []))).map(
    (table) => `${list(hosts.filter(({ host }) => host === table))} are all to host table ${table}.`,
  );
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
  if (tables.every((table) => table.seats === undefined)) return [];
  const seats = tables.map((table) => table.seats ?? wishes.people.length);
  const total = seats.reduce((sum, count) => sum + count, 0);
  const hall = hallOf(wishes);
  const faults = wishes.people
    .filter(({ host, stays }, person) => (host || stays) && hall.kept[person]! < 0)
    .map(({ name }) => `There is no table left with a seat that ${name} can keep in every round.`);
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const here = wishes.people.filter((_, person) => hall.present[round * hall.people + person] === 1);
    if (here.length > total) faults.push(`Round ${round + 1} has ${here.length} people for ${total} seats.`);
    for (const [table, { id }] of tables.entries()) {
      const locked = wishes.people.filter((_, person) => hall.fixed[round * hall.people + person] === table);
      if (locked.length > seats[table]!)
        faults.push(
          `${locked.length} people are locked to the ${seats[table]} seats of table ${id} in round ${round + 1}: ${list(locked)}.`,
        );
    }
  }
  return faults;
}

/** Pairs that can neither sit apart nor together as asked. */
function pairFaults(wishes: TablesWishes): string[] {
  const hall = hallOf(wishes);
  const name = (person: number) => wishes.people[person]!.name;
  const table = (index: number) => tablesOf(wishes)[index]!.id;
  const asked = new Set((wishes.apart ?? []).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const faults = (wishes.together ?? [])
    .filter(([a, b]) => asked.has(`${a} ${b}`))
    .map(([a, b]) => `${a} and ${b} are to sit apart and together.`);
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
