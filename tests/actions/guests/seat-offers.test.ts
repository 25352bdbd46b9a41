import { describe, expect, test } from 'vitest';
import { change, uninvite } from '../../../src/actions/events/events.ts';
import { addSeat } from '../../../src/actions/guests/add-seat.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { offerFreeSeats, releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { uninviteMany } from '../../../src/actions/guests/list.ts';
import { takeOfferedSeat } from '../../../src/actions/guests/offered-seat.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { disablePerson } from '../../../src/actions/people/people.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { deliverAll, objectsTo, short } from '../../support/calendar/objects.ts';
import { linkOf, planFor, published, sayNoForGood } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });
const oslo = (wall: string) => {
  world.clock.now = Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Oslo').toInstant();
};

/** One seat, Ada in it, and others in line; on the morning of the event, which begins at 16:00. */
async function fullRoom(waiting = 4) {
  const people: Person[] = [];
  for (let i = 0; i <= waiting; i++) people.push(await world.addPerson({ name: `Guest ${i}` }));
  const event = await published(world, people, { seniorCapacity: 1 });
  for (const { id } of people) await answer(world.ctx, event.id, id, 'yes');
  await deliverAll(world);
  oslo('2026-12-10T09:00');
  const [ada, ...line] = people as [Person, ...Person[]];
  const states = async () => {
    const all = await rsvps.everListed(world.db, event.id);
    return people.map(({ id }) => {
      const one = all.find(({ personId }) => personId === id);
      return one?.offeredAt ? `${one.state}, asked` : (one?.state ?? 'gone');
    });
  };
  const told = async (kind: string) =>
    (await allLetters(world)).flatMap((one) =>
      one.kind === kind && one.state !== 'cancelled'
        ? [people.findIndex(({ id }) => id === one.personId)]
        : [],
    );
  return { people, ada, line, event, states, told };
}

const [asked, waits] = ['waiting, asked', 'waiting'];

describe('a seat that comes free on the day', () => {
  test('moves nobody up: the next three are asked, and the first to press has it', async () => {
    const { ada, line, event, states, told } = await fullRoom();
    await sayNoForGood(world, event, ada);
    expect(await states()).toEqual(['declined', asked, asked, asked, waits]);
    expect(await told('seat-offer')).toEqual([1, 2, 3]);
    await deliverAll(world);
    await takeOfferedSeat(world.ctx, event.id, line[1]!.id);
    expect(await states()).toEqual(['declined', waits, 'coming', waits, waits]);
    expect(await told('seat-gone')).toEqual([1, 3]);
    expect((await told('confirmed')).filter((one) => one === 2)).toHaveLength(1);
    await expect(takeOfferedSeat(world.ctx, event.id, line[0]!.id)).rejects.toMatchObject({
      kind: 'conflict',
      heading: 'The seat is gone',
    });
    expect(
      (await invariants(world.db, { atRest: false })).filter((one) => !one.startsWith('I3: person')),
    ).toEqual([]);
  });

  test('of two who press at once exactly one has it', async () => {
    const { ada, line, event, states } = await fullRoom();
    await sayNoForGood(world, event, ada);
    const pressed = await Promise.allSettled(
      [line[2]!, line[0]!].map(({ id }) => takeOfferedSeat(world.ctx, event.id, id)),
    );
    expect(pressed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await states()).filter((one) => one === 'coming')).toHaveLength(1);
  });

  test('asks the next after two hours, and those of before can still press', async () => {
    const { ada, line, event, states } = await fullRoom();
    await sayNoForGood(world, event, ada);
    world.clock.advance({ minutes: 119 });
    await offerFreeSeats(world.ctx);
    expect((await states()).at(-1)).toBe(waits);
    world.clock.advance({ minutes: 1 });
    await offerFreeSeats(world.ctx);
    expect(await states()).toEqual(['declined', asked, asked, asked, asked]);
    await takeOfferedSeat(world.ctx, event.id, line[0]!.id);
    expect((await states())[1]).toBe('coming');
  });

  test('once the event has begun nothing moves and nobody can press', async () => {
    const { ada, line, event, states, told } = await fullRoom();
    await sayNoForGood(world, event, ada);
    oslo('2026-12-10T16:00');
    await expect(takeOfferedSeat(world.ctx, event.id, line[0]!.id)).rejects.toMatchObject({
      kind: 'conflict',
    });
    const before = await states();
    await addSeat(world.ctx, event.id, 'senior');
    await offerFreeSeats(world.ctx);
    expect(await states()).toEqual(before);
    expect(await told('seat-free')).toEqual([]);
  });

  test('an e-mail that has not left when the seat goes never leaves, and its reader hears of neither', async () => {
    const { ada, line, event, told } = await fullRoom(2);
    await sayNoForGood(world, event, ada);
    const offers = (await allLetters(world)).filter(({ kind }) => kind === 'seat-offer');
    await takeOfferedSeat(world.ctx, event.id, line[0]!.id);
    const post = {
      render: async () => ({ subject: 'x', bytes: Buffer.from('x') }),
      send: null,
      print: () => {},
    };
    for (const { id } of offers) await deliverLetter(world.ctx, post, id);
    expect([await told('seat-offer'), await told('seat-gone')]).toEqual([[], []]);
  });

  test('enters the calendar of the one who takes it alone, with a SEQUENCE of their own', async () => {
    const { ada, line, event } = await fullRoom(2);
    await sayNoForGood(world, event, ada);
    await takeOfferedSeat(world.ctx, event.id, line[0]!.id);
    await deliverAll(world);
    const shown = async ({ email }: Person) => short(await objectsTo(world, email));
    expect(await shown(line[0]!)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 0 CONFIRMED']);
    expect(await shown(line[1]!)).toEqual(['REQUEST 0 CONFIRMED']);
  });
});

