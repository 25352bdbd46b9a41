// Seating everybody: the question comes from the event, the plan goes into the draft, and nothing is overwritten unseen.
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { invite } from '../../../src/actions/guests/list.ts';
import { plansOf, tablesOf, withMet } from '../../../src/actions/tables/evening.ts';
import { publishPlan, takeBackPublication } from '../../../src/actions/tables/publish.ts';
import {
  beginSeating,
  endSeating,
  runSeating,
  seatWithout,
  takePlan,
} from '../../../src/actions/tables/seating.ts';
import { movePerson, placeBest, undoChange } from '../../../src/actions/tables/seats.ts';
import { factsOf } from '../../../src/domain/tables/facts.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { findSeating } from '../../../src/store/tables/seatings.ts';
import { addWish, type NewTableWish, setSettings } from '../../../src/store/tables/wishes.ts';
import { published, teamOf } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let guests: Person[];
let hosts: Person[];

/** Two tables with two hosts each and eight guests, one of whom leads another; all have said yes, the last is not sure. */
beforeEach(async () => {
  guests = [];
  for (let n = 0; n < 8; n += 1)
    guests.push(await world.addPerson({ name: `Guest ${n}`, managerId: n === 1 ? guests[0]!.id : null }));
  hosts = [];
  for (let n = 0; n < 4; n += 1) hosts.push(await world.addPerson({ name: `Host ${n}`, side: 'talent' }));
  const topics = [
    await teamOf(world, 'Agents', hosts.slice(0, 2)),
    await teamOf(world, 'Energy', hosts.slice(2)),
  ];
  event = await published(world, [...guests, ...hosts], { topics });
  for (const { id } of [...guests.slice(0, 7), ...hosts]) await answer(world.ctx, event.id, id, 'yes');
  await answer(world.ctx, event.id, guests[7]!.id, 'maybe');
});

const work = async (seconds = 0.15) => {
  const found = (await findSeating(world.db, event.id))!;
  await runSeating(world.ctx, { eventId: event.id, run: found.run }, { seconds });
};
const now = async () => {
  const found = (await events.find(world.db, event.id))!;
  const tables = await withMet(world.db, found, await tablesOf(world.db, found));
  return { tables, ...(await plansOf(world.db, event.id, tables)) };
};
const seatEveryone = async () => {
  await beginSeating(world.ctx, event.id, true);
  await work();
};
const rowOf = async (person: Person) => (await now()).seats.get(person.id);

