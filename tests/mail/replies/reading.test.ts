import { describe, expect, test } from 'vitest';
import { mostBytes, receivedMessage } from '../../../src/mail/replies/calendar-parts.ts';
import { repliesIn } from '../../../src/mail/replies/reading.ts';
import { writtenWords } from '../../../src/mail/replies/written-words.ts';
import { entryWith, everyObject } from '../calendar/reading.ts';
import { apple, gmail, outlook, type ReplyFacts, thunderbird, withCalendars } from './messages.ts';

// what is read from a message that came in

const facts: ReplyFacts = {
  uid: '9f1c2f0e-1b7b-4b4e-9d2b-2f3a4b5c6d7e@flipside.example',
  guest: 'margareta@halden.example',
  partstat: 'ACCEPTED',
  organiser: 'invitations@flipside.example',
  sequence: 2,
};

async function repliesFrom(bytes: Buffer) {
  const { calendars } = await receivedMessage(bytes);
  return calendars.flatMap(repliesIn);
}

describe('E1: the answer is found in the shape of every mail program', () => {
  test.each(Object.entries({ thunderbird, apple, gmail, outlook }))('%s', async (_, program) => {
    const message = await receivedMessage(program(facts));
    const [reply, ...more] = message.calendars.flatMap(repliesIn);
    expect(message.from).toEqual(['margareta@halden.example']);
    expect(more).toEqual([]);
    expect(reply).toMatchObject({ method: 'REPLY', uid: facts.uid, sequence: 2, recurrenceAt: null });
    expect(String(reply?.stamp)).toBe('2026-11-10T10:15:00Z');
    expect([String(reply?.start), String(reply?.end)]).toEqual([
      '2026-12-10T15:00:00Z',
      '2026-12-10T17:15:00Z',
    ]);
    expect(reply?.attendees).toEqual([
      { address: 'margareta@halden.example', partstat: 'ACCEPTED', delegatedTo: [] },
    ]);
  });

  test('two parts with the same bytes are one object', async () => {
    expect((await receivedMessage(thunderbird(facts))).calendars).toHaveLength(1);
  });

  test('a message inside the message is somebody else’s', async () => {
    const inner = thunderbird(facts);
    const lines = [
      'From: a@b.example',
      'Message-ID: <x@y>',
      'Content-Type: multipart/mixed; boundary="f"',
      '',
    ];
    const forwarded = (disposition: string) =>
      Buffer.from(
        `${lines.join('\r\n')}\r\n--f\r\nContent-Type: message/rfc822\r\n${disposition}\r\n${inner}\r\n--f--\r\n`,
      );
    expect(await repliesFrom(inner)).toHaveLength(1);
    expect(await repliesFrom(forwarded(''))).toEqual([]);
    expect(await repliesFrom(forwarded('Content-Disposition: inline\r\n'))).toEqual([]);
  });

  test('an answer in another character set is read', async () => {
    const ics = (await receivedMessage(outlook(facts))).calendars[0]!;
    const typed = Buffer.from(ics.replace('Winter round', 'Vinterm\u00f8te'), 'latin1').toString('base64');
    const part = `Content-Type: text/calendar; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n${typed}`;
    const read = await receivedMessage(Buffer.from(`From: a@b.example\r\nMIME-Version: 1.0\r\n${part}\r\n`));
    expect(read.calendars[0]).toContain('Vinterm\u00f8te');
  });

  test('what is too large is not read', async () => {
    const large = Buffer.concat([thunderbird(facts), Buffer.alloc(mostBytes, 'x')]);
    await expect(receivedMessage(large)).rejects.toThrow('too many');
    const padded = thunderbird({ ...facts, comment: 'x'.repeat(300 * 1024) });
    expect(await repliesFrom(padded)).toEqual([]);
  });

  test('a message without Message-ID has a key of its own, the same each time', async () => {
    const bytes = Buffer.from(
      thunderbird(facts)
        .toString()
        .replace(/Message-ID:.*\r\n/, ''),
    );
    const [one, two] = [await receivedMessage(bytes), await receivedMessage(bytes)];
    expect(one.key).toMatch(/^sha256:/);
    expect(two.key).toBe(one.key);
    expect((await receivedMessage(thunderbird({ ...facts, messageId: '<a@b>' }))).key).toBe('<a@b>');
  });
});

describe('E2: only a REPLY answers, and only a COUNTER proposes', () => {
  test.each(['REQUEST', 'CANCEL', 'PUBLISH'] as const)('%s is nothing to us', async (method) => {
    expect(await repliesFrom(thunderbird({ ...facts, method: 'REPLY' }))).toHaveLength(1);
    expect(await repliesFrom(thunderbird({ ...facts, method }))).toEqual([]);
  });

  test('a COUNTER is a proposal, with its time and words', async () => {
    const counter = {
      ...facts,
      method: 'COUNTER',
      start: '20261211T160000',
      comment: 'Friday\\, please',
    } as const;
    const [proposal] = await repliesFrom(outlook({ ...counter, end: '20261211T180000' }));
    expect(proposal).toMatchObject({ method: 'COUNTER', words: 'Friday, please' });
    expect([String(proposal?.start), String(proposal?.end)]).toEqual([
      '2026-12-11T15:00:00Z',
      '2026-12-11T17:00:00Z',
    ]);
  });
});

