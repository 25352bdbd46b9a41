import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { hashSecret } from '../../../src/actions/sign-in/secrets.ts';
import { startOf } from '../../../src/domain/events/times.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import * as runs from '../../../src/store/run-of-show/blocks.ts';
import { people } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let margareta: Person;
let rolf: Person;
let event: events.Event;

beforeEach(async () => {
  margareta = await world.addPerson({ name: 'Margareta Lindqvist', side: 'senior' });
  rolf = await world.addPerson({ name: 'Rolf Ek', side: 'senior' });
  event = await published(world, [margareta, rolf]);
  const blocks = await runs.blocksWithIds(world.db, event.id);
  await world.db.transaction((tx) =>
    runs.storeBlocks(
      tx,
      event.id,
      blocks.map((block) =>
        block.title === 'Harvest'
          ? { ...block, ledBy: null, ledById: margareta.id, note: 'Keep it short' }
          : block.title === 'Welcome'
            ? { ...block, ledBy: null }
            : block,
      ),
    ),
  );
  await answer(world.ctx, event.id, margareta.id, 'yes');
});

const text = ($: ReturnType<typeof page>, selector: string) => $(selector).text().replace(/\s+/g, ' ').trim();
const open = async (path: string, as = world.organiser) => page(await world.get(path, { as }));

test('Margareta leads the harvest: her page and her phone say when, Rolf’s say nothing', async () => {
  expect(text(await open(`/e/${event.slug}`, margareta), '#part-h')).toBe('Your part');
  expect(text(await open(`/e/${event.slug}/part`, margareta), '.times tbody')).toBe(
    'HarvestWhat is one thing you will try?17:40–18:00',
  );
  expect((await open(`/e/${event.slug}`, rolf))('#part-h').length).toBe(0);
  expect(text(await open(`/e/${event.slug}/part`, rolf), 'main')).toContain('You lead no part of this event');
});

test('organisers print everybody’s part; a guest does not', async () => {
  const $ = await open(`/events/${event.id}/run/parts`);
  const names = $('.part-cards h2')
    .toArray()
    .map((one) => $(one).text());
  expect(names).toEqual(['Margareta Lindqvist']);
  expect((await world.get(`/events/${event.id}/run/parts`, { as: rolf })).statusCode).toBe(404);
});

test('blocks that nobody leads stand in the warnings of the invitations, each with where to name somebody', async () => {
  const warned = text(await open(`/events/${event.id}/invitations`), '#warnings');
  expect(warned).toContain('Welcome');
  expect(warned).not.toContain('Harvest');
  expect(warned).toContain('Name a person');
});

test('Start asks once more while nobody leads a block, and refuses nothing; with everybody named one press starts', async () => {
  world.clock.now = startOf(event);
  const live = `/events/${event.id}/live`;
  const asking = await open(live);
  expect(text(asking, '.run-clock .notice')).toContain('Welcome');
  expect(asking('.run-clock .notice a').attr('href')).toBe(`/events/${event.id}/run`);
  expect(text(asking, '.starts summary')).toBe('Start');
  expect(text(asking, '.starts .again')).toBe('Yes, start');
  const blocks = await runs.blocksWithIds(world.db, event.id);
  const led = blocks.map((block) => ({ ...block, ledBy: null, ledById: margareta.id }));
  await world.db.transaction((tx) => runs.storeBlocks(tx, event.id, led));
  const named = await open(live);
  expect(named('.run-clock .notice, .starts summary').length).toBe(0);
  expect(text(named, '.starts')).toBe('Start');
  await world.db.transaction((tx) => runs.storeBlocks(tx, event.id, blocks));
  const start = { key: 'start-in-the-room', kind: 'start', ends: 'later' };
  expect((await world.post(`${live}/presses`, start, { as: world.organiser })).statusCode).toBe(303);
  expect((await open(live))('.run-clock .notice').length).toBe(0);
});

test('her subscribed calendar names her part, his does not', async () => {
  await answer(world.ctx, event.id, rolf.id, 'yes');
  const feedOf = async (person: Person) => {
    const secret = `${person.id}`.padStart(27, 'A');
    await world.db
      .update(people)
      .set({ feedTokenHash: hashSecret(secret) })
      .where(eq(people.id, person.id));
    const { body } = await world.get(`/feed/${secret}.ics`);
    return body.replace(/\r\n[ \t]/g, '');
  };
  expect(await feedOf(margareta)).toContain('Your part: 17:40 Harvest');
  expect(await feedOf(rolf)).toContain('SUMMARY:Winter round');
  expect(await feedOf(rolf)).not.toContain('Your part');
});
