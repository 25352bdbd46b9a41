// A copy of an event: which day is proposed for it.
import { placeInZone } from './wall-time.ts';

/** Weeks a copy is ahead of today, and of the event it is made from, at the least: people need so long to plan for it. */
const weeksAhead = 4;

/**
 * Proposes the day of a copy, 'YYYY-MM-DD': the same day of the week, four weeks or more after today and after the event itself. A
 * day on which the clocks skip or repeat its hour is passed over.
 */
export function proposedDay(
  { startsAt, timeZone }: { startsAt: string; timeZone: string },
  now: Temporal.Instant,
): string {
  const [was, clock] = [Temporal.PlainDate.from(startsAt), startsAt.slice(11)];
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const later = Temporal.PlainDate.compare(was, today) > 0 ? was : today;
  const from = later.add({ weeks: weeksAhead });
  let day = from.add({ days: (was.dayOfWeek - from.dayOfWeek + 7) % 7 });
  while (!placeInZone(`${day}T${clock}`, timeZone).ok) day = day.add({ weeks: 1 });
  return day.toString();
}

/** Counts the days of a deadline before its event; null where there is none. */
export function daysUntilEvent(day: string | null, startsAt: string): number | null {
  if (day === null) return null;
  const until = Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(startsAt), {
    largestUnit: 'days',
  });
  return until.days;
}
