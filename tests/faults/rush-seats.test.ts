// Seats per side, substitutes and the door, pressed at the same moment on a real PostgreSQL with many connections.
import { expect, test } from 'vitest';
import { change } from '../../src/actions/events/events.ts';
import { addSeat } from '../../src/actions/guests/add-seat.ts';
import { answer } from '../../src/actions/guests/answer.ts';
import { admitUnlisted, pressAtDoor } from '../../src/actions/guests/door.ts';
import { releaseKeptSeats } from '../../src/actions/guests/free-seats.ts';
import { takeOfferedSeat } from '../../src/actions/guests/offered-seat.ts';
import { nameSubstitute } from '../../src/actions/guests/substitutes.ts';
import { minutesToTakeBack } from '../../src/domain/guests/taking-back.ts';
import type { Event } from '../../src/store/events/events.ts';
import * as events from '../../src/store/events/events.ts';
import * as rsvps from '../../src/store/guests/rsvps.ts';
import * as letters from '../../src/store/letters/letters.ts';
import type { Person } from '../../src/store/people/people.ts';
import { planFor, published } from '../support/events.ts';
import { invariants } from '../support/invariants.ts';
import { needs } from '../support/needs.ts';
import { useWorld } from '../support/world.ts';

needs('postgresql')('many who press at once', () => {
  const world = useWorld({ home: 'server' });
  const many = async (n: number, side: Person['side'] = 'senior') => {
    const people: Person[] = [];
    for (let i = 0; i < n; i++) people.push(await world.addPerson({ side }));
    return people;
  };
  const yes = (event: Event, { id }: Person) => answer(world.ctx, event.id, id, 'yes');
  const counts = async (event: Event) => {
    const of = (await rsvps.invitees(world.db, event.id)).map(
      ({ side, state, seatKeptUntil }) => `${side} ${seatKeptUntil === null ? state : 'kept'}`,
    );
    return Object.fromEntries(
      [...Map.groupBy(of, (one) => one)].map(([key, list]) => [key, list.length]).sort(),
    );
  };
  const wrong = () => invariants(world.db, { atRest: false });

  test('fill each side to its last seat and no further, and neither side holds up the other', async () => {
    const [seniors, talents] = [await many(30), await many(20, 'talent')];
    const event = await published(world, [...seniors, ...talents], { seniorCapacity: 9, talentCapacity: 5 });
    await Promise.all([...seniors, ...talents].map((person) => yes(event, person)));
    expect(await counts(event)).toEqual({
      'senior coming': 9,
      'senior waiting': 21,
      'talent coming': 5,
      'talent waiting': 15,
    });
    expect(await wrong()).toEqual([]);
  });

  test('two who were asked take one free seat at once: one has it, the other hears that it is gone', async () => {
    const people = await many(6);
    const event = await published(world, people, { seniorCapacity: 1, talentCapacity: 0, answerBy: null });
    for (const person of people) await yes(event, person);
    world.clock.now = Temporal.Instant.from('2026-12-10T08:00:00Z');
    await answer(world.ctx, event.id, people[0]!.id, 'no', { way: 'calendar' });
    const asked = (await rsvps.invitees(world.db, event.id)).filter(({ offeredAt }) => offeredAt !== null);
    expect(asked).toHaveLength(3);
    const pressed = await Promise.allSettled(
      // Each presses twice, as people do who are not sure that it went through.
      [...asked, ...asked].map(({ personId }) => takeOfferedSeat(world.ctx, event.id, personId)),
    );
    const winners = pressed.flatMap((one) => (one.status === 'fulfilled' ? [one.value.personId] : []));
    expect(new Set(winners).size).toBe(1);
    const reasons = pressed.flatMap((one) => (one.status === 'rejected' ? [one.reason.heading] : []));
    expect(reasons).toEqual(Array.from({ length: 4 }, () => 'The seat is gone'));
    expect(await counts(event)).toEqual({
      'senior coming': 1,
      'senior declined': 1,
      'senior waiting': 4,
    });
    const told = (await letters.newest(world.db, 100, 0)).filter(({ state }) => state !== 'cancelled');
    const of = (kind: string) => told.filter((one) => one.kind === kind).map(({ personId }) => personId);
    expect(of('confirmed')).toContain(winners[0]);
    expect(of('seat-offer')).toEqual([]);
    expect(await wrong()).toEqual([]);
  });

  test('while seats are added and the plan is saved with fewer, nobody loses a seat and none stays empty', async () => {
    const [seniors, talents] = [await many(20), await many(10, 'talent')];
    const event = await published(world, [...seniors, ...talents], { seniorCapacity: 4, talentCapacity: 2 });
    const fewer = planFor(world, [], { seniorCapacity: 3, talentCapacity: 2 });
    await Promise.all([
      ...seniors.map((person) => yes(event, person)),
      ...Array.from({ length: 5 }, () => addSeat(world.ctx, event.id, 'senior')),
      ...talents.map((person) => yes(event, person)),
      ...Array.from({ length: 3 }, () => addSeat(world.ctx, event.id, 'talent')),
      change(world.ctx, event.id, fewer).catch(() => {}),
    ]);
    expect(await wrong()).toEqual([]);
    const { seniorCapacity, talentCapacity } = (await events.find(world.db, event.id))!;
    const now = await counts(event);
    expect([now['senior coming'], now['talent coming']]).toEqual([seniorCapacity, talentCapacity]);
  });

  test('one substitute whom five name at once stands in for one of them; the other four keep their seats', async () => {
    const [seated, [cy]] = [await many(5), await many(1)];
    const event = await published(world, seated, { seniorCapacity: 5 });
    for (const person of seated) await yes(event, person);
    const named = await Promise.allSettled(
      seated.map(({ id }) => nameSubstitute(world.ctx, event.id, id, cy!.id)),
    );
    expect(named.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await counts(event)).toEqual({ 'senior coming': 4, 'senior declined': 1, 'senior kept': 1 });
    expect(await wrong()).toEqual([]);
  });

  test('seats passed on go to the substitutes who say yes, and to whoever waits where one says no, wherever the moment falls', async () => {
    const [seated, waiting, others] = [await many(8), await many(6), await many(8)];
    const event = await published(world, [...seated, ...waiting], { seniorCapacity: 8 });
    for (const person of [...seated, ...waiting]) await yes(event, person);
    await Promise.all(seated.map(({ id }, i) => nameSubstitute(world.ctx, event.id, id, others[i]!.id)));
    expect((await counts(event))['senior kept']).toBe(8);
    expect(await wrong()).toEqual([]);
    await Promise.all([
      ...others.map(({ id }, i) => answer(world.ctx, event.id, id, i % 2 === 0 ? 'yes' : 'no')),
      ...seated.map((person) => yes(event, person)),
    ]);
    expect(await wrong()).toEqual([]);
    world.clock.advance({ minutes: minutesToTakeBack });
    await Promise.all([releaseKeptSeats(world.ctx), releaseKeptSeats(world.ctx)]);
    const states = (await rsvps.invitees(world.db, event.id)).filter(({ personId }) =>
      waiting.some(({ id }) => id === personId),
    );
    expect(states.filter(({ state }) => state === 'coming')).toHaveLength(4);
    expect((await counts(event))['senior coming']).toBe(8);
  });

  test('a kept seat that lapses while its substitute says yes is given once', async () => {
    const [[ada, bo], others] = [await many(2), await many(1)];
    for (let round = 0; round < 10; round++) {
      const event = await published(world, [ada!, bo!], { seniorCapacity: 1, name: `Round ${round}` });
      await yes(event, ada!);
      await yes(event, bo!);
      await nameSubstitute(world.ctx, event.id, ada!.id, others[0]!.id);
      world.clock.advance({ hours: 48 });
      await Promise.all([releaseKeptSeats(world.ctx), yes(event, others[0]!), releaseKeptSeats(world.ctx)]);
      expect((await counts(event))['senior coming']).toBe(1);
      expect(await wrong()).toEqual([]);
      world.clock.advance({ hours: -48 });
    }
  });

  test('at the door twenty presses count once, and ten strangers all sit', async () => {
    const [[ada], strangers] = [await many(1), await many(10)];
    const event = await published(world, [ada!], { seniorCapacity: 1 });
    await yes(event, ada!);
    world.clock.now = Temporal.Instant.from('2026-12-10T14:50:00Z');
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) =>
        pressAtDoor(world.ctx, event.id, ada!.id, { here: true, millisecondsAgo: i * 1000 }),
      ),
      ...strangers.map(({ id }) => admitUnlisted(world.ctx, event.id, id, world.organiser.id)),
    ]);
    const all = await rsvps.invitees(world.db, event.id);
    expect(all.filter(({ state, cameAt }) => state === 'coming' && cameAt !== null)).toHaveLength(11);
    expect(await wrong()).toEqual([]);
  });
});
