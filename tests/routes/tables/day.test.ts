// The day itself: who is missing, who came, which table is dropped; the new seats are shown, then accepted.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { followAnswers, publishPlan } from '../../../src/actions/tables/publish.ts';
import { proposalsFor, runRepairs } from '../../../src/actions/tables/repairs.ts';
import { readPlan } from '../../../src/actions/tables/seating.ts';
import { situationOf } from '../../../src/actions/tables/situation.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { rsvps, seatProposals } from '../../../src/store/schema/index.ts';
import { published, teamOf } from '../../support/events.ts';
import { checkPlan } from '../../support/tables/plan-checker.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];
let hosts: Person[];

/** Three tables with two, one and one host and nine guests, published, ten minutes before the event begins. */
beforeEach(async () => {
  guests = [];
  for (let n = 0; n < 9; n += 1)
    guests.push(
      await world.addPerson({ name: `Guest ${'ABCDEFGHI'[n]}`, managerId: n === 1 ? guests[0]!.id : null }),
    );
  hosts = [];
  for (let n = 0; n < 4; n += 1)
    hosts.push(await world.addPerson({ name: `Host ${'PQRS'[n]}`, side: 'talent' }));
  const topics = [
    await teamOf(world, 'Agents', hosts.slice(0, 2)),
    await teamOf(world, 'Energy', hosts.slice(2, 3)),
    await teamOf(world, 'Robots', hosts.slice(3)),
  ];
  event = await published(world, [...guests, ...hosts], { topics });
  for (const { id } of [...guests, ...hosts]) await answer(world.ctx, event.id, id, 'yes');
  await readPlan(world.ctx, event.id, seats());
  await publishPlan(world.ctx, event.id, (await plans()).draft!.revision);
  world.clock.now = at(-10);
});

/** Hosts stay, guests move so that no two of them meet twice. */
const seats = () => {
  const host = (index: number) => [0, 0, 1, 2][index]! + 1;
  return new Map([
    ...hosts.map(({ id }, index): [number, number[]] => [id, [host(index), host(index), host(index)]]),
    ...guests.map(({ id }, n): [number, number[]] => [
      id,
      [0, 1, 2].map((round) => ((n + round * Math.floor(n / 3)) % 3) + 1),
    ]),
  ]);
};
const ida = () => ({ as: world.organiser });
const at = (minutes: number) => Temporal.Instant.from('2026-12-10T15:00:00Z').add({ minutes });
const plans = async () => {
  const found = (await events.find(world.db, event.id))!;
  return plansOf(world.db, event.id, await tablesOf(world.db, found, world.clock.now));
};
const rowOf = async (person: { id: number }) => (await plans()).publishedSeats.get(person.id);
const day = () => `/events/${event.id}/tables/day`;
const show = async (path = '', as: Person = world.organiser) => page(await world.get(day() + path, { as }));
/** Reports a change and shows the proposal. */
const report = async (fields: Record<string, string>, path = '/proposals') => {
  const { headers, statusCode, body } = await world.post(day() + path, fields, ida());
  if (statusCode !== 303) throw new Error(`${statusCode} ${page({ body } as never)('main').text()}`);
  const proposal = headers.location!.replace(day(), '');
  return { proposal, $: await show(proposal) };
};
const accept = (proposal: string, option: string) =>
  world.post(`${day()}${proposal}/acceptance`, { option }, ida());
const names = ($: ReturnType<typeof page>) =>
  $('button[name=option]')
    .toArray()
    .map((one) => $(one).attr('value'));
const came = async (people: readonly Person[]) => {
  for (const { id } of people) await pressAtDoor(world.ctx, event.id, id, { here: true });
};

