// Whom people would like to go on talking with after an event: how many, how long, and when mutual wishes are told.
import { endOf, isOver, type Timed } from '../events/times.ts';

/** People whom one person may name after one event, at most. */
export const mostNamed = 3;

/** Hours after the end of an event in which names can be given and changed. */
const hoursToName = 48;

/** The hour on the event's wall clock at which mutual wishes are told. */
const hourTold = 12;

/** Returns when the names given after an event are fixed. */
export const fixedAt = (event: Timed): Temporal.Instant => endOf(event).add({ hours: hoursToName });

/** Returns when mutual wishes of an event are told: the noon after they are fixed. */
export function toldAt(event: Timed): Temporal.Instant {
  const fixed = fixedAt(event).toZonedDateTimeISO(event.timeZone);
  const noon = fixed.withPlainTime({ hour: hourTold });
  const next = Temporal.ZonedDateTime.compare(noon, fixed) < 0 ? noon.add({ days: 1 }) : noon;
  return next.toInstant();
}

/** Says whether names can be given now: from the end of an event that was held, until they are fixed. */
export function canName(event: Timed & { state: string }, now: Temporal.Instant): boolean {
  if (event.state !== 'published' || !isOver(event, now)) return false;
  return Temporal.Instant.compare(now, fixedAt(event)) < 0;
}

/** People who were there: those seen at the door, or where nobody was, all who had a seat. */
export function wereThere<Guest extends { isComing: boolean; wasSeen: boolean }>(
  guests: readonly Guest[],
): Guest[] {
  const seen = guests.filter(({ wasSeen }) => wasSeen);
  return seen.length > 0 ? seen : guests.filter(({ isComing }) => isComing);
}
