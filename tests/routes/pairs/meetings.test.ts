// A pair arranges its meetings on its page: each enters both calendars, moves there and leaves them.
import { expect, test } from 'vitest';
import { answerPair } from '../../../src/actions/pairs/answering.ts';
import { matchPairs } from '../../../src/actions/pairs/matching.ts';
import { publishPairs } from '../../../src/actions/pairs/publishing.ts';
import { beginRound, takePart } from '../../../src/actions/pairs/rounds.ts';
import { saveWish } from '../../../src/actions/pairs/wishes.ts';
import * as meetings from '../../../src/store/pairs/meetings.ts';
import * as pairs from '../../../src/store/pairs/pairs.ts';
import * as rounds from '../../../src/store/pairs/rounds.ts';
import type * as people from '../../../src/store/people/people.ts';
import { objectsTo, short } from '../../support/calendar/objects.ts';
import { allLetters } from '../../support/letters.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
type Person = people.Person;
const textOf = (answer: Answer, what = '#meetings-panel') => page(answer)(what).text().replace(/\s+/g, ' ');
const calendarOf = async (person: Person) => short(await objectsTo(world, person.email));

/** Ines and Ada, who both like Tuesdays and Thursdays, have said yes to each other; two meetings in two months. */
async function pair() {
  const { ctx } = world;
  const ines = await world.addPerson({ name: 'Ines Nordby', side: 'senior', email: 'ines@halden.example' });
  const ada = await world.addPerson({ name: 'Ada Aas', side: 'talent', email: 'ada@halden.example' });
  const today = ctx.now().toZonedDateTimeISO('Europe/Oslo').toPlainDate();
  const day = (days: number) => today.add({ days }).toString();
  const by = world.organiser.id;
  const plan = { wishesUntil: day(3), startsOn: day(10), meetings: 2, minutes: 50, months: 2, trios: false };
  const round = await beginRound(ctx, by, plan);
  const seen = async () => (await rounds.find(ctx.db, round.id))!.revision;
  await takePart(ctx, by, round.id, await seen(), { ids: [ines.id, ada.id] });
  const topics = [{ trendId: null, words: 'Heat at work' }];
  for (const { id } of [ines, ada])
    await saveWish(ctx, id, { takesPart: true, topics, manner: [], days: [2, 4], most: 1 }, undefined);
  await matchPairs(ctx, by, round.id, await seen());
  await publishPairs(ctx, by, round.id, await seen());
  const [made] = await pairs.list(ctx.db, round.id);
  for (const { id } of [ines, ada]) await answerPair(ctx, made!.pair.id, id, 'yes');
  const at = `/pairs/${made!.pair.id}`;
  const all = () => meetings.ofPair(world.db, made!.pair.id);
  const first = (await all())[0]!;
  const press = (as: Person, noun: string, fields: Record<string, string>, id = first.id) =>
    world.post(`${at}/meetings/${id}/${noun}`, fields, { as });
  const offers = async (as: Person) => {
    const shown = page(await world.get(at, { as }));
    const buttons = shown('#meetings-panel button[name=to]').map((_, one) => shown(one).val());
    return buttons.get().map(String);
  };
  return { ines, ada, at, all, first, press, offers };
}

test('the e-mail of a new pair names three times that both can, and one press puts the first meeting into both calendars', async () => {
  const { ines, ada, at, first, press, offers } = await pair();
  const times = await offers(ada);
  expect(times).toHaveLength(3);
  const weekdays = times.map((wall) => Temporal.PlainDateTime.from(wall).dayOfWeek);
  expect(weekdays.every((one) => one === 2 || one === 4)).toBe(true);
  const letters = await allLetters(world);
  const named = letters.filter(({ kind }) => kind === 'pair-proposed' || kind === 'pair-news');
  expect(named).toHaveLength(4);
  for (const { facts } of named) expect(facts.times).toEqual(times);
  await press(ada, 'date', { to: times[0]! });
  expect([await calendarOf(ines), await calendarOf(ada)]).toEqual([
    ['REQUEST 0 CONFIRMED'],
    ['REQUEST 0 CONFIRMED'],
  ]);
  const [entry] = await objectsTo(world, ines.email);
  expect([entry!.start, entry!.attendee]).toEqual([`${times[0]}:00`, `mailto:${ines.email}`]);
  expect(textOf(await world.get(at, { as: ines }))).toContain('First talk');
  const stranger = await world.addPerson({ name: 'Rolf Amundsen', side: 'senior' });
  expect(
    (await world.post(`${at}/meetings/${first.id}/date`, { to: times[1]! }, { as: stranger })).statusCode,
  ).toBe(404);
});

