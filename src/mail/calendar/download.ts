// The file a person saves from the event page and opens: METHOD:PUBLISH, nobody named as guest (RFC 5546 3.2.1).
import type { CalendarEntry } from './entry.ts';
import { eventBlock } from './event.ts';
import { calendarObject, zonesOf } from './object.ts';

/** METHOD:PUBLISH with one event and no ATTENDEE; a cancelled event says so and blocks no time. */
export function download(entry: CalendarEntry): string {
  return calendarObject('PUBLISH', [], zonesOf([entry]), [publishedEvent(entry)]);
}

/** One VEVENT as a download or a feed shows it: CONFIRMED, or CANCELLED and free. */
export function publishedEvent(entry: CalendarEntry): string {
  return eventBlock(entry, entry.cancelled ? { status: 'CANCELLED', free: true } : { status: 'CONFIRMED' });
}
