import { describe, expect, test } from 'vitest';
import type { CalendarEntry } from '../../../src/mail/calendar/entry.ts';
import { entriesForFeed, feed } from '../../../src/mail/calendar/feed.ts';
import { contentLines, entryWith, hasLine, readCalendar, theLine } from './reading.ts';

// a calendar people subscribe to: RFC 7986 5, calendar programs' own habits

const uid = (number: number) => `event-${number}@flipside.example`;
const winter = entryWith({ uid: uid(1) });
const spring = entryWith({ uid: uid(2), start: '2027-03-29T14:00', timeZone: 'Europe/Brussels' });
const sameHour = entryWith({ uid: uid(3), start: '2027-03-29T14:00', timeZone: 'UTC' });
const mine = { name: 'Margareta, at Halden', timeZone: 'Europe/Oslo' };

describe('D4: the bytes are stable', () => {
  const bytes = feed({ ...mine, entries: [winter, spring, sameHour] });

  test('the same facts give the same bytes, in whatever order they come', () => {
    expect(feed({ ...mine, entries: [sameHour, spring, winter] })).toBe(bytes);
  });

  test('a changed fact changes them', () => {
    const revisedAt = winter.revisedAt.add({ hours: 1 });
    expect(feed({ ...mine, entries: [{ ...winter, revisedAt }, spring, sameHour] })).not.toBe(bytes);
  });

  test('DTSTAMP is when the event was revised', () => {
    expect(theLine(feed({ ...mine, entries: [winter] }), 'DTSTAMP')).toBe(':20261122T090000Z');
  });
});

test('D5: a reader learns the name, the zone, how often to come back, and where the calendar lives', () => {
  const lines = contentLines(feed({ ...mine, entries: [winter], source: 'https://flipside.example/feeds' }));
  expect(lines.slice(1, lines.indexOf('BEGIN:VTIMEZONE'))).toEqual([
    'VERSION:2.0',
    'PRODID:-//Flipside//Flipside//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    String.raw`NAME:Margareta\, at Halden`,
    String.raw`X-WR-CALNAME:Margareta\, at Halden`,
    'X-WR-TIMEZONE:Europe/Oslo',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    'SOURCE;VALUE=URI:https://flipside.example/feeds',
  ]);
});

test('D5: without an address for the calendar there is none in it', () => {
  expect(
    hasLine(feed({ ...mine, entries: [winter], source: 'https://flipside.example/feeds' }), 'SOURCE'),
  ).toBe(true);
  expect(hasLine(feed({ ...mine, entries: [winter] }), 'SOURCE')).toBe(false);
});

test('every zone of its events is described once, and each event keeps its own', () => {
  const ics = feed({ ...mine, entries: [winter, spring, { ...spring, uid: uid(4) }, sameHour] });
  const zones = readCalendar(ics)
    .getAllSubcomponents('vtimezone')
    .map((zone) => zone.getFirstPropertyValue('tzid'));
  expect(zones).toEqual(['Europe/Brussels', 'Europe/Oslo']);
  expect(contentLines(ics).filter((line) => line.startsWith('DTSTART') && line.includes('202'))).toEqual([
    'DTSTART;TZID=Europe/Oslo:20261210T160000',
    'DTSTART;TZID=Europe/Brussels:20270329T140000',
    'DTSTART:20270329T140000Z',
    'DTSTART;TZID=Europe/Brussels:20270329T140000',
  ]);
});

test('D6: a calendar without events is still a calendar', () => {
  for (const timeZone of ['Europe/Oslo', 'UTC']) {
    expect(
      readCalendar(feed({ ...mine, timeZone, entries: [] }))
        .getAllSubcomponents()
        .map((part) => part.name),
    ).toEqual(['vtimezone']);
  }
});

describe('what a feed shows', () => {
  const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const daysAgo = (days: number) => now.subtract({ hours: 24 * days });
  const shown = (changes: Partial<CalendarEntry>) => entriesForFeed([entryWith(changes)], now).length === 1;

  test('D6: a cancelled event stays for 30 days, crossed out and free, and then goes', () => {
    const off = entryWith({ cancelled: true, revisedAt: daysAgo(29) });
    const ics = feed({ ...mine, entries: entriesForFeed([off], now) });
    expect([theLine(ics, 'STATUS'), theLine(ics, 'TRANSP')]).toEqual([':CANCELLED', ':TRANSPARENT']);
    expect(shown({ cancelled: true, revisedAt: daysAgo(31) })).toBe(false);
    expect(shown({ cancelled: false, revisedAt: daysAgo(31) })).toBe(true);
  });

  test('D8: it goes back 90 days and ahead two years', () => {
    expect(shown({ start: '2026-08-25T10:00' })).toBe(true);
    expect(shown({ start: '2026-08-23T10:00' })).toBe(false);
    expect(shown({ start: '2028-11-20T10:00' })).toBe(true);
    expect(shown({ start: '2028-11-24T10:00' })).toBe(false);
  });
});
