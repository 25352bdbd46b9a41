import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { cancel, change, invite, publish, uninviteMany } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { hashSecret, newSecret } from '../../../src/actions/sign-in/secrets.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { people } from '../../../src/store/schema/index.ts';
import { deliverAll } from '../../support/calendar/objects.ts';
import { drafted, linkOf, planFor, published, sayNoForGood } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

// no seat is no confirmed, busy time in anybody's file or feed

const world = useWorld({ mailConfigured: true });

const shown = (body: string) =>
  new ICAL.Component(ICAL.parse(body))
    .getAllSubcomponents('vevent')
    .map((event) =>
      ['status', 'transp', 'summary'].map((name) => String(event.getFirstPropertyValue(name))).join(' · '),
    );

async function feedOf(person: Person): Promise<string> {
  const secret = newSecret(world.ctx, 20);
  await world.db
    .update(people)
    .set({ feedTokenHash: hashSecret(secret) })
    .where(eq(people.id, person.id));
  return `/feed/${secret}.ics`;
}

test('F7: a guest without a seat is busy for nobody, in the file and in the feed', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const event = await published(world, [ada, bo], { seniorCapacity: 1 });
  const feed = await feedOf(bo);
  const both = async () => [
    ...shown((await world.get(`${linkOf(world, event, bo)}/calendar.ics`)).body),
    ...shown((await world.get(feed)).body),
  ];
  const twice = (entry: string) => [entry, entry];
  expect(await both()).toEqual(twice('TENTATIVE · TRANSPARENT · Winter round (not answered)'));
  await answer(world.ctx, event.id, bo.id, 'maybe');
  expect(await both()).toEqual(twice('TENTATIVE · TRANSPARENT · Winter round (not sure yet)'));
  await answer(world.ctx, event.id, ada.id, 'yes');
  await answer(world.ctx, event.id, bo.id, 'yes');
  expect(await both()).toEqual(twice('TENTATIVE · TRANSPARENT · Winter round (waiting list)'));
  await sayNoForGood(world, event, ada);
  expect(await both()).toEqual(twice('CONFIRMED · OPAQUE · Winter round'));
  await answer(world.ctx, event.id, bo.id, 'no');
  expect(await both()).toEqual(['CANCELLED · TRANSPARENT · Winter round']);
});

test('B8: the file is never older than what this guest was sent', async () => {
  const ada = await world.addPerson();
  const event = await published(world, [ada]);
  await deliverAll(world);
  await answer(world.ctx, event.id, ada.id, 'no');
  world.clock.advance({ hours: 1 });
  await deliverAll(world);
  await answer(world.ctx, event.id, ada.id, 'yes');
  const file = (await world.get(`${linkOf(world, event, ada)}/calendar.ics`)).body;
  expect(file).toContain('SEQUENCE:2\r\n');
});

test('F8: what can still be taken back is in no feed', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const { id } = await drafted(world, [ada]);
  const [own, others] = [await feedOf(ada), await feedOf(bo)];
  const starts = async (feed: string) =>
    (await world.get(feed)).body.match(/^DTSTART;TZID.*(?=\r)/gm)?.map((line) => line.split(':')[1]) ?? [];
  const after = (seconds: number) => world.clock.advance({ seconds });
  await publish(world.ctx, id, { held: true });
  expect(await starts(own)).toEqual([]);
  after(10);
  expect(await starts(own)).toEqual(['20261210T160000']);
  await change(world.ctx, id, planFor(world, [ada], { startsAt: '2026-12-11T16:00' }), { held: true });
  expect(await starts(own)).toEqual(['20261210T160000']);
  after(10);
  expect(await starts(own)).toEqual(['20261211T160000']);
  await invite(world.ctx, id, [bo.id], { held: true });
  expect([await starts(own), await starts(others)]).toEqual([['20261211T160000'], []]);
  after(10);
  expect(await starts(others)).toEqual(['20261211T160000']);
  await uninviteMany(world.ctx, id, [bo.id], { held: true });
  expect(await starts(others)).toEqual(['20261211T160000']);
  after(10);
  expect(await starts(others)).toEqual([]);
  await cancel(world.ctx, id, '', { held: true });
  expect(shown((await world.get(own)).body)).toEqual([
    'TENTATIVE · TRANSPARENT · Winter round (not answered)',
  ]);
  after(10);
  expect(shown((await world.get(own)).body)).toEqual(['CANCELLED · TRANSPARENT · Winter round']);
});

test('an online event brings its link to those coming alone, unless it is kept to the page', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  const joinUrl = 'https://meet.halden.example/winter';
  const online = { place: '', joinUrl, answerBy: null };
  const event = await published(world, [ada, bo], online);
  await answer(world.ctx, event.id, ada.id, 'yes');
  const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, '');
  const links = (text: string) =>
    unfolded(text)
      .split('\r\n')
      .flatMap((line) => (line.includes(joinUrl) ? [line.split(/[:;]/)[0]] : []));
  const file = async (person: Person) =>
    (await world.get(`${linkOf(world, event, person)}/calendar.ics`)).body;
  const all = ['CONFERENCE', 'DESCRIPTION', 'LOCATION'];
  expect([links(await file(ada)).sort(), links(await file(bo))]).toEqual([all, []]);
  const objects = async (person: Person) => {
    const letters = (await allLetters(world)).filter(({ personId }) => personId === person.id);
    const drawn = letters.map((letter) => renderLetter(letter.facts as never, person, world.ctx.words));
    return drawn.map(({ calendar }) => links(calendar?.content ?? '').sort());
  };
  expect([await objects(ada), await objects(bo)]).toEqual([[[], all], [[]]]);
  await change(world.ctx, event.id, planFor(world, [ada, bo], { ...online, linkOnPage: true }));
  expect(links(await file(ada))).toEqual([]);
});
