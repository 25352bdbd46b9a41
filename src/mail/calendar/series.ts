// A monthly series in a guest's calendar: the whole of it, one meeting moved, one meeting cancelled.
// RFC 5545 3.8.5 (RRULE, EXDATE), 3.8.4.4 (RECURRENCE-ID); RFC 5546 3.2.2.3 and 3.2.5; MS-OXCICAL 2.1.3.2.2 for the rules Exchange keeps.
import {
  everyMeeting,
  type MonthlyDay,
  type MonthlySeries,
  meetingsOf,
} from '../../domain/calendar/monthly-series.ts';
import { instantOf, zoneName } from '../../domain/events/wall-time.ts';
import type { Attendee, CalendarEntry } from './entry.ts';
import { eventBlock } from './event.ts';
import { calendarObject, zonesOf } from './object.ts';
import { isUtc } from './zone.ts';

/** A series as its guests' calendars must show it; `entry.start` is its first meeting. */
export interface SeriesEntry {
  entry: CalendarEntry;
  on: MonthlyDay;
  times: number;
  leftOut: readonly string[];
}

/** One meeting that is not as the others: `original` is the wall time it would have had. */
export interface OtherwiseMeeting {
  original: string;
  start: string;
  minutes?: number;
  location?: string;
}

/** METHOD:REQUEST of the whole series with every meeting that is otherwise, one UID and one SEQUENCE (RFC 5546 3.2.2.3). */
export function seriesRequest(
  series: SeriesEntry,
  attendee: Attendee,
  otherwise: readonly OtherwiseMeeting[] = [],
): string {
  if (series.entry.cancelled) throw new RangeError('A cancelled series invites nobody');
  const shape = { status: 'CONFIRMED', attendee } as const;
  const master = eventBlock(series.entry, { ...shape, lines: ruleLines(series) });
  const others = [...otherwise]
    .sort((one, other) => (one.original < other.original ? -1 : 1))
    .map(({ original, ...changes }) =>
      eventBlock({ ...series.entry, ...changes }, { ...shape, lines: [recurrenceId(series, original)] }),
    );
  return calendarObject('REQUEST', [], zonesOf([series.entry]), [master, ...others]);
}

/** METHOD:CANCEL of one meeting: RECURRENCE-ID in the zone of the series, no rule, SEQUENCE already raised (RFC 5546 3.2.5). */
export function meetingCancellation(series: SeriesEntry, original: string, attendee: Attendee): string {
  const lines = [recurrenceId(series, original)];
  const meeting = eventBlock({ ...series.entry, start: original }, { status: 'CANCELLED', attendee, lines });
  return calendarObject('CANCEL', [], zonesOf([series.entry]), [meeting]);
}

function ruleLines(series: SeriesEntry): string[] {
  const { entry, on, times, leftOut } = series;
  const all = everyMeeting(asMonthly(series));
  meetingsOf(asMonthly(series));
  // An hour that the clocks skip or repeat is placed differently by every calendar, so no meeting may fall on one.
  for (const start of all) instantOf(start, entry.timeZone);
  return [
    `RRULE:FREQ=MONTHLY;COUNT=${times};${dayPart(on)}`,
    ...[...leftOut].sort().map((start) => `EXDATE${inZone(series, start)}`),
  ];
}

function dayPart(on: MonthlyDay): string {
  if ('day' in on) return `BYMONTHDAY=${on.day}`;
  return `BYDAY=${['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][on.weekday - 1]};BYSETPOS=${on.nth}`;
}

function recurrenceId(series: SeriesEntry, original: string): string {
  if (!everyMeeting(asMonthly(series)).includes(original))
    throw new RangeError(`${original} is not one of the series`);
  return `RECURRENCE-ID${inZone(series, original)}`;
}

// Times in UTC would move by an hour with the clocks, so a series always has a zone.
function inZone({ entry: { timeZone } }: SeriesEntry, start: string): string {
  if (isUtc(timeZone)) throw new RangeError('A series needs the zone its people live in, not UTC');
  return `;TZID=${zoneName(timeZone)}:${start.replace(/[-:]/g, '')}00`;
}

function asMonthly({ entry, on, times, leftOut }: SeriesEntry): MonthlySeries {
  return { start: entry.start, on, times, leftOut };
}
