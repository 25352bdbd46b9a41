// Two people who fill in one form: the second is shown what the first saved, and nothing is overwritten unseen.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { noteNeeds } from '../../src/actions/guests/needs.ts';
import { ask } from '../../src/actions/questions/ask.ts';
import { noNeeds } from '../../src/domain/guests/needs.ts';
import * as events from '../../src/store/events/events.ts';
import * as letterTexts from '../../src/store/letters/texts.ts';
import type { Person } from '../../src/store/people/people.ts';
import { wallOf } from '../../src/store/questions/wall.ts';
import { settingsOf } from '../../src/store/tables/wishes.ts';
import * as teams from '../../src/store/teams/teams.ts';
import * as trends from '../../src/store/trends/trends.ts';
import { linkOf, published, teamOf } from '../support/events.ts';
import { type Answer, page, useWorld } from '../support/world.ts';

const world = useWorld();
type Fields = Record<string, string | string[]>;

/** The fields of the form on a page, as a browser sends them; `action` names the form. */
function fieldsOf(answer: Answer, action: string): Fields {
  const fields: Fields = {};
  for (const { name, value } of page(answer)(`form[action="${action}"]`).serializeArray())
    if (name !== '_token') fields[name] = name in fields ? [fields[name]!, value].flat() : value;
  return fields;
}

/** Two organisers open the form, the first saves `theirs`, the second `ours`; returns what the second is answered. */
async function bothSave(address: string, form: string, [theirs, ours]: [Fields, Fields]) {
  const second = await world.addPerson({ name: 'Bo Ek', isOrganiser: true });
  const opened = fieldsOf(await world.get(form, { as: second }), address);
  const first = await world.post(address, { ...opened, ...theirs }, { as: world.organiser });
  expect(first.statusCode).toBe(303);
  const answer = await world.post(address, { ...opened, ...ours }, { as: second });
  const said = page(answer)('.notice ul.plain li')
    .get()
    .map((one) => page(answer)(one).text());
  const again = () => world.post(address, fieldsOf(answer, address), { as: second });
  return { status: answer.statusCode, said, typed: fieldsOf(answer, address), again };
}

test('of an event reads what was saved meanwhile; their own words stay, and are saved by the next press', async () => {
  const event = await published(world, [await world.addPerson()], { access: 'Ring at the gate' });
  const address = `/events/${event.id}`;
  const changes: [Fields, Fields] = [
    { seniors: '30', lede: 'Bring a colleague.' },
    { headline: 'Seven trends' },
  ];
  const second = await bothSave(address, `${address}/edit`, changes);
  expect([second.status, second.said.sort()]).toEqual([
    409,
    [
      'Headline: Five trends that already reach your desk',
      'Introduction: Bring a colleague.',
      'Seniors, at most: 30',
    ],
  ]);
  const stored = async () => (await events.find(world.db, event.id))!;
  expect(await stored()).toMatchObject({ seniorCapacity: 30, lede: 'Bring a colleague.' });
  expect(second.typed.headline).toBe('Seven trends');
  expect((await second.again()).statusCode).toBe(303);
  expect(await stored()).toMatchObject({ seniorCapacity: 22, headline: 'Seven trends' });
});

test('of a team reads who is in it now', async () => {
  const people: Person[] = [];
  for (const name of ['Amina Yusuf', 'Jonas Berg'])
    people.push(await world.addPerson({ name, side: 'talent' }));
  const { teamId } = await teamOf(world, 'Agents', [people[0]!]);
  const address = `/teams/${teamId}`;
  const members = people.map(({ id }) => String(id));
  const second = await bothSave(address, `${address}/edit`, [{ members }, { name: 'The Night Shift' }]);
  expect([second.status, second.said.sort()]).toEqual([
    409,
    ['Members: Amina Yusuf, Jonas Berg', 'Name: Team Agents'],
  ]);
  expect((await teams.find(world.db, teamId))?.members).toHaveLength(2);
});

test('of a trend reads its words as they are now', async () => {
  const { trendId } = await teamOf(world, 'Agents', []);
  const address = `/trends/${trendId}`;
  const changes: [Fields, Fields] = [{ detail: 'They act for us.' }, { sentence: 'Agents act' }];
  const second = await bothSave(address, `${address}/edit`, changes);
  expect([second.status, second.said.sort()]).toEqual([
    409,
    ['The trend, in one sentence: Agents', 'What it is about: They act for us.'],
  ]);
  expect((await trends.find(world.db, trendId))?.detail).toBe('They act for us.');
});

test('of an e-mail’s words reads what was saved, also over the built-in ones', async () => {
  const address = '/formats/perspective-challenger/letters/invitation';
  const form = '/formats/perspective-challenger/letters?letter=invitation';
  const save = { do: 'save' };
  const changes: [Fields, Fields] = [
    { ...save, subject: 'Come and ask' },
    { ...save, body: 'Bring a question.' },
  ];
  const second = await bothSave(address, form, changes);
  expect([second.status, second.said]).toEqual([
    409,
    ['Subject: Come and ask', 'Text: {Headline}\n\n{What to expect}'],
  ]);
  expect(second.typed.body).toBe('Bring a question.');
  const texts = async () =>
    (await letterTexts.ofFormat(world.db, 'perspective-challenger')).get('invitation');
  expect((await texts())?.subject).toBe('Come and ask');
  await second.again();
  expect((await texts())?.body).toContain('Bring a question.');
});

