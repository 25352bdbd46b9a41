import { describe, expect, test } from 'vitest';
import { uninvite } from '../../../src/actions/events/events.ts';
import { answer, takeBackNo } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { disablePerson } from '../../../src/actions/people/people.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { published, sayNoForGood } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

async function lettersTo(personId: number): Promise<string[]> {
  const rows = await world.db.select().from(letters).orderBy(letters.id);
  return rows.filter((letter) => letter.personId === personId).map(({ kind }) => kind);
}

const stateOf = async (eventId: number, personId: number) =>
  (await rsvps.find(world.db, eventId, personId))?.state;

describe('an answer', () => {
  test('when Ada says yes she has a seat and one letter, however often she presses', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await stateOf(event.id, ada.id)).toBe('coming');
    expect(await lettersTo(ada.id)).toEqual(['invitation', 'confirmed']);
  });

  test('when the room is full Bo waits and hears of it', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, bo.id, 'yes');
    expect(await stateOf(event.id, bo.id)).toBe('waiting');
    expect(await lettersTo(bo.id)).toEqual(['invitation', 'waiting']);
  });

  test('when Ada gives her seat back, Bo moves up and gets a letter; Cy, who came later, still waits', async () => {
    const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo, cy], { seniorCapacity: 1 });
    for (const person of [ada, bo, cy]) await answer(world.ctx, event.id, person.id, 'yes');
    await sayNoForGood(world, event, ada);
    expect(await stateOf(event.id, bo.id)).toBe('coming');
    expect(await stateOf(event.id, cy.id)).toBe('waiting');
    expect(await lettersTo(bo.id)).toEqual(['invitation', 'waiting', 'seat-free']);
    expect(await lettersTo(cy.id)).toEqual(['invitation', 'waiting']);
  });

  test('a seat that is free after Ada is taken off the list goes to Bo', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, bo.id, 'yes');
    await uninvite(world.ctx, event.id, ada.id);
    expect(await stateOf(event.id, bo.id)).toBe('coming');
  });

  test('a talent takes no senior manager’s seat', async () => {
    const [ada, tom] = [await world.addPerson(), await world.addPerson({ side: 'talent' })];
    const event = await published(world, [ada, tom], { seniorCapacity: 1, talentCapacity: 1 });
    await answer(world.ctx, event.id, tom.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect([await stateOf(event.id, tom.id), await stateOf(event.id, ada.id)]).toEqual(['coming', 'coming']);
  });

  test('whoever says yes, no and yes again goes to the end of the line', async () => {
    const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo, cy], { seniorCapacity: 1 });
    for (const person of [ada, bo, cy]) await answer(world.ctx, event.id, person.id, 'yes');
    await sayNoForGood(world, event, bo);
    await answer(world.ctx, event.id, bo.id, 'yes');
    await sayNoForGood(world, event, ada);
    expect([await stateOf(event.id, cy.id), await stateOf(event.id, bo.id)]).toEqual(['coming', 'waiting']);
  });

  test('every letter is queued in the same breath', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const rows = await world.db.select({ id: letters.id }).from(letters).orderBy(letters.id);
    expect((await world.jobs()).map(({ job, data }) => [job, data.letterId])).toEqual(
      rows.map(({ id }) => ['deliver-letter', id]),
    );
  });
});

describe('a no that was a mistake', () => {
  const minutesLater = async (minutes: number) => {
    world.clock.advance({ minutes });
    await releaseKeptSeats(world.ctx);
  };

  test('keeps Ada’s seat for ten minutes, then it goes to Bo and cannot be taken back', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'no');
    await minutesLater(9);
    expect(await stateOf(event.id, bo.id)).toBe('waiting');
    await takeBackNo(world.ctx, event.id, ada.id);
    expect([await stateOf(event.id, ada.id), await stateOf(event.id, bo.id)]).toEqual(['coming', 'waiting']);
    await answer(world.ctx, event.id, ada.id, 'no');
    await minutesLater(10);
    expect(await stateOf(event.id, bo.id)).toBe('coming');
    await expect(takeBackNo(world.ctx, event.id, ada.id)).rejects.toMatchObject({
      kind: 'gone',
      heading: 'Too late to undo it',
    });
  });

  test('is taken back after the deadline too, by its own button or a yes', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    world.clock.now = Temporal.Instant.from('2026-12-08T10:00:00Z');
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'no');
    await takeBackNo(world.ctx, event.id, ada.id);
    await answer(world.ctx, event.id, bo.id, 'yes');
    expect([await stateOf(event.id, ada.id), await stateOf(event.id, bo.id)]).toEqual(['coming', 'coming']);
  });

  test('gives Bo the same place in line again, and nobody gets it meanwhile', async () => {
    const people = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const [ada, bo, cy] = people as [Person, Person, Person];
    const event = await published(world, people, { seniorCapacity: 1 });
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    await answer(world.ctx, event.id, bo.id, 'no');
    await answer(world.ctx, event.id, cy.id, 'yes');
    await takeBackNo(world.ctx, event.id, bo.id);
    await sayNoForGood(world, event, ada);
    expect([await stateOf(event.id, bo.id), await stateOf(event.id, cy.id)]).toEqual(['coming', 'waiting']);
  });

  test('of somebody who had not answered leaves them without an answer', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'no');
    await takeBackNo(world.ctx, event.id, ada.id);
    expect(await rsvps.find(world.db, event.id, ada.id)).toMatchObject({
      state: 'invited',
      answeredAt: null,
    });
    const waits = (await world.db.select().from(letters)).filter(({ kind }) => kind === 'seat-given-back');
    expect(waits.map(({ state }) => state)).toEqual(['cancelled']);
  });
});

describe('an answer is refused', () => {
  test('once the event is over', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    world.clock.advance({ days: 40 });
    await expect(answer(world.ctx, event.id, ada.id, 'yes')).rejects.toMatchObject({ kind: 'gone' });
  });

  test('from somebody who was never invited', async () => {
    const [ada, eve] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    await expect(answer(world.ctx, event.id, eve.id, 'yes')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('from somebody who was taken off the list', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await uninvite(world.ctx, event.id, ada.id);
    await expect(answer(world.ctx, event.id, ada.id, 'yes')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('somebody who leaves the organisation', () => {
  test('gives every seat that still matters to whoever waits, and is told nothing', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const [full, past] = [
      await published(world, [ada, bo], { seniorCapacity: 1, startsAt: '2026-12-10T16:00' }),
      await published(world, [ada], { startsAt: '2026-11-10T16:00' }),
    ];
    for (const person of [ada, bo]) await answer(world.ctx, full.id, person.id, 'yes');
    await answer(world.ctx, past.id, ada.id, 'yes');
    world.clock.advance({ days: 7 });
    const before = await lettersTo(ada.id);
    await disablePerson(world.ctx, world.organiser.id, ada.id);
    expect([await stateOf(full.id, ada.id), await stateOf(full.id, bo.id)]).toEqual(['uninvited', 'coming']);
    expect(await stateOf(past.id, ada.id)).toBe('coming');
    expect(await lettersTo(ada.id)).toEqual(before);
    expect(await lettersTo(bo.id)).toEqual(['invitation', 'waiting', 'seat-free']);
  });
});
