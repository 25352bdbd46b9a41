import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aboutWhom } from '../../../src/domain/calendar/replies.ts';
import { receivedMessage } from '../../../src/mail/replies/calendar-parts.ts';
import { repliesIn } from '../../../src/mail/replies/reading.ts';
import { apple, gmail, outlook, type ReplyFacts, thunderbird } from './messages.ts';

// messages that were mangled on the way, or on purpose

const facts: ReplyFacts = {
  uid: '9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example',
  guest: 'margareta@halden.example',
  partstat: 'ACCEPTED',
  organiser: 'invitations@flipside.example',
  messageId: '<one@halden.example>',
};
const programs = { thunderbird, apple, gmail, outlook };

const pieces = fc.oneof(
  fc.constantFrom('\r\n', '\n', '\r\n\r\n', '\0', ' ', ';', ':', '"', '=', '--outer', '--inner--', '=0D=0A'),
  fc.constantFrom(
    'BEGIN:VEVENT\r\n',
    'END:VEVENT\r\n',
    'BEGIN:VCALENDAR\r\n',
    'END:VCALENDAR\r\n',
    'METHOD:REPLY\r\n',
  ),
  fc.constantFrom(
    'DTSTAMP:99999999T999999Z\r\n',
    'RECURRENCE-ID;TZID=x:1\r\n',
    'SEQUENCE:1e9\r\n',
    'UID:\r\n',
  ),
  fc.constantFrom(
    'Content-Type: text/calendar\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    'From: eve@evil.example\r\n',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const cuts = fc.array(fc.record({ at: fc.nat(4000), drop: fc.nat(60), put: pieces }), {
  minLength: 1,
  maxLength: 6,
});

const mangled = (message: Buffer, changes: { at: number; drop: number; put: string }[]) =>
  changes.reduce((text, { at, drop, put }) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + drop);
  }, message.toString('latin1'));

describe('E1: whatever comes', () => {
  test.each(Object.entries(programs))(
    'a mangled reply of %s is read or refused, and never breaks the reader',
    async (_, program) => {
      const message = program(facts);
      await fc.assert(
        fc.asyncProperty(cuts, async (changes) => {
          const received = await receivedMessage(Buffer.from(mangled(message, changes), 'latin1')).catch(
            () => null,
          );
          for (const reply of received?.calendars.flatMap(repliesIn) ?? []) {
            expect(reply.sequence).toBeGreaterThanOrEqual(0);
            expect(reply.stamp).toBeInstanceOf(Temporal.Instant);
            expect(reply.words).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  test('and nobody answers for somebody else: who is not the proved writer is only asked', () => {
    const addresses = fc.constantFrom('ada@halden.example', 'bo@halden.example', 'eve@evil.example', '');
    const attendee = fc.record({
      address: addresses,
      partstat: fc.constantFrom('ACCEPTED', 'DECLINED', 'NEEDS-ACTION', 'DELEGATED', ''),
      delegatedTo: fc.constant([]),
    });
    const invited = ['ada@halden.example', 'bo@halden.example'];
    fc.assert(
      fc.property(
        fc.array(attendee, { maxLength: 5 }),
        addresses,
        fc.boolean(),
        fc.constantFrom('REPLY' as const, 'COUNTER' as const),
        (attendees, address, proved, method) => {
          const reply = { method, uid: 'a@b', sequence: 0, attendees, words: '' };
          const times = {
            stamp: Temporal.Instant.from('2026-11-10T10:00:00Z'),
            recurrenceAt: null,
            start: null,
            end: null,
          };
          const about = aboutWhom({ ...reply, ...times }, { address, proved }, invited);
          if (about?.proved) expect([about.address, proved]).toEqual([address, true]);
          if (about) expect(invited).toContain(about.address);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
