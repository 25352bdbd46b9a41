// One VCALENDAR: header, time zones, events; the shape every request, cancellation, download and feed shares.
// RFC 5545 3.4 and 3.6, RFC 5546 3.2 (which method carries what).
import { zoneName } from '../../domain/events/wall-time.ts';
import type { CalendarEntry } from './entry.ts';
import { tidy } from './tidy.ts';
import { isUtc, zoneBlock } from './zone.ts';

export type Method = 'REQUEST' | 'CANCEL' | 'PUBLISH';

const PRODID = '-//Flipside//Flipside//EN';

/** Puts header lines, the zones used and the events together and tidies them (RFC 5545 3.4). */
export function calendarObject(
  method: Method,
  headerLines: string[],
  zones: string[],
  events: string[],
): string {
  const header = ['VERSION:2.0', `PRODID:${PRODID}`, 'CALSCALE:GREGORIAN', `METHOD:${method}`];
  const lines = ['BEGIN:VCALENDAR', ...header, ...headerLines].map((line) => `${line}\r\n`);
  return tidy(`${lines.join('')}${zones.map(zoneBlock).join('')}${events.join('')}END:VCALENDAR\r\n`);
}

/** The zones that need a VTIMEZONE, each once, in a fixed order. */
export function zonesOf(entries: readonly Pick<CalendarEntry, 'timeZone'>[]): string[] {
  const names = new Set(entries.map((entry) => zoneName(entry.timeZone)));
  return [...names].filter((name) => !isUtc(name)).sort();
}