describe('one press seats everybody', () => {
  test('teams host their tables in all rounds, nobody sits with their boss, and everybody has a seat', async () => {
    await seatEveryone();
    const { tables, seats, draft } = await now();
    const facts = factsOf(tables, seats);
    expect({ rounds: tables.rounds, tables: tables.tables, people: tables.people.length }).toEqual({
      rounds: 3,
      tables: 2,
      people: 12,
    });
    expect(facts).toMatchObject({ unseated: [], broken: [], hostless: [], lines: 1 });
    expect(seats.get(hosts[0]!.id)).toEqual([1, 1, 1]);
    expect(seats.get(hosts[3]!.id)).toEqual([2, 2, 2]);
    expect(draft!.figures).toMatchObject({ isProven: expect.any(Boolean) });
    expect(await findSeating(world.db, event.id)).toBe(null);
  });

  test('pressed twice there is one run, and its job names it', async () => {
    await beginSeating(world.ctx, event.id, true);
    const { run } = (await findSeating(world.db, event.id))!;
    await beginSeating(world.ctx, event.id, true);
    const jobs = (await world.jobs()).filter(({ job }) => job === 'seat-everyone');
    expect(jobs.map(({ data }) => data)).toEqual([{ eventId: event.id, run }]);
  });

  test('“Stop” changes nothing, and “Keep this one” takes the best plan so far', async () => {
    await beginSeating(world.ctx, event.id, true);
    await endSeating(world.ctx, event.id, false);
    await work();
    expect((await now()).seats.size).toBe(0);
    expect(await findSeating(world.db, event.id)).toBe(null);
    await beginSeating(world.ctx, event.id, true);
    await endSeating(world.ctx, event.id, true);
    await work(30);
    expect((await now()).seats.size).toBe(12);
  });

  test('wishes that exclude each other are named first, and the best plan is taken only when asked for', async () => {
    // Three people cannot all be apart at two tables.
    for (const [a, b] of [
      [2, 3],
      [2, 4],
      [3, 4],
    ] as const)
      await addWish(world.db, {
        eventId: event.id,
        kind: 'apart',
        personId: guests[a]!.id,
        otherId: guests[b]!.id,
        createdAt: world.clock.now,
      });
    await seatEveryone();
    const found = (await findSeating(world.db, event.id))!;
    expect(found).toMatchObject({ state: 'asks', work: { because: 'wishes' } });
    expect(found.work.sentences.join(' ')).toContain('Guest 2');
    expect((await now()).seats.size).toBe(0);
    await takePlan(world.ctx, event.id, true);
    const { tables, seats } = await now();
    expect(seats.size).toBe(12);
    expect(factsOf(tables, seats).broken.length).toBeGreaterThan(0);
    expect(await findSeating(world.db, event.id)).toBe(null);
  });

  test('too few seats get a sentence, and on request the best plan with more people at some tables', async () => {
    await setSettings(world.db, event.id, { tables: 2, mostSeats: 5 });
    await seatEveryone();
    const found = (await findSeating(world.db, event.id))!;
    expect(found).toMatchObject({
      state: 'asks',
      work: {
        because: 'wishes',
        sentences: [],
        said: [{ params: { people: 12, tables: 2, most: 5, seats: 10 } }],
      },
    });
    expect((await now()).seats.size).toBe(0);
    await takePlan(world.ctx, event.id, true);
    const { tables, seats } = await now();
    expect(seats.size).toBe(12);
    expect(factsOf(tables, seats).broken.map(({ kind, table }) => [kind, table])).toEqual([
      ['full', 1],
      ['full', 2],
    ]);
  });

  const wish = (person: number, values: Partial<NewTableWish>) =>
    addWish(world.db, {
      eventId: event.id,
      kind: 'lock',
      personId: guests[person]!.id,
      createdAt: world.clock.now,
      ...values,
    });

  test('locks that exclude each other are named, and the best plan keeps one of them', async () => {
    await wish(2, { tableNumber: 1, round: 1 });
    await wish(2, { tableNumber: 2, round: 1 });
    await seatEveryone();
    expect(await findSeating(world.db, event.id)).toMatchObject({
      state: 'asks',
      work: {
        because: 'wishes',
        sentences: ['Guest 2 is locked to table 1 and to table 2 in round 1.'],
        people: [guests[2]!.id],
      },
    });
    expect((await now()).seats.size).toBe(0);
    await takePlan(world.ctx, event.id, true);
    const { seats, draft } = await now();
    expect(seats.get(guests[2]!.id)![0]).toBe(1);
    expect(draft!.figures).toMatchObject({ isProven: false });
  });

  test('each kind of wish that cannot be is named, and all others are kept', async () => {
    // A table that is not there, a seat that stays with locks at two tables, and two hosts who are to sit together.
    await wish(2, { tableNumber: 7, round: 1 });
    await wish(3, { kind: 'stays' });
    await wish(3, { tableNumber: 1, round: 1 });
    await wish(3, { tableNumber: 2, round: 2 });
    await addWish(world.db, {
      eventId: event.id,
      kind: 'together',
      personId: hosts[0]!.id,
      otherId: hosts[2]!.id,
      createdAt: world.clock.now,
    });
    // The boss of guest 1 has a seat at table 1, and so has guest 1.
    await wish(0, { tableNumber: 1, round: null });
    await wish(1, { tableNumber: 1, round: 2 });
    await wish(4, { tableNumber: 2, round: 3 });
    await seatEveryone();
    const { work: asked } = (await findSeating(world.db, event.id))!;
    expect(asked.said).toMatchObject([{ params: { name: 'Guest 2', n: 7, round: 1, tables: 2 } }]);
    expect(asked.sentences.toSorted()).toEqual([
      'Guest 3 keeps one table, but is locked to several.',
      'Host 0, Host 1 and Host 2 are to host together, but at tables 1 and 2.',
      'No plan can keep Guest 0 and Guest 1 apart at two tables in round 2, with Guest 0 at table 1 and Guest 1 at table 1.',
    ]);
    await takePlan(world.ctx, event.id, true);
    const { tables, seats } = await now();
    expect(factsOf(tables, seats)).toMatchObject({ unseated: [], hostless: [] });
    expect(seats.get(guests[3]!.id)).toEqual([1, 1, 1]);
    expect(seats.get(guests[4]!.id)![2]).toBe(2);
    expect(seats.get(hosts[0]!.id)).toEqual([1, 1, 1]);
    expect(seats.get(hosts[2]!.id)).toEqual([2, 2, 2]);
  });

  test('wishes that are chosen are left out, and everyone is seated again with all others', async () => {
    await wish(2, { tableNumber: 1, round: 1 });
    await wish(2, { tableNumber: 2, round: 1 });
    await wish(4, { tableNumber: 2, round: 3 });
    await seatEveryone();
    const [first] = (await now()).tables.wishes;
    await expect(seatWithout(world.ctx, event.id, [])).rejects.toMatchObject({ kind: 'invalid' });
    await seatWithout(world.ctx, event.id, [first!.id]);
    await work();
    const { seats, tables } = await now();
    expect([seats.get(guests[2]!.id)![0], seats.get(guests[4]!.id)![2]]).toEqual([2, 2]);
    expect(tables.wishes).toHaveLength(2);
    expect(await findSeating(world.db, event.id)).toBe(null);
  });

  test('a change by another organiser while it works is not overwritten: it asks', async () => {
    await seatEveryone();
    const before = (await rowOf(guests[2]!))!;
    await beginSeating(world.ctx, event.id, true);
    await movePerson(world.ctx, event.id, {
      personId: guests[2]!.id,
      round: 1,
      from: before[0]!,
      to: 3 - before[0]!,
    });
    await work();
    expect(await findSeating(world.db, event.id)).toMatchObject({
      state: 'asks',
      work: { because: 'meanwhile' },
    });
    expect((await rowOf(guests[2]!))![0]).toBe(3 - before[0]!);
    await takePlan(world.ctx, event.id, false);
    expect((await rowOf(guests[2]!))![0]).toBe(3 - before[0]!);
  });

  test('people who met at an earlier event of the season count as met', async () => {
    await seatEveryone();
    await publishPlan(world.ctx, event.id, (await now()).draft!.revision);
    const later = await published(world, guests, { startsAt: '2027-01-20T16:00', name: 'Spring round' });
    const { met } = await withMet(world.db, later, await tablesOf(world.db, later));
    const { seats } = await now();
    const [a, b] = [guests[4]!.id, guests[5]!.id];
    const shared = seats.get(a)!.filter((table, round) => table === seats.get(b)![round]).length;
    expect(met.get(`${a} ${b}`) ?? 0).toBe(shared);
    expect(Math.max(...met.values())).toBe(3);
  });
});

