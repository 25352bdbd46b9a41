// A first seating by chance that keeps every hard rule: seats, locks, hosts and presence, and the mix if it can.
// Friends go to one table while there is room.
import type { Random } from '../random.ts';
import { shuffle } from '../random.ts';
import { type Hall, nowhere } from './hall.ts';
import type { Seats } from './score.ts';

/** Seats for everybody in every round; rounds already held are copied. */
export function firstSeats(hall: Hall, kept: Int32Array, random: Random): Seats {
  const seats = new Int32Array(hall.rounds * hall.people).fill(nowhere);
  seats.set(hall.past);
  for (let round = hall.frozen; round < hall.rounds; round += 1) fillRound(hall, kept, seats, round, random);
  return seats;
}

/** The table that locks name in a round, or that a person keeps; −1 where it is open. `at` is round · people + person. */
export const placeOf = (hall: Hall, kept: Int32Array, at: number) =>
  hall.fixed[at]! >= 0 ? hall.fixed[at]! : kept[at % hall.people]!;

/** Seats everybody of one round who has no seat yet, beside those who have. */
export function fillRound(hall: Hall, kept: Int32Array, seats: Seats, round: number, random: Random): void {
  const { people, tables } = hall;
  const room = roomLeft(hall, kept, seats, round, random);
  const seniors = new Int32Array(tables);
  const waiting: number[] = [];
  const sit = (person: number, table: number) => {
    seats[round * people + person] = table;
    room[table]! -= 1;
    seniors[table]! += hall.senior[person]!;
  };
  for (let person = 0; person < people; person += 1) {
    const at = round * people + person;
    if (hall.present[at] === 0) continue;
    if (seats[at]! >= 0) seniors[seats[at]!]! += hall.senior[person]!;
    else if (placeOf(hall, kept, at) >= 0) sit(person, placeOf(hall, kept, at));
    else waiting.push(person);
  }
  shuffle(waiting, random);
  for (const cluster of clustersOf(hall, waiting)) {
    const table = tableForCluster(hall, seats, round, cluster, room);
    if (table >= 0) for (const person of cluster) sit(person, table);
  }
  const rest = waiting.filter((person) => seats[round * people + person]! < 0);
  // Seniors first, each where seniors are fewest for the size; talents take what is left.
  for (const person of rest.filter((one) => hall.senior[one] === 1))
    sit(person, seniorTable(hall, seniors, room, round, random));
  const left = rest.filter((one) => hall.senior[one] === 0);
  for (const person of left) {
    let table = 0;
    while (room[table]! <= 0) table += 1;
    sit(person, table);
  }
}

/** Free chairs at each table once the empty ones are chosen: at the tables with most room to spare, ties by chance. */
function roomLeft(hall: Hall, kept: Int32Array, seats: Seats, round: number, random: Random): Int32Array {
  const { people, tables } = hall;
  const room = hall.chairs.slice(round * tables, (round + 1) * tables);
  const held = new Int32Array(tables);
  for (let person = 0; person < people; person += 1) {
    const at = round * people + person;
    const table = seats[at]! >= 0 ? seats[at]! : placeOf(hall, kept, at);
    if (hall.present[at] === 1 && table >= 0) held[table]! += 1;
    if (hall.present[at] === 1 && seats[at]! >= 0) room[seats[at]!]! -= 1;
  }
  const order = shuffle(
    Int32Array.from({ length: tables }, (_, table) => table),
    random,
  );
  const spare = (table: number) => hall.chairs[round * tables + table]! - held[table]!;
  const lacking = order
    .filter((table) => hall.mayLackOne[round * tables + table] === 1 && spare(table) > 0)
    .toSorted((a, b) => spare(b) - spare(a) || 0)
    .slice(0, hall.empty[round]!);
  for (const table of lacking) room[table]! -= 1;
  return room;
}

/** Groups of people, among those waiting, who are to sit together. */
function clustersOf(hall: Hall, waiting: readonly number[]): number[][] {
  const groups = new Map(waiting.map((person) => [person, [person]]));
  for (const [a, b] of hall.together) {
    const [one, two] = [groups.get(a), groups.get(b)];
    if (!one || !two || one === two) continue;
    const joined = [...one, ...two];
    for (const person of joined) groups.set(person, joined);
  }
  const friends = new Set(hall.together.flat());
  return [...new Set(groups.values())].filter((group) => friends.has(group[0]!));
}

/** Finds the table where seated friends already sit, else the one with most room; −1 where none has room for all. */
function tableForCluster(
  hall: Hall,
  seats: Seats,
  round: number,
  cluster: readonly number[],
  room: Int32Array,
) {
  const inside = new Set(cluster);
  for (const [a, b] of hall.together) {
    const other = inside.has(a) ? b : inside.has(b) ? a : -1;
    const table = other < 0 ? nowhere : seats[round * hall.people + other]!;
    if (table >= 0 && room[table]! >= cluster.length) return table;
  }
  const table = room.indexOf(Math.max(...room));
  return room[table]! >= cluster.length ? table : -1;
}

/** The table furthest below its share of seniors; a table where every talent chair would be taken comes last. */
function seniorTable(
  hall: Hall,
  seniors: Int32Array,
  room: Int32Array,
  round: number,
  random: Random,
): number {
  const quota = hall.quotas?.[round];
  let [best, bestNeed, ties] = [-1, Number.NEGATIVE_INFINITY, 0];
  for (let table = 0; table < hall.tables; table += 1) {
    if (room[table]! <= 0) continue;
    const size = hall.chairs[round * hall.tables + table]!;
    const need = quota ? seniorNeed(quota.least[size]!, quota.most[size]!, seniors[table]!) : 0;
    ties = need > bestNeed ? 1 : ties + (need === bestNeed ? 1 : 0);
    if (need > bestNeed || (need === bestNeed && random.below(ties) === 0)) [best, bestNeed] = [table, need];
  }
  return best;
}

/** 2 below the least, 1 below the most, 0 or less above it. */
function seniorNeed(least: number, most: number, seniors: number): number {
  if (seniors < least) return 2;
  return seniors < most ? 1 : most - seniors;
}
