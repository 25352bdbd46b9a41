// Several dates out of many, everybody on at most one. First without looking who sits where: that bounds what can be,
// and often it can be. Where quorum or size get in the way of the best choice, the next best is looked at, a few times
// (logic-based Benders decomposition with no-good cuts; Hooker and Ottosson 2003), and then everybody is looked at whom
// they can bind. Before that all choices are gone through (`branch.ts`), which mostly is enough.
import type { Goal, Limits } from '../programme.ts';
import type { Random } from '../random.ts';
import { type Board, type Counted, countsOf, orderOf, type Places, valuesOf } from './board.ts';
import { choicesOf } from './branch.ts';
import { mostOf, type Outcome, type ProgressListener, placesOn, solve } from './by-programme.ts';
import { firstChoice } from './first-choice.ts';
import { mostOn } from './most-on.ts';

/** The best choice found; `conflict` names wishes that contradict each other where there can be none. */
export interface BestPlaces {
  places: Places | undefined;
  goals: Goal[];
  proven: boolean;
  method: 'branch and bound' | 'staged programme';
  nodes: number;
  conflict?: string[] | undefined;
}

/** How many choices that quorum or size spoil are passed before everybody they bind is looked at. */
const mostPassed = 8;

/** The search so far: the best choice that keeps every wish, and what no choice passes, goal after goal. */
interface Work {
  board: Board;
  dates: readonly number[];
  random: Random;
  limits: Limits;
  hears: ProgressListener;
  best: Places | undefined;
  most: readonly number[];
  passed: number[][];
  method: BestPlaces['method'];
  nodes: number;
}

/** The best choice among `dates`, each of which can be held by itself. */
export async function bestPlaces(
  board: Board,
  dates: readonly number[],
  random: Random,
  limits: Limits,
  hears: ProgressListener,
): Promise<BestPlaces> {
  const best = await placesOn(board, firstChoice(board, dates, random), random);
  const work: Work = {
    board,
    dates,
    random,
    limits,
    hears,
    best,
    most: mostOf(board),
    passed: [],
    method: 'branch and bound',
    nodes: 0,
  };
  tell(work);
  if (await lookThrough(work)) lower(work, bestGoals(work)!);
  else work.method = 'staged programme';
  while (work.passed.length < mostPassed && !isProven(work) && (await lookCovered(work)));
  const enough = isProven(work) || (work.best && limits.stop());
  const spread = enough ? undefined : await lookSpread(work);
  tell(work);
  return { ...resultOf(work), conflict: spread?.conflict };
}

/** Compares goals, the first that differs deciding. */
export function compareGoals(a: readonly number[], b: readonly number[]): number {
  const part = a.findIndex((value, index) => value !== b[index]);
  return part < 0 ? 0 : a[part]! - b[part]!;
}

const bestGoals = ({ board, best }: Work) => best && valuesOf(board, countsOf(board, best));

function isProven(work: Work): boolean {
  const value = bestGoals(work);
  return value !== undefined && compareGoals(value, work.most) >= 0;
}

const left = ({ limits, nodes, random }: Work): Limits => ({
  ...limits,
  nodes: limits.nodes - nodes,
  seed: random.below(2147483647),
});

/** So many whole choices that quorum or size spoil are looked at, and so many steps are one node of a search tree. */
const [mostSpoilt, stepsOfNode] = [40, 50];

/** Goes through all choices of dates; true where none was left out and the best of them is known. */
async function lookThrough(work: Work): Promise<boolean> {
  const { board, dates, random, limits } = work;
  let [steps, spoilt, ended] = [0, 0, true];
  const step = () => {
    const isLook = steps % 64 === 0;
    if (spoilt > mostSpoilt || steps >= limits.nodes * stepsOfNode || (isLook && limits.stop()))
      ended = false;
    steps += 1;
    return ended;
  };
  const hearBound = (most: number) => {
    lower(work, [most, ...mostOf(board).slice(1)]);
    tell(work);
  };
  let toBeat = bestGoals(work);
  for (const chosen of choicesOf(board, dates, () => toBeat, step, hearBound)) {
    const most = mostOn(board, chosen);
    if (!most || (toBeat && compareGoals(valuesOf(board, most), toBeat) <= 0)) continue;
    const before = work.best;
    take(work, await placesOn(board, chosen, random));
    if (work.best === before) spoilt += 1;
    toBeat = bestGoals(work);
  }
  work.nodes += Math.ceil(steps / stepsOfNode);
  return ended && work.best !== undefined;
}

