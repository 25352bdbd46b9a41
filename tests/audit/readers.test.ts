// The audit in seconds: the program keeps the bounds, and stand-ins that were weakened on purpose are caught.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { overTheWire } from './nameless.ts';
import { openPlace, type Place } from './places.ts';
import { refusals } from './refusals.ts';
import { broken, run } from './run.ts';
import { sound, standIn, weakened } from './stand-in.ts';

vi.setConfig({ testTimeout: 600_000 });

let place: Place;
beforeAll(async () => {
  place = await openPlace('embedded');
});
afterAll(() => place.close());

/** One event, without the organiser's pages, which take most of the time; `npm run audit` plays fifty with them. */
const few = { events: 1, seconds: 600, withPages: false };

test('nobody who reads copies, files or the journal learns who asked or voted', async () => {
  const found = await run(place, ({ world }) => overTheWire(world), few, 11);
  expect(found.asks).toBeGreaterThan(5);
  const looked = new Set(found.lines.map(({ lens }) => lens));
  for (const lens of ['column statistics', 'use of tables', 'backup', 'sequence of letters', 'files'])
    expect(looked).toContain(lens);
  expect([...found.moved.what]).toEqual([]);
  expect(broken(found)).toEqual([]);
});

test('a stand-in that does all that the design says keeps the bounds', async () => {
  expect(broken(await run(place, (at) => standIn(at, sound), few, 21))).toEqual([]);
});

test.each(Object.entries(weakened))('a stand-in with %s is caught', async (_, { build, found }) => {
  const until = { events: 12, seconds: 600, withPages: false, untilBroken: found };
  const words = broken(await run(place, (at) => standIn(at, build), until, 31));
  expect(words).toContainEqual(expect.stringMatching(found));
});

test('what must be refused below /anon/ is refused and leaves nothing behind', async () => {
  const tried = await refusals(place);
  expect(tried.length).toBeGreaterThan(15);
  expect(tried.filter(({ held }) => !held)).toEqual([]);
});
