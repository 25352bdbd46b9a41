import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import type { LetterFacts } from '../../src/domain/letters/facts.ts';
import { renderLetter } from '../../src/mail/letter.ts';
import { messageBytes, type Posting } from '../../src/mail/message.ts';
import { english } from '../support/words.ts';
import { letters } from './letters-on-the-desk.ts';

// a letter as the bytes that travel

const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };

const posting: Posting = {
  messageId: '<5f0c1d2e3a4b@flipside.example>',
  date: Temporal.Instant.from('2026-11-22T09:00:00Z'),
  from: { name: 'Ida Nordby', email: 'invitations@flipside.example' },
  replyTo: [{ name: 'Ida Nordby', email: 'ida.nordby@halden.example' }],
  to: margareta,
};

const invited = letters.find(({ kind }) => kind === 'invitation') as LetterFacts;
const invitation = renderLetter(invited, margareta, english);
const written = async (changes: Partial<Posting> = {}, letter = invitation) =>
  (await messageBytes(letter, { ...posting, ...changes })).toString('latin1');

const headersOf = (message: string) =>
  message
    .slice(0, message.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
const header = (message: string, name: string) =>
  headersOf(message).filter((line) => line.toLowerCase().startsWith(`${name}:`));

interface Part {
  type: string;
  headers: string[];
  body: string;
  parts: Part[];
}

/** The MIME tree as it is written, by our own reading of RFC 2046. */
function treeOf(message: string): Part {
  const headers = headersOf(message);
  const body = message.slice(message.indexOf('\r\n\r\n') + 4);
  const type = headers.find((line) => /^content-type:/i.test(line))?.slice(14) ?? 'text/plain';
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  const inside = boundary ? body.split(`--${boundary}`).slice(1, -1) : [];
  return { type, headers, body, parts: inside.map((part) => treeOf(part.replace(/^\r\n/, ''))) };
}

const outline = ({ type, parts }: Part): unknown => {
  const short = type.replace(/;? ?boundary="[^"]+"/, '');
  return parts.length ? { [short]: parts.map(outline) } : short;
};

test('C2: text, HTML and calendar are alternatives, and the same calendar hangs beside them as a file', async () => {
  expect(outline(treeOf(await written()))).toEqual({
    'multipart/mixed': [
      {
        'multipart/alternative': [
          'text/plain; charset=utf-8',
          'text/html; charset=utf-8',
          'text/calendar; charset=utf-8; method=REQUEST',
        ],
      },
      'application/ics; name=invite.ics',
    ],
  });
});

test('C3: the method of the part is the method of the object, and both copies have the same bytes', async () => {
  for (const facts of letters) {
    const letter = renderLetter(facts, margareta, english);
    if (!letter.calendar) continue;
    const [alternative, file] = treeOf(await written({}, letter)).parts;
    const inline = alternative?.parts[2];
    const bytes = [inline, file].map((part) => Buffer.from(part?.body ?? '', 'base64').toString());
    expect(inline?.type).toBe(`text/calendar; charset=utf-8; method=${letter.calendar.method}`);
    expect(bytes).toEqual([letter.calendar.content, letter.calendar.content]);
    expect(bytes[0]).toContain(`METHOD:${letter.calendar.method}\r\n`);
  }
});

test('a letter without a calendar is text and HTML', async () => {
  const signIn = renderLetter(letters[0] as LetterFacts, margareta, english);
  expect(outline(treeOf(await written({}, signIn)))).toEqual({
    'multipart/alternative': ['text/plain; charset=utf-8', 'text/html; charset=utf-8'],
  });
});

test('C1: it is addressed to one person alone', async () => {
  const message = await written();
  expect(header(message, 'to')).toEqual(['To: Margareta Lindqvist <margareta@halden.example>']);
  expect([...header(message, 'cc'), ...header(message, 'bcc')]).toEqual([]);
});

test('C4: it comes from the organiser of the calendar, and a reply reaches the human', async () => {
  const message = await written();
  expect(header(message, 'from')).toEqual(['From: Ida Nordby <invitations@flipside.example>']);
  expect(header(message, 'reply-to')).toEqual(['Reply-To: Ida Nordby <ida.nordby@halden.example>']);
  expect(invitation.calendar?.content).toContain('mailto:invitations@flipside.example');
  await expect(async () =>
    written({ from: { name: 'Ida', email: 'other@flipside.example' } }),
  ).rejects.toThrow('ORGANIZER');
});

test('Message-ID and Date are the ones given', async () => {
  const message = await written();
  expect(header(message, 'message-id')).toEqual(['Message-ID: <5f0c1d2e3a4b@flipside.example>']);
  expect(header(message, 'date')).toEqual(['Date: Sun, 22 Nov 2026 09:00:00 +0000']);
  for (const messageId of ['', 'a@b', '<a@b', '<a b@c>', '<a@b>\r\nBcc: x@y']) {
    await expect(async () => written({ messageId })).rejects.toThrow(RangeError);
  }
});

test('a reader gets back every word', async () => {
  for (const facts of letters) {
    const letter = renderLetter(facts, margareta, english);
    const read = await simpleParser(await messageBytes(letter, posting));
    expect(read.subject).toBe(letter.subject);
    expect(read.text?.trim()).toBe(letter.text.trim());
    expect(String(read.html).trim()).toBe(letter.html.trim());
  }
});

test('no line is longer than mail servers take, and every line ends with CRLF', async () => {
  for (const facts of letters) {
    const message = await written({}, renderLetter(facts, margareta, english));
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(message.split('\r\n').filter((line) => line.length > 998)).toEqual([]);
  }
});

test('a typed name adds no header', async () => {
  const name = 'Bo\r\nBcc: all@evil.example\r\n\r\n<b>"x\u0000';
  const subject = 'Hello\r\nBcc: all@evil.example';
  const message = await written(
    {
      to: { ...margareta, name },
      replyTo: [{ name, email: 'ida@halden.example' }],
      from: { name, email: posting.from.email },
    },
    { ...invitation, subject },
  );
  const names = headersOf(message).map((line) => line.slice(0, line.indexOf(':')));
  expect(names).toEqual(headersOf(await written()).map((line) => line.slice(0, line.indexOf(':'))));
  const read = await simpleParser(message);
  expect(read.to && 'value' in read.to && read.to.value.map(({ address }) => address)).toEqual([
    margareta.email,
  ]);
});

test('only one address that can be mailed to is taken', async () => {
  for (const email of ['', 'bo', 'a@b, c@d', '<a@b>', 'a@b\r\nBcc: c@d', '"a"@b', 'group: a@b;']) {
    await expect(async () => written({ to: { name: 'Bo', email } })).rejects.toThrow(RangeError);
  }
});

test('a letter cannot reach for files or addresses on the web', async () => {
  const html = '<img src="file:///etc/passwd">';
  const message = await written({}, { ...invitation, html: html, text: '/etc/passwd' });
  expect(outline(treeOf(message))).toEqual(outline(treeOf(await written())));
  expect((await simpleParser(message)).text?.trim()).toBe('/etc/passwd');
});

test('names in any script arrive as they are', async () => {
  const read = await simpleParser(
    await messageBytes(invitation, {
      ...posting,
      to: { name: 'Zoë Ångström, 漢字 🎉', email: 'zoe@halden.example' },
    }),
  );
  expect(read.to && 'value' in read.to && read.to.value).toEqual([
    { name: 'Zoë Ångström, 漢字 🎉', address: 'zoe@halden.example' },
  ]);
});

test('F8: every letter says that a program wrote it, and one that follows the invitation hangs below it', async () => {
  expect(header(await written(), 'auto-submitted')).toEqual(['Auto-Submitted: auto-generated']);
  expect(header(await written(), 'references')).toEqual([]);
  const thread = '<0a1b2c@flipside.example>';
  expect(header(await written({ thread }), 'references')).toEqual([`References: ${thread}`]);
});
