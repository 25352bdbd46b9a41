// Finding a date people can make: offered, answered at the link of an e-mail, taken, and taken back.
import { expect, test } from 'vitest';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import * as polls from '../../../src/store/dates/polls.ts';
import * as eventStore from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { holds } from '../../../src/store/schema/index.ts';
import { drafted, teamOf } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const offered = ['2026-12-01T12:00', '2026-12-03T12:00', '2026-12-08T12:00'];

/** A draft whose dates five seniors were asked about. */
async function asked({ seniorQuorum = 2, seniorCapacity = 20 } = {}) {
  const names = ['Ada Aas', 'Bo Berg', 'Cy Dahl', 'Di Eng', 'Eli Foss'];
  const guests: Person[] = [];
  for (const name of names) guests.push(await world.addPerson({ name, side: 'senior' }));
  const event = await drafted(world, guests, { seniorQuorum, seniorCapacity });
  const at = `/events/${event.id}/dates`;
  await world.post(at, { date: offered, answerBy: '2026-11-16' }, { as: world.organiser });
  const dates = await polls.datesOf(world.db, event.id);
  const say = async (
    guest: Person,
    said: (polls.Said | '')[],
    more: Record<string, string> = { done: 'yes' },
  ) => {
    const path = await linkOf(guest);
    const shown = page(await world.get(path));
    const fields = Object.fromEntries(
      said.flatMap((one, n) => (one === '' ? [] : [[`date${n}`, `${dates[n]!.id}:${one}`]])),
    );
    expect(shown('.gd').length).toBe(dates.length);
    world.clock.advance({ minutes: 1 });
    return world.post(path, { ...fields, ...more }, { link: path.split('/').at(-1)! });
  };
  return { event, guests, dates, at, say };
}

/** The link in the newest e-mail about dates to this person. */
async function linkOf(guest: Person): Promise<string> {
  const letter = (await allLetters(world)).findLast(
    ({ kind, personId }) => kind === 'choose-dates' && personId === guest.id,
  );
  return new URL((letter!.facts as { datesUrl: string }).datesUrl).pathname;
}

test('a rule gives dates without public holidays, and everybody on the list is asked with a link of their own', async () => {
  const guest = await world.addPerson({ name: 'Ada Aas' });
  const event = await drafted(world, [guest]);
  const at = `/events/${event.id}/dates`;
  const shown = page(
    await world.get(`${at}?on=5&at=12:00&from=2026-12-14&until=2027-01-15`, { as: world.organiser }),
  );
  const boxes = shown('input[name=date]').get();
  const ticked = boxes.filter((box) => shown(box).attr('checked') !== undefined);
  expect(ticked.map((box) => shown(box).val())).toEqual([
    '2026-12-18T12:00',
    '2027-01-08T12:00',
    '2027-01-15T12:00',
  ]);
  expect(shown('.day-leaf.out small').text()).toContain('Christmas');
});

test('people say yes, if need be or no without script, and change it; only organisers see who', async () => {
  const { guests, at, say, dates } = await asked();
  const [ada, bo] = guests as [Person, Person];
  const done = await say(ada, ['yes', 'maybe', '']);
  expect(done.headers.location).toBe(`${await linkOf(ada)}?done=yes`);
  const shown = page(await world.get(String(done.headers.location)));
  expect(shown('.notice').text()).toContain('You can on 2 of 3 dates.');
  expect(shown('main').text()).not.toContain('Bo Berg');
  await say(bo, ['no', '', ''], { none: 'yes' });
  await say(bo, [], { otherTime: 'Any Friday before 17:00' });
  const overview = page(await world.get(at, { as: world.organiser }));
  const signs = (name: string) =>
    overview('tbody tr')
      .filter((_, row) => overview(row).text().includes(name))
      .find('td')
      .map((_, cell) => overview(cell).attr('data-said'))
      .get();
  expect(signs('Ada Aas')).toEqual(['yes', 'maybe', 'none']);
  expect(signs('Bo Berg')).toEqual(['no', 'no', 'no']);
  expect(signs('Cy Dahl')).toEqual(['none', 'none', 'none']);
  expect(overview('main').text()).toContain('Bo Berg: Any Friday before 17:00');
  expect(dates.length).toBe(3);
});