test('the other presses another of the times within two days, or none of these, which is no cancellation', async () => {
  const { ines, ada, at, all, press, offers } = await pair();
  const times = await offers(ada);
  await press(ada, 'date', { to: times[0]! });
  expect(await offers(ines)).toEqual([times[1], times[2], 'none']);
  await press(ines, 'answer', { to: times[1]! });
  expect([(await all())[0]!.startsAt, (await all())[0]!.isMoved]).toEqual([times[1], false]);
  expect(await calendarOf(ada)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 1 CONFIRMED']);
  const [to] = await offers(ines);
  await press(ines, 'date', { to: to! });
  expect((await all())[0]).toMatchObject({ startsAt: to, isMoved: true });
  await press(ada, 'answer', { to: 'none' });
  expect((await all())[0]).toMatchObject({ state: 'open', startsAt: '' });
  expect((await calendarOf(ines)).at(-1)).toBe('CANCEL 3 CANCELLED');
  expect(textOf(await world.get(at, { as: ines }))).toContain('2 ahead.');
  await press(ada, 'date', { to: (await offers(ada))[0]! });
  expect((await calendarOf(ines)).at(-1)).toBe('REQUEST 4 CONFIRMED');
  world.clock.advance({ hours: 49 });
  const late = await press(ines, 'answer', { to: 'none' });
  expect([late.statusCode, (await all())[0]!.state]).toEqual([409, 'planned']);
});

test('a meeting is left out with a new date at the end, or with one fewer; a typed time that is over keeps what was typed', async () => {
  const { ines, ada, all, press, offers } = await pair();
  await press(ada, 'date', { to: (await offers(ada))[0]! });
  const wrong = await press(ada, 'date', { day: '2020-01-07', time: '10:00', place: 'Room 3' });
  expect([wrong.statusCode, page(wrong)('#place').val()]).toEqual([422, 'Room 3']);
  expect(textOf(wrong)).toContain('This time is over. Choose a later one.');
  await press(ines, 'cancellation', { how: 'extra' });
  const after = await all();
  expect(after.map(({ state }) => state)).toEqual(['cancelled', 'open', 'planned']);
  expect(await calendarOf(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1 CANCELLED', 'REQUEST 0 CONFIRMED']);
  await press(ines, 'cancellation', { how: 'fewer' }, after[1]!.id);
  expect((await all()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'planned']);
});

test('a meeting counts as held unless one says otherwise, and after the last one everyone says how it ends', async () => {
  const { ines, ada, at, all, press, offers } = await pair();
  await press(ada, 'date', { to: (await offers(ada))[0]! });
  await world.post(`${at}/agreement`, {}, { as: ada });
  expect(textOf(await world.get(at, { as: ada }))).toContain('You have agreed.');
  await world.post(`${at}/agreement`, {}, { as: ines });
  expect(textOf(await world.get(at, { as: ada }))).toContain('Everyone has agreed.');
  const early = await world.post(`${at}/end`, { end: 'stop' }, { as: ada });
  expect(early.statusCode).toBe(409);
  await press(ines, 'cancellation', { how: 'fewer' }, (await all())[1]!.id);
  world.clock.advance({ hours: 24 * 20 });
  expect(textOf(await world.get(at, { as: ines }))).toContain('1 held.');
  await press(ines, 'attendance', { held: 'no' });
  expect(textOf(await world.get(at, { as: ada }))).toContain('1 did not take place.');
  await press(ada, 'attendance', { held: 'yes' });
  expect(textOf(await world.get(at, { as: ada }))).toContain('1 held.');
  await world.post(`${at}/end`, { end: 'go-on' }, { as: ada });
  expect(textOf(await world.get(at, { as: ada }))).toContain('It ends once everyone has said so.');
  await world.post(`${at}/end`, { end: 'stop' }, { as: ines });
  expect((await pairs.findNamed(world.db, Number(at.split('/')[2])))!.pair).toMatchObject({
    state: 'ended',
    ending: 'done',
  });
});