test('E3: a second VEVENT with other guests is read as it is, each with its own', async () => {
  const [ics = ''] = (await receivedMessage(thunderbird(facts))).calendars;
  const override = [
    'BEGIN:VEVENT',
    `UID:${facts.uid}`,
    'DTSTAMP:20261110T101500Z',
    'RECURRENCE-ID;TZID=Europe/Oslo:20270105T140000',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@halden.example',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:b@halden.example',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const [, second, ...more] = repliesIn(ics.replace('END:VCALENDAR', override));
  expect(more).toEqual([]);
  expect(String(second?.recurrenceAt)).toBe('2027-01-05T13:00:00Z');
  expect(second?.attendees.map(({ partstat }) => partstat)).toEqual(['NEEDS-ACTION', 'NEEDS-ACTION']);
});

test('E6: one meeting is the same moment, whether it is named in UTC, in our zone or in Outlook’s', async () => {
  const named = (line: string) => (ics: string) => ics.replace('UID:', `${line}\r\nUID:`);
  const [mozilla = ''] = (await receivedMessage(thunderbird(facts))).calendars;
  const [exchange = ''] = (await receivedMessage(outlook(facts))).calendars;
  const moments = [
    named('RECURRENCE-ID:20270405T120000Z')(mozilla),
    named('RECURRENCE-ID;TZID=Europe/Oslo:20270405T140000')(mozilla),
    named('RECURRENCE-ID;TZID=W. Europe Standard Time:20270405T140000')(exchange),
  ].map((ics) => String(repliesIn(ics)[0]?.recurrenceAt));
  expect(moments).toEqual(Array(3).fill('2027-04-05T12:00:00Z'));
});

test('C9: a report that quotes the invitation is no answer', async () => {
  const { request = '' } = everyObject(entryWith());
  const report = [
    'From: MAILER-DAEMON@halden.example',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
    '',
    '--r',
    'Content-Type: text/plain',
    '',
    'Undeliverable',
    '--r',
    'Content-Type: message/delivery-status',
    '',
    'Final-Recipient: rfc822; margareta@halden.example',
    '--r',
    'Content-Type: message/rfc822',
    '',
    withCalendars(facts, [request]).toString(),
    '--r',
    'Content-Type: text/calendar; method=REQUEST',
    '',
    request,
    '--r--',
    '',
  ].join('\r\n');
  const message = await receivedMessage(Buffer.from(report));
  expect(message.isAutomatic).toBe(true);
  expect(message.calendars).toHaveLength(1);
  expect(message.calendars.flatMap(repliesIn)).toEqual([]);
});

describe('hostile messages are read without harm', () => {
  const [start, end] = ['BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n', 'END:VCALENDAR\r\n'];
  const event = (lines: string) =>
    `${start}BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20261110T101500Z\r\n${lines}END:VEVENT\r\n${end}`;

  test.each([
    ['no calendar at all', 'hello'],
    ['half a calendar', start],
    ['no UID', event('').replace('UID:a@b\r\n', '')],
    ['no DTSTAMP', event('').replace(/DTSTAMP.*\r\n/, '')],
    ['a DTSTAMP that is none', event('').replace('20261110T101500Z', 'yesterday')],
    ['another kind of object', 'BEGIN:VCARD\r\nMETHOD:REPLY\r\nEND:VCARD\r\n'],
    ['a thousand levels', `${'BEGIN:VCALENDAR\r\n'.repeat(1000)}${'END:VCALENDAR\r\n'.repeat(1000)}`],
  ])('%s gives no answer', (_, ics) => {
    expect(repliesIn(ics)).toEqual([]);
  });

  test('thousands of guests, events and zones end somewhere', () => {
    expect(repliesIn(event('ATTENDEE:mailto:a@b\r\n'.repeat(5000)))[0]?.attendees).toHaveLength(200);
    const many = `${start}${event('').slice(start.length, -end.length).repeat(500)}${end}`;
    expect(repliesIn(many)).toHaveLength(20);
  });

  test('a strange SEQUENCE counts as none; a meeting that cannot be placed is none, rather than all of them', () => {
    for (const sequence of ['-1', 'x', '99999999999'])
      expect(repliesIn(event(`SEQUENCE:${sequence}\r\n`))[0]?.sequence).toBe(0);
    expect(repliesIn(event('RECURRENCE-ID;TZID=Europe/Oslo:20270405T140000\r\n'))).toHaveLength(1);
    for (const meeting of [
      ';TZID=Nowhere:20270405T140000',
      ':20270405T140000',
      ';VALUE=DATE:20270405',
      ':soon',
    ])
      expect(repliesIn(event(`RECURRENCE-ID${meeting}\r\n`))).toEqual([]);
  });

  test('words lose their control characters and their length', () => {
    const [reply] = repliesIn(event(`COMMENT:a\u0007b\\n${'x'.repeat(1000)}\r\n`));
    expect(reply?.words.startsWith('ab\nxxx')).toBe(true);
    expect(reply?.words).toHaveLength(300);
  });
});

describe('the words of a reply', () => {
  test('are what a person typed, without what programs write and quote', () => {
    expect(writtenWords('Ada has accepted this invitation.\r\n')).toBe('');
    expect(
      writtenWords('Accepted: Winter round\n\nI come ten minutes late.\n\n> A seat is kept\n> for you'),
    ).toBe('I come ten minutes late.');
    expect(writtenWords('')).toBe('');
    expect(writtenWords(`See ${'https://flipside.example'}/i/p4nRk2vTqW8sLmX0abc`)).toBe(
      'See https://flipside.example/i/…',
    );
  });
});