test('the best date has enough seniors and every host; taking it gives seats in the order of the yeses', async () => {
  const { event, guests, dates, at, say } = await asked({ seniorCapacity: 2 });
  const [ada, bo, cy, di, eli] = guests as [Person, Person, Person, Person, Person];
  await say(cy, ['no', 'yes', 'no']);
  await say(ada, ['yes', 'yes', 'no']);
  await say(bo, ['no', 'yes', 'no']);
  await say(di, ['yes', 'maybe', 'no']);
  const shown = page(await world.get(at, { as: world.organiser }));
  expect(shown('.pick-date h2').text()).toBe('Thursday 3 December, 12:00');
  expect(shown('.pick-date .lede').text()).toBe('4 of 5 senior managers can.');
  await world.post(`${at}/choice`, { date: String(dates[1]!.id) }, { as: world.organiser });
  const after = (await eventStore.find(world.db, event.id))!;
  expect([after.state, after.startsAt, after.answerBy]).toEqual([
    'published',
    '2026-12-03T12:00',
    '2026-11-26',
  ]);
  const states = new Map(
    (await rsvps.invitees(world.db, event.id)).map(({ personId, state }) => [personId, state]),
  );
  expect([cy, ada, bo, di, eli].map(({ id }) => states.get(id))).toEqual([
    'coming',
    'coming',
    'waiting',
    'maybe',
    'invited',
  ]);
  const letters = (await allLetters(world)).filter(({ kind }) => kind !== 'choose-dates');
  const kinds = (person: Person) =>
    letters.filter(({ personId }) => personId === person.id).map(({ kind }) => kind);
  expect([cy, ada, bo, di, eli].map(kinds)).toEqual([
    ['confirmed'],
    ['confirmed'],
    ['waiting'],
    ['invitation'],
    ['invitation'],
  ]);
  const entry = letters.find(({ kind, personId }) => kind === 'confirmed' && personId === cy.id)!.facts
    .calendar;
  expect(entry).toMatchObject({ start: '2026-12-03T12:00', uid: after.uid, cancelled: false });
  expect((await world.get(await linkOf(ada))).body).toContain('The date is fixed');
});

test('taking a date can be taken back for ten seconds: the dates are open again with all that was said', async () => {
  const { event, guests, dates, at, say } = await asked();
  await say(guests[0]!, ['yes', 'no', 'no']);
  await say(guests[1]!, ['yes', 'no', 'no']);
  await world.post(`${at}/choice`, { date: String(dates[0]!.id) }, { as: world.organiser });
  const [hold] = await world.db.select().from(holds);
  await undoHold(world.ctx, event.id, hold!.id);
  const after = (await eventStore.find(world.db, event.id))!;
  expect([after.state, after.startsAt]).toEqual(['draft', event.startsAt]);
  expect((await rsvps.invitees(world.db, event.id)).map(({ state }) => state)).toEqual(
    Array(5).fill('invited'),
  );
  expect((await allLetters(world)).filter(({ kind }) => kind !== 'choose-dates')).toEqual([]);
  const shown = page(await world.get(at, { as: world.organiser }));
  expect(shown('.pick-date h2').text()).toBe('Tuesday 1 December, 12:00');
});

test('more dates keep what was said of the others; each who has not answered is reminded once', async () => {
  const { event, guests, dates, at, say } = await asked();
  await say(guests[0]!, ['yes', 'no', 'no']);
  world.clock.advance({ hours: 24 });
  await world.post(at, { date: '2026-12-09T12:00', answerBy: '2026-11-18' }, { as: world.organiser });
  const asks = (await allLetters(world)).filter(({ kind }) => kind === 'choose-dates');
  expect(asks.slice(5).map(({ facts }) => facts.why)).toEqual(Array(5).fill('more'));
  expect((await polls.answers(world.db, event.id)).length).toBe(3);
  world.clock.advance({ minutes: 1 });
  await world.post(`${at}/reminder`, {}, { as: world.organiser });
  const again = (await allLetters(world)).filter(({ facts }) => facts.why === 'again');
  expect(again.length).toBe(4);
  expect((await world.post(`${at}/reminder`, {}, { as: world.organiser })).statusCode).toBe(409);
  await world.post(`${at}/withdrawal`, { date: String(dates[0]!.id) }, { as: world.organiser });
  expect(page(await world.get(await linkOf(guests[0]!)))('.gd').length).toBe(3);
});

test('asking can be taken back for ten seconds, and a draft without a quorum of answers says what is missing', async () => {
  const { event, guests, at, say } = await asked({ seniorQuorum: 3 });
  await say(guests[0]!, ['yes', 'no', 'no']);
  const shown = page(await world.get(at, { as: world.organiser }));
  expect(shown('.pick-date').length).toBe(0);
  expect(shown('.notice').text()).toContain(
    'Tuesday 1 December comes closest. 2 senior managers too few of the 3 needed.',
  );
  const other = await drafted(world, [guests[0]!]);
  const sent = await world.post(
    `/events/${other.id}/dates`,
    { date: offered, answerBy: '2026-11-16' },
    { as: world.organiser },
  );
  const press = new URL(String(sent.headers.location), 'http://x').searchParams.get('press')!;
  await world.post(`/events/${other.id}/dates/reminder/withdrawal`, { press }, { as: world.organiser });
  expect((await allLetters(world)).filter(({ eventId }) => eventId === other.id)).toEqual([]);
  expect(await polls.asked(world.db, other.id)).toEqual([]);
  expect((await polls.asked(world.db, event.id)).length).toBe(5);
});

