// Gives the points of an exact design to people, so that the design keeps what it can: in a design of columns every
// table has one person of each column, so columns are roles. Hosts take column 0, which stays; seniors take whole
// columns; those who miss a round, and the points nobody has, share the last one.
import { type Random, shuffle } from '../random.ts';
import type { Design } from './designs/design.ts';
import type { Hall } from './hall.ts';

/** A point without a person. */
export const vacant = -1;

/** The person of every point, or `vacant`; undefined where two people would have to keep one table. */
export function pointsOfPeople(
  hall: Hall,
  kept: Int32Array,
  design: Design,
  random: Random,
): Int32Array | undefined {
  const personAt = new Int32Array(design.points).fill(vacant);
  const everybody = Int32Array.from({ length: hall.people }, (_, person) => person);
  if (!design.columnOf) {
    personAt.set(shuffle(everybody, random));
    return personAt;
  }
  for (const person of everybody) {
    const table = kept[person]!;
    if (table < 0) continue;
    if (personAt[table] !== vacant) return undefined;
    personAt[table] = person;
  }
  const rest = shuffle(everybody, random).filter((person) => kept[person]! < 0);
  const missing = (person: number) => missedRounds(hall, person);
  const seniors = rest
    .filter((person) => hall.senior[person] === 1)
    .toSorted((a, b) => missing(a) - missing(b));
  const talents = rest
    .filter((person) => hall.senior[person] === 0)
    .toSorted((a, b) => missing(a) - missing(b));
  const hostsAreSeniors = kept.some((table, person) => table >= 0 && hall.senior[person] === 1);
  const first = hostsAreSeniors ? talents : seniors;
  const last = hostsAreSeniors ? seniors : talents;
  fill(design, kept, personAt, first, last);
  return personAt;
}

function missedRounds(hall: Hall, person: number): number {
  let missed = 0;
  for (let at = person; at < hall.present.length; at += hall.people) missed += 1 - hall.present[at]!;
  return missed;
}

/** The first side takes whole columns after column 0, then one with the other side; the other side takes the rest. */
function fill(
  design: Design,
  kept: Int32Array,
  personAt: Int32Array,
  first: Int32Array,
  last: Int32Array,
): void {
  const free = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => from + index).filter(
      (point) => personAt[point] === vacant,
    );
  const g = design.tables;
  const stillness = kept.some((table) => table >= 0);
  const columns = design.points / g;
  let [nextFirst, nextLast] = [0, 0];
  // Column 0 has the hosts: what is left of it goes to the side they are of.
  if (stillness)
    for (const point of free(0, g)) personAt[point] = nextLast < last.length ? last[nextLast++]! : vacant;
  for (let column = stillness ? 1 : 0; column < columns; column += 1)
    for (const point of free(column * g, (column + 1) * g)) {
      if (nextFirst < first.length) personAt[point] = first[nextFirst++]!;
      else if (nextLast < last.length) personAt[point] = last[nextLast++]!;
    }
}
