import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { publishPlan } from '../../../src/actions/tables/publish.ts';
import { movePerson, placeBest } from '../../../src/actions/tables/seats.ts';
import type * as events from '../../../src/store/events/events.ts';
import * as store from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];
let host: Person;

const start = async (values: Parameters<typeof published>[2] = {}) => {
  const topics = [await teamOf(world, 'Agents', [host]), await teamOf(world, 'Energy', [])];
  event = await published(world, [...guests, host], { topics, access: 'Second door on the left', ...values });
  for (const { id } of [...guests.slice(0, 4), host]) await answer(world.ctx, event.id, id, 'yes');
  for (const { id } of [host, ...guests.slice(0, 4)]) await placeBest(world.ctx, event.id, id);
};
const plan = async () => {
  const tables = await tablesOf(world.db, (await store.find(world.db, event.id))!);
  return plansOf(world.db, event.id, tables);
};
const publish = async () => publishPlan(world.ctx, event.id, (await plan()).draft!.revision);
const seatOf = async (person: Person) => page(await world.get(`/e/${event.slug}/seat`, { as: person }));

beforeEach(async () => {
  guests = [];
  for (const name of ['Anna Berg', 'Bo Dahl', 'Cara Ek', 'Dina Falk', 'Emil Gran'])
    guests.push(await world.addPerson({ name }));
  host = await world.addPerson({ name: 'Hana Ito', side: 'talent' });
});

describe('a guest’s own tables', () => {
  test('are there once they are published, in each round with the host and first names only', async () => {
    await start();
    const early = await seatOf(guests[0]!);
    expect(early('main').text()).toContain('Tables are planned once answers are in');
    expect(early('nav').text()).not.toContain('My table');
    await publish();
    const $ = await seatOf(guests[0]!);
    const rows = (await plan()).publishedSeats;
    const mine = rows.get(guests[0]!.id)!;
    expect($('h1').text()).toBe(`You start at table ${mine[0]}`);
    expect($('.round')).toHaveLength(3);
    expect($('.round').first().text()).toContain('16:15');
    expect($('main').text()).toContain('Second door on the left');
    const at = mine.indexOf(1);
    const round = $('.round').eq(at);
    expect(round.text()).toContain('Agents');
    expect(round.text()).toContain('Hana hosts.');
    const mates = guests.slice(1, 4).filter(({ id }) => rows.get(id)![at] === 1);
    expect(round.find('.with li').length).toBe(mates.length + 1);
    expect($('main').text()).not.toMatch(/Berg|Dahl|Falk|Ito/);
    expect($('nav [aria-current="page"]').text()).toContain('My table');
  });

  test('are the same at the personal link, and change only when the change is published', async () => {
    await start();
    await publish();
    const link = async () => page(await world.get(`${linkOf(world, event, guests[0]!)}/seat`));
    const mine = (await plan()).publishedSeats.get(guests[0]!.id)!;
    expect((await link())('h1').text()).toBe(`You start at table ${mine[0]}`);
    const front = page(await world.get(linkOf(world, event, guests[0]!)));
    expect(front('nav').text()).toContain('My table');
    const to = 3 - mine[0]!;
    await movePerson(world.ctx, event.id, { personId: guests[0]!.id, round: 1, from: mine[0]!, to });
    expect((await link())('h1').text()).toBe(`You start at table ${mine[0]}`);
    await publish();
    expect((await link())('h1').text()).toBe(`You start at table ${to}`);
  });

  test('show hosts alone where guests do not see who comes, and say so where somebody has no seat', async () => {
    await start({ guestListShown: false });
    await publish();
    const names = (await seatOf(guests[0]!))('.with').text();
    expect(names).not.toMatch(/Bo|Cara|Dina/);
    const $ = await seatOf(guests[4]!);
    expect($('main').text()).toContain('You have no seat yet');
    const stranger = await world.addPerson();
    expect((await world.get(`/e/${event.slug}/seat`, { as: stranger })).statusCode).toBe(404);
  });
});

test('a host sees on the event page who sits with them in each round, once it is published', async () => {
  await start();
  const show = async () => page(await world.get(`/e/${event.slug}`, { as: host }));
  expect((await show())('main').text()).toContain('Tables are planned once answers are in');
  await publish();
  const $ = await show();
  const rows = (await plan()).publishedSeats;
  for (const round of [0, 1, 2]) {
    const here = guests.slice(0, 4).filter(({ id }) => rows.get(id)![round] === 1);
    expect($('.round').eq(round).find('.with li').length).toBe(here.length);
    for (const { name } of here) expect($('.round').eq(round).text()).toContain(name.split(' ')[0]!);
  }
});
