import { describe, expect, test } from 'vitest';
import { cancel, change, draft, invite, publish, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import * as events from '../../../src/store/events/events.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { letters as table } from '../../../src/store/schema/index.ts';
import { drafted, planFor, published, teamOf } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

const all = async () => world.db.select().from(table).orderBy(table.id);
const sent = async (kind: string) =>
  (await all())
    .filter((letter) => letter.kind === kind && letter.state !== 'cancelled')
    .map(({ personId }) => personId);
const sequenceIn = (letter: letters.Letter) =>
  (letter.facts.calendar as { sequence: number } | undefined)?.sequence;

/** As if the letters so far had gone out. */
async function deliverAll(): Promise<void> {
  for (const { id, state } of await all())
    if (state === 'waiting') await letters.close(world.db, id, { state: 'kept', reply: '', sentAt: null });
}

describe('a draft', () => {
  test('tells nobody', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    expect(event.state).toBe('draft');
    expect(await all()).toEqual([]);
  });

  test('the same form sent twice makes one', async () => {
    const plan = planFor(world, [await world.addPerson()]);
    const first = await draft(world.ctx, plan);
    const second = await draft(world.ctx, plan);
    expect(second.id).toBe(first.id);
    expect((await events.all(world.db)).map(({ id }) => id)).toEqual([first.id]);
  });

  test('two events of one name have two addresses', async () => {
    const guests = [await world.addPerson()];
    expect([(await drafted(world, guests)).slug, (await drafted(world, guests)).slug]).toEqual([
      'winter-round',
      'winter-round-2',
    ]);
  });

  test('brings the talents of its teams along as hosts', async () => {
    const [ada, tom] = [await world.addPerson(), await world.addPerson({ side: 'talent' })];
    const topic = await teamOf(world, 'Agents doing office work', [tom]);
    const event = await published(world, [ada], { topics: [topic] });
    expect(event.state).toBe('published');
    expect([await sent('invitation'), await sent('invitation-host')]).toEqual([[ada.id], [tom.id]]);
  });
});

describe('publishing', () => {
  test('sends every person on the list one letter, however often it is pressed', async () => {
    const guests = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, guests);
    await publish(world.ctx, event.id);
    expect(await sent('invitation')).toEqual(guests.map(({ id }) => id));
    expect((await all()).map(sequenceIn)).toEqual([0, 0]);
  });

  test('is refused while nobody is on the list', async () => {
    const event = await drafted(world, []);
    await expect(publish(world.ctx, event.id)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('is refused for a date that has passed', async () => {
    const event = await drafted(world, [await world.addPerson()], { startsAt: '2026-11-01T16:00' });
    await expect(publish(world.ctx, event.id)).rejects.toMatchObject({ field: 'date' });
  });
});

describe('moving', () => {
  test('another time goes to everyone with the same UID and a higher SEQUENCE, to who said no without an entry', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await deliverAll();
    await answer(world.ctx, event.id, bo.id, 'no');
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T10:00' }));
    const moved = (await all()).filter(({ kind }) => kind === 'moved');
    expect(moved.map(({ personId }) => personId)).toEqual([ada.id, bo.id]);
    expect(moved[0]?.facts.calendar).toMatchObject({
      uid: event.uid,
      sequence: 2,
      start: '2026-12-11T10:00',
    });
    expect(moved[1]?.facts.calendar).toBeUndefined();
  });

  test('another place does not trouble whoever said no', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await deliverAll();
    await answer(world.ctx, event.id, bo.id, 'no');
    await change(world.ctx, event.id, planFor(world, [], { place: 'Canteen 2' }));
    expect(await sent('moved')).toEqual([ada.id]);
  });

  test('other words go to nobody, keep SEQUENCE and show a newer revision', async () => {
    const event = await published(world, [await world.addPerson()]);
    await deliverAll();
    const before = (await all()).length;
    world.clock.advance({ hours: 1 });
    await change(world.ctx, event.id, planFor(world, [], { lede: 'Other words.' }));
    const after = (await events.find(world.db, event.id))!;
    expect((await all()).length).toBe(before);
    expect([after.sequence, after.revisedAt.toString()]).toEqual([0, world.clock.now.toString()]);
  });

  test('before the invitation has left, the invitation itself tells the new time and nothing else goes out', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T10:00' }));
    expect((await all()).map(({ kind, state }) => [kind, state])).toEqual([
      ['invitation', 'cancelled'],
      ['invitation', 'waiting'],
    ]);
    expect(await sent('moved')).toEqual([]);
  });

  test('fewer seats than people who said yes are refused with the number', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    for (const person of [ada, bo]) await answer(world.ctx, event.id, person.id, 'yes');
    await expect(
      change(world.ctx, event.id, planFor(world, [], { seniorCapacity: 1 })),
    ).rejects.toMatchObject({ field: 'seniors', params: { n: 2 } });
  });

  test('more seats let those who wait move up', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    for (const person of [ada, bo]) await answer(world.ctx, event.id, person.id, 'yes');
    await change(world.ctx, event.id, planFor(world, [], { seniorCapacity: 2 }));
    expect(await sent('seat-free')).toEqual([bo.id]);
  });
});

