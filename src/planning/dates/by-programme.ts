// Several dates out of many, everybody on at most one. First without looking who sits where; where quorum or size
// then get in the way, again with everybody they can bind. Places first, then yes before maybe, one after another.
import { leastConflict } from '../conflict.ts';
import { type Goal, type Limits, openSolver } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { optimiseInStages, type Stage } from '../stages.ts';
import { type Board, type Counted, countsOf, orderOf, type Places } from './board.ts';
import { firstChoice } from './first-choice.ts';
import { type Depth, entriesOf, modelOf, placesOf, startFrom } from './model.ts';

/** What the programme came to; `conflict` is there, naming wishes that contradict each other, where nothing can be. */
export interface ProgrammeResult {
  places: Places | undefined;
  goals: Goal[];
  proven: boolean;
  nodes: number;
  conflict?: string[];
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
  const begun = await placesOn(board, firstChoice(board, dates, random), random);
  const [part] = orderOf(board);
  if (begun && part) onProgress(part, countsOf(board, begun)[part], board.people);
  const first = await solve(board, dates, 'covered', random, limits, { start: begun, onProgress });
  const found = first.places && (await placesOn(board, first.places.chosen, random));
  const start = found ?? begun;
  const started = start && { ...first, ...held(board, first, start) };
  if (started?.proven) return started;
  const left = { ...limits, nodes: limits.nodes - first.nodes };
  const bounds = first.goals.map(({ bound }) => bound);
  const second = await solve(board, dates, 'spread', random, left, { start, bounds, onProgress });
  const nodes = first.nodes + second.nodes;
  const places = second.places && (await placesOn(board, second.places.chosen, random));
  return places
    ? { ...second, ...held(board, second, places), nodes }
    : { ...(started ?? { ...first, ...second }), nodes };
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
  const already = countedAlready(board);
  const all = { seniors: board.senior.filter(Boolean).length, attendees: board.people, yes: board.people };
  const stages = orderOf(board).map((name, index): Stage => {
    const limit = Math.min(all[name], (index === 0 && bounds?.[0]) || all[name]) - already(name);
    return { name, sense: 1, entries: entriesOf(board, model, name), limit };
  });
  const solver = await openSolver(model.programme, {
    ...limits,
    start: start && startFrom(board, model, start),
  });
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
      proven: state === 'optimal',
      nodes: solver.nodes,
      ...(state === 'infeasible' && { conflict: await named() }),
    };
  } finally {
    solver.close();
  }
}

/** How much of a goal those who are always needed bring, whatever the programme decides. */
function countedAlready({ always, senior }: Board): (part: string) => number {
  const seniors = always.filter((person) => senior[person]).length;
  return (part) => (part === 'seniors' ? seniors : part === 'attendees' ? always.length : 0);
}
