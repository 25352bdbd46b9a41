// One VCALENDAR: header, time zones, events; the shape every request, cancellation, download and feed shares.
// RFC 5545 3.4 and 3.6, RFC 5546 3.2 (which method carries what).
import { zoneName } from '../../domain/events/wall-time.ts';
import type { CalendarEntry } from './entry.ts';
import { tidy } from './tidy.ts';
import { isUtc, type UsedZone, zoneBlock } from './zone.ts';

export type Method = 'REQUEST' | 'CANCEL' | 'PUBLISH';

const PRODID = '-//Flipside//Flipside//EN';

/** Puts header lines, the zones used and the events together and tidies them (RFC 5545 3.4). */
export function calendarObject(
  method: Method,
  headerLines: string[],
  zones: UsedZone[],
  events: string[],
): string {
  const header = ['VERSION:2.0', `PRODID:${PRODID}`, 'CALSCALE:GREGORIAN', `METHOD:${method}`];
  const lines = ['BEGIN:VCALENDAR', ...header, ...headerLines].map((line) => `${line}\r\n`);
  return tidy(`${lines.join('')}${zones.map(zoneBlock).join('')}${events.join('')}END:VCALENDAR\r\n`);
}

/** Years after the last event for which a zone's rules hold, for readers who plan ahead with them. */
const yearsAhead = 4;

/** The zones that need a VTIMEZONE, each once, in a fixed order, with the years these entries fall in. */
export function zonesOf(
  entries: readonly (Pick<CalendarEntry, 'timeZone'> & { start?: string })[],
): UsedZone[] {
  const names = new Set(entries.map((entry) => zoneName(entry.timeZone)));
  const starts = entries.flatMap(({ start }) => (start === undefined ? [] : [Number(start.slice(0, 4))]));
  const years = { first: Math.min(...starts), last: Math.max(...starts) + yearsAhead };
  return [...names]
    .filter((name) => !isUtc(name))
    .sort()
    .map((name) => (starts.length > 0 ? { name, years } : { name }));
}
