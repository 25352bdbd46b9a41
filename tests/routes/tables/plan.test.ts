import { beforeEach, describe, expect, test } from 'vitest';
import { noteNeeds } from '../../../src/actions/guests/needs.ts';
import type { PlannedTables } from '../../../src/actions/tables/evening.ts';
import { runSeating } from '../../../src/actions/tables/seating.ts';
import type { Facts } from '../../../src/domain/tables/facts.ts';
import { factsInWords } from '../../../src/routes/tables/facts-view.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { findSeating } from '../../../src/store/tables/seatings.ts';
import { drafted } from '../../support/events.ts';
import { twoTables } from '../../support/tables/two-tables.ts';
import { page, useWorld } from '../../support/world.ts';
import { addSeats } from './many-seats.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];
let hosts: Person[];

beforeEach(async () => {
  const names = ['Anna Berg', 'Bo Dahl', 'Cara Ek', 'Dina Falk', 'Emil Gran', 'Fia Holm'];
  ({ event, guests, hosts } = await twoTables(world, names));
});

const ida = () => ({ as: world.organiser });
const show = async (query = '') => page(await world.get(`/events/${event.id}/tables${query}`, ida()));
const press = (path: string, fields: Record<string, string> = {}) =>
  world.post(`/events/${event.id}/tables${path}`, fields, ida());
const seat = async () => {
  await press('/seating', { how: 'afresh' });
  const { run } = (await findSeating(world.db, event.id))!;
  await runSeating(world.ctx, { eventId: event.id, run }, { seconds: 0.3 });
};
const tableOf = ($: ReturnType<typeof page>, person: Person) =>
  String($(`#seat-${person.id}`).attr('value')).split('.')[1];

