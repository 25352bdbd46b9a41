import type { WallQuestion } from '../../store/questions/wall.ts';

/** Piles of the desk. */
export const queues = ['unread', 'wall', 'taken', 'answered', 'parked', 'refused'] as const;
export type Queue = (typeof queues)[number];

const isOpen = ({ state }: WallQuestion) => state === 'new' || state === 'wall' || state === 'table';
const isOnWall = ({ state }: WallQuestion) => state === 'wall' || state === 'table';

const belongs: Record<Queue, (question: WallQuestion) => boolean> = {
  unread: (one) => isOpen(one) && (!one.work.read || one.work.pointedOut || one.state === 'new'),
  wall: isOnWall,
  taken: (one) => isOnWall(one) && one.work.takenById !== null,
  answered: ({ state }) => state === 'answered',
  parked: ({ state }) => state === 'parked',
  refused: ({ state }) => state === 'refused',
};

/** A pile in the order it is worked through: what guests pointed out first, what nobody sees yet, then what is on the table, then by votes. */
export function queueOf(all: readonly WallQuestion[], queue: Queue): WallQuestion[] {
  const rank = ({ state, work }: WallQuestion) =>
    work.pointedOut ? -1 : state === 'new' ? 0 : state === 'table' ? 1 : 2;
  return all.filter(belongs[queue]).sort((a, b) => rank(a) - rank(b));
}

/**
 * Returns the questions before and after one in its pile, its position, and the next ten; a question in no pile comes
 * before all.
 */
export function neighboursOf(queue: readonly WallQuestion[], current: WallQuestion | null) {
  const place = queue.findIndex(({ id }) => id === current?.id);
  return {
    place: place + 1,
    size: queue.length,
    previous: queue[place - 1] ?? null,
    next: queue[place + 1] ?? queue.find(({ id }) => id !== current?.id) ?? null,
    upcoming: queue.slice(place + 1, place + 11),
  };
}
