// Meets soft wishes without giving up anything that comes before them: people exchange tables in one round, or whole
// evenings, and tables exchange their people. The last two repeat nothing more. Threshold accepting; an exchange may
// cost something that comes before for a while, but no such plan is taken.
import type { Spending } from '../../effort.ts';
import type { Random } from '../../random.ts';
import type { Hall } from '../hall.ts';
import { compareScores, type Score, type Seats, scoreOf } from '../score.ts';
import { nobody, type Seating, seatingOf, swapChairs } from '../seating.ts';
import type { Weights } from '../weights.ts';
import { beginExchanges, type Exchanges, type Swap, someExchange, takeBack } from './exchanges.ts';
import { compareSoft, type SoftScore, softScore } from './soft.ts';
import { beginSoftCount, type SoftCount, shortfallAround } from './soft-count.ts';

/** Exchanges tried for one step of the budget. */
const triesInAStep = 40;
/** Exchanges tried while the threshold falls once, for each person; it falls again from the best plan so far. */
const triesInAFall = 300;
const mostFalls = 12;
const mostTries = 200_000;
/** How much worse a plan may get for a while, at the beginning of a fall; every other time it never may. */
const firstThreshold = 24;

/** Cost of breaking other wishes on the way, beside that of missing one preferred table. */
const onTheWay: Weights = {
  apart: 400,
  together: 400,
  mix: 100,
  repeat: 20,
  department: 8,
  host: 8,
  moved: 8,
};
const softWeights: SoftScore = { prefers: 25, rather: 8, balance: 1 };

interface Polishing {
  seating: Seating;
  count: SoftCount;
  /** Cost of the plan to be kept. */
  base: number;
  value: SoftScore;
  exchanges: Exchanges;
}

/** Seats no worse in all that comes before soft wishes, and better in those, or the same seats. */
export function softSeats(
  hall: Hall,
  seats: Seats,
  odds: Float64Array | undefined,
  random: Random,
  spending: Spending,
): Seats {
  const steps = Math.ceil((triesInAFall * hall.people) / triesInAStep);
  const falls = Math.min(mostFalls, Math.ceil(mostTries / (steps * triesInAStep)));
  let best: Best = { hall, seats, value: softScore(hall, seats), score: scoreOf(hall, seats) };
  for (let fall = 0; fall < falls && !spending.done() && !isMet(best.value); fall += 1) {
    const polishing = begin(best, odds, random);
    for (let step = 0; step < steps && !isMet(best.value) && spending.step(); step += 1) {
      const threshold = fall % 2 === 0 ? 0 : firstThreshold * Math.max(0, 1 - (1.3 * step) / steps) ** 2;
      for (let index = 0; index < triesInAStep; index += 1) {
        tryOne(polishing, threshold);
        best = better(polishing, best);
      }
    }
  }
  return best.seats;
}

/** The best plan so far; its `score` is no worse than that of the plan it began with. */
interface Best {
  hall: Hall;
  seats: Seats;
  value: SoftScore;
  score: Score;
}

const isMet = ({ prefers, rather, balance }: SoftScore) => prefers + rather + balance === 0;

function begin({ hall, seats, value }: Best, odds: Float64Array | undefined, random: Random): Polishing {
  const seating = seatingOf(hall, onTheWay, seats);
  const count = beginSoftCount(hall);
  const exchanges = beginExchanges(seating, count, odds, random);
  return { seating, count, base: seating.cost, value, exchanges };
}

/** The plan at hand where it is better in soft wishes and as good in all else. */
function better({ seating, base, value }: Polishing, best: Best): Best {
  if (seating.cost > base || compareSoft(value, best.value) >= 0) return best;
  const score = scoreOf(best.hall, seating.seats);
  if (compareScores(best.hall, score, best.score) > 0) return best;
  return { hall: best.hall, seats: Int32Array.from(seating.seats), value, score };
}

/** Tries one exchange; it is taken back where the plan gets worse by more than the threshold. */
function tryOne(polishing: Polishing, threshold: number): void {
  const swaps = someExchange(polishing.exchanges);
  if (swaps.length === 0) return;
  const { seating, value, base } = polishing;
  const { people, at } = touched(seating, swaps);
  const cost = seating.cost;
  const excess = Math.max(0, cost - base);
  const then = shortfallAround(polishing.count, seating, people, at);
  for (const [round, one, two] of swaps) swapChairs(seating, round, one, two);
  const now = shortfallAround(polishing.count, seating, people, at);
  const change = {
    prefers: now.prefers - then.prefers,
    rather: now.rather - then.rather,
    balance: now.balance - then.balance,
  };
  const dearer = Math.max(0, seating.cost - base) - excess;
  const next = added(value, change);
  const isWorse =
    threshold > 0
      ? dearer + polishing.count.worth(change, softWeights) > threshold
      : dearer > 0 || (dearer === 0 && compareSoft(next, value) > 0);
  if (isWorse) {
    takeBack(seating, swaps);
    return;
  }
  polishing.value = next;
}

const added = (value: SoftScore, change: SoftScore): SoftScore => ({
  prefers: value.prefers + change.prefers,
  rather: value.rather + change.rather,
  balance: Math.round((value.balance + change.balance) * 1e6) / 1e6,
});

function touched({ chairs, tableOf }: Seating, swaps: readonly Swap[]) {
  const [people, at] = [new Set<number>(), new Set<number>()];
  for (const [, one, two] of swaps)
    for (const chair of [one, two]) {
      if (chairs[chair] !== nobody) people.add(chairs[chair]!);
      at.add(tableOf[chair]!);
    }
  return { people: [...people], at: [...at] };
}
