// A choice of dates in the words of those who asked for it: ids, counts, proof and reasons.
import type { Goal } from '../programme.ts';
import { type Board, countsOf, missingAt, type Places, peopleAt, saysOf } from './board.ts';
import type { ChosenDate, DatesAnswer, DateTally } from './wishes.ts';
import { reasonFor, reasonOf } from './words.ts';

/** A choice and how it came about. */
export interface Made {
  places: Places;
  goals: Goal[];
  proven: boolean;
  method: string;
  iterations: number;
}

/** The answer for a choice; `popular` is what the most popular dates would give instead. */
export function answerOf(
  board: Board,
  { places, goals, proven, method, iterations }: Made,
  popular: { dates: number[]; places: Places | undefined } | undefined,
  seed: number,
): DatesAnswer {
  const { people } = board.wishes;
  const placed = new Set(places.chosen.flatMap((date) => peopleAt(board, places, date)));
  const { attendees, yes, seniors } = countsOf(board, places);
  const open = goals.find(({ value, bound }) => value < bound);
  return {
    dates: places.chosen.map((date) => chosenDate(board, places, date)),
    without: people.filter((_, person) => !placed.has(person)).map(({ id }) => id),
    attendees,
    yes,
    seniors,
    goals,
    provenOptimal: proven,
    gap: open ? (open.bound - open.value) / open.bound : 0,
    reason: reasonFor(board, places, goals, popular),
    reasons: Object.fromEntries(people.map(({ id }, person) => [id, reasonOf(board, places, person)])),
    tallies: board.wishes.dates.map((_, date) => tallyOf(board, places, date)),
    method,
    iterations,
    seed,
  };
}

function chosenDate(board: Board, places: Places, date: number): ChosenDate {
  const { people, dates } = board.wishes;
  const here = peopleAt(board, places, date).toSorted(
    (a, b) => saysOf(board, b, date) - saysOf(board, a, date) || a - b,
  );
  const seniors = here.filter((person) => board.senior[person]).length;
  return {
    id: dates[date]!.id,
    people: here.map((person) => people[person]!.id),
    maybe: here.filter((person) => saysOf(board, person, date) === 1).map((person) => people[person]!.id),
    talents: here.length - seniors,
    seniors,
  };
}

function tallyOf(board: Board, { chosen }: Places, date: number): DateTally {
  const saying = (what: number) =>
    board.senior.map((_, person) => person).filter((person) => saysOf(board, person, date) === what);
  const [maybe, yes] = [saying(1), saying(2)];
  return {
    id: board.wishes.dates[date]!.id,
    yes: yes.length,
    maybe: maybe.length,
    seniors: [...yes, ...maybe].filter((person) => board.senior[person]).length,
    ...(board.wishes.group?.length && {
      group: [...yes, ...maybe].filter((person) => board.group[person]).length,
    }),
    chosen: chosen.includes(date),
    missing: missingAt(board, date),
  };
}