test.each([
  [{ date: ['2026-12-01T12:00'] }, 'Offer at least two dates.'],
  [{ date: ['2026-12-01T12:00', '2026-11-01T12:00'] }, 'One of these dates is over. Choose later ones.'],
  [{ date: offered, answerBy: '2026-12-01' }, 'People must have answered before the first date.'],
  [{ date: ['2026-12-20T12:00', '2026-12-21T12:00'], answerBy: '2026-12-10' }, 'works 14 days'],
  [{ date: offered, other: ['tomorrow'] }, 'Write a day and a time.'],
])('what cannot be offered is said, and nothing typed is lost: %j', async (values, sentence) => {
  const event = await drafted(world, [await world.addPerson()]);
  const at = `/events/${event.id}/dates`;
  const answer = await world.post(at, { answerBy: '2026-11-16', ...values }, { as: world.organiser });
  expect(answer.statusCode).toBe(422);
  const shown = page(answer);
  expect(shown('main').text()).toContain(sentence);
  const ticked = shown('input[name=date][checked]')
    .map((_, box) => shown(box).val())
    .get();
  expect(ticked.toSorted()).toEqual([...values.date].toSorted());
});

test('a date without a host is not proposed, however many can come', async () => {
  const host = await world.addPerson({ name: 'Tom Host', side: 'talent' });
  const guests = [await world.addPerson({ name: 'Ada Aas' }), await world.addPerson({ name: 'Bo Berg' })];
  const topics = [await teamOf(world, 'Heat', [host])];
  const event = await drafted(world, [...guests, host], { topics });
  const at = `/events/${event.id}/dates`;
  await world.post(at, { date: offered.slice(0, 2), answerBy: '2026-11-16' }, { as: world.organiser });
  const [first, second] = await polls.datesOf(world.db, event.id);
  const note = (person: Person, said: Record<string, string>) =>
    world.post(`${at}/people/${person.id}`, { ...said, done: 'yes' }, { as: world.organiser });
  for (const guest of guests) await note(guest, { date0: `${first!.id}:yes`, date1: `${second!.id}:no` });
  await note(host, { date0: `${first!.id}:no`, date1: `${second!.id}:yes` });
  await note(guests[0]!, { date1: `${second!.id}:maybe` });
  const shown = page(await world.get(at, { as: world.organiser }));
  expect(shown('.pick-date h2').text()).toBe('Thursday 3 December, 12:00');
  expect(shown('.pick-date').text()).toContain('1 of 2 senior managers and every host can.');
  expect(shown('.dates-list').text()).toContain('Tom Host can’t host.');
});

test('of two who answer for the same person at once the later is told, and neither answer is lost', async () => {
  const { event, guests, dates, at, say } = await asked();
  const [ada] = guests as [Person];
  const theirs = `${at}/people/${ada.id}`;
  const shown = page(await world.get(theirs, { as: world.organiser }));
  const seen = String(shown('input[name=seen]').val());
  await say(ada, ['yes', '', '']);
  const fields = { seen, done: 'yes', date0: `${dates[0]!.id}:no` };
  const late = await world.post(theirs, fields, { as: world.organiser });
  expect(late.statusCode).toBe(409);
  expect(page(late)('.error-summary').text()).toContain('Someone else has saved these dates');
  expect(page(late)('input[name=date0][checked]').val()).toBe(`${dates[0]!.id}:no`);
  expect((await polls.answers(world.db, event.id)).map(({ said }) => said)).toEqual(['yes']);
  const again = { ...fields, seen: String(page(late)('input[name=seen]').val()) };
  expect((await world.post(theirs, again, { as: world.organiser })).statusCode).toBe(303);
});

test('who can when goes into a spreadsheet, a row for each person and a column for each date', async () => {
  const { guests, at, say } = await asked();
  await say(guests[0]!, ['yes', 'no', 'maybe']);
  const { body } = await world.get(`${at}/who-can.csv`, { as: world.organiser });
  const [header, ada, bo] = body.split('\r\n');
  expect(header).toContain('2026-12-01 12:00,2026-12-03 12:00,2026-12-08 12:00');
  expect(ada).toBe('Ada Aas,senior,,Yes,No,If need be,');
  expect(bo).toBe('Bo Berg,senior,,,,,');
});
