// Organisers' knowledge of when a guest did something, from every page, export and feed they can open.
import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as feedTokens from '../../../src/store/calendar/feed-tokens.ts';
import type { Event } from '../../../src/store/events/events.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { hashToken } from '../../../src/web/tokens.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters, signInLetter } from '../../support/letters.ts';
import { follow } from '../../support/pages/crawl.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

/** A mail server whose answer to each letter names the minute. */
const post: Post = {
  render: (letter) => letterBytes(world.ctx.mail.from, letter, world.ctx.words),
  send: async (letter) => {
    const reply = `250 queued at ${world.clock.now.toString().slice(11, 19)}`;
    const isGone = letter.recipientEmail.startsWith('gone');
    return isGone ? { kind: 'permanent', reply: reply.replace('250', '550') } : { kind: 'sent', reply };
  },
  print: () => {},
};

const delivered = new Set<number>();

async function deliverAll(): Promise<void> {
  for (const { id } of await allLetters(world)) {
    if (!delivered.has(id)) await deliverLetter(world.ctx, post, id);
    delivered.add(id);
  }
}

/** Does something at this time of the ninth of November in Oslo, and lets its e-mails go out. */
async function at(time: string, act: () => Promise<unknown>): Promise<void> {
  world.clock.now = Temporal.ZonedDateTime.from(`2026-11-09T${time}[Europe/Oslo]`).toInstant();
  await act();
  await deliverAll();
}

const press = (event: Event, who: Person, way: string, fields: Record<string, string>) => {
  const link = linkOf(world, event, who);
  return world.post(`${link}/${way}`, fields, { link: link.split('/')[2]! });
};

const fromCalendar = (event: Event, who: Person, changes: Partial<ReceivedReply>, proved = true) =>
  takeReply(
    world.ctx,
    {
      method: 'REPLY',
      uid: event.uid,
      sequence: event.sequence,
      stamp: world.clock.now,
      recurrenceAt: null,
      attendees: [{ address: who.email, partstat: 'ACCEPTED', delegatedTo: [] }],
      start: null,
      end: null,
      words: '',
      ...changes,
    },
    { address: who.email, proved },
    world.clock.now,
  );

/** A day on which guests do what guests do, each at a minute of its own. */
async function aDay(namelessAsking: boolean): Promise<{ event: Event; minutes: string[] }> {
  delivered.clear();
  const [ada, bo, cy, dee, eve, finn, gil] = (await Promise.all(
    ['Ada', 'Bo', 'Cy', 'Dee', 'Eve', 'Finn', 'Gil'].map((name) => world.addPerson({ name })),
  )) as Person[] as [Person, Person, Person, Person, Person, Person, Person];
  const gone = await world.addPerson({ name: 'Hal', email: 'gone@halden.example' });
  let event: Event;
  await at('08:00', async () => {
    event = await published(world, [ada, bo, cy, dee, finn, gil, gone], {
      seniorCapacity: 2,
      talentCapacity: 0,
    });
    await world.db.transaction((tx) => events.change(tx, event.id, { namelessAsking }));
  });
  const acts: Record<string, () => Promise<unknown>> = {
    '09:23:11': () => press(event, ada, 'answer', { answer: 'yes' }),
    '09:37:12': () => press(event, ada, 'needs', { diet: 'halal', allergies: '', food: '', arrange: '' }),
    '10:11:13': () => press(event, bo, 'answer', { answer: 'maybe' }),
    '10:26:14': () => press(event, dee, 'answer', { answer: 'yes' }),
    '10:43:15': () => press(event, cy, 'answer', { answer: 'yes' }),
    '11:19:16': () => press(event, ada, 'answer', { answer: 'no' }),
    '12:26:17': () => nameSubstitute(world.ctx, event.id, dee.id, eve.id),
    '12:47:18': () => press(event, gone, 'answer', { answer: 'yes' }),
    '13:34:19': () =>
      fromCalendar(event, finn, {
        method: 'COUNTER',
        start: Temporal.Instant.from('2026-12-11T14:00:00Z'),
        end: Temporal.Instant.from('2026-12-11T15:00:00Z'),
      }),
    '13:41:21': () => fromCalendar(event, gil, {}, false),
    '14:52:22': async () => {
      await world.post('/sign-in', { email: ada.email });
      await deliverAll();
    },
    '14:57:23': async () => {
      const browser = world.newBrowser();
      await browser.post('/sign-in', { email: bo.email });
      await browser.post('/sign-in/code', { code: (await signInLetter(world, bo.email)).code });
    },
  };
  for (const [time, act] of Object.entries(acts)) await at(time, act);
  await at('17:08', async () => {});
  return { event: event!, minutes: Object.keys(acts) };
}

/** Ways to write this moment, on the clock of Oslo, of Greenwich or of a machine. */
function spellings(time: string): string[] {
  const local = Temporal.ZonedDateTime.from(`2026-11-09T${time}[Europe/Oslo]`);
  const [oslo, utc] = [local, local.withTimeZone('UTC')].map((one) => one.toPlainTime().toString());
  const clocks = [oslo!, utc!].flatMap((clock) => [clock.slice(0, 5), `T${clock.replaceAll(':', '')}`]);
  return [...clocks, String(Math.floor(local.epochMilliseconds / 1000))];
}

