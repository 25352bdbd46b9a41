import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { isUtc, zoneBlock } from '../../../src/mail/calendar/zone.ts';

// VTIMEZONE for every zone there is

const zones = Intl.supportedValuesOf('timeZone').filter((zone) => !isUtc(zone));

const read = (zone: string) =>
  new ICAL.Timezone(new ICAL.Component(ICAL.parse(zoneBlock(zone)) as unknown[]));

test('every zone has a block of its own name, aliases too', () => {
  const aliases = ['US/Eastern', 'Africa/Accra', 'Europe/Oslo', 'Asia/Calcutta', 'Europe/Kyiv', 'GB', 'Eire'];
  const wrong = [...zones, ...aliases].filter((zone) => {
    const named = zoneBlock(zone).match(/^(?:TZID|X-LIC-LOCATION):.*$/gm);
    return named?.join(' ') !== `TZID:${zone} X-LIC-LOCATION:${zone}`;
  });
  expect(zones.length).toBeGreaterThan(400);
  expect(wrong).toEqual([]);
});

test('a zone nobody knows has none', () => {
  for (const zone of ['Europe/Atlantis', '', 'Europe/Oslo\r\nX:1', '+02:00', '__proto__']) {
    expect(() => zoneBlock(zone)).toThrow(RangeError);
  }
});

test('blocks say nothing of when they were made, list no dates, and end with a line break', () => {
  const wrong = zones.filter((zone) => /LAST-MODIFIED|RDATE|[^\r]\n|[^\n]$/.test(zoneBlock(zone)));
  expect(wrong).toEqual([]);
});

test('summer time is never behind standard time, in Ireland neither', () => {
  const backwards = [...zones, 'Eire'].filter((zone) => {
    const offset = (part: string) =>
      new RegExp(`BEGIN:${part}[sS]*?TZOFFSETTO:([+-]\\d+)`).exec(zoneBlock(zone))?.[1];
    const [summer, standard] = [offset('DAYLIGHT'), offset('STANDARD')];
    return summer !== undefined && Number(summer) < Number(standard);
  });
  expect(zoneBlock('Europe/Dublin')).toMatch(
    /BEGIN:DAYLIGHT\r\nTZNAME:IST\r\nTZOFFSETFROM:\+0000\r\nTZOFFSETTO:\+0100/,
  );
  expect(backwards).toEqual([]);
});

describe('the offset at noon', () => {
  const weeks = Array.from({ length: 105 }, (_, week) =>
    Temporal.PlainDateTime.from('2026-11-22T12:00').add({ weeks: week }),
  );

  test('agrees with the zone database for every zone and every week of two years', () => {
    const differing = zones.flatMap((zone) => {
      const block = read(zone);
      return weeks
        .filter((noon) => {
          const ours = block.utcOffset(
            ICAL.Time.fromDateTimeString(noon.toString({ smallestUnit: 'second' })),
          );
          return ours * 1e9 !== noon.toZonedDateTime(zone).offsetNanoseconds;
        })
        .map((noon) => `${zone} ${noon.toPlainDate()}`);
    });
    // Israel changes on the Friday before the last Sunday: a yearly "last Friday" is a week late in 2028.
    expect(differing).toEqual(['Asia/Jerusalem 2028-03-26']);
  });
});