describe('the table plan', () => {
  test('is for organisers, at events with round tables', async () => {
    expect((await world.get(`/events/${event.id}/tables`, { as: guests[0]! })).statusCode).toBe(404);
    const lunch = await drafted(world, [], { shape: 'room', topics: [] });
    expect(page(await world.get(`/events/${lunch.id}/tables`, ida()))('main').text()).toContain(
      'This event has no round tables',
    );
    expect((await world.get('/events/99999/tables', ida())).statusCode).toBe(404);
  });

  test('of an event that is over without one says so, and one that was made stays to be looked at', async () => {
    const day = world.clock.now;
    world.clock.advance({ hours: 24 * 60 });
    expect((await show())('main').text()).toContain('No tables were planned');
    expect((await show())('button:contains("Seat everyone")')).toHaveLength(0);
    world.clock.now = day;
    await seat();
    world.clock.advance({ hours: 24 * 60 });
    expect((await show())('.floor .table')).toHaveLength(2);
  });

  test('one press seats everyone; progress is shown until the plan is there, with its facts', async () => {
    expect((await show())('.quiet').text()).toContain('8 people have said yes or are not sure yet.');
    await press('/seating', { how: 'afresh' });
    const working = await show();
    expect(working('#plan-work').attr('hx-trigger')).toBe('every 1s');
    expect(working('#plan-work').text()).toContain('Keep this one');
    const { run } = (await findSeating(world.db, event.id))!;
    await runSeating(world.ctx, { eventId: event.id, run }, { seconds: 0.3 });
    const done = await show();
    expect(done('#plan-work').text().trim()).toBe('');
    expect(done('.checks li')).toHaveLength(4);
    expect(done('.checks').text()).toContain('Everyone has a seat');
    expect(done('.floor .table')).toHaveLength(2);
    expect(done('.floor input[name="who"]')).toHaveLength(8);
    expect(tableOf(done, hosts[0]!)).toBe('1');
    expect(tableOf(await show('?round=3'), hosts[1]!)).toBe('2');
  });

  test('two presses move one person in one round, by a plain form, and one takes it back', async () => {
    await seat();
    const before = tableOf(await show('?round=2'), guests[0]!)!;
    const to = before === '1' ? '2' : '1';
    const answered = await press('/places?round=2', {
      who: `${guests[0]!.id}.${before}`,
      round: '2',
      to,
    });
    expect(answered.statusCode).toBe(303);
    expect(answered.headers.location).toBe(
      `/events/${event.id}/tables?round=2&said=moved#seat-${guests[0]!.id}`,
    );
    const moved = await show('?round=2&said=moved');
    expect(moved('#status').text()).toContain('Moved.');
    expect(tableOf(moved, guests[0]!)).toBe(to);
    expect(moved('#plan-room').text()).toContain('Anna Berg was moved.');
    expect(moved('#status').text()).toBe('Moved.');
    await press('/undoing?round=2', { seen: String(moved('input[name="seen"]').first().attr('value')) });
    expect(tableOf(await show('?round=2'), guests[0]!)).toBe(before);
  });

  test('a press without a pick says what to do, and a person moved meanwhile is shown where they are', async () => {
    await seat();
    expect((await press('/places', { round: '1', to: '1' })).headers.location).toContain('said=pick');
    const now = tableOf(await show(), guests[0]!)!;
    const stale = await press('/places', {
      who: `${guests[0]!.id}.${now === '1' ? 2 : 1}`,
      round: '1',
      to: now,
    });
    expect(stale.statusCode).toBe(409);
    expect(page(stale)('main').text()).toContain(`Anna Berg sits at table ${now} by now`);
    expect((await press('/places', { who: 'x', round: '1', to: '1' })).statusCode).toBe(422);
  });

  test('locks and one seat for all rounds are wished with the same pick, and can be removed', async () => {
    await seat();
    const who = `${guests[1]!.id}.${tableOf(await show(), guests[1]!)}`;
    await press('/places', { who, round: '1', do: 'lock', table: '1' });
    await press('/places', { who, round: '1', do: 'stays', table: '1' });
    const $ = await show();
    expect($('.wish-list').text()).toContain('Bo Dahl sits at table');
    expect($('.wish-list').text()).toContain('Bo Dahl keeps one seat in all rounds');
    await world.post($('.wish-list form').first().attr('action')!, {}, ida());
    expect((await show())('.wish-list').text()).not.toContain('Bo Dahl sits at table');
  });

  test('two people are wished apart by name; a name nobody has keeps what was typed', async () => {
    await press('/wishes', { person: 'anna', other: 'Bo Dahl', kind: 'apart' });
    expect((await show())('.wish-list').text()).toContain('Anna Berg and Bo Dahl sit apart');
    const wrong = await press('/wishes', { person: 'Anna Berg', other: 'Zoe', kind: 'together' });
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#person').attr('value')).toBe('Anna Berg');
    expect(page(wrong)('#other-error').text()).toContain('Nobody who comes is called Zoe.');
    const opposite = await press('/wishes', { person: 'Bo Dahl', other: 'Anna Berg', kind: 'together' });
    expect(opposite.statusCode).toBe(409);
  });

  test('people with an access need are proposed for one seat, and the need is not named', async () => {
    await noteNeeds(world.ctx, event.id, guests[2]!.id, {
      diet: '',
      allergies: [],
      food: '',
      access: ['step-free'],
      arrange: 'A ramp, please',
    });
    const $ = await show();
    expect($('#plan-wishes').text()).toContain('Cara Ek');
    expect($('main').text()).not.toMatch(/step|ramp/i);
    await press(`/kept-seats/${guests[2]!.id}`);
    expect((await show())('.wish-list').text()).toContain('Cara Ek keeps one seat in all rounds');
    expect((await show())('h3').text()).not.toContain('One seat for all rounds?');
  });

  test('facts open the list behind them', async () => {
    await seat();
    const before = tableOf(await show(), guests[0]!)!;
    await press('/places', { who: `${guests[0]!.id}.${before}`, round: '1', do: 'off', table: '1' });
    const $ = await show('?list=open');
    expect($('.checks').text()).toContain('1 person has no seat yet');
    expect($('.fact-list').text()).toContain('Anna Berg has no seat in every round.');
    expect($('.tray').text()).toContain('Anna Berg');
    await press('/places', { best: String(guests[0]!.id), round: '1' });
    expect((await show())('.checks').text()).toContain('Everyone has a seat');
  });

  test('a number of tables and seats is checked, and kept', async () => {
    expect((await press('/settings', { tables: '0', mostSeats: 'many' })).statusCode).toBe(422);
    expect((await press('/settings', { tables: '3', mostSeats: '4' })).statusCode).toBe(303);
    const $ = await show();
    expect($('#tables').attr('value')).toBe('3');
    expect($('#mostSeats').attr('value')).toBe('4');
    await press('/settings', { tables: '2', mostSeats: '3' });
    await seat();
    const tooFew = (await show())('#plan-work');
    expect(tooFew.text()).toContain('2 tables of 3 have 6 seats');
    expect(tooFew.find('button[name="take"][value="yes"]').text()).toBe('Take the best plan all the same');
  });

  test('wishes that exclude each other are named, and left out by choice or in the best plan', async () => {
    const names = ['Anna Berg', 'Bo Dahl', 'Cara Ek'];
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const)
      await press('/wishes', { person: names[a]!, other: names[b]!, kind: 'apart' });
    await seat();
    const asks = (await show())('#plan-work');
    expect(asks.text()).toContain(
      'No plan can keep Anna Berg, Bo Dahl and Cara Ek apart at two tables in round 1.',
    );
    const offered = asks.find('input[name="without"]');
    expect(offered.length).toBeGreaterThan(1);
    const none = await press('/seating/without');
    expect(none.statusCode).toBe(422);
    expect(page(none)('#plan-work').text()).toContain('Choose at least one wish to leave out.');
    await press('/seating/without', { without: String(offered.first().attr('value')) });
    const { run } = (await findSeating(world.db, event.id))!;
    await runSeating(world.ctx, { eventId: event.id, run }, { seconds: 10 });
    const done = await show();
    expect(done('#plan-work').text().trim()).toBe('');
    expect(done('.wish-list form')).toHaveLength(2);
  });

  test('a wish against an earlier one is asked about, and takes its place when that is wanted', async () => {
    const asked = { person: 'Anna Berg', other: 'Bo Dahl' };
    await press('/wishes', { ...asked, kind: 'apart' });
    const against = await press('/wishes', { ...asked, kind: 'together' });
    expect(against.statusCode).toBe(409);
    const $ = page(against);
    expect($('.error-summary').text()).toContain('Anna Berg and Bo Dahl are to sit apart already.');
    expect($('#instead').text()).toBe('Put this wish in its place');
    expect($('#person').attr('value')).toBe('Anna Berg');
    await press('/wishes', { ...asked, kind: 'together', instead: 'yes' });
    const wishes = (await show())('.wish-list').text();
    expect(wishes).toContain('Anna Berg and Bo Dahl sit together');
    expect(wishes).not.toContain('apart');
  });

  test('the draft is published, later changes are said, and ten seconds take it back', async () => {
    await seat();
    const seen = () => show().then(($) => String($('#plan-publish input[name="seen"]').attr('value')));
    expect((await show())('#plan-publish').text()).toContain('A draft. Guests and hosts see no tables yet.');
    await press('/publication', { seen: await seen() });
    const $ = await show();
    expect($('#plan-publish').text()).toContain('Published. Guests and hosts see this plan.');
    expect($('#publish-plan')).toHaveLength(0);
    const from = tableOf($, guests[0]!)!;
    await press('/places', { who: `${guests[0]!.id}.${from}`, round: '1', to: from === '1' ? '2' : '1' });
    expect((await show())('#plan-publish').text()).toContain('1 person sits elsewhere');
    expect((await show())('#plan-publish').text()).toContain('E-mails to those it touches are kept here');
    const old = await seen();
    await press('/publication', { seen: old });
    await press('/publication/undoing');
    expect((await show())('#plan-publish').text()).toContain('1 person sits elsewhere');
    expect((await press('/publication', { seen: String(Number(old) - 1) })).statusCode).toBe(409);
  });

  test('the panel alone is sent to htmx after a move, with the facts and what guests know', async () => {
    await seat();
    const answered = await world.get(`/events/${event.id}/tables?said=moved`, {
      ...ida(),
      headers: { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#plan-room' },
    });
    expect(answered.body).toMatch(/^\s*<div id="plan-room"/);
    expect(answered.body).toContain('hx-target="#plan-facts"');
    expect(answered.body).not.toContain('<html');
  });
});

