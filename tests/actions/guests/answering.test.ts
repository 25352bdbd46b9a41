import { describe, expect, test } from 'vitest';
import { cancel, change } from '../../../src/actions/events/events.ts';
import { addSeat } from '../../../src/actions/guests/add-seat.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { forgetOldCommitment } from '../../../src/actions/guests/commitment.ts';
import { goAhead } from '../../../src/actions/guests/go-ahead.ts';
import { uninvite } from '../../../src/actions/guests/list.ts';
import { eraseOldNeeds, noteNeeds } from '../../../src/actions/guests/needs.ts';
import { noNeeds } from '../../../src/domain/guests/needs.ts';
import { Refusal } from '../../../src/refusal.ts';
import * as events from '../../../src/store/events/events.ts';
import * as answers from '../../../src/store/guests/answers.ts';
import * as needs from '../../../src/store/guests/needs.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { planFor, published, sayNoForGood } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};
const stateOf = async (eventId: number, personId: number) =>
  (await rsvps.find(world.db, eventId, personId))?.state;
const said = async (eventId: number) =>
  (await answers.ofEvent(world.db, eventId)).map(({ said, way, late }) => [said, way, late]);

describe('the day to answer by', () => {
  test('is the last on which Ada can say yes; then she reads whom to write to, and can still say no', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    at('2026-12-03T22:59:00Z');
    await answer(world.ctx, event.id, bo.id, 'yes');
    at('2026-12-03T23:00:00Z');
    await expect(answer(world.ctx, event.id, ada.id, 'yes')).rejects.toMatchObject({
      kind: 'gone',
      sentence: 'Answers closed on {day}. Write to {organiser}, who can still find you a seat.',
      params: { day: 'Thursday 3 December', organiser: 'Ida Nordby' },
    });
    await answer(world.ctx, event.id, ada.id, 'no');
    expect([await stateOf(event.id, ada.id), await stateOf(event.id, bo.id)]).toEqual(['declined', 'coming']);
  });

  test('does not bind an organiser who notes an answer', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    at('2026-12-05T10:00:00Z');
    await answer(world.ctx, event.id, ada.id, 'yes', { way: 'organiser', byId: world.organiser.id });
    expect(await stateOf(event.id, ada.id)).toBe('coming');
    const [noted] = await answers.ofEvent(world.db, event.id);
    expect([noted?.way, noted?.byId]).toEqual(['organiser', world.organiser.id]);
  });

  test('does not close the waiting list: a seat that comes free later still goes to whoever waits', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    at('2026-12-08T10:00:00Z');
    await sayNoForGood(world, event, ada);
    expect(await stateOf(event.id, bo.id)).toBe('coming');
  });
});

describe('the record of answers', () => {
  test('holds each change of mind once, where it came from, and whether a seat was given back late', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'maybe', { way: 'calendar' });
    await answer(world.ctx, event.id, ada.id, 'yes');
    at('2026-12-09T10:00:00Z');
    await answer(world.ctx, event.id, ada.id, 'no');
    expect(await said(event.id)).toEqual([
      ['yes', 'page', false],
      ['maybe', 'calendar', false],
      ['yes', 'page', false],
      ['no', 'page', true],
    ]);
  });

  test('calls nobody late who never had a seat', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    at('2026-12-10T10:00:00Z');
    await answer(world.ctx, event.id, ada.id, 'no');
    expect(await said(event.id)).toEqual([['no', 'page', false]]);
  });

  test('is forgotten after 24 months, and not a day before', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'no');
    await rsvps.setReason(world.db, event.id, ada.id, 'away');
    at('2028-11-08T08:00:00Z');
    await forgetOldCommitment(world.ctx);
    expect(await said(event.id)).toHaveLength(1);
    at('2028-12-11T08:00:00Z');
    await forgetOldCommitment(world.ctx);
    expect(await said(event.id)).toEqual([]);
    expect((await rsvps.find(world.db, event.id, ada.id))?.because).toBe('');
  });
});

