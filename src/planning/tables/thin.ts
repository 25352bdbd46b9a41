// The evening that comes: who may be missing, and how many tables are then thin. A table of a round is thin if fewer
// than three fifths of those planned are there, or, where sides are mixed, one of the sides planned has nobody there.
import type { Hall } from './hall.ts';
import { areCoHosts } from './hall.ts';
import { meetingsOf, type Seats } from './score.ts';
import type { Attendee, TablesWishes } from './wishes.ts';

/** How likely everybody is to be missing, by number; undefined where nothing is said about it. */
export function oddsOf({ people, absence }: TablesWishes): Float64Array | undefined {
  if (absence === undefined) return undefined;
  const odds = (person: Attendee) =>
    typeof absence === 'number' ? absence : (absence[person.id] ?? absence['*'] ?? 0);
  return Float64Array.from(people, odds);
}

/** Whether everybody is as likely to be missing as everybody else: then who sits where changes nothing. */
export const areEqual = (odds: Float64Array) => odds.every((one) => one === odds[0]);

/** How likely so many of these are there, [count], one person after another (a Poisson binomial distribution). */
export function attendance(missing: readonly number[]): Float64Array {
  const chances = new Float64Array(missing.length + 1);
  chances[0] = 1;
  for (const [index, odds] of missing.entries())
    for (let count = index + 1; count >= 0; count -= 1)
      chances[count] = chances[count]! * odds + (count > 0 ? chances[count - 1]! * (1 - odds) : 0);
  return chances;
}

/** How likely a table is thin, by how likely each of its seniors and talents is missing. */
export function thinChance(seniors: readonly number[], talents: readonly number[], mixed: boolean): number {
  const planned = seniors.length + talents.length;
  if (planned === 0) return 0;
  if (!mixed) return 1 - enough(attendance([...seniors, ...talents]), new Float64Array([1]), planned, 0, 0);
  const [one, other] = [attendance(seniors), attendance(talents)];
  return 1 - enough(one, other, planned, Math.min(1, seniors.length), Math.min(1, talents.length));
}

/** How likely at least so many of each, and three fifths of all, are there. */
function enough(
  one: Float64Array,
  other: Float64Array,
  planned: number,
  leastOne: number,
  leastOther: number,
): number {
  let chance = 0;
  for (let a = leastOne; a < one.length; a += 1)
    for (let b = leastOther; b < other.length; b += 1)
      if (5 * (a + b) >= 3 * planned) chance += one[a]! * other[b]!;
  return chance;
}

/** How likely each table is thin, [round · tables + table]; rounds already held are not looked at. */
export function thinChances(hall: Hall, seats: Seats, odds: Float64Array): Float64Array {
  const chances = new Float64Array(hall.rounds * hall.tables);
  for (let at = hall.frozen * hall.tables; at < chances.length; at += 1)
    chances[at] = chanceAt(hall, seats, odds, at);
  return chances;
}

/** How likely one table of a round is thin; `at` is round · tables + table. */
export function chanceAt(hall: Hall, seats: Seats, odds: Float64Array, at: number): number {
  const [round, table] = [Math.floor(at / hall.tables), at % hall.tables];
  const sides: [number[], number[]] = [[], []];
  for (let person = 0; person < hall.people; person += 1)
    if (seats[round * hall.people + person] === table) sides[hall.senior[person]!]!.push(odds[person]!);
  return thinChance(sides[1], sides[0], hall.quotas !== undefined);
}

/** Forecast of the evening. */
export interface Expected {
  /** People who come: the mean, and from low to high in nine evenings of ten. */
  attendance: { mean: number; low: number; high: number };
  /** Thin tables over all rounds to come, and what no plan that is mixed as asked can be below. */
  thinTables: number;
  bound: number;
  /** Meetings that are not new, of people who are both there. */
  repeats: number;
}

/** The expected evening of a plan, with the bound on its thin tables. */
export function expectedOf(hall: Hall, seats: Seats, odds: Float64Array, bound: number): Expected {
  const thinTables = thinChances(hall, seats, odds).reduce((sum, chance) => sum + chance, 0);
  return {
    attendance: attendanceOf(odds),
    thinTables,
    bound: Math.min(bound, thinTables),
    repeats: expectedRepeats(hall, seats, odds),
  };
}

function attendanceOf(odds: Float64Array): Expected['attendance'] {
  const chances = attendance([...odds]);
  const quantile = (share: number) => {
    let [count, sum] = [0, chances[0]!];
    while (sum < share && count < odds.length) {
      count += 1;
      sum += chances[count]!;
    }
    return count;
  };
  const mean = odds.reduce((sum, one) => sum + 1 - one, 0);
  return { mean, low: quantile(0.05), high: quantile(0.95) };
}

function expectedRepeats(hall: Hall, seats: Seats, odds: Float64Array): number {
  const { people } = hall;
  const meetings = meetingsOf(hall, seats);
  let sum = 0;
  for (let a = 0; a < people; a += 1)
    for (let b = a + 1; b < people; b += 1) {
      const met = meetings[a * people + b]!;
      if (met > 1 && !areCoHosts(hall, a, b)) sum += (met - 1) * (1 - odds[a]!) * (1 - odds[b]!);
    }
  return sum;
}

/** Puts the expected evening into sentences. */
export function thinSentences(odds: Float64Array | undefined, expected: Expected | undefined): string[] {
  if (!odds || !expected) return [];
  const { attendance: people, thinTables, bound } = expected;
  const fixed = (value: number) => value.toFixed(2);
  const least =
    bound > 0.005
      ? `; no plan that is mixed as this one can be below ${fixed(Math.floor(bound * 100) / 100)}`
      : '';
  return [
    `${fixed(people.mean)} people are expected, ${people.low} to ${people.high} in nine evenings of ten.`,
    `${fixed(thinTables)} thin tables are expected over all rounds${least}.`,
    ...(areEqual(odds)
      ? ['With the same odds for everybody there is nothing to gain: only the sizes of tables count.']
      : []),
  ];
}