test('of the rules for questions reads switches and words as they are now', async () => {
  const event = await published(world, [await world.addPerson()]);
  const address = `/events/${event.id}/questions/rules`;
  const changes: [Fields, Fields] = [{ readFirst: 'on', words: 'idiot' }, { longest: '100' }];
  const second = await bothSave(address, address, changes);
  expect([second.status, second.said.sort()]).toEqual([
    409,
    ['Most characters: 280', 'Read each question first: switched on', 'Words that are not wanted: idiot'],
  ]);
  expect(second.typed.longest).toBe('100');
  expect((await second.again()).statusCode).toBe(303);
  expect((await events.find(world.db, event.id))?.questionRules.longest).toBe(100);
});

test('of a guest’s food and access reads what an organiser noted meanwhile', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada]);
  const form = `/events/${event.id}/people/${ada.id}`;
  const changes: [Fields, Fields] = [{ diet: 'vegan', allergies: ['nuts'] }, { food: 'No onions' }];
  const second = await bothSave(`${form}/needs`, form, changes);
  expect([second.status, second.said.sort()]).toEqual([
    409,
    ['Food: Vegan', 'In your own words: nothing', 'Leave out: No nuts'],
  ]);
  const link = linkOf(world, event, ada);
  const own = fieldsOf(await world.get(`${link}/needs`), `${link}/needs`);
  await noteNeeds(world.ctx, event.id, ada.id, { ...noNeeds, diet: 'halal' });
  const late = await world.post(`${link}/needs`, { ...own, food: 'No onions' }, { link: link.slice(3) });
  expect([late.statusCode, page(late)('.notice ul.plain').text()]).toEqual([
    409,
    expect.stringContaining('Food: Halal'),
  ]);
});

test('of a written answer reads what another host wrote', async () => {
  const [amina, jonas] = await Promise.all(
    ['Amina', 'Jonas'].map((name) => world.addPerson({ name, side: 'talent' as const })),
  );
  const team = await teamOf(world, 'Agents', [amina!, jonas!]);
  const guest = await world.addPerson();
  const event = await published(world, [guest], { topics: [team] });
  const asked = { eventId: event.id, authorId: guest.id, topicId: null, formKey: randomUUID() };
  await ask(world.ctx, { ...asked, text: 'Who signs?' });
  const [question] = await wallOf(world.db, event.id, guest.id);
  const address = `/teams/${team.teamId}/events/${event.id}/questions/${question!.id}`;
  const opened = fieldsOf(await world.get(address, { as: jonas! }), address);
  await world.post(address, { ...opened, answer: 'The owner.' }, { as: amina! });
  const late = await world.post(address, { ...opened, answer: 'Nobody.' }, { as: jonas! });
  expect([late.statusCode, page(late)('.notice ul.plain').text(), page(late)('textarea').val()]).toEqual([
    409,
    'Your answer, in Markdown: The owner.',
    'Nobody.',
  ]);
});

test('of the tables reads what was saved, and keeps both numbers', async () => {
  const event = await published(world, [await world.addPerson()]);
  const address = `/events/${event.id}/tables/settings`;
  const changes: [Fields, Fields] = [{ tables: '4' }, { mostSeats: '6' }];
  const second = await bothSave(address, `/events/${event.id}/tables`, changes);
  expect([second.status, second.said]).toEqual([
    409,
    ['Number of tables: 4', 'Most seats at a table: nothing'],
  ]);
  expect(await settingsOf(world.db, event.id)).toEqual({ tables: 4, mostSeats: null });
  expect(second.typed).toMatchObject({ tables: '', mostSeats: '6' });
  expect((await second.again()).statusCode).toBe(303);
  expect(await settingsOf(world.db, event.id)).toEqual({ tables: null, mostSeats: 6 });
});

test('of who answers a question, and by when, reads what was noted meanwhile', async () => {
  const amina = await world.addPerson({ name: 'Amina', side: 'talent' });
  const guest = await world.addPerson();
  const event = await published(world, [guest], { topics: [await teamOf(world, 'Agents', [amina])] });
  const asked = { eventId: event.id, authorId: guest.id, topicId: null, formKey: randomUUID() };
  await ask(world.ctx, { ...asked, text: 'Who signs?' });
  const [question] = await wallOf(world.db, event.id, guest.id);
  const desk = `/events/${event.id}/questions`;
  const changes: [Fields, Fields] = [{ personId: String(amina.id) }, { dueOn: '2027-02-03' }];
  const address = `${desk}/${question!.id}/promise`;
  const second = await bothSave(address, `${desk}?show=all&at=${question!.id}`, changes);
  expect([second.status, second.said]).toEqual([409, ['Who: Amina', 'By when: nothing']]);
  expect(second.typed).toMatchObject({ personId: '', dueOn: '2027-02-03' });
  expect((await second.again()).statusCode).toBe(303);
});
