import ical, { ICalEventStatus } from 'ical-generator';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import {
  contentLines,
  entryWith,
  everyObject,
  hasLine,
  margareta,
  propertyNames,
  readEvent,
  theLine,
} from './reading.ts';

// the known defects of ical-generator: gone in the installed version, or kept from what we send

const request = (changes: Parameters<typeof entryWith>[0] = {}) =>
  invitationRequest(entryWith(changes), margareta);

describe('gone in the installed version', () => {
  test('D5: a moment of another zone is converted', () => {
    const start = Temporal.ZonedDateTime.from('2026-12-10T10:00[America/New_York]');
    const event = ical().createEvent({ start, timezone: 'Europe/Oslo', stamp: start.toInstant() });
    expect(event.toString()).toContain('DTSTART;TZID=Europe/Oslo:20261210T160000');
  });

  test('D12: a quote in a name is no longer written \\" (ours never has one)', () => {
    const event = ical().createEvent({
      start: new Date(0),
      organizer: { name: 'Zoë "Zed"', email: 'z@flipside.example' },
    });
    expect(event.toString()).not.toContain('\\"');
    expect(
      theLine(request({ organiser: { name: 'Zoë "Zed"', email: 'z@flipside.example' } }), 'ORGANIZER'),
    ).toBe(";CN=Zoë 'Zed':mailto:z@flipside.example");
  });
});

describe('kept from what we send', () => {
  test('D1: moments stay in UTC although the event has a zone', () => {
    const named = ical({ timezone: 'Europe/Oslo' }).createEvent({ start: new Date(0), stamp: new Date(0) });
    expect(named.toString()).toMatch(/DTSTAMP:\d{8}T\d{6}\r/);
    expect(theLine(request(), 'DTSTAMP')).toBe(':20261122T090000Z');
  });

  test('D4 and D6: wall time and zone come out as they went in, half-hour zones and the other side of the date line too', () => {
    for (const timeZone of [
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'Europe/Oslo',
    ]) {
      expect(theLine(request({ timeZone }), 'DTSTART')).toBe(`;TZID=${timeZone}:20261210T160000`);
      expect(theLine(request({ timeZone }), 'DTEND')).toBe(`;TZID=${timeZone}:20261210T181500`);
    }
  });

  test('D10: a calendar’s name adds no line', () => {
    const named = ical({ name: 'x\r\nX-EVIL:1' });
    expect(named.toString()).toContain('\r\nX-EVIL:1');
    expect(hasLine(feed({ name: 'x\r\nX-EVIL:1', timeZone: 'UTC', entries: [] }), 'X-EVIL')).toBe(false);
  });

  test('D11: an identifier adds no line', () => {
    expect(
      ical()
        .createEvent({ start: new Date(0), id: 'x\r\nX-EVIL:1' })
        .toString(),
    ).toContain('\r\nX-EVIL:1');
    expect(() => request({ uid: 'x\r\nX-EVIL:1' })).toThrow(RangeError);
  });

  test('D13: a web address has no backslash', () => {
    const url = 'https://flipside.example/a,b';
    expect(
      ical()
        .createEvent({ start: new Date(0), url })
        .toString(),
    ).toContain('/a\\,b');
    expect(theLine(request({ url }), 'URL')).toBe(':https://flipside.example/a%2Cb');
  });

  test('D14, D15 and D18: the calendar’s own properties stand before everything else, and TIMEZONE-ID is not among them', () => {
    for (const ics of Object.values(everyObject(entryWith()))) {
      const lines = contentLines(ics);
      const header = lines.slice(
        1,
        lines.findIndex((line, index) => index > 0 && line.startsWith('BEGIN:')),
      );
      expect(header.filter((line) => line.startsWith('TIMEZONE-ID'))).toEqual([]);
      expect(
        lines.filter((line) => /^(?:X-WR|REFRESH|X-PUBL|NAME|SOURCE)/.test(line) && !header.includes(line)),
      ).toEqual([]);
    }
  });

  test('D17: the last line ends', () => {
    expect(ical().toString().endsWith('\r\n')).toBe(false);
    expect(request().endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  test('D20: addresses are written mailto:, and a name that contains MAILTO: is left alone', () => {
    const ics = invitationRequest(entryWith(), { name: 'a:MAILTO:b', email: margareta.email });
    expect(readEvent(ics).getFirstPropertyValue('attendee')).toBe(`mailto:${margareta.email}`);
    expect(readEvent(ics).getFirstProperty('attendee')?.getFirstParameter('cn')).toBe('a:MAILTO:b');
  });

  test('D21: control characters do not pass', () => {
    expect(
      ical()
        .createEvent({ start: new Date(0), summary: 'a\u0007b' })
        .toString(),
    ).toContain('\u0007');
    expect(theLine(request({ summary: 'a\u0007b' }), 'SUMMARY')).toBe(':ab');
  });

  test('D22: an end before the start is refused, not swapped', () => {
    expect(() => request({ minutes: -60 })).toThrow(RangeError);
  });

  test('D23: UTC is written Z, not as a zone', () => {
    const event = ical().createEvent({ start: new Date(0), timezone: 'Etc/UTC' });
    expect(event.toString()).toContain('TZID=Etc/UTC');
    expect(theLine(request({ timeZone: 'Etc/UTC' }), 'DTSTART')).toBe(':20261210T160000Z');
  });

  test('D25: nothing in an object tells the hour it was written', () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ now: new Date('2026-12-01T10:00:00Z') });
    const first = everyObject(entryWith());
    vi.setSystemTime(new Date('2027-01-01T11:11:11Z'));
    expect(everyObject(entryWith())).toEqual(first);
  });

  test('D27: an hour that comes twice or not at all is refused', () => {
    expect(() => request({ start: '2026-10-25T02:30' })).toThrow('twice');
    expect(() => request({ start: '2027-03-28T02:30' })).toThrow('gap');
    expect(theLine(request({ start: '2027-03-28T03:30' }), 'DTSTART')).toBe(
      ';TZID=Europe/Oslo:20270328T033000',
    );
  });

  test('an event across the night of a clock change lasts its minutes', () => {
    const night = request({ start: '2027-03-28T01:30', minutes: 60 });
    expect(theLine(night, 'DTEND')).toBe(';TZID=Europe/Oslo:20270328T033000');
  });
});

test('D2, D3, D7, D8, D9, D16, D19, D24 and D26 cannot touch us: nothing repeats, delegates, alarms or is added by hand', () => {
  const used = new Set(
    Object.values(everyObject(entryWith()))
      .filter((ics) => hasLine(ics, 'UID'))
      .flatMap(propertyNames),
  );
  const defective = [
    'rrule',
    'rdate',
    'exdate',
    'recurrence-id',
    'conference',
    'image',
    'related-to',
    'comment',
    'geo',
    'attach',
  ];
  expect(used.has('summary')).toBe(true);
  expect(defective.filter((name) => used.has(name))).toEqual([]);
  expect(Object.values(everyObject(entryWith())).filter((ics) => /VALARM|DELEGATED/.test(ics))).toEqual([]);
  expect(Object.values(ICalEventStatus)).toContain('CANCELLED');
});
