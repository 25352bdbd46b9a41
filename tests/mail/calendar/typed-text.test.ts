import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalendarEntry } from '../../../src/mail/calendar/entry.ts';
import { feed } from '../../../src/mail/calendar/feed.ts';
import { invitationRequest } from '../../../src/mail/calendar/invitation.ts';
import { commonName, manyLines, oneLine, webAddress } from '../../../src/mail/calendar/text.ts';
import { contentLines, entryWith, margareta, propertyNames, readCalendar, readEvent } from './reading.ts';

// What people may type, and what hostile people type.
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\u0085',
        '\u2028',
        '\u2029',
        '\0',
        '\t',
        '\v',
        '\f',
        '\u007f',
        '\u001b',
      ),
      fc.constantFrom(
        '"',
        "'",
        ';',
        ',',
        ':',
        '^',
        '^n',
        "^'",
        '\\',
        '\\n',
        '\\,',
        '%',
        '=',
        '\r\nATTENDEE:mailto:x@y',
        '\nEND:VEVENT\n',
        ':MAILTO:',
      ),
      fc.constantFrom(
        '🎉',
        '👩‍👩‍👧',
        'שלום',
        'مرحبا',
        '\u202e',
        'é',
        'ﬀ',
        '\ud800',
        '\udc00',
        'a',
        ' ',
        '漢字',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

test('A8: nothing a person types adds a line or changes another value', () => {
  const plain = propertyNames(invitationRequest(entryWith(), margareta));
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, nasty, (summary, location, description, name, guest) => {
      const typed = { summary: `s${summary}`, location: `l${location}`, description: `d${description}` };
      const entry = entryWith({
        ...typed,
        organiser: { name: `o${name}`, email: 'invitations@flipside.example' },
      });
      const ics = invitationRequest(entry, { name: `g${guest}`, email: margareta.email });
      const event = readEvent(ics);
      expect(propertyNames(ics)).toEqual(plain);
      expect(event.getFirstPropertyValue('summary')).toBe(oneLine(typed.summary));
      expect(event.getFirstPropertyValue('location')).toBe(oneLine(typed.location));
      expect(event.getFirstPropertyValue('description')).toBe(manyLines(typed.description));
      expect(event.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe(commonName(`o${name}`));
      expect(event.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe(commonName(`g${guest}`));
      expect(event.getFirstPropertyValue('attendee')).toBe(`mailto:${margareta.email}`);
      expect(ics.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      expect(ics).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/);
    }),
    { numRuns: 500 },
  );
});

test('A8: a calendar may have any name', () => {
  const plain = contentLines(feed({ name: 'x', timeZone: 'Europe/Oslo', entries: [] })).length;
  fc.assert(
    fc.property(nasty, (name) => {
      const ics = feed({
        name: `n${name}`,
        timeZone: 'Europe/Oslo',
        entries: [],
        source: `https://flipside.example/${name}`,
      });
      const written = String(readCalendar(ics).getFirstPropertyValue('x-wr-calname'));
      const read = written.replace(/\\([\\;,n])/g, (_, character) => (character === 'n' ? '\n' : character));
      expect(contentLines(ics).length).toBe(plain + 1);
      expect(read).toBe(oneLine(`n${name}`).trim());
      expect(readCalendar(ics).getFirstPropertyValue('name')).toBe(written);
    }),
    { numRuns: 300 },
  );
});

test('A8: an address on the web is a web address or left out', () => {
  fc.assert(
    fc.property(nasty, (path) => {
      const ics = invitationRequest(entryWith({ url: `https://flipside.example/${path}` }), margareta);
      const url = String(readEvent(ics).getFirstPropertyValue('url'));
      expect(url).toBe(webAddress(`https://flipside.example/${path}`));
      expect(url).toMatch(/^https:\/\/flipside\.example\/[^\s,;"\\^]*$/);
    }),
    { numRuns: 300 },
  );
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'flipside', '']) {
    expect(propertyNames(invitationRequest(entryWith({ url }), margareta))).not.toContain('url');
  }
});

test('A8: identifiers and addresses that are not ours are refused rather than printed', () => {
  const fine = /^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$/;
  fc.assert(
    fc.property(
      nasty.filter((text) => !fine.test(text)),
      (uid) => {
        expect(() => invitationRequest(entryWith({ uid }), margareta)).toThrow(RangeError);
      },
    ),
  );
  for (const email of ['', 'a', 'a@b\r\nX:1', 'a@b;c', '<a@b>', 'a b@c', 'a@b,c@d', '"a"@b', 'a@b@c']) {
    expect(() => invitationRequest(entryWith(), { name: 'Bo', email })).toThrow(RangeError);
    expect(() => invitationRequest(entryWith({ organiser: { name: 'Bo', email } }), margareta)).toThrow(
      RangeError,
    );
  }
});

test('A8: control characters go, line ends of every kind become one, and halves of a character are marked', () => {
  expect(manyLines('a\r\nb\u2028c\u0085d\u0000\u001be')).toBe('a\nb\nc\nde');
  expect(oneLine('a\r\nb\tc\u2029\u2029d')).toBe('a b c d');
  expect(oneLine('\ud83c')).toBe('\ufffd');
  expect(commonName(' "A" \\ ^B\n')).toBe("'A'  B");
});

const impossible: [string, Partial<CalendarEntry>][] = [
  ['no name', { summary: ' \u0000 ' }],
  ['no length', { minutes: 0 }],
  ['half a minute', { minutes: 0.5 }],
  ['a negative revision', { sequence: -1 }],
  ['an hour that the clocks skip', { start: '2027-03-28T02:30' }],
  ['an hour that comes twice', { start: '2026-10-25T02:30' }],
  ['a zone nobody knows', { timeZone: 'Europe/Atlantis' }],
  ['an offset for a zone', { timeZone: '+02:00' }],
  ['a day that does not exist', { start: '2026-02-30T10:00' }],
  ['a time with a line in it', { start: '2026-12-10T16:00\r\nX:1' }],
];

test.each(impossible)('an event with %s is refused', (_, changes) => {
  expect(() => invitationRequest(entryWith(changes), margareta)).toThrow(RangeError);
});