describe('moving one person', () => {
  test('moves a guest in one round and a host in all, and one press takes it back', async () => {
    await seatEveryone();
    const before = (await rowOf(guests[3]!))!;
    const to = 3 - before[1]!;
    await movePerson(world.ctx, event.id, { personId: guests[3]!.id, round: 2, from: before[1]!, to });
    expect(await rowOf(guests[3]!)).toEqual([before[0], to, before[2]]);
    await movePerson(world.ctx, event.id, { personId: hosts[0]!.id, round: 1, from: 1, to: 2 });
    expect(await rowOf(hosts[0]!)).toEqual([2, 2, 2]);
    const { draft } = await now();
    expect(draft!.undo).toMatchObject({ kind: 'moved', name: 'Host 0' });
    await undoChange(world.ctx, event.id, draft!.revision);
    expect(await rowOf(hosts[0]!)).toEqual([1, 1, 1]);
    expect(await rowOf(guests[3]!)).toEqual([before[0], to, before[2]]);
  });

  test('of two organisers who move the same person the second is told where they sit now; others are no hindrance', async () => {
    await seatEveryone();
    const [one, two] = [(await rowOf(guests[3]!))!, (await rowOf(guests[4]!))!];
    const move = { personId: guests[3]!.id, round: 1, from: one[0]!, to: 3 - one[0]! };
    await movePerson(world.ctx, event.id, move);
    await expect(movePerson(world.ctx, event.id, move)).rejects.toMatchObject({
      kind: 'conflict',
      params: { name: 'Guest 3', n: 3 - one[0]! },
    });
    await movePerson(world.ctx, event.id, {
      personId: guests[4]!.id,
      round: 1,
      from: two[0]!,
      to: 3 - two[0]!,
    });
    expect((await rowOf(guests[4]!))![0]).toBe(3 - two[0]!);
  });

  test('is refused where the table is full or not there, and for somebody who does not come', async () => {
    await setSettings(world.db, event.id, { tables: 2, mostSeats: 6 });
    await seatEveryone();
    const { seats } = await now();
    const [id, row] = [...seats].find(([personId]) => personId === guests[3]!.id)!;
    const move = { personId: id, round: 1, from: row[0]!, to: 3 - row[0]! };
    await expect(movePerson(world.ctx, event.id, move)).rejects.toMatchObject({
      sentence: 'Table {n} is full in round {round}. Move someone away first.',
    });
    await expect(movePerson(world.ctx, event.id, { ...move, to: 9 })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const stranger = await world.addPerson();
    await expect(movePerson(world.ctx, event.id, { ...move, personId: stranger.id })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});

describe('draft, then published', () => {
  test('guests know the published plan; a later change is a draft until it is published', async () => {
    await seatEveryone();
    const first = await now();
    expect(first.published).toBe(null);
    await publishPlan(world.ctx, event.id, first.draft!.revision);
    const before = (await rowOf(guests[3]!))!;
    await movePerson(world.ctx, event.id, {
      personId: guests[3]!.id,
      round: 1,
      from: before[0]!,
      to: 3 - before[0]!,
    });
    const second = await now();
    expect(second.publishedSeats.get(guests[3]!.id)).toEqual(before);
    await publishPlan(world.ctx, event.id, second.draft!.revision);
    expect((await now()).publishedSeats.get(guests[3]!.id)![0]).toBe(3 - before[0]!);
    world.clock.advance({ seconds: 9 });
    await takeBackPublication(world.ctx, event.id);
    expect((await now()).publishedSeats.get(guests[3]!.id)).toEqual(before);
  });

  test('ten seconds later it cannot be taken back; the first plan is gone when it is', async () => {
    await seatEveryone();
    await publishPlan(world.ctx, event.id, (await now()).draft!.revision);
    await takeBackPublication(world.ctx, event.id);
    expect((await now()).published).toBe(null);
    await publishPlan(world.ctx, event.id, (await now()).draft!.revision);
    world.clock.advance({ seconds: 10 });
    await expect(takeBackPublication(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('a draft that changed since it was looked at is not published', async () => {
    await seatEveryone();
    const { draft } = await now();
    await placeBest(world.ctx, event.id, guests[3]!.id);
    const row = (await rowOf(guests[3]!))!;
    await movePerson(world.ctx, event.id, {
      personId: guests[3]!.id,
      round: 1,
      from: row[0]!,
      to: 3 - row[0]!,
    });
    await expect(publishPlan(world.ctx, event.id, draft!.revision)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('after that a yes has the best free place at once and nobody moves; a no frees its place in both', async () => {
    await seatEveryone();
    await publishPlan(world.ctx, event.id, (await now()).draft!.revision);
    const before = (await now()).publishedSeats;
    const late = await world.addPerson({ name: 'Late' });
    await invite(world.ctx, event.id, [late.id]);
    await answer(world.ctx, event.id, late.id, 'yes');
    const came = await now();
    expect(came.publishedSeats.get(late.id)!.every((table) => table > 0)).toBe(true);
    expect(came.seats.get(late.id)).toEqual(came.publishedSeats.get(late.id));
    for (const [id, row] of before) expect(came.publishedSeats.get(id)).toEqual(row);
    expect(came.published).toMatchObject({ came: 1, gone: 0 });
    await answer(world.ctx, event.id, guests[7]!.id, 'no');
    const gone = await now();
    expect(gone.publishedSeats.has(guests[7]!.id)).toBe(false);
    expect(gone.seats.has(guests[7]!.id)).toBe(false);
    expect(gone.published).toMatchObject({ came: 1, gone: 1 });
  });

  test('a no that can still be taken back keeps the place for ten minutes', async () => {
    await seatEveryone();
    await publishPlan(world.ctx, event.id, (await now()).draft!.revision);
    const row = (await now()).publishedSeats.get(guests[2]!.id);
    await answer(world.ctx, event.id, guests[2]!.id, 'no');
    expect((await now()).publishedSeats.get(guests[2]!.id)).toEqual(row);
    world.clock.advance({ minutes: 11 });
    await releaseKeptSeats(world.ctx);
    expect((await now()).publishedSeats.has(guests[2]!.id)).toBe(false);
  });
});
