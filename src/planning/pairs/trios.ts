// Pairs, and trios of two talents who meet one senior together: most people with a place, then most weight, by a
// mixed-integer programme over the meetings a senior has room for.
import { cannot } from '../cannot.ts';
import { conflictInWords, leastConflict } from '../conflict.ts';
import type { Effort } from '../effort.ts';
import { type Limits, openSolver } from '../programme.ts';
import { randomFrom } from '../random.ts';
import { optimiseInStages } from '../stages.ts';
import { faultsOf } from './faults.ts';
import { marketOf } from './market.ts';
import { triosAnswer } from './trios-answer.ts';
import { meetingsIn, type TriosModel, triosModelOf } from './trios-model.ts';
import type { PairsWishes, TriosAnswer } from './wishes.ts';

export { asksTrios } from './faults.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 10_000;

/** The pairs and trios for wishes without faults, as far as the effort allows; throws a RangeError for others. */
export async function pairInTrios(wishes: PairsWishes, effort: Effort): Promise<TriosAnswer> {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw cannot(faults);
  const random = randomFrom(effort.seed);
  const market = marketOf(wishes, random);
  const limits: Limits = {
    stop: () => effort.signal?.aborted === true || effort.isOver?.() === true,
    nodes: effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usualNodes),
    seed: random.below(2147483647),
  };
  const model = triosModelOf(wishes, market);
  const { state, values, goals, nodes } = await solved(model, limits, effort);
  if (state === 'infeasible') throw cannot([conflictInWords(await leastConflict(model.programme, limits))]);
  if (!values) throw cannot(['No pairs that keep every wish were found in time: give it longer.']);
  return triosAnswer(wishes, market, meetingsIn(model, values), {
    goals,
    proven: state === 'optimal',
    iterations: nodes,
    seed: effort.seed,
  });
}

async function solved({ programme, placed, weight }: TriosModel, limits: Limits, effort: Effort) {
  const solver = await openSolver(programme, limits);
  const most = (entries: TriosModel['weight']) => entries.reduce((sum, [, by]) => sum + by, 0);
  const stages = [
    { name: 'people', sense: 1 as const, entries: placed, limit: () => placed.length },
    { name: 'weight', sense: 1 as const, entries: weight, limit: () => most(weight) },
  ];
  try {
    const staged = optimiseInStages(solver, stages, ({ name }, value, bound) => {
      if (name === 'people')
        effort.onProgress?.(
          placed.length - value,
          placed.length - bound,
          `${value} people have a place; ${value < bound ? 'looking for more' : 'there can be no more'}.`,
        );
    });
    return { ...staged, nodes: solver.nodes };
  } finally {
    solver.close();
  }
}