/** Every act whose minute is written somewhere, with where. */
async function found(minutes: string[]): Promise<string[]> {
  const token = 'f'.repeat(27);
  await feedTokens.replaceProgramme(world.db, world.organiser.id, hashToken(token));
  const browser = await world.browserOf(world.organiser);
  const { seen } = await follow('organiser', browser, ['/', '/settings/audit-log.csv', `/feed/${token}.ics`]);
  const all = [...seen].map(([address, { body, headers }]) => ({
    address: address.replace(/[0-9a-f]{32}/, '…'),
    text: `${body}\n${JSON.stringify({ ...headers, date: undefined })}`,
  }));
  return minutes.flatMap((time) => {
    const places = all.filter(({ text }) => spellings(time).some((one) => text.includes(one)));
    return places.map(({ address }) => `${time} at ${address}`);
  });
}

describe('an organiser who opens everything there is', () => {
  test('finds no time of day of a guest’s act where guests can ask without their name', {
    timeout: 120_000,
  }, async () => {
    const { minutes } = await aDay(true);
    expect(await found(minutes)).toEqual([]);
  });

  test('finds them where guests cannot', { timeout: 120_000 }, async () => {
    const { minutes } = await aDay(false);
    const places = await found(minutes);
    const acts = new Set(places.map((one) => one.slice(0, 8)));
    // Needs are saved without a time; all else shows.
    expect(minutes.filter((time) => !acts.has(time))).toEqual(['09:37:12']);
    // A filter by side or state shows parts of a page.
    const pages = new Set(
      places.map((one) =>
        one
          .replace(/.* at /, '')
          .replace(/\d+/g, 'N')
          .replace(/(\/mailbox)\?show=\w+|[?&]side=\w+/, '$1'),
      ),
    );
    expect([...pages].sort()).toEqual([
      '/events/N/invitations',
      '/events/N/invitations?by=person',
      '/events/N/people',
      '/events/N/people/N',
      '/events/N/people?add=N',
      '/events/N/people?show=declined',
      '/mailbox',
      '/mailbox/…',
      '/mailbox/…/calendar.ics',
      '/people/N',
    ]);
  });
});

describe('the order of a day', () => {
  const look = async (path: string) => page(await world.get(path, { as: world.organiser }));

  /** Ada says yes, then Bo; returns whose e-mails the mailbox shows, from the top. */
  async function twoYeses(namelessAsking: boolean) {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await published(world, [ada, bo]);
    await world.db.transaction((tx) => events.change(tx, event.id, { namelessAsking }));
    await at('09:23', () => press(event, ada, 'answer', { answer: 'yes' }));
    await at('09:47', () => press(event, bo, 'answer', { answer: 'yes' }));
    const shown = await look('/mailbox');
    const rows = shown('tbody tr').toArray();
    return {
      event,
      to: rows.map((row) => shown(row).find('td a[href^="/people/"]').text()),
      hrefs: rows.map((row) => shown(row).find('a').attr('href')!),
    };
  }

  test('is by name in the mailbox, and addresses do not count up, where guests can ask without their name', async () => {
    delivered.clear();
    const { event, to, hrefs } = await twoYeses(true);
    expect(to).toEqual(['Ada', 'Ada', 'Bo', 'Bo']);
    for (const href of hrefs) expect(href).toMatch(/^\/mailbox\/[0-9a-f]{32}$/);
    const shown = await look(`/events/${event.id}/invitations?by=person`);
    for (const href of shown('.went-out a').toArray())
      expect(shown(href).attr('href')).toMatch(/^\/mailbox\/[0-9a-f]{32}$/);
  });

  test('is the newest first where they cannot', async () => {
    delivered.clear();
    expect((await twoYeses(false)).to).toEqual(['Bo', 'Ada', 'Bo', 'Ada']);
  });
});

describe('where guests can ask without their name', () => {
  const text = async (path: string) =>
    page(await world.get(path, { as: world.organiser }))('main')
      .text()
      .replace(/\s+/g, ' ');

  test('a seat given back within 48 hours keeps its time, and the pages say so', async () => {
    delivered.clear();
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada], { startsAt: '2026-11-10T16:00', answerBy: null });
    await at('09:23', () => press(event, ada, 'answer', { answer: 'yes' }));
    await at('11:19', () => press(event, ada, 'answer', { answer: 'no' }));
    expect(await text(`/people/${ada.id}`)).toContain('yes today; no, late today, 11:19');
    const here = `/events/${event.id}/people/${ada.id}`;
    expect(await text(here)).toContain('today, 11:19');
    expect(await text(here)).not.toContain('09:23');
    for (const path of [here, `/events/${event.id}/people`, `/events/${event.id}/invitations`])
      expect(await text(path)).toContain(
        'you see the day of an answer, not the time. Cancellations within 48 hours of the event and arrivals at the door keep their time.',
      );
    expect(await text('/mailbox')).toContain('you see the day, not the time');
  });

  test('an organiser hears of a proposal at the next of four fixed hours, and at once where they cannot', async () => {
    for (const [namelessAsking, hour] of [
      [true, '16:00'],
      [false, '13:34'],
    ] as const) {
      delivered.clear();
      const finn = await world.addPerson({ name: 'Finn' });
      const event = await published(world, [finn]);
      await world.db.transaction((tx) => events.change(tx, event.id, { namelessAsking }));
      const proposal = { method: 'COUNTER', start: Temporal.Instant.from('2026-12-11T14:00:00Z') } as const;
      await at('13:34', () => fromCalendar(event, finn, proposal));
      const letter = (await allLetters(world)).findLast(({ kind }) => kind === 'proposal')!;
      const bytes = (await letterBytes(world.ctx.mail.from, letter, world.ctx.words)).bytes.toString();
      const [, date] = /^Date: (.*)$/m.exec(bytes)!;
      const sent = Temporal.Instant.fromEpochMilliseconds(Date.parse(date!)).toZonedDateTimeISO(
        'Europe/Oslo',
      );
      expect(sent.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(hour);
      expect(letter.dueAt.equals(sent.toInstant())).toBe(true);
    }
  });
});
