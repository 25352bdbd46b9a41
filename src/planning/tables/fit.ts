// Makes seats that nearly fit a hall fit it: a plan people know, or an exact design with people missing.
import { type Random, shuffle } from '../random.ts';
import { fillRound, placeOf } from './first-seats.ts';
import { type Hall, nowhere } from './hall.ts';
import type { Seats } from './score.ts';

/**
 * Keeps everybody where `wanted` has them, [round · people + person], as far as chairs, locks and presence allow;
 * all others fill the holes. Nobody more than necessary is moved for the sizes' sake.
 */
export function fittedSeats(hall: Hall, kept: Int32Array, wanted: Seats, random: Random): Seats {
  const seats = new Int32Array(hall.rounds * hall.people).fill(nowhere);
  seats.set(hall.past);
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    for (let person = 0; person < hall.people; person += 1) {
      const at = round * hall.people + person;
      const place = placeOf(hall, kept, at);
      const table = place >= 0 ? place : wanted[at]!;
      if (hall.present[at] === 1 && table >= 0 && table < hall.tables) seats[at] = table;
    }
    trimRound(hall, kept, seats, round, random);
    fillRound(hall, kept, seats, round, random);
  }
  return seats;
}

/** Takes the seats of as many as sit at a table beyond its chairs; the fullest tables keep the last chair. */
function trimRound(hall: Hall, kept: Int32Array, seats: Seats, round: number, random: Random): void {
  const { people, tables } = hall;
  const guests = Array.from({ length: tables }, (): number[] => []);
  const seated = new Int32Array(tables);
  for (let person = 0; person < people; person += 1) {
    const table = seats[round * people + person]!;
    if (table < 0) continue;
    seated[table]! += 1;
    if (placeOf(hall, kept, round * people + person) < 0) guests[table]!.push(person);
  }
  const flexible = Array.from(hall.mayLackOne.subarray(round * tables, (round + 1) * tables).keys()).filter(
    (table) =>
      hall.mayLackOne[round * tables + table] === 1 &&
      seated[table]! - guests[table]!.length < hall.chairs[round * tables + table]!,
  );
  const lacking = new Set(flexible.toSorted((a, b) => seated[a]! - seated[b]!).slice(0, hall.empty[round]!));
  for (let table = 0; table < tables; table += 1) {
    const most = hall.chairs[round * tables + table]! - (lacking.has(table) ? 1 : 0);
    const leaving = shuffle(guests[table]!, random).slice(0, Math.max(0, seated[table]! - most));
    for (const person of leaving) seats[round * people + person] = nowhere;
  }
}
