// Seats everybody: wishes are looked at for what cannot be, the best plan is searched for, and told in words.
import { cannot } from '../cannot.ts';
import type { Effort } from '../effort.ts';
import { answerOf, type TablesAnswer } from './answer.ts';
import { keptBy } from './bounds/bounds.ts';
import { leastNotNew } from './bounds/new-meetings.ts';
import type { Broken } from './broken.ts';
import { basicFaults } from './faults.ts';
import { firstPlan } from './first-plan.ts';
import { fitted } from './fit-tables.ts';
import { relaxed } from './relax.ts';
import { repairsOf } from './repairs.ts';
import { leastOf, type Portfolio, searchPlan, type Work } from './search-plan.ts';
import { inTurn } from './soft/sitting-out.ts';
import type { AskedTables } from './wishes.ts';

/**
 * A seating for wishes without faults, the best found within the effort; throws a RangeError naming the faults of
 * wishes that have some. `iterations` of the effort are swaps made in search, and branches looked at.
 */
export function seatEveryone(asked: AskedTables, effort: Effort, portfolio: Portfolio = {}): TablesAnswer {
  const fit = fitted(asked);
  if (fit.faults.length > 0) throw cannot(fit.faults);
  const basic = basicFaults(fit.wishes);
  if (basic.length > 0) throw cannot(basic);
  const turns = inTurn(fit.wishes, effort.seed);
  if (turns.faults.length > 0) throw cannot(turns.faults);
  const { wishes, broken, faults } = relaxed(turns.wishes);
  if (faults.length > 0) throw cannot(faults);
  // A plan at hand before anything that takes long: whoever must stop the search then has one.
  effort.onPlan?.(hurriedAnswer(firstPlan(wishes, effort), broken));
  const work = searchPlan(wishes, effort, portfolio, (first) => effort.onPlan?.(answer(first, broken, true)));
  const found = answer(work, broken);
  const repairs =
    wishes.absence === undefined || asked.withoutRepairs
      ? {}
      : { repairs: repairsOf(work.wishes, found.rounds, effort) };
  return { ...found, ...repairs, sentences: [...fit.sentences, ...found.sentences] };
}

/** The plan at hand in the words of those who asked; `broken` was dropped before. */
function answer(work: Work, broken: readonly Broken[], isOnTheWay = false): TablesAnswer {
  const { wishes, hall, seats, score, effort } = work;
  const found = answerOf(wishes, hall, seats, score, leastOf(work), {
    method: work.method,
    iterations: work.spending.iterations,
    seed: effort.seed,
    proven: work.proven,
    leastNotNew: leastNotNew(hall, keptBy(hall, score), work.spending.isOver),
    hurried: false,
    isOnTheWay,
    isOver: work.spending.isOver,
  });
  return { ...found, broken: [...broken, ...found.broken] };
}

/** The first plan in words, without bounds. */
function hurriedAnswer(
  { wishes, hall, seats, score, least, method, effort }: Work,
  broken: readonly Broken[],
) {
  const making = { method, iterations: 0, seed: effort.seed, proven: false, leastNotNew: 0 };
  const found = answerOf(wishes, hall, seats, score, least, {
    ...making,
    hurried: true,
    isOnTheWay: true,
    isOver: () => true,
  });
  return { ...found, broken: [...broken, ...found.broken] };
}
