import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { answer, takeBackNo } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { goAhead } from '../../../src/actions/guests/go-ahead.ts';
import { uninvite, uninviteMany } from '../../../src/actions/guests/list.ts';
import { takeOfferedSeat } from '../../../src/actions/guests/offered-seat.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { disablePerson } from '../../../src/actions/people/people.ts';
import type { OrganiserNewsLetter } from '../../../src/domain/letters/facts.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published, sayNoForGood, teamOf } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const news = async () =>
  (await allLetters(world)).flatMap(({ kind, facts }) =>
    kind === 'organiser-news' ? [(facts as unknown as OrganiserNewsLetter).news] : [],
  );
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};

async function coming(n: number, values: Parameters<typeof published>[2] = {}) {
  const people: Person[] = [];
  for (let i = 0; i < n; i++) people.push(await world.addPerson({ name: `Guest ${i}` }));
  const event = await published(world, people, values);
  for (const { id } of people) await answer(world.ctx, event.id, id, 'yes');
  return { people: people as [Person, Person, ...Person[]], event };
}

describe('the organiser hears', () => {
  test('of a seat given back within 48 hours: who, why, and who moved up; once it is no mistake any more', async () => {
    const { people, event } = await coming(2, { seniorCapacity: 1, talentCapacity: 4 });
    const [ada, bo] = people;
    at('2026-12-09T09:00:00Z');
    await answer(world.ctx, event.id, ada.id, 'no');
    await takeBackNo(world.ctx, event.id, ada.id);
    expect(await news()).toEqual([]);
    await answer(world.ctx, event.id, ada.id, 'no');
    await rsvps.setReason(world.db, event.id, ada.id, 'unwell');
    await sayNoForGood(world, event, ada);
    expect(await news()).toEqual([
      { what: 'late-no', who: ada.name, because: 'unwell', movedUp: [bo.name], asked: 0 },
    ]);
  });

  test('how many were asked where seats are offered, and nothing of a no in good time', async () => {
    const { people, event } = await coming(3, { seniorCapacity: 1, talentCapacity: 4 });
    at('2026-12-01T09:00:00Z');
    await answer(world.ctx, event.id, people[0].id, 'no', { way: 'calendar' });
    expect(await news()).toEqual([]);
    at('2026-12-10T09:00:00Z');
    await answer(world.ctx, event.id, people[1].id, 'no', { way: 'calendar' });
    expect(await news()).toMatchObject([{ what: 'late-no', movedUp: [], asked: 1 }]);
  });

  test('of an event that filled up, once', async () => {
    const { people, event } = await coming(2, { seniorCapacity: 2, talentCapacity: 0 });
    expect(await news()).toEqual([{ what: 'filled-up', seats: 2 }]);
    await sayNoForGood(world, event, people[0]);
    await answer(world.ctx, event.id, people[0].id, 'yes');
    expect(await news()).toHaveLength(1);
  });

  test('of a quorum that is lost after “go”, and not before', async () => {
    const { people, event } = await coming(3, { seniorQuorum: 2 });
    await sayNoForGood(world, event, people[0]);
    await goAhead(world.ctx, event.id);
    await sayNoForGood(world, event, people[1]);
    expect(await news()).toEqual([
      { what: 'quorum-lost', seniors: { n: 1, least: 2 }, talents: { n: 0, least: 0 } },
    ]);
  });

  test('of a quorum that a removal costs after “go”, unless that is undone, and of one that somebody’s leaving costs', async () => {
    const lost = (n: number) => ({
      what: 'quorum-lost',
      seniors: { n, least: 2 },
      talents: { n: 0, least: 0 },
    });
    const { people, event } = await coming(3, { seniorQuorum: 2 });
    await goAhead(world.ctx, event.id);
    await uninvite(world.ctx, event.id, people[0].id);
    expect(await news()).toEqual([]);
    await uninviteMany(world.ctx, event.id, [people[1].id], { held: true });
    expect(await news()).toEqual([lost(1)]);
    const hold = await holds.current(world.db, event.id, world.clock.now);
    await undoHold(world.ctx, event.id, hold!.id);
    expect(await news()).toEqual([]);
    await disablePerson(world.ctx, world.organiser.id, people[2]!.id);
    expect(await news()).toEqual([lost(1)]);
  });

  test('of a quorum that is lost when a substitute doesn’t answer in time, not while the seat is kept', async () => {
    const bo = await world.addPerson({ name: 'Bo Berg' });
    const { people, event } = await coming(2, { seniorQuorum: 2 });
    await goAhead(world.ctx, event.id);
    await nameSubstitute(world.ctx, event.id, people[0].id, bo.id);
    expect(await news()).toEqual([]);
    world.clock.advance({ days: 3 });
    await releaseKeptSeats(world.ctx);
    expect(await news()).toMatchObject([{ what: 'quorum-lost', seniors: { n: 1, least: 2 } }]);
  });

  test('of an event that fills up with a seat that was offered', async () => {
    const { people, event } = await coming(2, { seniorCapacity: 1, talentCapacity: 0 });
    await world.db.execute(sql`DELETE FROM letters WHERE kind = 'organiser-news'`);
    at('2026-12-10T09:00:00Z');
    await answer(world.ctx, event.id, people[0].id, 'no', { way: 'calendar' });
    await takeOfferedSeat(world.ctx, event.id, people[1].id);
    expect(await news()).toMatchObject([{ what: 'late-no' }, { what: 'filled-up', seats: 1 }]);
  });

  test('of a host who sends a colleague instead, or leaves the organisation', async () => {
    const [amina, jonas, tove] = await Promise.all(
      ['Amina Yusuf', 'Jonas Vik', 'Tove Lie'].map((name) => world.addPerson({ name, side: 'talent' })),
    );
    const event = await published(world, [], { topics: [await teamOf(world, 'Agents', [amina!, jonas!])] });
    await nameSubstitute(world.ctx, event.id, amina!.id, tove!.id);
    const left = { what: 'host-left', trend: 'Agents', table: 1 };
    expect(await news()).toEqual([{ ...left, who: 'Amina Yusuf', instead: 'Tove Lie' }]);
    await disablePerson(world.ctx, world.organiser.id, jonas!.id);
    expect((await news()).at(-1)).toEqual({ ...left, who: 'Jonas Vik' });
  });

  test('of a host who can’t come, with table and trend', async () => {
    const amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent' });
    const event = await published(world, [], { topics: [await teamOf(world, 'Agents', [amina])] });
    await answer(world.ctx, event.id, amina.id, 'no');
    expect(await news()).toEqual([{ what: 'host-left', who: 'Amina Yusuf', trend: 'Agents', table: 1 }]);
  });
});

test('each can be switched off on the organiser’s own page', async () => {
  const ida = { as: world.organiser };
  const opened = page(await world.get('/account', ida));
  expect(opened('form[action="/account/news"] input[role=switch][checked]').length).toBe(9);
  await world.post('/account/news', { 'late-no': 'on', 'quorum-lost': 'on', 'host-left': 'on' }, ida);
  expect(page(await world.get('/account', ida))('#filled-up').attr('checked')).toBeUndefined();
  await coming(1, { seniorCapacity: 1, talentCapacity: 0 });
  expect(await news()).toEqual([]);
});
