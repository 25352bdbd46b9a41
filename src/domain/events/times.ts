// When an event begins and ends, and what counts as over.
import { instantOf, span, type WallTime } from './wall-time.ts';

/** An event on its wall clock; `minutes` are those of its run of show. */
export interface Timed {
  startsAt: WallTime;
  timeZone: string;
  minutes: number;
}

/** Sums up the minutes of a run of show. */
export function minutesOf(blocks: readonly { minutes: number }[]): number {
  return blocks.reduce((sum, block) => sum + block.minutes, 0);
}

/** Minutes an event lasts: with an empty run of show one, so that it has an end like any other. */
export const lengthOf = ({ minutes }: Pick<Timed, 'minutes'>): number => Math.max(1, minutes);

/** Returns the first moment of an event. */
export function startOf({ startsAt, timeZone }: Omit<Timed, 'minutes'>): Temporal.Instant {
  return instantOf(startsAt, timeZone);
}

/** Returns the moment at which an event is over. */
export function endOf({ startsAt, timeZone, minutes }: Timed): Temporal.Instant {
  return span({ start: startsAt, timeZone, minutes: lengthOf({ minutes }) }).end.toInstant();
}

/** Says whether an event has begun; at its first moment it has. */
export function hasBegun(event: Omit<Timed, 'minutes'>, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, startOf(event)) >= 0;
}

/** Says whether an event is over; at its last moment it is. */
export function isOver(event: Timed, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, endOf(event)) >= 0;
}
