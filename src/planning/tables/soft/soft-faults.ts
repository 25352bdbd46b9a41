// Soft wishes that name what is not there.
import { numberOf, type TablesWishes, tablesOf } from '../wishes.ts';

/** A sentence for each name among soft wishes that nobody, no table or no number has. */
export function softFaults(wishes: TablesWishes): string[] {
  const people = new Set(wishes.people.map(({ id }) => id));
  const { prefers = [], rather = [], balance } = wishes;
  if (prefers.length + rather.length === 0 && balance === undefined) return [];
  const tables = new Set(prefers.length > 0 ? tablesOf(wishes).map(({ id }) => id) : []);
  const person = (id: string, where: string) =>
    people.has(id) ? [] : [`${where} names ${id}, who is not among the people.`];
  return [
    ...prefers.flatMap((one) => [
      ...person(one.person, 'prefers'),
      ...(tables.has(one.table) ? [] : [`prefers names table ${one.table}, which is not among the tables.`]),
    ]),
    ...rather.flatMap((pair) => pair.flatMap((id) => person(id, 'rather'))),
    ...(balance !== undefined && !wishes.people.some((one) => numberOf(one, balance) !== undefined)
      ? [`balance is ${balance}, but nobody has a number of that name.`]
      : []),
  ];
}
