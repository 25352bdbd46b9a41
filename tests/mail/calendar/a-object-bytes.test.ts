import { describe, expect, test } from 'vitest';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import { tidy } from '../../../src/mail/calendar/tidy.ts';
import {
  contentLines,
  entryWith,
  everyObject,
  everySeriesObject,
  hasLine,
  margareta,
  readCalendar,
  theLine,
} from './reading.ts';

// calendar objects as bytes: RFC 5545 3.1 to 3.4 and 3.6

const long = 'Größe, Fête; 🎉 '.repeat(40);
const objects = {
  ...everyObject(entryWith()),
  ...everySeriesObject(),
  ...prefixed('long', everyObject(entryWith({ summary: long, location: long, description: long }))),
};

function prefixed(word: string, all: Record<string, string>) {
  return Object.fromEntries(Object.entries(all).map(([name, ics]) => [`${word} ${name}`, ics]));
}

describe.each(Object.entries(objects))('%s', (_, ics) => {
  test('A1: every line has at most 75 octets, ends with CRLF, and splits no character', () => {
    expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = ics.slice(0, -2).split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines.filter((line) => !line.isWellFormed())).toEqual([]);
  });

  test('A2: properties come before components', () => {
    const lines = contentLines(ics);
    const firstInside = lines.findIndex((line, index) => index > 0 && line.startsWith('BEGIN:'));
    const after = lines.slice(firstInside);
    let depth = 0;
    const stray = after.filter((line) => {
      if (line.startsWith('BEGIN:')) depth += 1;
      if (line.startsWith('END:')) depth -= 1;
      return depth === 0 && !line.startsWith('END:');
    });
    expect(firstInside).toBeGreaterThan(4);
    expect(stray).toEqual([]);
  });

  test('A3: VERSION, PRODID, CALSCALE and METHOD stand once each', () => {
    expect(theLine(ics, 'VERSION')).toBe(':2.0');
    expect(theLine(ics, 'PRODID')).toBe(':-//Flipside//Flipside//EN');
    expect(theLine(ics, 'CALSCALE')).toBe(':GREGORIAN');
    expect(['REQUEST', 'CANCEL', 'PUBLISH']).toContain(theLine(ics, 'METHOD').slice(1));
  });

  test('A5: every zone an event uses has a VTIMEZONE of exactly that name, and none is UTC', () => {
    const zones = readCalendar(ics)
      .getAllSubcomponents('vtimezone')
      .map((zone) => zone.getFirstPropertyValue('tzid'));
    const used = contentLines(ics).flatMap((line) => /^[A-Z-]+;TZID=([^:]+):/.exec(line)?.[1] ?? []);
    expect(used.filter((id) => !zones.includes(id))).toEqual([]);
    expect(used.filter((id) => /UTC/.test(id))).toEqual([]);
  });

  test('A6: zones are described by yearly rules, never by lists of dates', () => {
    expect(hasLine(ics, 'RDATE')).toBe(false);
    const zones = ics.match(/BEGIN:VTIMEZONE[\s\S]*?END:VTIMEZONE/g)?.join('\r\n') ?? '';
    for (const rule of contentLines(zones).filter((line) => line.startsWith('RRULE'))) {
      expect(rule).toMatch(/^RRULE:FREQ=YEARLY;BYMONTH=\d+;BYDAY=-?\dSU$/);
    }
  });
});

test('A2: an alarm goes after the properties that the library would put behind it', () => {
  const stray =
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nURL:https://a.example/\r\nEND:VEVENT\r\nX-LATE:1\r\nEND:VCALENDAR\r\n';
  const order = contentLines(tidy(stray));
  expect(order.indexOf('BEGIN:VALARM')).toBeGreaterThan(order.indexOf('URL:https://a.example/'));
  expect(order.indexOf('BEGIN:VEVENT')).toBeGreaterThan(order.indexOf('X-LATE:1'));
});

test('A4: DTSTAMP, CREATED and LAST-MODIFIED are moments in UTC, to the second', () => {
  const ics = everyObject(entryWith()).request ?? '';
  expect(theLine(ics, 'DTSTAMP')).toBe(':20261122T090000Z');
  expect(theLine(ics, 'LAST-MODIFIED')).toBe(':20261122T090000Z');
  expect(theLine(ics, 'CREATED')).toBe(':20261120T083000Z');
  for (const object of Object.values({ ...everyObject(entryWith()), ...everySeriesObject() })) {
    const moments = contentLines(object).filter((line) => /^(?:DTSTAMP|CREATED|LAST-MODIFIED)/.test(line));
    expect(moments.filter((line) => !/:\d{8}T\d{6}Z$/.test(line))).toEqual([]);
    // No rule of ours ends at a moment and nothing rings at one, so neither can be local by mistake.
    expect(object).not.toMatch(/UNTIL=|TRIGGER/);
  }
});

test('A5: an event in UTC is written with Z and needs no zone', () => {
  for (const timeZone of ['UTC', 'Etc/UTC', 'utc']) {
    const ics = invitationRequest(entryWith({ timeZone }), margareta);
    expect(theLine(ics, 'DTSTART')).toBe(':20261210T160000Z');
    expect(theLine(ics, 'DTEND')).toBe(':20261210T181500Z');
    expect(ics).not.toContain('VTIMEZONE');
  }
});

test('A7: text is escaped, addresses on the web are not, and names hold no quote, backslash or caret', () => {
  const organiser = { name: 'Zoë "Zed" O\'Neil; Sm^ith, J\\r', email: 'invitations@flipside.example' };
  const ics = invitationRequest(
    entryWith({ organiser, url: 'https://flipside.example/e/a,b;c?x=1:2&y="z"' }),
    margareta,
  );
  expect(theLine(ics, 'SUMMARY')).toBe(String.raw`:Perspective Challenger\; winter\, round`);
  expect(theLine(ics, 'DESCRIPTION')).toBe(
    String.raw`:Five trends.\nNothing to prepare\; "really"\, says C:\\Ida.`,
  );
  expect(theLine(ics, 'URL')).toBe(':https://flipside.example/e/a%2Cb%3Bc?x=1:2&y=%22z%22');
  expect(theLine(ics, 'ORGANIZER')).toBe(
    `;CN="Zoë 'Zed' O'Neil; Smith, Jr":mailto:invitations@flipside.example`,
  );
});

test('A9: the identifier is the same in the mail, the feed and the download', () => {
  const { emptyFeed, emptyFeedInUtc, ...withEvent } = everyObject(entryWith());
  const uids = Object.values(withEvent).map((ics) => theLine(ics, 'UID'));
  expect(new Set(uids)).toEqual(new Set([':9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example']));
  expect(emptyFeed).not.toContain('UID');
  expect(emptyFeedInUtc).not.toContain('UID');
});

test('A10: an object that travels holds one method and one event', () => {
  for (const [name, ics] of Object.entries(everyObject(entryWith())).slice(0, 3)) {
    expect([name, readCalendar(ics).getAllSubcomponents('vevent').length]).toEqual([name, 1]);
    expect([name, readCalendar(ics).getAllProperties('method').length]).toEqual([name, 1]);
  }
});
