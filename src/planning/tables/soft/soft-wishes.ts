// The wishes that come after all else, read from what was asked.
import { numberOf, type TablesWishes } from '../wishes.ts';

/** The soft wishes, people and tables by number. */
export interface Soft {
  /** The tables each person would rather sit at; undefined for all who have none. */
  prefers: readonly (ReadonlySet<number> | undefined)[];
  /** Pairs who like to meet. */
  rather: readonly (readonly [number, number])[];
  /** The number to balance, NaN for people who have none; undefined where nothing is to be balanced. */
  numbers: Float64Array | undefined;
}

/** The soft wishes of wishes without faults; undefined where there are none. */
export function softOf(
  { people, prefers = [], rather = [], balance }: TablesWishes,
  indexOf: ReadonlyMap<string, number>,
  tableOf: ReadonlyMap<string, number>,
): Soft | undefined {
  if (prefers.length + rather.length === 0 && balance === undefined) return undefined;
  const tables: (Set<number> | undefined)[] = people.map(() => undefined);
  for (const { person, table } of prefers) {
    const [index, number] = [indexOf.get(person), tableOf.get(table)];
    if (index === undefined || number === undefined) continue;
    tables[index] ??= new Set();
    tables[index].add(number);
  }
  const pairs = new Map<string, readonly [number, number]>();
  for (const [one, two] of rather) {
    const [a, b] = [indexOf.get(one), indexOf.get(two)];
    if (a === undefined || b === undefined || a === b) continue;
    pairs.set(`${Math.min(a, b)} ${Math.max(a, b)}`, [Math.min(a, b), Math.max(a, b)]);
  }
  const numbers = (field: string) =>
    Float64Array.from(people, (person) => numberOf(person, field) ?? Number.NaN);
  return {
    prefers: tables,
    rather: [...pairs.values()],
    numbers: balance === undefined ? undefined : numbers(balance),
  };
}
