// Soft wishes: what plans miss of them when nobody asks, and when somebody does, at what cost in repeats and departments.
// Counted from the lists alone. ITERATIONS sets the budget (20,000).
import { randomFrom } from '../src/planning/random.ts';
import { seatEveryone } from '../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../src/planning/tables/wishes.ts';
import { measured, print } from './measured.ts';
import { realLife } from './tables-events.ts';

const iterations = Number(process.env.ITERATIONS ?? 20_000);
type Lists = readonly (readonly (readonly string[])[])[];

/** An event as in life, where a fifth would rather sit somewhere, a quarter like to meet somebody, and all have years. */
function event(people: number, tables: number, rounds: number): TablesWishes {
  const random = randomFrom(5);
  const plain = realLife(people, tables, rounds, 1);
  const guests = plain.people.filter(({ host }) => !host);
  return {
    ...plain,
    people: plain.people.map((person) => ({ ...person, years: random.below(35) })),
    prefers: guests
      .filter((_, index) => index % 5 === 0)
      .map(({ id }) => ({ person: id, table: String(1 + random.below(tables)) })),
    rather: guests
      .filter((_, index) => index % 4 === 0)
      .map(({ id }) => [id, guests[random.below(guests.length)]!.id] as const)
      .filter(([a, b]) => a !== b),
    balance: 'years',
  };
}

/** Rounds away from a preferred table, pairs who never meet, and years above or below the share of each table. */
function missed(
  { people, prefers = [], rather = [] }: TablesWishes,
  rounds: Lists,
): [number, number, number] {
  const years = new Map(people.map((person) => [person.id, person.years!]));
  const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + years.get(id)!, 0);
  let [away, distance] = [0, 0];
  for (const tables of rounds) {
    for (const { person, table } of prefers) {
      const at = tables.findIndex((list) => list.includes(person));
      if (at >= 0 && String(at + 1) !== table) away += 1;
    }
    const mean = sum(tables.flat()) / tables.flat().length;
    for (const list of tables) distance += Math.abs(sum(list) - mean * list.length);
  }
  const meet = ([a, b]: readonly [string, string]) =>
    rounds.some((tables) => tables.some((list) => list.includes(a) && list.includes(b)));
  return [away, rather.filter((pair) => !meet(pair)).length, Math.round(distance)];
}

const rows: (string | number)[][] = [];
for (const [people, tables, rounds] of [
  [34, 5, 3],
  [60, 10, 5],
  [120, 20, 5],
  [600, 84, 5],
] as const) {
  const wishes = event(people, tables, rounds);
  const { prefers, rather, balance, ...unasked } = wishes;
  const plain = seatEveryone(unasked, { seed: 1, iterations });
  const own = await measured(() => seatEveryone(wishes, { seed: 1, iterations }));
  const { answer } = own;
  rows.push([
    `${people} people, ${tables} tables, ${rounds} rounds`,
    `${prefers!.length * rounds}, ${rather!.length}`,
    missed(wishes, plain.rounds).join(', '),
    missed(wishes, answer.rounds).join(', '),
    `${answer.repeatedMeetings} (${plain.repeatedMeetings})`,
    `${answer.departmentMeetings} (${plain.departmentMeetings})`,
    own.cpu,
  ]);
}
print(
  ['event', 'asked: tables, pairs', 'missed unasked', 'missed asked', 'Σ C(m, 2)', 'departments', 'CPU s'],
  rows,
);