describe('calling off', () => {
  test('tells everyone whose calendar has it, once, with a higher SEQUENCE, also minutes after a no', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await deliverAll();
    await answer(world.ctx, event.id, bo.id, 'no');
    await cancel(world.ctx, event.id, 'Too few of us.');
    await cancel(world.ctx, event.id, 'Again.');
    const gone = (await all()).filter(({ kind }) => kind === 'cancelled');
    expect(gone.map((letter) => [letter.personId, letter.facts.reason, sequenceIn(letter)])).toEqual([
      [ada.id, 'Too few of us.', 2],
      [bo.id, 'Too few of us.', 2],
    ]);
  });

  test('whoever was never told of it is not told it is off', async () => {
    const event = await published(world, [await world.addPerson()]);
    await cancel(world.ctx, event.id, '');
    expect((await all()).map(({ kind, state }) => [kind, state])).toEqual([['invitation', 'cancelled']]);
  });
});

describe('the list', () => {
  test('somebody added later gets the invitation as things stand now', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    await deliverAll();
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T10:00' }));
    await invite(world.ctx, event.id, [ada.id, bo.id]);
    const invitations = (await all()).filter(({ kind }) => kind === 'invitation');
    expect(invitations.map((letter) => [letter.personId, sequenceIn(letter)])).toEqual([
      [ada.id, 0],
      [bo.id, 1],
    ]);
  });

  test('somebody taken off it hears of it alone, and may be invited again with a higher SEQUENCE', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await deliverAll();
    await uninvite(world.ctx, event.id, ada.id);
    expect(await sent('uninvited')).toEqual([ada.id]);
    await invite(world.ctx, event.id, [ada.id]);
    const again = (await all()).filter(({ kind, personId }) => kind === 'invitation' && personId === ada.id);
    expect(again.map(sequenceIn)).toEqual([0, 2]);
    const off = (await all()).find(({ kind }) => kind === 'uninvited')!;
    expect(sequenceIn(off)).toBe(1);
  });
});

describe('somebody invited later', () => {
  test('reads who has said yes, unless the guest list is not shown', async () => {
    const [ada, bo, cy] = [
      await world.addPerson({ name: 'Ada Lind' }),
      await world.addPerson({ name: 'Bo Ek' }),
      await world.addPerson(),
    ];
    for (const guestListShown of [true, false]) {
      const event = await published(world, [ada, bo], { guestListShown });
      await answer(world.ctx, event.id, ada.id, 'yes');
      await invite(world.ctx, event.id, [cy.id]);
      const letter = (await all()).at(-1)!;
      expect(letter.personId).toBe(cy.id);
      expect(letter.facts.coming).toEqual(
        guestListShown ? { names: ['Ada Lind'], count: 1 } : { names: [], count: 0 },
      );
    }
  });
});

describe('somebody who said no and comes back after the place has changed', () => {
  test.each(['maybe', 'yes'] as const)('hears of it with their “%s”, calendar included', async (said) => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    await deliverAll();
    await answer(world.ctx, event.id, bo.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'no');
    await change(world.ctx, event.id, planFor(world, [], { place: 'The Library', seniorCapacity: 1 }));
    expect((await sent('moved')).includes(ada.id)).toBe(false);
    await answer(world.ctx, event.id, ada.id, said);
    const last = (await all()).filter(({ personId, kind }) => personId === ada.id && kind === 'moved');
    expect(last.map(sequenceIn)).toEqual([2]);
    expect(last[0]?.facts.before).toMatchObject({ place: 'The Atrium' });
    await answer(world.ctx, event.id, ada.id, 'no');
    await answer(world.ctx, event.id, ada.id, said);
    expect((await sent('moved')).filter((id) => id === ada.id).length).toBe(1);
  });
});
