import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { meetingsOf } from '../../../src/domain/calendar/monthly-series.ts';
import { meetingCancellation, seriesRequest } from '../../../src/mail/calendar/series.ts';
import {
  contentLines,
  entryWith,
  everySeriesObject,
  hasLine,
  margareta,
  readCalendar,
  readEvent,
  seriesWith,
  theLine,
} from './reading.ts';

// what travels about a meeting that comes back every month

const { series, seriesOtherwise, meetingCancelled } = everySeriesObject() as Record<string, string> & {
  series: string;
  seriesOtherwise: string;
  meetingCancelled: string;
};

const eventsOf = (ics: string) => readCalendar(ics).getAllSubcomponents('vevent');

describe('B5: one meeting is cancelled', () => {
  test('the cancellation names it by its original start in the zone of the series, and carries no rule', () => {
    expect(theLine(series, 'RRULE')).toContain('MONTHLY');
    expect(hasLine(meetingCancelled.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE/, ''), 'RRULE')).toBe(false);
    expect(theLine(meetingCancelled, 'RECURRENCE-ID')).toBe(';TZID=Europe/Brussels:20270601T140000');
    expect(theLine(meetingCancelled, 'DTSTART')).toBe(';TZID=Europe/Brussels:20270601T140000');
    expect(theLine(meetingCancelled, 'METHOD')).toBe(':CANCEL');
    expect(theLine(meetingCancelled, 'STATUS')).toBe(':CANCELLED');
    expect(theLine(meetingCancelled, 'UID')).toBe(theLine(series, 'UID'));
    expect(theLine(meetingCancelled, 'SEQUENCE')).toBe(':1');
  });

  test('a meeting that the series does not have cannot be cancelled', () => {
    expect(() => meetingCancellation(seriesWith(), '2027-06-02T14:00', margareta)).toThrow(RangeError);
  });
});

describe('B6: one meeting is moved', () => {
  test('the request holds the series and that meeting, with the same UID and SEQUENCE, named by its original start', () => {
    const [master, march, ...more] = eventsOf(seriesOtherwise);
    const facts = (event: ICAL.Component | undefined) =>
      ['uid', 'sequence', 'dtstart', 'location'].map((name) => String(event?.getFirstPropertyValue(name)));
    const uid = 'b1d6c0c2-7a41-4f0e-8a55-0c9f2f6f7a11@flipside.example';
    expect(more).toEqual([]);
    expect(facts(master)).toEqual([uid, '1', '2027-01-05T14:00:00', 'The Atrium, level 9, Storgata 12']);
    expect(facts(march)).toEqual([uid, '1', '2027-03-03T10:00:00', 'Room 4.12']);
    expect(contentLines(seriesOtherwise).filter((line) => line.startsWith('RECURRENCE-ID'))).toEqual([
      'RECURRENCE-ID;TZID=Europe/Brussels:20270302T140000',
    ]);
    expect(master?.getFirstProperty('rrule')).not.toBeNull();
    expect(march?.getFirstProperty('rrule')).toBeNull();
  });
});

describe('B10: the rule is one that every calendar keeps', () => {
  const ruleOf = (on: Parameters<typeof seriesRequest>[0]['on'], start: string) =>
    theLine(seriesRequest({ ...seriesWith({ start }), on, times: 3, leftOut: [] }, margareta), 'RRULE');

  test('a weekday by BYDAY and BYSETPOS, a day by BYMONTHDAY, an end by COUNT alone', () => {
    expect(ruleOf({ weekday: 2, nth: 1 }, '2027-01-05T14:00')).toBe(
      ':FREQ=MONTHLY;COUNT=3;BYDAY=TU;BYSETPOS=1',
    );
    expect(ruleOf({ weekday: 5, nth: -1 }, '2027-01-29T14:00')).toBe(
      ':FREQ=MONTHLY;COUNT=3;BYDAY=FR;BYSETPOS=-1',
    );
    expect(ruleOf({ day: 28 }, '2027-01-28T14:00')).toBe(':FREQ=MONTHLY;COUNT=3;BYMONTHDAY=28');
    expect(ruleOf({ day: -1 }, '2027-01-31T14:00')).toBe(':FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1');
  });

  test('no fifth weekday, no day that some months lack, and a first meeting that is one of the series', () => {
    expect(() => ruleOf({ weekday: 2, nth: 5 as 4 }, '2027-03-30T14:00')).toThrow(RangeError);
    expect(() => ruleOf({ day: 31 }, '2027-01-31T14:00')).toThrow(RangeError);
    expect(() => ruleOf({ weekday: 2, nth: 1 }, '2027-01-06T14:00')).toThrow(RangeError);
  });

  test('meetings left out are named in the zone of the series', () => {
    expect(theLine(series, 'EXDATE')).toBe(';TZID=Europe/Brussels:20270406T140000');
    expect(series).not.toContain('RDATE');
  });

  test('another program counts the same meetings from it', () => {
    const { entry, on, times, leftOut } = seriesWith();
    const event = new ICAL.Event(readEvent(series));
    const found: string[] = [];
    const iterator = event.iterator();
    for (let next = iterator.next(); next; next = iterator.next()) found.push(String(next).slice(0, 16));
    expect(found).toEqual(meetingsOf({ start: entry.start, on, times, leftOut }));
    expect(found).toHaveLength(11);
  });
});

describe('B11: a series lives in a zone', () => {
  test('its start is a wall time with TZID, so that it stays 14:00 when the clocks change', () => {
    expect(theLine(series, 'DTSTART')).toBe(';TZID=Europe/Brussels:20270105T140000');
    expect(theLine(series, 'DTEND')).toBe(';TZID=Europe/Brussels:20270105T150000');
  });

  test('a series in UTC is refused, an event in UTC is not', () => {
    expect(() => seriesRequest(seriesWith({ timeZone: 'Etc/UTC' }), margareta)).toThrow('UTC');
    expect(() => meetingCancellation(seriesWith({ timeZone: 'UTC' }), '2027-06-01T14:00', margareta)).toThrow(
      'UTC',
    );
    expect(theLine(seriesRequest(seriesWith(), margareta), 'UID')).toBe(theLine(series, 'UID'));
  });

  test('a meeting in an hour that the clocks skip is refused before anybody hears of it', () => {
    const sundays = { on: { weekday: 7, nth: -1 }, times: 3, leftOut: [] } as const;
    const at = (start: string) => ({ entry: entryWith({ start, timeZone: 'Europe/Brussels' }), ...sundays });
    expect(() => seriesRequest(at('2027-01-31T02:30'), margareta)).toThrow('gap');
    expect(theLine(seriesRequest(at('2027-01-31T03:30'), margareta), 'RRULE')).toContain('BYDAY=SU');
  });

  test('a series that is cancelled invites nobody', () => {
    expect(() => seriesRequest(seriesWith({ cancelled: true }), margareta)).toThrow(RangeError);
  });
});
