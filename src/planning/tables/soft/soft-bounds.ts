// Lower bounds on unmet soft wishes: locks elsewhere, tables with too few chairs, pairs who never can meet, numbers that
// no choice of people makes even.
import { areCoHosts, type Hall, hasAlternatives } from '../hall.ts';
import { leastBalance } from './balance-bound.ts';
import type { SoftScore } from './soft.ts';

/** The least each soft wish can be unmet, whatever comes before it. */
export function leastSoft(hall: Hall): SoftScore {
  if (!hall.soft || hasAlternatives(hall)) return { prefers: 0, rather: 0, balance: 0 };
  return { prefers: leastElsewhere(hall), rather: neverMeeting(hall), balance: leastBalance(hall) };
}

/** By round: those locked elsewhere, and of the others as many as have only preferred tables that are full. */
function leastElsewhere(hall: Hall): number {
  let least = 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const wanting = new Int32Array(hall.tables);
    const locked = new Int32Array(hall.tables);
    for (let person = 0; person < hall.people; person += 1) {
      const at = round * hall.people + person;
      const tables = hall.soft!.prefers[person];
      const fixed = hall.fixed[at]!;
      if (hall.present[at] === 0) continue;
      if (fixed >= 0) locked[fixed]! += 1;
      if (!tables) continue;
      if (fixed >= 0) least += tables.has(fixed) ? 0 : 1;
      else if (tables.size === 1) wanting[[...tables][0]!]! += 1;
    }
    for (let table = 0; table < hall.tables; table += 1) {
      const chairs = hall.chairs[round * hall.tables + table]! - locked[table]!;
      least += Math.max(0, wanting[table]! - Math.max(0, chairs));
    }
  }
  return least;
}

/** Pairs who like to meet and never are in one round, or sit fixed apart whenever they are. */
function neverMeeting(hall: Hall): number {
  return hall.soft!.rather.filter(([a, b]) => {
    if (areCoHosts(hall, a, b)) return false;
    for (let round = 0; round < hall.rounds; round += 1) {
      const [one, two] = [round * hall.people + a, round * hall.people + b];
      const held = round < hall.frozen;
      if (hall.present[one] === 0 || hall.present[two] === 0) continue;
      const [seatA, seatB] = held ? [hall.past[one]!, hall.past[two]!] : [hall.fixed[one]!, hall.fixed[two]!];
      const mayMeet = held ? seatA === seatB : seatA < 0 || seatB < 0 || seatA === seatB;
      if (mayMeet) return false;
    }
    return true;
  }).length;
}