/** Looks at dates alone, those passed left out; false where there is nothing more to be had that way. */
async function lookCovered(work: Work): Promise<boolean> {
  const { board, dates, random, passed, best } = work;
  const outcome = await solve(board, dates, 'covered', random, left(work), {
    start: passed.length === 0 ? best : undefined,
    most: work.most,
    passed,
    onProgress: (part, _, bound) => tellBound(work, part, bound),
  });
  work.nodes += outcome.nodes;
  if (outcome.conflict) {
    // Only what was passed can be held, and the best of that is known.
    const value = bestGoals(work);
    if (value) lower(work, value);
    return false;
  }
  lower(
    work,
    outcome.goals.map(({ bound }) => bound),
  );
  if (!outcome.places) return false;
  take(work, await placesOn(board, outcome.places.chosen, random));
  passed.push(outcome.places.chosen);
  return !work.limits.stop() && outcome.goals.every(({ value, bound }) => value === bound);
}

/** Looks at everybody whom quorum or size can bind. */
async function lookSpread(work: Work): Promise<Outcome> {
  const { board, dates, random, best, most } = work;
  const outcome = await solve(board, dates, 'spread', random, left(work), {
    start: best,
    most,
    onProgress: (part, _, bound) => tellBound(work, part, bound),
  });
  work.nodes += outcome.nodes;
  if (!outcome.conflict)
    lower(
      work,
      outcome.goals.map(({ bound }) => bound),
    );
  if (outcome.places) take(work, await placesOn(board, outcome.places.chosen, random));
  return outcome;
}

/** A better choice is kept. */
function take(work: Work, places: Places | undefined): void {
  const { board } = work;
  const before = bestGoals(work);
  if (!places || (before && compareGoals(valuesOf(board, countsOf(board, places)), before) <= 0)) return;
  work.best = places;
  tell(work);
}

/** No choice that was not passed is better than these goals, and what was passed is not better than the best. */
function lower(work: Work, goals: readonly number[]): void {
  if (goals.length < work.most.length) return;
  const value = bestGoals(work);
  const most = value && compareGoals(value, goals) > 0 ? value : goals;
  if (compareGoals(most, work.most) < 0) work.most = most;
}

/** Tells of the first goal in which the best choice does not reach what could be. */
function tell(work: Work): void {
  const value = bestGoals(work);
  if (!value) return;
  const open = value.findIndex((count, index) => count < work.most[index]!);
  const part = open < 0 ? value.length - 1 : open;
  work.hears(orderOf(work.board)[part]!, value[part]!, work.most[part]!);
}

/** Tells of a bound, where the best choice has reached all goals before it. */
function tellBound(work: Work, part: Counted, bound: number): void {
  const value = bestGoals(work);
  const index = orderOf(work.board).indexOf(part);
  if (!value || value.slice(0, index).some((count, before) => count < work.most[before]!)) return;
  work.hears(part, value[index]!, Math.max(value[index]!, Math.min(bound, work.most[index]!)));
}

function resultOf(work: Work): BestPlaces {
  const { board, best, most, method, nodes } = work;
  const value = bestGoals(work);
  if (!value) return { places: undefined, goals: [], proven: false, method, nodes };
  const reached = (index: number) => value.slice(0, index).every((count, part) => count === most[part]);
  const goals = orderOf(board).map((name, index): Goal => {
    const bound = reached(index) ? most[index]! : mostOf(board)[index]!;
    return { name, value: value[index]!, bound: Math.max(bound, value[index]!) };
  });
  return { places: best, goals, proven: isProven(work), method, nodes };
}
