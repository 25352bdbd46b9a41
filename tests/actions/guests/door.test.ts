import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { admitUnlisted, pressAtDoor } from '../../../src/actions/guests/door.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};
const rowOf = async (event: { id: number }, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))!;

/** Ada and Bo come, and it is four minutes before the event begins. */
async function atTheDoor(seniorCapacity = 2) {
  const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
  const event = await published(world, [ada, bo], { seniorCapacity });
  for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
  at('2026-12-10T14:56:00Z');
  return { ada, bo, event };
}

describe('a press at the door', () => {
  test('checks Ada in once, however often it arrives, and a second one takes it back', async () => {
    const { ada, bo, event } = await atTheDoor();
    await pressAtDoor(world.ctx, event.id, ada.id, { here: true });
    await pressAtDoor(world.ctx, event.id, ada.id, { here: true });
    expect((await rowOf(event, ada)).cameAt?.toString()).toBe('2026-12-10T14:56:00Z');
    expect((await rowOf(event, bo)).cameAt).toBeNull();
    await pressAtDoor(world.ctx, event.id, ada.id, { here: false });
    expect((await rowOf(event, ada)).cameAt).toBeNull();
  });

  test('that arrives late counts from when it was made, and undoes nothing that was pressed after it', async () => {
    const { ada, bo, event } = await atTheDoor();
    await pressAtDoor(world.ctx, event.id, ada.id, { here: true, millisecondsAgo: 60_000 });
    expect((await rowOf(event, ada)).cameAt?.toString()).toBe('2026-12-10T14:55:00Z');
    await pressAtDoor(world.ctx, event.id, bo.id, { here: false });
    world.clock.advance({ minutes: 5 });
    await pressAtDoor(world.ctx, event.id, bo.id, { here: true, millisecondsAgo: 600_000 });
    expect((await rowOf(event, bo)).cameAt).toBeNull();
    await pressAtDoor(world.ctx, event.id, bo.id, { here: true, millisecondsAgo: 10_000 });
    expect((await rowOf(event, bo)).cameAt).not.toBeNull();
  });

  test('is refused long before and long after the event, and for strangers', async () => {
    const { ada, event } = await atTheDoor();
    const eve = await world.addPerson();
    await expect(pressAtDoor(world.ctx, event.id, eve.id, { here: true })).rejects.toMatchObject({
      kind: 'not-found',
    });
    at('2026-12-08T10:00:00Z');
    await expect(pressAtDoor(world.ctx, event.id, ada.id, { here: true })).rejects.toMatchObject({
      kind: 'conflict',
    });
    at('2026-12-13T10:00:00Z');
    await expect(pressAtDoor(world.ctx, event.id, ada.id, { here: true })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});

describe('somebody who is not on the list', () => {
  test('sits where a seat is free', async () => {
    const { event } = await atTheDoor(3);
    const cy = await world.addPerson({ name: 'Cy' });
    await admitUnlisted(world.ctx, event.id, cy.id, world.organiser.id);
    await admitUnlisted(world.ctx, event.id, cy.id, world.organiser.id);
    const row = await rowOf(event, cy);
    expect([row.state, row.cameAt !== null]).toEqual(['coming', true]);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('who had said no, or waits, sits too: the room grows by theirs, and nobody loses a place', async () => {
    const { ada, bo, event } = await atTheDoor(1);
    const cy = await world.addPerson({ name: 'Cy' });
    expect((await rowOf(event, bo)).state).toBe('waiting');
    await admitUnlisted(world.ctx, event.id, cy.id, world.organiser.id);
    expect([
      (await rowOf(event, ada)).state,
      (await rowOf(event, bo)).state,
      (await rowOf(event, cy)).state,
    ]).toEqual(['coming', 'waiting', 'coming']);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
    await admitUnlisted(world.ctx, event.id, bo.id, world.organiser.id);
    expect((await rowOf(event, bo)).state).toBe('coming');
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });
});
