// Chooses the dates of an event: one by looking at every date, several by branch and bound, or by a mixed-integer
// programme where that is not enough.
import { cannot } from '../cannot.ts';
import { conflictInWords } from '../conflict.ts';
import type { Effort } from '../effort.ts';
import type { Goal } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { answerOf, type Made } from './answer.ts';
import { allOf, type Board, boardOf, type Counted, countsOf, missingAt, orderOf, saysOf } from './board.ts';
import { placesOn } from './by-programme.ts';
import { planEvents } from './events.ts';
import { faultsOf } from './faults.ts';
import { bestDate } from './one-date.ts';
import { bestPlaces } from './several-dates.ts';
import type { DatesAnswer, DatesWishes } from './wishes.ts';
import { progressInWords } from './words.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 10_000;

/** Methods that may be used; all of them unless a test or a bench says otherwise. */
export interface Ways {
  enumeration?: boolean;
}

/**
 * The dates on which most people have a place (or most seniors, where they count first), most of them with a yes, or
 * the best found within the effort; `iterations` of the effort are nodes of search trees. Throws a RangeError, one
 * sentence a line, for wishes that have faults, that contradict each other, or for which nothing was found before the
 * effort was spent.
 */
export async function planDates(
  wishes: DatesWishes,
  effort: Effort,
  { enumeration = true }: Ways = {},
): Promise<DatesAnswer> {
  const faults = faultsOf(wishes);
  if (faults.length > 0) throw cannot(faults);
  if (wishes.events) return planEvents(wishes, effort);
  const board = boardOf(wishes);
  const random = randomFrom(effort.seed);
  const made = enumeration && board.choose === 1 ? byEnumeration(board, random) : undefined;
  const found = made ?? (await byProgramme(board, random, effort));
  if (made) for (const goal of made.goals) tell(board, effort, goal.name as Counted, goal.value, goal.bound);
  return answerOf(board, found, await popularPlaces(board, found.places.chosen, random, effort), effort.seed);
}

function byEnumeration(board: Board, random: Random): Made | undefined {
  const places = bestDate(board, random);
  if (!places) return undefined;
  const counts = countsOf(board, places);
  const goals = orderOf(board).map((name): Goal => ({ name, value: counts[name], bound: counts[name] }));
  return { places, goals, proven: true, method: 'every date', iterations: board.dates };
}

/** The dates that can be held by themselves. */
const heldDates = (board: Board) =>
  board.wishes.dates.map((_, date) => date).filter((date) => missingAt(board, date).length === 0);

const stopOf = (effort: Effort) => () => effort.signal?.aborted === true || effort.isOver?.() === true;

async function byProgramme(board: Board, random: Random, effort: Effort): Promise<Made> {
  const nodes = effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usualNodes);
  const limits = { stop: stopOf(effort), nodes, seed: random.below(2147483647) };
  const found = await bestPlaces(board, heldDates(board), random, limits, (part, value, bound) =>
    tell(board, effort, part, value, bound),
  );
  if (found.conflict) throw cannot([conflictInWords(found.conflict)]);
  if (!found.places)
    throw cannot(['No dates that keep every wish were found in time: give it longer, or drop a wish.']);
  const { places, goals, proven, method, nodes: iterations } = found;
  return { places, goals, proven, method, iterations };
}

/** The dates most people can come on, of equals those chosen, and the best places there if they keep every wish. */
async function popularPlaces(board: Board, chosen: readonly number[], random: Random, effort: Effort) {
  if (stopOf(effort)()) return undefined;
  const coming = (date: number) =>
    board.wishes.people.filter((_, person) => saysOf(board, person, date) > 0).length;
  const dates = board.wishes.dates
    .map((_, date) => date)
    .toSorted((a, b) => coming(b) - coming(a) || Number(chosen.includes(b)) - Number(chosen.includes(a)))
    .slice(0, board.choose)
    .toSorted((a, b) => a - b);
  const held = dates.every((date) => missingAt(board, date).length === 0);
  return { dates, places: held ? await placesOn(board, dates, random) : undefined };
}

/** Progress counts what is to become less: people, or seniors, without a place or without a yes. */
function tell(board: Board, effort: Effort, part: Counted, value: number, bound: number): void {
  const all = allOf(board, part);
  effort.onProgress?.(all - value, all - Math.min(all, bound), progressInWords(part, all, value, bound));
}
