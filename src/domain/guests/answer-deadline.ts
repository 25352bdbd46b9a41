// The deadline for answers, late ones, and how long a seat is kept. No clock: the moment comes in.

import { instantOf } from '../events/wall-time.ts';
import { nextTellingHour } from './moments.ts';

/** Fields that set an event's deadline; `answerBy` is a date on the wall calendar of `timeZone`, or none. */
export interface DeadlineFields {
  startsAt: string;
  timeZone: string;
  answerBy: string | null;
}

/** The moment answers close: the end of the day to answer by, at the event's own place, or its beginning where there is none. */
export function answersCloseAt(event: DeadlineFields): Temporal.Instant {
  const start = instantOf(event.startsAt, event.timeZone);
  if (event.answerBy === null) return start;
  const close = dayStart(Temporal.PlainDate.from(event.answerBy).add({ days: 1 }), event.timeZone);
  return Temporal.Instant.compare(close, start) < 0 ? close : start;
}

function dayStart(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime(timeZone).toInstant();
}

/**
 * Whether a yes comes too late. Guests invited after the deadline, or with a seat kept, may say yes until the event
 * begins.
 */
export function isTooLateForYes(
  event: DeadlineFields,
  invitation: { invitedAt: Temporal.Instant | null; seatKeptUntil: Temporal.Instant | null },
  now: Temporal.Instant,
): boolean {
  if (event.answerBy === null || invitation.seatKeptUntil !== null) return false;
  const closeAt = answersCloseAt(event);
  if (Temporal.Instant.compare(now, closeAt) < 0) return false;
  return invitation.invitedAt === null || Temporal.Instant.compare(invitation.invitedAt, closeAt) < 0;
}

/** A seat given back this late leaves no time to find somebody else: within 48 hours of the beginning. */
export function isLate(event: Pick<DeadlineFields, 'startsAt' | 'timeZone'>, now: Temporal.Instant): boolean {
  const from = instantOf(event.startsAt, event.timeZone).subtract({ hours: 48 });
  return Temporal.Instant.compare(now, from) > 0;
}

/**
 * Until when a seat is kept for a substitute who has not answered: two days and to the next telling hour, so that it does
 * not say at which minute they were named; never beyond the beginning.
 */
export function keptUntil(
  event: Pick<DeadlineFields, 'startsAt' | 'timeZone'>,
  now: Temporal.Instant,
): Temporal.Instant {
  const soon = nextTellingHour(now.add({ hours: 48 }), event.timeZone);
  const start = instantOf(event.startsAt, event.timeZone);
  return Temporal.Instant.compare(soon, start) < 0 ? soon : start;
}
