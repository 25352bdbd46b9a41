// The calendar objects that guests were sent, read as their calendars read them.
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import type { Letter } from '../../../src/store/letters/letters.ts';
import { allLetters } from '../letters.ts';
import type { World } from '../world.ts';

/** The calendar object in a letter: its method, and of its event what calendars go by; null where it has none. */
export async function objectIn(world: World, letter: Letter) {
  const { bytes } = await letterBytes(world.ctx.mail.from, letter, world.ctx.words);
  const mail = await simpleParser(bytes);
  const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  if (!part) return null;
  const calendar = new ICAL.Component(ICAL.parse(part.content.toString()) as unknown[]);
  const event = calendar.getFirstSubcomponent('vevent')!;
  const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    status: value('status'),
    start: value('dtstart'),
    tzid: String(event.getFirstProperty('dtstart')?.getParameter('tzid')),
    stamp: value('dtstamp'),
    attendee: value('attendee'),
  };
}

export type CalendarObject = NonNullable<Awaited<ReturnType<typeof objectIn>>>;

/** Lists the objects that went to this address or are on their way there, the first one first. */
export async function objectsTo(world: World, email: string): Promise<CalendarObject[]> {
  const letters = (await allLetters(world)).filter(
    ({ recipientEmail, state }) => recipientEmail === email && state !== 'cancelled',
  );
  const objects = [];
  for (const letter of letters) objects.push(await objectIn(world, letter));
  return objects.flatMap((one) => one ?? []);
}

/** 'REQUEST 0 CONFIRMED', or 'CANCEL 1' where there is no STATUS. */
export const short = (objects: readonly CalendarObject[]): string[] =>
  objects.map(({ method, sequence, status }) => `${method} ${sequence} ${status}`.trim());

/** Hands every letter that is due to a mail server that takes it. */
export async function deliverAll(world: World): Promise<void> {
  const post: Post = {
    render: (letter) => letterBytes(world.ctx.mail.from, letter, world.ctx.words),
    send: async () => ({ kind: 'sent', reply: '250 ok' }),
    print: () => {},
  };
  for (const { id } of await allLetters(world)) await deliverLetter(world.ctx, post, id);
}
