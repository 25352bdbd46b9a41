import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOf, isOver } from '../../../src/domain/events/times.ts';
import { wallTimeOf } from '../../../src/domain/events/wall-time.ts';
import { listPart } from '../../../src/store/events/event-list.ts';
import * as events from '../../../src/store/events/events.ts';
import { published } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const zones = ['Europe/Brussels', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];

/** Days in a month in which none of these zones turns its clocks. */
const timed = fc.record({
  day: fc.integer({ min: 10, max: 14 }),
  hour: fc.integer({ min: 0, max: 23 }),
  timeZone: fc.constantFrom(...zones),
  blocks: fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 4 }),
});

test('an event is over for the list of events exactly when it is over for everything else', async () => {
  const { id: _, minutes: __, ...model } = await published(world, [await world.addPerson()]);
  const shows = fc.sample(timed, { numRuns: 25, seed: 7 });
  expect(shows.some(({ blocks }) => blocks.length === 0)).toBe(true);
  const all = await world.db.transaction(async (tx) => {
    for (const { day, hour, timeZone, blocks } of shows) {
      const startsAt = `2027-01-${day}T${String(hour).padStart(2, '0')}:30`;
      const own = { slug: randomUUID(), uid: randomUUID(), formKey: randomUUID(), startsAt, timeZone };
      const { id } = (await events.add(tx, { ...model, ...own }))!;
      const list = blocks.map((minutes) => ({ kind: 'talk' as const, title: 'Talk', minutes }));
      await events.replaceBlocks(tx, id, list);
    }
    return events.all(tx);
  });
  const reader = { ...world.organiser, programmeId: world.programme.id };
  for (const end of all.map(endOf))
    for (const seconds of [-60, 0, 60]) {
      const now = end.add({ seconds });
      const clocks = new Map(all.map(({ timeZone }) => [timeZone, wallTimeOf(now, timeZone)]));
      const held = await listPart(world.db, reader, clocks, { part: 'held', offset: 0, limit: 100 });
      const over = all.filter((one) => isOver(one, now));
      expect(new Set(held.map(({ id }) => id))).toEqual(new Set(over.map(({ id }) => id)));
    }
});
