// All that goes out by the clock around an event.
import { isTooLate, type Planned, plannedReminders, prepareByOf } from '../../domain/letters/reminders.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import type * as events from '../../store/events/events.ts';

/** Until when the hosts of an event prepare, by its format; null where nothing is to be prepared. */
export function prepareByOfEvent({ startsAt, format }: events.Event): string | null {
  return prepareByOf(startsAt, builtInFormat(format)?.deadlines.briefs ?? 0);
}

/** All that goes out by itself around an event; empty while it is not published. */
export function planOf(event: events.Event): Planned[] {
  if (event.state !== 'published' || event.publishedAt === null) return [];
  return plannedReminders({
    ...event,
    publishedAt: event.publishedAt,
    prepareBy: prepareByOfEvent(event),
    hasTables: event.shape === 'tables',
  });
}

/** Lists all that would go out without a press if the invitations left now. */
export function planIfSent(event: events.Event, now: Temporal.Instant): Planned[] {
  return planOf({ ...event, state: 'published', publishedAt: now }).filter(
    (planned) => !isTooLate(planned, now),
  );
}