describe('seats', () => {
  test('fewer than are taken are refused, with the names of those who would lose theirs', async () => {
    const [ada, bo] = [
      await world.addPerson({ name: 'Ada Lovelace' }),
      await world.addPerson({ name: 'Bo Ek' }),
    ];
    const event = await published(world, [ada, bo]);
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    const refusal = await change(world.ctx, event.id, planFor(world, [], { seniorCapacity: 1 })).catch(
      (error) => error,
    );
    expect(refusal).toBeInstanceOf(Refusal);
    expect([refusal.field, refusal.params]).toEqual(['seniors', { n: 2, names: 'Ada Lovelace, Bo Ek' }]);
    expect((await events.find(world.db, event.id))?.seniorCapacity).toBe(22);
  });

  test('more than before go to those who wait, in the same breath', async () => {
    const people = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, people, { seniorCapacity: 1 });
    for (const { id } of people) await answer(world.ctx, event.id, id, 'yes');
    await change(world.ctx, event.id, planFor(world, [], { seniorCapacity: 2 }));
    expect(await Promise.all(people.map(({ id }) => stateOf(event.id, id)))).toEqual([
      'coming',
      'coming',
      'waiting',
    ]);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('one more than planned goes to whoever waits longest on that side', async () => {
    const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const tom = await world.addPerson({ side: 'talent' });
    const event = await published(world, [ada, bo, cy, tom], { seniorCapacity: 1, talentCapacity: 0 });
    for (const { id } of [ada, tom, bo, cy]) await answer(world.ctx, event.id, id, 'yes');
    await addSeat(world.ctx, event.id, 'senior');
    expect([
      await stateOf(event.id, bo.id),
      await stateOf(event.id, cy.id),
      await stateOf(event.id, tom.id),
    ]).toEqual(['coming', 'waiting', 'waiting']);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });
});

describe('needs', () => {
  const vegan = { ...noNeeds, diet: 'vegan', arrange: 'Seat near the door' } as const;

  test('are kept until 14 days after the event, to the hour, and then they are gone', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await noteNeeds(world.ctx, event.id, ada.id, vegan);
    expect(await needs.find(world.db, event.id, ada.id)).toEqual(vegan);
    at('2026-12-24T17:14:00Z');
    expect(await eraseOldNeeds(world.ctx)).toBe(0);
    expect(await needs.find(world.db, event.id, ada.id)).toEqual(vegan);
    at('2026-12-24T17:15:00Z');
    expect(await eraseOldNeeds(world.ctx)).toBe(1);
    expect(await needs.find(world.db, event.id, ada.id)).toBeNull();
  });

  test('that are taken back leave nothing behind', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await noteNeeds(world.ctx, event.id, ada.id, vegan);
    await noteNeeds(world.ctx, event.id, ada.id, noNeeds);
    expect(await needs.ofEvent(world.db, event.id)).toEqual(new Map());
  });

  test('go with an invitation that is taken back', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await noteNeeds(world.ctx, event.id, ada.id, vegan);
    await uninvite(world.ctx, event.id, ada.id);
    expect(await needs.find(world.db, event.id, ada.id)).toBeNull();
  });

  test('of somebody who was never invited are not taken', async () => {
    const [ada, eve] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    await expect(noteNeeds(world.ctx, event.id, eve.id, vegan)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('go or no go', () => {
  test('an organiser says go once; when the event moves, it is to be decided anew on a day that moved along', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada], { seniorQuorum: 5, decideOn: '2026-12-04' });
    await goAhead(world.ctx, event.id);
    const first = (await events.find(world.db, event.id))!.decidedAt;
    expect(first).not.toBeNull();
    world.clock.advance({ hours: 1 });
    await goAhead(world.ctx, event.id);
    expect((await events.find(world.db, event.id))!.decidedAt).toEqual(first);
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2027-01-14T16:00', seniorQuorum: 5, decideOn: '2026-12-04' }),
    );
    const moved = (await events.find(world.db, event.id))!;
    expect([moved.decidedAt, moved.decideOn, moved.seniorQuorum]).toEqual([null, '2027-01-08', 5]);
  });

  test('an event that is called off cannot go ahead', async () => {
    const event = await published(world, [await world.addPerson()]);
    await cancel(world.ctx, event.id, '');
    await expect(goAhead(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
  });
});
