import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { hashSecret, newSecret } from '../../../src/actions/sign-in/secrets.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { people } from '../../../src/store/schema/index.ts';
import { deliverAll } from '../../support/calendar/objects.ts';
import { linkOf, published } from '../../support/events.ts';
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
  await answer(world.ctx, event.id, ada.id, 'no');
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