describe('what differs on the day', () => {
  test('is for organisers and the facilitator, on the day, once tables are published', async () => {
    expect((await world.get(day(), { as: guests[0]! })).statusCode).toBe(404);
    world.clock.now = at(-60 * 24 * 8);
    expect((await show())('main').text()).toContain('This page is for the day of the event.');
    expect((await world.post(`${day()}/proposals`, { table: '1' }, ida())).statusCode).toBe(409);
    const later = await published(world, guests, {});
    expect(page(await world.get(`/events/${later.id}/tables/day`, ida()))('main').text()).toContain(
      'No tables are published yet.',
    );
  });

  test('lists who is not here, hosts first, and finds people by a part of their name', async () => {
    await came(guests.slice(0, 7));
    const $ = await show();
    expect($('.sum').text()).toContain('7 of 13 are here.');
    const missing = $('[aria-labelledby=day-missing] .person b')
      .toArray()
      .map((one) => $(one).text());
    expect(missing).toEqual(['Host P', 'Host Q', 'Host R', 'Host S', 'Guest H', 'Guest I']);
    const found = await show('?q=guest%20h');
    expect(found('[aria-labelledby=day-missing] .person b').text()).toBe('Guest H');
  });

  test('a guest who is not here: nobody moves; the second press publishes it, and one press takes it back', async () => {
    const before = await checkPlan(world.db, event.id);
    expect(before.wrong).toEqual([]);
    const { proposal, $ } = await report({ missing: String(guests[8]!.id) });
    expect($('h1').text()).toBe('Guest I is not here');
    expect($('.felt h2').text()).toBe('Nobody has to move');
    expect(names($)[0]).toBe('still');
    expect(await rowOf(guests[8]!)).toEqual(before.rows.get(`person ${guests[8]!.id}`));
    const done = await accept(proposal, 'still');
    expect(done.headers.location).toContain('said=accepted');
    expect(await rowOf(guests[8]!)).toEqual([0, 0, 0]);
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
    await world.post(`${day()}${proposal}/undoing`, {}, ida());
    expect((await checkPlan(world.db, event.id)).rows).toEqual(before.rows);
  });

  test('who comes for round 2 keeps the seats of later rounds', async () => {
    const row = (await rowOf(guests[2]!))!;
    const { proposal } = await report({ missing: String(guests[2]!.id), back: '2' });
    await accept(proposal, 'still');
    expect(await rowOf(guests[2]!)).toEqual([0, row[1], row[2]]);
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
  });

  test('a co-host who is not here leaves the table to the other; of a table with no host left the organiser is asked', async () => {
    const coHost = await report({ missing: String(hosts[0]!.id) });
    expect(names(coHost.$)[0]).toBe('still');
    await accept(coHost.proposal, 'still');
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
    const last = await report({ missing: String(hosts[1]!.id) });
    expect(names(last.$)).toEqual(['drop']);
    expect(last.$('main').text()).toContain('Their hosts sit like everyone else.');
    await accept(last.proposal, 'drop');
    const after = await checkPlan(world.db, event.id);
    expect(after.wrong).toEqual([]);
    expect([...after.rows.values()].flat()).not.toContain(1);
  });

  test('another talent takes the table of a host who is not here: the one with the fewest moves, or one who is chosen', async () => {
    const { proposal, $ } = await report({ missing: String(hosts[3]!.id) });
    expect(names($).toSorted()).toEqual(['drop', 'host']);
    expect($('button[value=host]').text()).toMatch(/^Host [PQ] takes table 3$/);
    const other = $('#host option').first();
    const chosen = await report({ missing: String(hosts[3]!.id), host: other.attr('value')! });
    expect(chosen.$('button[value=host]').text()).toBe(`${other.text()} takes table 3`);
    await accept(proposal, 'host');
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
    expect((await plans()).publishedSeats.get(hosts[3]!.id)).toEqual([0, 0, 0]);
  });

  test('another talent has the table of a host who comes for round 2 until then, and their own seats after it', async () => {
    const before = (await plans()).publishedSeats;
    const { proposal, $ } = await report({ missing: String(hosts[3]!.id), back: '2' });
    expect(names($).toSorted()).toEqual(['drop', 'host', 'still']);
    expect($('main').text()).toMatch(/Host [PQ] takes table 3 until the end of round 1\./);
    await accept(proposal, 'host');
    const after = await checkPlan(world.db, event.id);
    expect(after.wrong).toEqual([]);
    expect(await rowOf(hosts[3]!)).toEqual([0, 3, 3]);
    const standIn = [hosts[0]!, hosts[1]!].find(({ id }) => after.rows.get(`person ${id}`)![0] === 3)!;
    expect(await rowOf(standIn)).toEqual([3, 1, 1]);
    const moved = [...before].filter(([id, row]) => row.join() !== after.rows.get(`person ${id}`)!.join());
    expect(moved.map(([id]) => id).toSorted()).toEqual([standIn.id, hosts[3]!.id].toSorted());
    const seat = async (person: Person) =>
      page(await world.get(`/e/${event.slug}/seat`, { as: person }))('main').text();
    const there = guests.find(({ id }) => after.rows.get(`person ${id}`)![0] === 3)!;
    expect(await seat(there)).toContain(`Host hosts.`);
  });

  test('a host who comes after their table was dropped sits with others, or has it again with one press', async () => {
    const dropped = await report({ missing: String(hosts[3]!.id) });
    await accept(dropped.proposal, 'drop');
    await came([hosts[3]!]);
    const { proposal, $ } = await report({ came: String(hosts[3]!.id) });
    expect(names($)[0]).toBe('still');
    expect(names($)).toContain('back');
    expect($('main').text()).toContain('Table 3 is set again, with its host.');
    await accept(proposal, 'back');
    const after = await checkPlan(world.db, event.id);
    expect(after.wrong).toEqual([]);
    expect(await rowOf(hosts[3]!)).toEqual([3, 3, 3]);
    await world.post(`${day()}${proposal}/undoing`, {}, ida());
    expect([...(await checkPlan(world.db, event.id)).rows.values()].flat()).not.toContain(3);
  });

  test('a table dropped during round 1: round 1 stays, hosts sit like anybody else, and each way has its price', async () => {
    const before = await checkPlan(world.db, event.id);
    world.clock.now = at(20);
    const { proposal, $ } = await report({ table: '2', from: '1' });
    expect(names($)[0]).toBe('even');
    expect($('.checks').text()).toContain('Round 1 stays as it is: it has begun');
    await accept(proposal, 'even');
    const after = await checkPlan(world.db, event.id, { held: 1, before: before.rows });
    expect(after.wrong).toEqual([]);
    const host = after.rows.get(`person ${hosts[2]!.id}`)!;
    expect(host[0]).toBe(2);
    expect(host.slice(1)).not.toContain(2);
    expect(host.slice(1)).not.toContain(0);
    expect((await world.post(`${day()}/proposals`, { table: '2' }, ida())).statusCode).toBe(409);
  });

  test('a guest who had said no has come, and somebody by their name only: both get seats, nobody else moves', async () => {
    await answer(world.ctx, event.id, guests[4]!.id, 'no');
    world.clock.now = at(5);
    await releaseKeptSeats(world.ctx);
    expect((await show('?q=guest%20e'))('[aria-labelledby=day-found]').text()).toContain(
      'Had said: I can’t come',
    );
    const { proposal, $ } = await report({ came: String(guests[4]!.id) });
    expect($('.felt h2').text()).toBe('Guest E gets a seat, nobody else moves');
    await accept(proposal, 'still');
    const nils = await report({ name: 'Nils Aaberg', side: 'senior', as: 'plain' }, '/arrivals');
    await accept(nils.proposal, 'still');
    const after = await checkPlan(world.db, event.id);
    expect(after.wrong).toEqual([]);
    expect([...after.rows.keys()].filter((who) => who.startsWith('walk-in'))).toHaveLength(1);
    expect((await show())('.day-seats').text()).toContain('Nils');
    const unknown = await world.post(`${day()}/arrivals`, { name: 'Nobody Here', as: 'known' }, ida());
    expect(unknown.statusCode).toBe(422);
    expect(page(unknown)('#name').attr('value')).toBe('Nobody Here');
  });

  test('one press seats who is here; somebody checked in meanwhile makes the proposal outdated', async () => {
    await came([...hosts, ...guests.slice(0, 6)]);
    const { proposal, $ } = await report({ here: '1' });
    expect($('h1').text()).toBe('Seat who is here: 3 people are not');
    await came(guests.slice(6, 7));
    const late = await accept(proposal, names($)[0]!);
    expect(late.statusCode).toBe(409);
    expect(page(late)('main').text()).toContain('Nothing has been changed by you.');
    const again = await report({ here: '1' });
    await accept(again.proposal, names(again.$)[0]!);
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
    expect(await rowOf(guests[8]!)).toEqual([0, 0, 0]);
    // They come after all: the door says so, and the page offers them a seat.
    await came(guests.slice(8));
    expect((await show())('[aria-labelledby=day-unseated]').text()).toContain('Guest I');
    const back = await report({ came: String(guests[8]!.id) });
    await accept(back.proposal, names(back.$)[0]!);
    expect(await rowOf(guests[8]!)).not.toContain(0);
  });

  test('whoever waits and has come sits too, with one press for all who are here', async () => {
    await world.db
      .update(rsvps)
      .set({ state: 'waiting', waitingNumber: 1 })
      .where(eq(rsvps.personId, guests[3]!.id));
    const found = (await events.find(world.db, event.id))!;
    await world.db.transaction((tx) => followAnswers(tx, found, world.clock.now));
    await came([...hosts, ...guests]);
    expect(await rowOf(guests[3]!)).toBeUndefined();
    expect((await show())('[aria-labelledby=day-unseated]').text()).toContain('Guest D');
    const { proposal, $ } = await report({ here: '1' });
    expect($('.day-movers').text() + $('.felt').text()).toContain('Guest D');
    await accept(proposal, names($)[0]!);
    expect((await checkPlan(world.db, event.id)).wrong).toEqual([]);
    expect(await rowOf(guests[3]!)).not.toContain(0);
  });

  test('who is touched reads it on their own page at once, and the projector shows first names until the round begins', async () => {
    const { proposal, $ } = await report({ table: '3', from: '1' });
    await accept(proposal, names($)[0]!);
    const row = (await rowOf(hosts[3]!))!;
    const mine = page(await world.get(`/e/${event.slug}/seat`, { as: hosts[3]! }));
    expect(mine('.changed').text()).toContain(`Round 1: table ${row[0]}, no longer 3.`);
    expect(mine('h1').text()).toBe(`You start at table ${row[0]}`);
    expect(mine('#live').attr('data-changes')).toMatch(/^\/e\/.+\/changes\?at=\d+$/);
    const still = hosts[0]!;
    expect(page(await world.get(`/e/${event.slug}/seat`, { as: still }))('.changed')).toHaveLength(0);
    const screen = async () => page(await world.get(`/events/${event.id}/live/screen`, ida()));
    expect((await screen())('.moves').text()).toContain('Host');
    expect((await screen())('.moves').text()).toContain('Host S.');
    world.clock.now = at(20);
    expect((await screen())('.moves').text()).toContain('New tables, Round 2');
    expect(page(await world.get(`/e/${event.slug}/seat`, { as: hosts[3]! }))('h1').text()).toBe(
      `Next you are at table ${row[1]}`,
    );
    world.clock.now = at(80);
    expect((await screen())('.moves')).toHaveLength(0);
  });

  test('of two organisers the slower one is told, and proposes again with one press', async () => {
    const first = await report({ missing: String(guests[8]!.id) });
    const second = await report({ missing: String(guests[7]!.id) });
    await accept(first.proposal, 'still');
    const late = await accept(second.proposal, 'still');
    expect(late.statusCode).toBe(409);
    expect(page(late)('input[name=missing]').attr('value')).toBe(String(guests[7]!.id));
    expect(await rowOf(guests[7]!)).not.toEqual([0, 0, 0]);
  });

  test('repairs are ready beforehand for everybody who is missing and every table, the same ones as on the press', async () => {
    await came(guests);
    expect((await show())('[aria-labelledby=day-missing]').text()).toContain(
      'No new seats are ready beforehand yet',
    );
    const fresh = await report({ table: '3', from: '1' });
    expect((await show())('[aria-labelledby=day-missing]').text()).toContain(
      'ready for 1 of the 7 likeliest changes',
    );
    await runRepairs(world.ctx, event.id);
    expect((await show())('[aria-labelledby=day-missing]').text()).toContain(
      'ready for the 7 likeliest changes.',
    );
    const ready = await world.db.select({ key: seatProposals.key }).from(seatProposals);
    // Three tables and four hosts who are not here.
    expect(ready).toHaveLength(7);
    // Asked for when the plan was published, and again for when round 1 has begun.
    const jobs = (await world.jobs()).filter(({ job }) => job === 'prepare-repairs');
    expect(jobs).toHaveLength(2);
    const host = await report({ missing: String(hosts[3]!.id) });
    expect(names(host.$).toSorted()).toEqual(['drop', 'host']);
    expect((await world.db.select({ key: seatProposals.key }).from(seatProposals)).length).toBe(7);
    const again = await report({ table: '3', from: '1' });
    expect(again.$('.day-way').text()).toBe(fresh.$('.day-way').text());
  });

  test('where there is no time to look for other seats, those that need no search are offered', async () => {
    const found = (await events.find(world.db, event.id))!;
    const situation = await situationOf(world.db, found, world.clock.now);
    const change = { kind: 'missing', person: guests[8]!.id, back: null } as const;
    const [some] = await proposalsFor(situation, [change], { seconds: 0 });
    expect([some!.isWhole, some!.options.map(({ name }) => name)]).toEqual([false, ['still']]);
    const host = { kind: 'missing', person: hosts[3]!.id, back: null } as const;
    expect(await proposalsFor(situation, [host], { seconds: 0 })).toEqual([null]);
  });

  test('repairs come in the order of their odds, in jobs that end, and the page says which are ready', async () => {
    // Thirteen people and three tables: more than are worked out at once.
    await world.db.update(rsvps).set({ state: 'maybe' }).where(eq(rsvps.personId, guests[6]!.id));
    await runRepairs(world.ctx, event.id, { seconds: 0 });
    const ready = await world.db
      .select({ change: seatProposals.change })
      .from(seatProposals)
      .orderBy(seatProposals.id);
    expect(ready).toHaveLength(12);
    expect(ready[0]!.change).toMatchObject({ kind: 'missing', person: guests[6]!.id });
    const missing = (await show())('[aria-labelledby=day-missing]');
    expect(missing.text()).toContain('ready for 12 of the 16 likeliest changes; others take a few seconds');
    const rows = missing
      .find('li')
      .toArray()
      .map((one) => page({ body: missing.find(one).html() ?? '' } as never).text());
    expect(rows.filter((row) => row.includes('new seats take a few seconds'))).not.toHaveLength(0);
    expect(rows.find((row) => row.includes('Guest G'))).not.toContain('a few seconds');
    const [, next] = (await world.jobs())
      .filter(({ job }) => job === 'prepare-repairs')
      .map(({ data }) => data)
      .slice(-2);
    expect(next).toEqual({ eventId: event.id, goesOn: true });
    await runRepairs(world.ctx, event.id, { goesOn: true });
    expect(await world.db.select({ id: seatProposals.id }).from(seatProposals)).toHaveLength(16);
  });
});
