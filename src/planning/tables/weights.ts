// The objective as one number: what each part weighs so that no swap trades a part for a lesser one.
import type { Hall } from './hall.ts';
import { inOrder, partsProven, type Score } from './score.ts';

/** Cost of one unit of each part of the score; all whole numbers. */
export type Weights = Record<
  'apart' | 'together' | 'mix' | 'repeat' | 'department' | 'host' | 'moved',
  number
>;

/** A part weighs one more than all lesser parts can together reach, or than this many of the next lesser one. */
const mostApart = 1000;

/**
 * Weights in the order of the objective. With `lesser` false only seats, wishes, mix and repeats weigh anything:
 * the search then runs over a smoother ground.
 */
export function weightsOf(hall: Hall, lesser: boolean): Weights {
  const { people, rounds } = hall;
  const meetings = meetingsPerPlan(hall);
  const some = (condition: boolean, reach: number) => (lesser && condition ? Math.min(reach, mostApart) : 0);
  const moved = some(hall.previous !== undefined, people * rounds);
  const host = some(hall.host.includes(1), people * rounds);
  const department = some(
    hall.department.some((number) => number >= 0),
    meetings,
  );
  const weights: Weights = { apart: 0, together: 0, mix: 0, repeat: 1, department: 0, host: 0, moved: 0 };
  let unit = 1;
  const take = (part: keyof Weights, reach: number) => {
    if (reach === 0) return;
    weights[part] = unit;
    unit *= reach + 1;
  };
  if (!hall.seatsFirst) take('moved', moved);
  take('host', host);
  take('department', department);
  take('repeat', Math.min(meetings, 4 * rounds * largestTable(hall)));
  if (hall.seatsFirst) take('moved', Math.min(people * rounds, mostApart));
  take('mix', hall.quotas ? 60 : 0);
  weights.apart = unit;
  weights.together = unit;
  return weights;
}

const largestTable = (hall: Hall) => Math.max(...hall.chairs);

function meetingsPerPlan({ chairs }: Hall): number {
  return chairs.reduce((sum, seats) => sum + (seats * (seats - 1)) / 2, 0);
}

/** The score as one number under these weights. */
export function costOf(score: Score, weights: Weights): number {
  return (
    score.apart * weights.apart +
    score.together * weights.together +
    score.mix * weights.mix +
    score.seasonMeetings * weights.repeat +
    score.departments * weights.department +
    score.hosts * weights.host +
    score.moved * weights.moved
  );
}

/** Whether a score reaches `least` in every part; both in the order of the objective. */
export function reaches(hall: Hall, score: Score, least: Score): boolean {
  const goal = inOrder(hall, least);
  return inOrder(hall, score).every((value, place) => value <= goal[place]!);
}

/** Whether a score reaches `least` in every part a proof is about. */
export function reachesFirstParts(hall: Hall, score: Score, least: Score): boolean {
  const goal = inOrder(hall, least);
  return inOrder(hall, score)
    .slice(0, partsProven(hall))
    .every((value, place) => value <= goal[place]!);
}
