// The file a person saves from the event page and opens: METHOD:PUBLISH, nobody named as guest (RFC 5546 3.2.1).
import type { CalendarEntry } from './entry.ts';
import { eventBlock } from './event.ts';
import { calendarObject, zonesOf } from './object.ts';

/** METHOD:PUBLISH with one event and no ATTENDEE; a cancelled event says so and blocks no time. */
export function download(entry: CalendarEntry): string {
  return calendarObject('PUBLISH', [], zonesOf([entry]), [publishedEvent(entry)]);
}

/** One VEVENT as a download or a feed shows it: CONFIRMED; TENTATIVE and free without a seat yet; CANCELLED and free without any. */
export function publishedEvent(entry: CalendarEntry): string {
  if (entry.cancelled || entry.seat === 'none') return eventBlock(entry, { status: 'CANCELLED', free: true });
  if (entry.seat === 'open') return eventBlock(entry, { status: 'TENTATIVE', free: true });
  return eventBlock(entry, { status: 'CONFIRMED' });
}
