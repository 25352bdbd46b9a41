import ical, { ICalAlarmType, ICalEventRepeatingFreq } from 'ical-generator';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import { tidy } from '../../../src/mail/calendar/tidy.ts';
import {
  contentLines,
  entryWith,
  everyObject,
  everySeriesObject,
  hasLine,
  margareta,
  readEvent,
  theLine,
} from './reading.ts';

// the known defects of ical-generator: gone in the installed version, or kept from what we send

const request = (changes: Parameters<typeof entryWith>[0] = {}) =>
  invitationRequest(entryWith(changes), margareta);

describe('gone in the installed version', () => {
  test('defect D5: a moment of another zone is converted', () => {
    const start = Temporal.ZonedDateTime.from('2026-12-10T10:00[America/New_York]');
    const event = ical().createEvent({ start, timezone: 'Europe/Oslo', stamp: start.toInstant() });
    expect(event.toString()).toContain('DTSTART;TZID=Europe/Oslo:20261210T160000');
  });

  test('defect D12: a quote in a name is no longer written \\" (ours never has one)', () => {
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
  test('defect D1: moments stay in UTC although the event has a zone', () => {
    const named = ical({ timezone: 'Europe/Oslo' }).createEvent({ start: new Date(0), stamp: new Date(0) });
    expect(named.toString()).toMatch(/DTSTAMP:\d{8}T\d{6}\r/);
    expect(theLine(request(), 'DTSTAMP')).toBe(':20261122T090000Z');
  });

  test('defect D4 and defect D6: wall time and zone come out as they went in, half-hour zones and the other side of the date line too', () => {
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

  test('defect D10: a calendar’s name adds no line', () => {
    const named = ical({ name: 'x\r\nX-EVIL:1' });
    expect(named.toString()).toContain('\r\nX-EVIL:1');
    expect(hasLine(feed({ name: 'x\r\nX-EVIL:1', timeZone: 'UTC', entries: [] }), 'X-EVIL')).toBe(false);
  });

  test('defect D11: an identifier adds no line', () => {
    expect(
      ical()
        .createEvent({ start: new Date(0), id: 'x\r\nX-EVIL:1' })
        .toString(),
    ).toContain('\r\nX-EVIL:1');
    expect(() => request({ uid: 'x\r\nX-EVIL:1' })).toThrow(RangeError);
  });

  test('defect D13: a web address has no backslash', () => {
    const url = 'https://flipside.example/a,b';
    expect(
      ical()
        .createEvent({ start: new Date(0), url })
        .toString(),
    ).toContain('/a\\,b');
    expect(theLine(request({ url }), 'URL')).toBe(':https://flipside.example/a%2Cb');
  });

  test('defect D14, defect D15 and defect D18: the calendar’s own properties stand before everything else, and TIMEZONE-ID is not among them', () => {
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

  test('defect D17: the last line ends', () => {
    expect(ical().toString().endsWith('\r\n')).toBe(false);
    expect(request().endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  test('defect D20: addresses are written mailto:, and a name that contains MAILTO: is left alone', () => {
    const ics = invitationRequest(entryWith(), { name: 'a:MAILTO:b', email: margareta.email });
    expect(readEvent(ics).getFirstPropertyValue('attendee')).toBe(`mailto:${margareta.email}`);
    expect(readEvent(ics).getFirstProperty('attendee')?.getFirstParameter('cn')).toBe('a:MAILTO:b');
  });

  test('defect D21: control characters do not pass', () => {
    expect(
      ical()
        .createEvent({ start: new Date(0), summary: 'a\u0007b' })
        .toString(),
    ).toContain('\u0007');
    expect(theLine(request({ summary: 'a\u0007b' }), 'SUMMARY')).toBe(':ab');
  });

  test('defect D22: an end before the start is refused, not swapped', () => {
    expect(() => request({ minutes: -60 })).toThrow(RangeError);
  });

  test('defect D23: UTC is written Z, not as a zone', () => {
    const event = ical().createEvent({ start: new Date(0), timezone: 'Etc/UTC' });
    expect(event.toString()).toContain('TZID=Etc/UTC');
    expect(theLine(request({ timeZone: 'Etc/UTC' }), 'DTSTART')).toBe(':20261210T160000Z');
  });

  test('defect D25: nothing in an object tells the hour it was written', () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ now: new Date('2026-12-01T10:00:00Z') });
    const first = everyObject(entryWith());
    vi.setSystemTime(new Date('2027-01-01T11:11:11Z'));
    expect(everyObject(entryWith())).toEqual(first);
  });

  test('defect D27: an hour that comes twice or not at all is refused', () => {
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

describe('kept from what we send by never using it', () => {
  const event = (values: object) => ical().createEvent({ start: new Date(0), ...values });
  const lines = (ics: string) => contentLines(ics.replace(/BEGIN:VTIMEZONE[\s\S]*?END:VTIMEZONE\r\n/g, ''));
  const allOurs = Object.values({ ...everyObject(entryWith()), ...everySeriesObject() }).flatMap(lines);
  const ours = (name: string) => allOurs.filter((line) => new RegExp(`^(?:${name})[:;]`).test(line));
  const freq = ICalEventRepeatingFreq.MONTHLY;

  test('defect D2: the end of a rule is a local time where the calendar has a zone; ours end by COUNT', () => {
    const repeating = { freq, until: new Date(0) };
    const named = ical({ timezone: 'Europe/Oslo' }).createEvent({ start: new Date(0), repeating });
    expect(named.toString()).toMatch(/UNTIL=\d{8}T\d{6}\r/);
    expect(new Set(ours('RRULE'))).toEqual(new Set(['RRULE:FREQ=MONTHLY;COUNT=12;BYDAY=TU;BYSETPOS=1']));
  });

  test('defect D3: COUNT and UNTIL are printed together; ours have one of them', () => {
    const both = event({ repeating: { freq, count: 3, until: new Date(0) } }).toString();
    expect(both).toMatch(/COUNT=3;UNTIL=/);
    expect(ours('RRULE').filter((line) => line.includes('UNTIL'))).toEqual([]);
  });

  test('defect D7: a rule given as text may bring a second DTSTART along; ours are lines of our own', () => {
    const repeating = 'DTSTART;TZID=Europe/Oslo:19700101T010000\nRRULE:FREQ=DAILY';
    const starts = (ics: string) => lines(ics).filter((line) => line.startsWith('DTSTART'));
    expect(starts(event({ repeating }).toString())).toHaveLength(2);
    expect(starts(everySeriesObject().series ?? '')).toHaveLength(1);
  });

  test('defect D8: a first Tuesday cannot be said in one word; ours are said in two', () => {
    expect(() => event({ repeating: { freq, byDay: ['1TU'] } })).toThrow();
    expect(ours('RRULE')[0]).toContain('BYDAY=TU;BYSETPOS=1');
  });

  test('defect D9: a meeting of an all-day series is named by an hour; ours always have an hour', () => {
    const allDay = event({ allDay: true, recurrenceId: new Date(0) }).toString();
    expect(allDay).toMatch(/RECURRENCE-ID:\d{8}T/);
    expect(ours('RECURRENCE-ID')).toHaveLength(2);
    expect(allOurs.filter((line) => /VALUE=DATE(?!-)/.test(line))).toEqual([]);
  });

  test('defect D16: an alarm stands before other properties; the last pass puts it behind them', () => {
    const ringing = ical();
    const url = 'https://a.example/';
    const trigger = 600;
    ringing.createEvent({ start: new Date(0), url }).createAlarm({ type: ICalAlarmType.display, trigger });
    const alarmFirst = (ics: string) => ics.indexOf('BEGIN:VALARM') < ics.indexOf('\nURL');
    expect(alarmFirst(ringing.toString())).toBe(true);
    expect(alarmFirst(tidy(ringing.toString()))).toBe(false);
  });

  test('defect D19: a delegate stands without mailto:; ours delegate nothing', () => {
    const delegating = event({});
    delegating.createAttendee({ email: 'a@b.example', delegatedTo: 'c@d.example' });
    expect(delegating.toString().replaceAll('\r\n ', '')).toContain('DELEGATED-TO="c@d.example"');
    expect(allOurs.filter((line) => line.includes('DELEGATED'))).toEqual([]);
  });

  test('defect D24: an alarm at a moment is local; nothing of ours rings', () => {
    const named = ical({ timezone: 'Europe/Oslo' });
    const trigger = new Date(0);
    named.createEvent({ start: trigger }).createAlarm({ type: ICalAlarmType.display, trigger });
    expect(named.toString()).toMatch(/TRIGGER;VALUE=DATE-TIME:\d{8}T\d{6}\r/);
    expect(allOurs.filter((line) => /VALARM|TRIGGER/.test(line))).toEqual([]);
  });

  test('defect D26: a property the library does not know cannot be added; ours are added as checked lines', () => {
    expect(() => event({ x: [{ key: 'COMMENT', value: 'x' }] })).toThrow('X-');
    expect(new Set(ours('EXDATE'))).toEqual(new Set(['EXDATE;TZID=Europe/Brussels:20270406T140000']));
    expect(ours('COMMENT|RDATE|CONFERENCE|GEO|ATTACH')).toEqual([]);
  });
});
