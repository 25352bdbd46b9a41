// Lists and numbers as people write them.
import { type TablesWishes, tableName, tablesOf } from './wishes.ts';

const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A number in words up to twelve. */
export const inWords = (count: number) => words[count] ?? String(count);

/** "Ada, Bo and Cy". */
export const listed = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** "round 2", "rounds 1 and 3"; rounds are counted from 1. */
export const roundsSaid = (rounds: readonly number[]) =>
  rounds.length === 1 ? `round ${rounds[0]}` : `rounds ${listed(rounds.map(String))}`;

/** "1 meeting is", "2 meetings are". */
export const counted = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

/** Returns the names of people and tables, by number. */
export function namesIn(wishes: TablesWishes) {
  const tables = tablesOf(wishes);
  return {
    person: (index: number) => wishes.people[index]!.name,
    people: (indices: readonly number[]) => listed(indices.map((index) => wishes.people[index]!.name)),
    table: (index: number) => tableName(tables[index]!),
  };
}
