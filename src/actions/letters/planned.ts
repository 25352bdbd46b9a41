// All that goes out by the clock around an event.

import { type DaysOff, whyNoWork } from '../../domain/events/working-days.ts';
import { isTooLate, type Planned, plannedReminders, prepareByOf } from '../../domain/letters/reminders.ts';
import { briefDaysOf } from '../../domain/run-of-show/event-format.ts';
import { daysOffIn } from '../../planning/dates/holidays.ts';
import type * as events from '../../store/events/events.ts';

/** Until when the hosts of an event prepare, by its format; null where nothing is to be prepared. */
export function prepareByOfEvent(event: events.Event): string | null {
  return prepareByOf(event.startsAt, briefDaysOf(event));
}

/** Public holidays around an event, of the country of its zone: those of the year of this moment, and of its own. */
export async function daysOffAround(
  { startsAt, timeZone }: Pick<events.Event, 'startsAt' | 'timeZone'>,
  now: Temporal.Instant,
): Promise<DaysOff> {
  const years = [now.toZonedDateTimeISO(timeZone).year, Number(startsAt.slice(0, 4))];
  return daysOffIn(timeZone, { from: Math.min(...years), to: Math.max(...years) });
}

/** Public holidays from this moment on for a year, of the country of a zone. */
export async function daysOffFrom(now: Temporal.Instant, timeZone: string): Promise<DaysOff> {
  const { year } = now.toZonedDateTimeISO(timeZone);
  return daysOffIn(timeZone, { from: year, to: year + 1 });
}

/** Why nobody is asked or reminded about an event at this moment; null on a working day of its zone. */
export async function whyNobodyIsAsked(event: events.Event, now: Temporal.Instant) {
  return whyNoWork(now, event.timeZone, await daysOffAround(event, now));
}

/** All that goes out by the clock around an event; empty while it is not published. */
export async function planOf(event: events.Event): Promise<Planned[]> {
  const { state, publishedAt } = event;
  if (state !== 'published' || publishedAt === null) return [];
  const about = {
    ...event,
    publishedAt,
    prepareBy: prepareByOfEvent(event),
    hasTables: event.shape === 'tables',
  };
  return plannedReminders(about, await daysOffAround(event, publishedAt));
}

/** Lists all that would go out without a press if the invitations left now. */
export async function planIfSent(event: events.Event, now: Temporal.Instant): Promise<Planned[]> {
  const planned = await planOf({ ...event, state: 'published', publishedAt: now });
  return planned.filter((one) => !isTooLate(one, now));
}