describe('offered is also a seat that is free because', () => {
  const whatever: [string, (room: Awaited<ReturnType<typeof fullRoom>>) => Promise<unknown>][] = [
    ['Ada was taken off the list', ({ event, ada }) => uninvite(world.ctx, event.id, ada.id)],
    ['Ada has left', ({ ada }) => disablePerson(world.ctx, world.organiser.id, ada.id)],
    ['one was added', ({ event }) => addSeat(world.ctx, event.id, 'senior')],
    [
      'the event was planned larger',
      ({ event }) => change(world.ctx, event.id, planFor(world, [], { seniorCapacity: 2 })),
    ],
    [
      'Ada’s calendar said no',
      ({ event, ada }) => answer(world.ctx, event.id, ada.id, 'no', { way: 'calendar' }),
    ],
    ['Ada is not sure any more', ({ event, ada }) => answer(world.ctx, event.id, ada.id, 'maybe')],
    [
      'a substitute’s two days are over',
      async ({ event, ada }) => {
        const cy = await world.addPerson();
        oslo('2026-12-07T09:00');
        await nameSubstitute(world.ctx, event.id, ada.id, cy.id);
        oslo('2026-12-10T09:00');
        await releaseKeptSeats(world.ctx);
      },
    ],
  ];
  test.each(whatever)('%s', async (_, free) => {
    const room = await fullRoom();
    await free(room);
    expect((await room.states()).slice(1)).toEqual([asked, asked, asked, waits]);
    expect(await room.told('seat-free')).toEqual([]);
  });

  test('Ada was taken off, once that cannot be undone any more; undone, nobody was asked', async () => {
    const { ada, event, states } = await fullRoom();
    await uninviteMany(world.ctx, event.id, [ada.id], { held: true });
    await offerFreeSeats(world.ctx);
    expect((await states()).slice(1)).toEqual([waits, waits, waits, waits]);
    const hold = (await holds.current(world.db, event.id, world.clock.now))!;
    await undoHold(world.ctx, event.id, hold.id);
    expect((await states())[0]).toBe('coming');
    await uninviteMany(world.ctx, event.id, [ada.id], { held: true });
    world.clock.advance({ seconds: 11 });
    await offerFreeSeats(world.ctx);
    expect((await states()).slice(1)).toEqual([asked, asked, asked, waits]);
  });
});

test('the page offers the seat by one press, opening it takes nothing, and later it says that it is gone', async () => {
  const { ada, line, event, states } = await fullRoom();
  await sayNoForGood(world, event, ada);
  const [bo, cy, dee, eve] = line as [Person, Person, Person, Person];
  const card = async (person: Person) => page(await world.get(linkOf(world, event, person)))('#answer-panel');
  expect((await card(bo)).find('h2').text()).toBe('Can you make it?');
  expect((await card(eve)).find('form[action$="/seat-offered"]').length).toBe(0);
  expect((await states())[1]).toBe(asked);
  const press = async (person: Person) => {
    const link = linkOf(world, event, person);
    return world.post(`${link}/seat-offered`, {}, { link: link.slice('/i/'.length) });
  };
  expect((await press(cy)).statusCode).toBe(303);
  expect((await states())[2]).toBe('coming');
  const late = await press(dee);
  expect([late.statusCode, page(late)('h1').text()]).toEqual([409, 'The seat is gone']);
  expect((await card(dee)).find('h2').text()).toBe('You are on the waiting list');
});
