import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { cancel, change, invite, publish, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { deliverLetter, type Outcome, type Post } from '../../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as events from '../../../src/store/events/events.ts';
import { deliverAll as deliverLetters, objectsTo as sentTo, short } from '../../support/calendar/objects.ts';
import { drafted, planFor, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

// the letters of an event's life, as the calendars of its guests get them

const world = useWorld({ mailConfigured: true });

const objectsTo = (email: string) => sentTo(world, email);
const deliverAll = () => deliverLetters(world);

describe('B7: a letter and the SEQUENCE it tells of are one', () => {
  test('the change, its SEQUENCE and its letters are there together or not at all', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const plan = planFor(world, [], { startsAt: '2026-12-11T16:00' });
    const broken = {
      ...world.ctx,
      queue: async () => {
        throw new Error('the queue is away');
      },
    };
    const before = (await allLetters(world)).length;
    await expect(change(broken, event.id, plan)).rejects.toThrow('away');
    expect([(await events.find(world.db, event.id))?.sequence, (await allLetters(world)).length]).toEqual([
      0,
      before,
    ]);
    await change(world.ctx, event.id, plan);
    expect((await events.find(world.db, event.id))?.sequence).toBe(1);
    expect((await allLetters(world)).length).toBe(before + 1);
  });

  test('a retry sends the same bytes and the same Message-ID, although the event changed meanwhile', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const [letter] = await allLetters(world);
    const sent: Buffer[] = [];
    const replies: Outcome[] = [
      { kind: 'temporary', reply: '451 later' },
      { kind: 'sent', reply: '250 ok' },
    ];
    const post: Post = {
      render: (one) => letterBytes(world.ctx.mail.from, one, world.ctx.words),
      send: async (_, bytes) => {
        sent.push(Buffer.from(bytes));
        return replies[sent.length - 1]!;
      },
      print: () => {},
    };
    await deliverLetter(world.ctx, post, letter!.id);
    await change(world.ctx, event.id, planFor(world, [], { name: 'Another name' }));
    world.clock.advance({ hours: 2 });
    await deliverLetter(world.ctx, post, letter!.id);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(String(sent[0])).toContain(letter!.messageId);
    expect(String(sent[0])).toContain('Winter round');
  });
});

test('B8: invited again after being taken off, a guest gets the same event with a higher SEQUENCE', async () => {
  const ada = await world.addPerson();
  const event = await published(world, [ada]);
  await deliverAll();
  await uninvite(world.ctx, event.id, ada.id);
  await deliverAll();
  await invite(world.ctx, event.id, [ada.id]);
  const objects = await objectsTo(ada.email);
  expect(short(objects)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED']);
  expect(new Set(objects.map(({ uid }) => uid))).toEqual(new Set([event.uid]));
});

test('B2, B3 and B4: what each guest hears in the life of an event, each with a higher SEQUENCE where it matters', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const draft = await drafted(world, [ada, bo]);
  await publish(world.ctx, draft.id);
  await deliverAll();
  await change(world.ctx, draft.id, planFor(world, [], { lede: 'Other words' }));
  await change(world.ctx, draft.id, planFor(world, [], { place: 'Canteen 2' }));
  await deliverAll();
  await uninvite(world.ctx, draft.id, bo.id);
  await deliverAll();
  const late = await world.addPerson();
  await invite(world.ctx, draft.id, [late.id]);
  await deliverAll();
  await cancel(world.ctx, draft.id, '');
  expect(short(await objectsTo(ada.email))).toEqual([
    'REQUEST 0 CONFIRMED',
    'REQUEST 1 CONFIRMED',
    'CANCEL 3 CANCELLED',
  ]);
  expect(short(await objectsTo(bo.email))).toEqual([
    'REQUEST 0 CONFIRMED',
    'REQUEST 1 CONFIRMED',
    'CANCEL 2',
  ]);
  expect(short(await objectsTo(late.email))).toEqual(['REQUEST 1 CONFIRMED', 'CANCEL 3 CANCELLED']);
});

