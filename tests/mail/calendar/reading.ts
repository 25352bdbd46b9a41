// How tests read an .ics: line by line as it travels, and as ical.js understands it.
import ICAL from 'ical.js';
import { download } from '../../../src/mail/calendar/download.ts';
import type { CalendarEntry } from '../../../src/mail/calendar/entry.ts';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { cancellation, invitationRequest, uninvitation } from '../../../src/mail/calendar/invitation.ts';
import { meetingCancellation, type SeriesEntry, seriesRequest } from '../../../src/mail/calendar/series.ts';

export const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };

/** The winter round, with some facts changed. */
export function entryWith(changes: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: '9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example',
    sequence: 0,
    revisedAt: Temporal.Instant.from('2026-11-22T09:00:00.250Z'),
    createdAt: Temporal.Instant.from('2026-11-20T08:30:00Z'),
    start: '2026-12-10T16:00',
    minutes: 135,
    timeZone: 'Europe/Oslo',
    summary: 'Perspective Challenger; winter, round',
    location: 'The Atrium, level 9, Storgata 12',
    description: 'Five trends.\nNothing to prepare; "really", says C:\\Ida.',
    url: 'https://flipside.example/e/winter-round',
    organiser: { name: 'Ida Nordby', email: 'invitations@flipside.example' },
    cancelled: false,
    ...changes,
  };
}

/** Every kind of object we send or publish about that event, by name. */
export function everyObject(entry: CalendarEntry): Record<string, string> {
  const going = { ...entry, cancelled: false };
  const off = { ...entry, cancelled: true, sequence: entry.sequence + 1 };
  return {
    request: invitationRequest(going, margareta),
    cancellation: cancellation(off, margareta),
    uninvitation: uninvitation({ ...going, sequence: entry.sequence + 1 }, margareta),
    download: download(going),
    downloadCancelled: download(off),
    feed: feed({ name: 'Margareta – Flipside', timeZone: entry.timeZone, entries: [going] }),
    emptyFeed: feed({ name: 'Margareta – Flipside', timeZone: 'Europe/Oslo', entries: [] }),
    emptyFeedInUtc: feed({ name: 'Margareta – Flipside', timeZone: 'UTC', entries: [] }),
  };
}

/** The first Tuesday of each month of 2027 at 14:00 in Brussels, without April. */
export function seriesWith(changes: Partial<CalendarEntry> = {}): SeriesEntry {
  const entry = entryWith({
    uid: 'b1d6c0c2-7a41-4f0e-8a55-0c9f2f6f7a11@flipside.example',
    start: '2027-01-05T14:00',
    minutes: 60,
    timeZone: 'Europe/Brussels',
    ...changes,
  });
  return { entry, on: { weekday: 2, nth: 1 }, times: 12, leftOut: ['2027-04-06T14:00'] };
}

/** Every kind of object we send about a series, by name: in March it is a day later, June is cancelled. */
export function everySeriesObject(series = seriesWith()): Record<string, string> {
  const march = { original: '2027-03-02T14:00', start: '2027-03-03T10:00', location: 'Room 4.12' };
  const raised = { ...series, entry: { ...series.entry, sequence: series.entry.sequence + 1 } };
  return {
    series: seriesRequest(series, margareta),
    seriesOtherwise: seriesRequest(raised, margareta, [march]),
    meetingCancelled: meetingCancellation(raised, '2027-06-01T14:00', margareta),
  };
}

export const readCalendar = (ics: string) => new ICAL.Component(ICAL.parse(ics) as unknown[]);

export function readEvent(ics: string) {
  const event = readCalendar(ics).getFirstSubcomponent('vevent');
  if (!event) throw new Error('There is no VEVENT');
  return event;
}

/** The names of an event's properties, in order. */
export const propertyNames = (ics: string) =>
  readEvent(ics)
    .getAllProperties()
    .map((property) => property.name);

/** Content lines, unfolded (RFC 5545 3.1). */
export const contentLines = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);

/** The one line of that name outside the zones, without its name; fails where there is none or more. */
export function theLine(ics: string, name: string): string {
  const withoutZones = ics.replace(/BEGIN:VTIMEZONE[\s\S]*?END:VTIMEZONE\r\n/g, '');
  const found = contentLines(withoutZones).filter(
    (line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`),
  );
  if (found.length !== 1) throw new Error(`${found.length} lines ${name}`);
  return (found[0] ?? '').slice(name.length);
}

export const hasLine = (ics: string, name: string) =>
  contentLines(ics).some((line) => new RegExp(`^${name}[:;]`).test(line));