test('600 people at 84 tables are a page of at most 400 kB, and a move’s answer has at most three times the bytes of 60', {
  timeout: 120_000,
}, async () => {
  const large = await addSeats(world, { people: 600, tables: 84 });
  const answered = await world.get(`/events/${large.id}/tables`, ida());
  expect(answered.statusCode).toBe(200);
  expect(page(answered)('.floor .table')).toHaveLength(10);
  expect(Buffer.byteLength(answered.body)).toBeLessThan(400_000);
  expect(
    page(await world.get(`/events/${large.id}/tables?q=Guest 599`, ida()))('.floor .table'),
  ).toHaveLength(1);
  const small = await addSeats(world, { people: 60, tables: 9, from: 600 });
  const bytesOfMove = async (id: number) => {
    const $ = page(await world.get(`/events/${id}/tables`, ida()));
    const who = String($('.floor input[name="who"]').first().attr('value'));
    const panel = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#plan-room' };
    const pressed = await world.post(
      `/events/${id}/tables/places`,
      { who, round: '1', to: who.endsWith('.1') ? '2' : '1' },
      ida(),
    );
    expect(pressed.statusCode).toBe(303);
    const answer = await world.get(String(pressed.headers.location).split('#')[0]!, {
      ...ida(),
      headers: panel,
    });
    expect(answer.body).toMatch(/^\s*<div id="plan-room"/);
    return Buffer.byteLength(answer.body);
  };
  expect(await bytesOfMove(large.id)).toBeLessThan(3 * (await bytesOfMove(small.id)));
});

test('a proven plan asks for no look at its mix, and one that is not proven does', () => {
  const facts = {
    unmixed: [{ round: 1, table: 2, department: 'Sales', side: null, count: 3 }],
    mostOfDepartment: 3,
  };
  const nothing = { newMeetings: 4, meetings: 4, again: [], broken: [], lines: 0, wishes: 0 };
  const all = { ...nothing, ...facts, unseated: [], hostless: [], hasHosts: false } as unknown as Facts;
  const tables = { people: [], tables: 2, met: new Map() } as unknown as PlannedTables;
  const mixOf = (isProven: boolean) =>
    factsInWords(world.ctx.words, tables, all, { isProven, seconds: 1 }).find(({ name }) => name === 'mix')!;
  expect(mixOf(false)).toMatchObject({ isFine: false, lines: 1 });
  expect(mixOf(true)).toMatchObject({ isFine: true, lines: 1 });
  expect(mixOf(true).note).toContain('Proven: sides can’t be mixed better.');
});
