// A plan that comes at once: everybody seated by the first rule that keeps seats, locks, hosts and presence.
import { type Effort, spend } from '../effort.ts';
import { randomFrom } from '../random.ts';
import { hallWithUnits, keptAll } from './beginnings.ts';
import { firstSeats } from './first-seats.ts';
import { fittedSeats } from './fit.ts';
import { scoreOf } from './score.ts';
import type { Work } from './search-plan.ts';
import type { TablesWishes } from './wishes.ts';

/** The plan people know, mended, or a first seating by chance; its bound is zero, as nothing else is counted. */
export function firstPlan(wishes: TablesWishes, effort: Effort): Work {
  const random = randomFrom(effort.seed);
  const { hall, kept } = hallWithUnits(wishes, 0);
  const seats = hall.previous
    ? fittedSeats(hall, kept, hall.previous, random)
    : firstSeats(hall, kept, random);
  return {
    wishes,
    hall,
    random,
    spending: spend(effort, 0),
    effort,
    seats,
    score: scoreOf(hall, seats),
    least: { ...keptAll, why: 'nothing is below zero' },
    method: 'a first seating',
    proven: false,
  };
}