describe('D4: the nights on which the clocks change in 2027', () => {
  const nights = [
    ['2027-03-28T01:30', 'Europe/Brussels', '2027-03-28T00:30:00Z', '2027-03-28T02:45:00Z'],
    ['2027-10-31T01:30', 'Europe/Brussels', '2027-10-30T23:30:00Z', '2027-10-31T01:45:00Z'],
    ['2027-03-14T01:30', 'America/New_York', '2027-03-14T06:30:00Z', '2027-03-14T08:45:00Z'],
    ['2027-11-07T03:30', 'America/New_York', '2027-11-07T08:30:00Z', '2027-11-07T10:45:00Z'],
  ] as const;

  test.each(nights)(
    '%s in %s keeps its wall time in letter and feed, and lasts its minutes',
    async (startsAt, timeZone, from, to) => {
      const ada = await world.addPerson();
      await published(world, [ada], { startsAt, timeZone, answerBy: null });
      const [object] = await objectsTo(ada.email);
      expect([object?.start, object?.tzid]).toEqual([`${startsAt}:00`, timeZone]);
      const made = page(await world.post('/account/feed', {}, { as: ada }));
      const feed = await world.get(made('#feed-url').attr('value')!.replace(world.ctx.baseUrl, ''));
      const calendar = new ICAL.Component(ICAL.parse(feed.body) as unknown[]);
      const event = calendar.getFirstSubcomponent('vevent')!;
      const zone = new ICAL.Timezone(
        calendar
          .getAllSubcomponents('vtimezone')
          .find((one) => one.getFirstPropertyValue('tzid') === timeZone)!,
      );
      const moment = (name: string) => {
        const time = event.getFirstPropertyValue(name) as ICAL.Time;
        if (time.zone !== ICAL.Timezone.utcTimezone) time.zone = zone;
        return Temporal.Instant.fromEpochMilliseconds(time.toUnixTime() * 1000).toString();
      };
      expect([moment('dtstart'), moment('dtend')]).toEqual([from, to]);
    },
  );

  test('moved over the change of clocks the SEQUENCE rises by one, and a clock that jumps an hour changes no bytes', async () => {
    const ada = await world.addPerson();
    const timeZone = 'Europe/Brussels';
    const event = await published(world, [ada], { startsAt: '2027-03-26T14:00', timeZone, answerBy: null });
    const feedOf = async () => {
      const made = page(await world.post('/account/feed', {}, { as: ada }));
      return made('#feed-url').attr('value')!.replace(world.ctx.baseUrl, '');
    };
    const feed = await feedOf();
    const before = await world.get(feed);
    for (const hours of [1, -2, 1]) {
      world.clock.advance({ hours });
      expect((await world.get(feed)).body).toBe(before.body);
    }
    await deliverAll();
    await answer(world.ctx, event.id, ada.id, 'yes');
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2027-03-29T14:00', timeZone, answerBy: null }),
    );
    const objects = (await objectsTo(ada.email)).map(({ sequence, start }) => `${sequence} ${start}`);
    expect(objects.at(-1)).toBe('1 2027-03-29T14:00:00');
    expect(objects[0]).toBe('0 2027-03-26T14:00:00');
    expect((await world.get(feed)).body).toContain('DTSTART;TZID=Europe/Brussels:20270329T140000');
  });
});

test('C8: the plain text of an invitation has links that open the page with the answers', async () => {
  const ada = await world.addPerson();
  await published(world, [ada]);
  const [letter] = await allLetters(world);
  const { bytes } = await letterBytes(world.ctx.mail.from, letter!, world.ctx.words);
  const { text = '' } = await simpleParser(bytes, { skipImageLinks: true });
  const links = [...new Set(text.match(/https:\/\/flipside\.halden\.example\/\S+/g))];
  expect(links.map((link) => new URL(link).searchParams.get('answer')).filter(Boolean)).toEqual([
    'yes',
    'no',
  ]);
  for (const link of links.filter((one) => !one.includes('/no-more'))) {
    const shown = page(await world.newBrowser().get(link.replace(world.ctx.baseUrl, '')));
    expect(shown('#answer-panel button[name="answer"]').length).toBeGreaterThan(1);
  }
});
