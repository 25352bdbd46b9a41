// Several dates out of many, everybody on at most one. First without looking who sits where; where quorum or size
// then get in the way, again with everybody they can bind. Places first, then yes before maybe, one after another.
import { leastConflict } from '../conflict.ts';
import { type Goal, type Limits, openSolver, optimiseInStages } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { type Board, type Counted, countsOf, orderOf, type Places } from './board.ts';
import { type Depth, entriesOf, modelOf, placesOf, startFrom } from './model.ts';

/** What the programme came to; `conflict` names wishes that contradict each other where no choice keeps them. */
export interface ProgrammeResult {
  places: Places | undefined;
  goals: Goal[];
  proven: boolean;
  nodes: number;
  conflict: string[];
}

export type Hears = (part: Counted, value: number, bound: number) => void;

/** The best choice among `dates`, each of which can be held by itself. */
export async function bestPlaces(
  board: Board,
  dates: readonly number[],
  random: Random,
  limits: Limits,
  onProgress: Hears,
): Promise<ProgrammeResult> {
  const first = await solve(board, dates, 'covered', random, limits, { onProgress });
  if (first.conflict.length > 0) return first;
  const given = first.places && (await placesOn(board, first.places.chosen, random));
  const started = given && { ...first, ...held(board, first, given) };
  if (started?.proven) return started;
  const left = { ...limits, nodes: limits.nodes - first.nodes };
  const from = { start: given, bounds: first.goals.map(({ bound }) => bound), onProgress };
  const second = await solve(board, dates, 'spread', random, left, from);
  const nodes = first.nodes + second.nodes;
  const places = second.places && (await placesOn(board, second.places.chosen, random));
  if (!places) return { ...(started ?? second), nodes, conflict: second.conflict };
  return { ...second, ...held(board, second, places), nodes };
}

/** The goals with the values that places have, and whether they are those that were promised. */
function held(board: Board, { goals, proven }: ProgrammeResult, places: Places) {
  const counts = countsOf(board, places);
  const own = orderOf(board).map((name, index): Goal => {
    const bound = goals[index]?.bound ?? board.people;
    return { name, value: counts[name], bound: Math.max(bound, counts[name]) };
  });
  // What follows a goal that is not reached was bounded for another value of it.
  const short = own.findIndex(({ value, bound }) => value < bound);
  for (const goal of short < 0 ? [] : own.slice(short + 1)) goal.bound = Math.max(goal.bound, board.people);
  return { places, goals: own, proven: proven && short < 0 };
}

/** The best places on given dates, in whole numbers, or undefined; a network, solved whatever the effort. */
export async function placesOn(board: Board, dates: readonly number[], random: Random) {
  const limits = { stop: () => false, nodes: Number.POSITIVE_INFINITY, seed: random.below(2147483647) };
  const { places } = await solve({ ...board, choose: dates.length }, dates, 'given', random, limits, {});
  return places;
}

/** What is known before: a choice to start from, what no goal can exceed; and who hears of progress. */
interface Known {
  start?: Places | undefined;
  bounds?: readonly number[];
  onProgress?: Hears;
}

async function solve(
  board: Board,
  dates: readonly number[],
  depth: Depth,
  random: Random,
  limits: Limits,
  { start, bounds, onProgress }: Known,
): Promise<ProgrammeResult> {
  const model = modelOf(board, dates, depth, randomFrom(random.next()));
  const { always, senior } = board;
  const already = {
    seniors: always.filter((person) => senior[person]).length,
    attendees: always.length,
    yes: 0,
  };
  const order = orderOf(board);
  const stages = order.map((name) => ({ name, sense: 1 as const, entries: entriesOf(board, model, name) }));
  const most = bounds?.[0];
  const [first] = stages;
  if (most !== undefined && first && first.entries.length > 0)
    model.programme.rows.push({ lower: 0, upper: most - already[order[0]!], entries: first.entries });
  const from = start && startFrom(board, model, start);
  const solver = await openSolver(model.programme, { ...limits, start: from });
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, (stage, value, bound) => {
      const part = stage.name as Counted;
      onProgress?.(part, value + already[part], bound + already[part]);
    });
    return {
      places: values && placesOf(board, model, values),
      goals: goals.map(({ name, value, bound }) => {
        const more = already[name as Counted];
        return { name, value: value + more, bound: bound + more };
      }),
      proven: state === 'optimal',
      nodes: solver.nodes,
      conflict:
        state === 'infeasible' && depth !== 'given' ? await leastConflict(model.programme, limits) : [],
    };
  } finally {
    solver.close();
  }
}
