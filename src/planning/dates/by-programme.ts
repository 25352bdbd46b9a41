// One programme about dates: handed to the solver, and its solution read as places.
import { leastConflict } from '../conflict.ts';
import { type Entry, type Goal, type Limits, openSolver } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { optimiseInStages, type Stage } from '../stages.ts';
import { allOf, type Board, type Counted, countsIn, orderOf, type Places } from './board.ts';
import { type Depth, entriesOf, type Model, modelOf, placesOf, startFrom } from './model.ts';

/** Result of a programme; where none is possible `conflict` names wishes that contradict each other. */
export interface Outcome {
  places: Places | undefined;
  goals: Goal[];
  nodes: number;
  conflict?: string[];
}

/** Hears of a goal's value and bound on the way. */
export type ProgressListener = (part: Counted, value: number, bound: number) => void;

/** Input known before the solver begins, and a listener for its progress. */
export interface Known {
  /** A choice to start from. */
  start?: Places | undefined;
  /** Upper bounds on every choice, goal after goal. */
  most?: readonly number[];
  /** Choices of dates that are not to be made again. */
  passed?: readonly (readonly number[])[];
  onProgress?: ProgressListener | undefined;
}

/** The best choice among `dates`, looked at in some depth, as far as the limits allow. */
export async function solve(
  board: Board,
  dates: readonly number[],
  depth: Depth,
  random: Random,
  limits: Limits,
  { start, most = mostOf(board), passed = [], onProgress }: Known,
): Promise<Outcome> {
  const model = modelOf(board, dates, depth, randomFrom(random.next()));
  for (const chosen of passed) {
    const entries = chosen.map((date): Entry => [model.dateColumn[date]!, 1]);
    model.programme.rows.push({ lower: 0, upper: board.choose - 1, entries });
  }
  const already = countedAlready(board);
  const solver = await openSolver(model.programme, {
    ...limits,
    start: start && startFrom(board, model, start),
  });
  const stages = stagesOf(board, model, most);
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, ({ name }, value, bound) =>
      onProgress?.(name as Counted, value + already(name), bound + already(name)),
    );
    // Wishes are named where everybody is spread: there every row is one.
    const named = depth === 'spread' ? () => leastConflict(model.programme, limits) : () => [];
    return {
      places: values && placesOf(board, model, values),
      goals: goals.map(({ name, value, bound }) => {
        return { name, value: value + already(name), bound: bound + already(name) };
      }),
      nodes: solver.nodes,
      ...(state === 'infeasible' && { conflict: await named() }),
    };
  } finally {
    solver.close();
  }
}

/** The goals in order; what no choice passes holds for a goal while those before it reach theirs. */
function stagesOf(board: Board, model: Model, most: readonly number[]): Stage[] {
  const already = countedAlready(board);
  return orderOf(board).map((name, index) => {
    const limit = (before: readonly Goal[]) => {
      const kept = before.every((goal, part) => goal.value + already(goal.name) === most[part]);
      return Math.min(mostOf(board)[index]!, kept ? most[index]! : Number.POSITIVE_INFINITY) - already(name);
    };
    return { name, sense: 1, entries: entriesOf(board, model, name), limit };
  });
}

/** The best places on given dates, in whole numbers, or undefined; a network, solved whatever the effort. */
export async function placesOn(board: Board, dates: readonly number[], random: Random) {
  const limits = { stop: () => false, nodes: Number.POSITIVE_INFINITY, seed: random.below(2147483647) };
  const { places } = await solve({ ...board, choose: dates.length }, dates, 'given', random, limits, {});
  return places;
}

/** Returns upper bounds on every choice, whatever the dates. */
export const mostOf = (board: Board): number[] => orderOf(board).map((part) => allOf(board, part));

/** How much of a goal those who are always needed bring, whatever the programme decides. */
function countedAlready(board: Board): (part: string) => number {
  return (part) => {
    const { who, says } = countsIn(board, part as Counted);
    return says === 2 ? 0 : board.always.filter(who).length;
  };
}
