import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { isUtc, zoneBlock } from '../../../src/mail/calendar/zone.ts';

// VTIMEZONE for every zone there is

const years = { first: 2026, last: 2030 };
const zones = Intl.supportedValuesOf('timeZone').filter((zone) => !isUtc(zone));

const read = (zone: string) =>
  new ICAL.Timezone(new ICAL.Component(ICAL.parse(zoneBlock({ name: zone, years })) as unknown[]));

test('every zone has a block of its own name, aliases too', () => {
  const aliases = ['US/Eastern', 'Africa/Accra', 'Europe/Oslo', 'Asia/Calcutta', 'Europe/Kyiv', 'GB', 'Eire'];
  const wrong = [...zones, ...aliases].filter((zone) => {
    const named = zoneBlock({ name: zone, years }).match(/^(?:TZID|X-LIC-LOCATION):.*$/gm);
    return named?.join(' ') !== `TZID:${zone} X-LIC-LOCATION:${zone}`;
  });
  expect(zones.length).toBeGreaterThan(400);
  expect(wrong).toEqual([]);
});

test('a zone nobody knows has none', () => {
  for (const zone of ['Europe/Atlantis', '', 'Europe/Oslo\r\nX:1', '+02:00', '__proto__']) {
    expect(() => zoneBlock({ name: zone, years })).toThrow(RangeError);
  }
});

test('blocks say nothing of when they were made, list no dates, and end with a line break', () => {
  const wrong = zones.filter((zone) =>
    /LAST-MODIFIED|RDATE|[^\r]\n|[^\n]$/.test(zoneBlock({ name: zone, years })),
  );
  expect(wrong).toEqual([]);
});

test('summer time is never behind standard time, in Ireland neither', () => {
  const backwards = [...zones, 'Eire'].filter((zone) => {
    const offset = (part: string) =>
      new RegExp(`BEGIN:${part}[^]*?TZOFFSETTO:([+-]\\d+)`).exec(zoneBlock({ name: zone, years }))?.[1];
    const [summer, standard] = [offset('DAYLIGHT'), offset('STANDARD')];
    return summer !== undefined && Number(summer) < Number(standard);
  });
  expect(zoneBlock({ name: 'Europe/Dublin', years })).toMatch(
    /BEGIN:DAYLIGHT\r\nTZNAME:IST\r\nTZOFFSETFROM:\+0000\r\nTZOFFSETTO:\+0100/,
  );
  expect(backwards).toEqual([]);
});

describe('the offset at noon', () => {
  const days = Array.from({ length: 4 * 365 + 1 }, (_, day) =>
    Temporal.PlainDateTime.from('2026-11-29T12:00').add({ days: day }),
  );

  test('agrees with Temporal for every zone and every day of four years', () => {
    // Where neither a rule nor a change is known the first day says it for all.
    const isFixed = (zone: string) =>
      !/RRULE/.test(zoneBlock({ name: zone, years })) &&
      days[0]!.toZonedDateTime(zone).getTimeZoneTransition('next') === null;
    const differing = zones.flatMap((zone) => {
      const block = read(zone);
      return (isFixed(zone) ? days.slice(0, 1) : days)
        .filter((noon) => {
          const { year, month, day } = noon;
          const time = new ICAL.Time(
            { year, month, day, hour: 12, minute: 0, second: 0, isDate: false },
            ICAL.Timezone.localTimezone,
          );
          return block.utcOffset(time) * 1e9 !== noon.toZonedDateTime(zone).offsetNanoseconds;
        })
        .map((noon) => `${zone} ${noon.toPlainDate()}`);
    });
    expect(zones.filter((zone) => !isFixed(zone)).length).toBeGreaterThan(80);
    expect(differing).toEqual([]);
  });

  test('yearly rules that end take the place of one that drifts: Israel, Friday before the last Sunday of March', () => {
    const block = zoneBlock({ name: 'Asia/Jerusalem', years });
    expect(block.match(/^RRULE:.*MONTH=3.*$/gm)).toEqual([
      'RRULE:FREQ=YEARLY;UNTIL=20290323T000000Z;BYMONTH=3;BYDAY=4FR',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR',
    ]);
    expect(zoneBlock({ name: 'Europe/Oslo', years }).match(/UNTIL/)).toBe(null);
  });
});
