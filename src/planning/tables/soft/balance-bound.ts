// Bounds how far tables are from their share of a number: no choice of so many people comes nearer.
import type { Hall } from '../hall.ts';

/** Steps taken at most to find the sums of one round; where it takes more the bound is 0. */
const mostSteps = 5e6;
/** Decimals of the numbers that are looked at; where there are more the bound is 0. */
const mostDecimals = 3;

/** The least distance, summed over the tables of rounds to come. */
export function leastBalance(hall: Hall): number {
  if (!hall.soft?.numbers) return 0;
  let least = 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1) least += leastInRound(hall, round);
  // Rounded down: the distance itself is rounded to six decimals. What is added is less than half of the seventh.
  return Math.floor(least * 1e6 + 1e-3) / 1e6;
}

/** A table: how many may sit there, and those of them who have to: all, with a number, and the sum of these. */
interface Table {
  seats: readonly number[];
  fixed: number;
  numbered: number;
  sum: number;
}

/** Tables, and the people who sit anywhere, by their whole numbers from 0; the mean is `sum / count`. */
interface Room {
  tables: readonly Table[];
  free: readonly number[];
  /** How many of them have no number. */
  without: number;
  sum: number;
  count: number;
  /** Units in one of the numbers as they were given. */
  scale: number;
}

/** By how many people: whether some of them have this sum. */
type Sums = readonly Uint8Array[];

function leastInRound(hall: Hall, round: number): number {
  const room = roomOf(hall, round);
  if (!room || room.count === 0) return 0;
  const most = Math.max(...room.tables.map(({ seats }) => Math.max(...seats)));
  const highest = room.free
    .toSorted((a, b) => b - a)
    .slice(0, most)
    .reduce((sum, value) => sum + value, 0);
  if (highest * most * room.free.length > mostSteps) return 0;
  const nearest = nearestAll(room, sumsOf(room.free, most, highest));
  return Math.max(total(nearest), leastAround(room, most, highest)) / (room.count * room.scale);
}

const total = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);

/** The person farthest from the mean sits somewhere, and what one table is above its share others are below. */
function leastAround(room: Room, most: number, highest: number): number {
  const { free, sum, count } = room;
  const away = free.map((value) => Math.abs(value * count - sum));
  const far = away.indexOf(Math.max(...away));
  if (far < 0) return 0;
  const rest: Room = { ...room, free: free.toSpliced(far, 1) };
  const sums = sumsOf(rest.free, most, highest);
  const without = nearestAll(rest, sums);
  const whole = total(without);
  const ways = room.tables.map((table, at) => {
    const { fixed, numbered, sum: before } = table;
    const withThem = { ...table, fixed: fixed + 1, numbered: numbered + 1, sum: before + free[far]! };
    const distance = nearestOf(rest, withThem, sums);
    return Math.max(2 * distance, distance + whole - without[at]!);
  });
  const least = Math.min(...ways);
  return Number.isFinite(least) ? least : 0;
}

/** By table; 0 where nobody can be chosen so, as then the question is not this one. */
const nearestAll = (room: Room, sums: Sums) =>
  room.tables.map((table) => {
    const nearest = nearestOf(room, table, sums);
    return Number.isFinite(nearest) ? nearest : 0;
  });

/** The smallest |count · sum of the table − its people · sum of all| there can be; endless where there is none. */
function nearestOf({ free, without, sum, count }: Room, table: Table, sums: Sums): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const seats of table.seats) {
    const open = seats - table.fixed;
    for (let chosen = Math.max(0, open - without); chosen <= Math.min(open, free.length); chosen += 1) {
      const share = (table.numbered + chosen) * sum;
      for (const [value, isReached] of sums[chosen]!.entries())
        if (isReached) nearest = Math.min(nearest, Math.abs(count * (table.sum + value) - share));
    }
  }
  return nearest;
}

function sumsOf(values: readonly number[], most: number, highest: number): Sums {
  const sums = Array.from({ length: most + 1 }, () => new Uint8Array(highest + 1));
  sums[0]![0] = 1;
  for (const [index, value] of values.entries())
    for (let chosen = Math.min(most, index + 1); chosen > 0; chosen -= 1)
      for (let sum = value; sum <= highest; sum += 1)
        if (sums[chosen - 1]![sum - value]) sums[chosen]![sum] = 1;
  return sums;
}

/** The round in whole numbers; undefined where the numbers are none. */
function roomOf(hall: Hall, round: number): Room | undefined {
  const { people, tables, soft, present, fixed, chairs, mayLackOne } = hall;
  const here = Array.from({ length: people }, (_, person) => person).filter(
    (person) => present[round * people + person] === 1,
  );
  const numbers = here.map((person) => soft!.numbers![person]!).filter((value) => !Number.isNaN(value));
  const scale = scaleOf(numbers);
  if (scale === undefined) return undefined;
  const lowest = Math.min(...numbers);
  const whole = (person: number) => Math.round((soft!.numbers![person]! - lowest) * scale);
  const found = Array.from({ length: tables }, (_, table) => {
    const seats = chairs[round * tables + table]!;
    const lacks = mayLackOne[round * tables + table] === 1 && seats > 0;
    return { seats: lacks ? [seats - 1, seats] : [seats], fixed: 0, numbered: 0, sum: 0 };
  });
  const room = { tables: found, free: [] as number[], without: 0, sum: 0, count: 0, scale };
  for (const person of here) {
    const hasNumber = !Number.isNaN(soft!.numbers![person]!);
    const table = found[fixed[round * people + person]!];
    if (table) table.fixed += 1;
    if (!hasNumber) {
      room.without += table ? 0 : 1;
      continue;
    }
    room.sum += whole(person);
    room.count += 1;
    if (!table) room.free.push(whole(person));
    else {
      table.numbered += 1;
      table.sum += whole(person);
    }
  }
  return room;
}

function scaleOf(numbers: readonly number[]): number | undefined {
  for (let scale = 1; scale <= 10 ** mostDecimals; scale *= 10)
    if (numbers.every((value) => Math.abs(value * scale - Math.round(value * scale)) < 1e-9)) return scale;
  return undefined;
}
