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

/** Days that no run of show exceeds. */
const longest = 31;
/** Days between the dates of two zones at one moment, and one to spare. */
const zones = 2;

/** Returns the days outside which no clock is needed: before `from` an event is over, after `to` it has not begun. */
export function daysAround(now: Temporal.Instant): { from: string; to: string } {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const to = today.add({ days: zones });
  return { from: today.subtract({ days: longest + zones }).toString(), to: to.toString() };
}

/** Whether two events share a moment. */
export function overlap(one: Timed, other: Timed): boolean {
  const { compare } = Temporal.Instant;
  return compare(startOf(one), endOf(other)) < 0 && compare(startOf(other), endOf(one)) < 0;
}
