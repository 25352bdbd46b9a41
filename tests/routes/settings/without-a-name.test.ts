import { expect, test } from 'vitest';
import { tick } from '../../../src/actions/questions/nameless-tick.ts';
import type { Person } from '../../../src/store/people/people.ts';
import * as envelope from '../../../src/store/questions/envelope.ts';
import { linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/settings/without-a-name';

const shown = async () => page(await world.get(address, { as: world.organiser }))('main');

/** A request that no page of ours makes. */
const wrongAsk = () =>
  world.app.inject({
    method: 'POST',
    url: '/anon/questions',
    headers: {
      host: new URL(world.ctx.baseUrl).host,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    },
    payload: JSON.stringify({ text: 'Verily, who signs?' }),
  });

test('organisers see how many requests without a name failed, by kind and day, once the day is over, and no words', async () => {
  await wrongAsk();
  await wrongAsk();
  await tick(world.ctx);
  expect((await shown()).text()).toContain('None so far.');
  expect(await envelope.failures(world.db)).toEqual([]);
  world.clock.advance({ hours: 24 });
  await tick(world.ctx);
  const main = await shown();
  expect(main.find('h3').text()).toBe('Monday 9 November');
  expect(main.find('h3 + ul li').text()).toBe('/anon/questions 422: 2');
  expect(main.text()).not.toContain('Verily');
});

test('organisers see on which day what waited could not be opened', async () => {
  await tick(world.ctx);
  expect((await shown()).text()).toContain('None. What waits without a name can be opened.');
  const day = '2026-11-09';
  await world.db.transaction((tx) =>
    envelope.putAside(tx, { keyId: Buffer.from('gone'), sealed: Buffer.alloc(32) }, day),
  );
  expect((await shown()).text()).toContain('Monday 9 November');
});

test('where the database server logs words, organisers see by which setting, and guests read it beside the promise', async () => {
  const guests: Person[] = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const promised = async () => {
    const event = await published(world, guests);
    return page(await world.get(linkOf(world, event, guests[0]!)))('[data-promise]')
      .parent()
      .text();
  };
  const before = await promised();
  expect(before).toContain('Nobody can look up which question is yours');
  expect(before).not.toContain('keeps a log');
  const settings = ['log_statement = all'];
  Object.assign(world.ctx, { serverKeeps: { words: true, moments: true, settings } });
  expect(await promised()).toContain('keeps a log of what it is asked and told');
  expect((await shown()).find('li code').text()).toBe('log_statement = all');
});

test('nobody but organisers sees it', async () => {
  const ada = await world.addPerson();
  expect((await world.get(address, { as: ada })).statusCode).toBe(404);
});
