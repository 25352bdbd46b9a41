import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import { ask, wonder } from '../../../src/actions/questions/ask.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { everyQuestionOf } from '../../../src/store/questions/wall.ts';
import { events } from '../../../src/store/schema/index.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

/** An event whose questions are read first, with these asked by Ada. */
async function deskWith(texts: string[], readFirst = true) {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const tom = await world.addPerson({ name: 'Tom Host', side: 'talent' });
  const event = await published(world, [ada], { topics: [await teamOf(world, 'Agents', [tom])] });
  await world.db.update(events).set({ questionRules: { readFirst } });
  for (const text of texts)
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  const desk = `/events/${event.id}/questions`;
  const press = (path: string, fields: Record<string, string>, as: Person = world.organiser) =>
    world.post(`${desk}${path}`, { show: 'unread', ...fields }, { as });
  const states = async () =>
    Object.fromEntries((await everyQuestionOf(world.db, event.id)).map((one) => [one.text, one.state]));
  const idOf = async (text: string) =>
    (await everyQuestionOf(world.db, event.id)).find((one) => one.text === text)!.id;
  const wall = async () => page(await world.get(`${linkOf(world, event, ada)}/questions`));
  const open = async (path = '') => page(await world.get(`${desk}${path}`, { as: world.organiser }));
  return { ada, tom, event, desk, press, states, idOf, wall, open };
}

describe('the desk', () => {
  test('is for organisers and the event’s facilitator; to everybody else it does not exist', async () => {
    const { ada, event, desk } = await deskWith(['Who signs?']);
    const status = async (as: Person) => (await world.get(desk, { as })).statusCode;
    expect([await status(world.organiser), await status(ada)]).toEqual([200, 404]);
    await appoint(world.ctx, event.id, ada.id, true, world.organiser.id);
    expect(await status(ada)).toBe(200);
  });

  test('a question nobody has read stands on no wall; one press puts it there and shows the next', async () => {
    const { press, idOf, wall, open, event } = await deskWith(['Who signs?', 'And who pays?']);
    expect((await wall())('.text').length).toBe(0);
    expect((await open())('#desk-question').text()).toBe('And who pays?');
    const [first, second] = [await idOf('And who pays?'), await idOf('Who signs?')];
    const done = await press(`/${first}/settlement`, { state: 'wall', note: '' });
    expect([done.statusCode, done.headers.location]).toEqual([
      303,
      `/events/${event.id}/questions?show=unread&at=${second}&said=wall#desk-question`,
    ]);
    expect((await wall())('.text').text()).toBe('And who pays?');
    const $ = await open(`?show=unread&at=${second}&said=wall`);
    expect([$('#desk-question').text(), $('#status').text()]).toEqual(['Who signs?', 'It is on the wall.']);
  });

  test('what was read is in no pile to read; when all is, the desk says so', async () => {
    const { press, idOf, open } = await deskWith(['Who signs?'], false);
    expect((await open())('#desk-question').text()).toBe('Who signs?');
    await press(`/${await idOf('Who signs?')}/settlement`, { state: 'wall', note: '' });
    const $ = await open();
    expect([$('#desk-question').length, $('.empty strong').text()]).toEqual([0, 'Everything is read']);
  });

  test.each([
    ['parked', 'Say in one sentence why it is parked. Everyone can read it.'],
    ['refused', 'Say in one sentence why it is turned down. Everyone can read it.'],
  ])('nothing is %s without a reason', async (state, message) => {
    const { press, idOf, states } = await deskWith(['Who signs?']);
    const again = await press(`/${await idOf('Who signs?')}/settlement`, { state, note: ' ' });
    expect([again.statusCode, page(again)('#error-summary a').text()]).toEqual([422, message]);
    expect(page(again)(`#note-${state}`).closest('details').is('[open]')).toBe(true);
    expect(page(again)('#error-summary a').attr('href')).toBe(`#note-${state}`);
    expect(await states()).toEqual({ 'Who signs?': 'new' });
  });

  test('of a question that is turned down everyone reads the reason, and neither the words nor who asked', async () => {
    const { press, idOf, wall } = await deskWith(['Is Bo a thief?'], false);
    const asked = await wall();
    expect(asked('.wall .text').text()).toBe('Is Bo a thief?');
    const note = 'It is about a person, not about our work.';
    await press(`/${await idOf('Is Bo a thief?')}/settlement`, { state: 'refused', note });
    const $ = await wall();
    expect($('.settled').text()).toContain(note);
    expect($('main').text()).not.toMatch(/thief/);
  });

  test('one question is on the table at a time; the one before goes back on the wall', async () => {
    const { press, idOf, states } = await deskWith(['Who signs?', 'And who pays?']);
    await press(`/${await idOf('Who signs?')}/settlement`, { state: 'table', note: '' });
    await press(`/${await idOf('And who pays?')}/settlement`, { state: 'table', note: '' });
    expect(await states()).toEqual({ 'Who signs?': 'wall', 'And who pays?': 'table' });
  });

  test('questions alike are suggested, and merged with their votes, each person counted once', async () => {
    const { ada, press, idOf, open, event, wall } = await deskWith(
      ['Who signs when an agent makes a mistake?', 'Is it warm?', 'Who signs if an agent makes mistakes?'],
      false,
    );
    const [kept, same] = [
      await idOf('Who signs when an agent makes a mistake?'),
      await idOf('Who signs if an agent makes mistakes?'),
    ];
    await wonder(world.ctx, event.id, kept, ada.id, true);
    await wonder(world.ctx, event.id, same, ada.id, true);
    await wonder(world.ctx, event.id, same, world.organiser.id, true);
    const $ = await open(`?at=${same}`);
    const alike = $('.similar p').toArray();
    expect(alike.map((one) => $(one).text())).toEqual(['Who signs when an agent makes a mistake?']);
    const done = await press(`/${same}/merge`, { into: String(kept) });
    expect(done.statusCode).toBe(303);
    const seen = await wall();
    expect(seen('#wall-panel .notice').text()).toContain('Yours, “Who signs if an agent makes mistakes?”');
    const left = await everyQuestionOf(world.db, event.id);
    expect(left.map(({ text, votes }) => [text, votes])).toEqual([
      ['Who signs when an agent makes a mistake?', 2],
      ['Is it warm?', 0],
    ]);
  });

  test('names who will answer and by when, refuses a day that is none, and keeps what was typed', async () => {
    const { tom, press, idOf, open } = await deskWith(['Who signs?'], false);
    const id = await idOf('Who signs?');
    const again = await press(`/${id}/promise`, { personId: String(tom.id), dueOn: '2026-02-31' });
    expect([again.statusCode, page(again)('#error-summary a').text(), page(again)('#dueOn').val()]).toEqual([
      422,
      'There is no such day. Choose another.',
      '2026-02-31',
    ]);
    await press(`/${id}/promise`, { personId: String(tom.id), dueOn: '2026-12-17' });
    const $ = await open(`?show=taken&at=${id}`);
    expect([$('#personId option[selected]').text(), $('#dueOn').val()]).toEqual(['Tom Host', '2026-12-17']);
  });

  test('a question of another event, or none at all, does not exist', async () => {
    const here = await deskWith(['Who signs?']);
    for (const id of ['999999', 'AAAAAAAAAAAAAAAAAAAAAA', 'nonsense'])
      expect((await here.press(`/${id}/settlement`, { state: 'wall', note: '' })).statusCode).toBe(404);
    expect(
      (await world.get(`${here.desk}?show=x&at=%00&find=%25%00`, { as: world.organiser })).statusCode,
    ).toBe(200);
  });
});

describe('while somebody types', () => {
  test('the wall is at hand in their browser, and what nobody may read is not in it', async () => {
    const { ada, event, press, idOf } = await deskWith(['Who signs?', 'Is Bo a thief?'], false);
    const base = linkOf(world, event, ada);
    const listed = async () =>
      JSON.parse((await world.get(`${base}/questions/list`)).body).questions.map(
        ({ text }: { text: string }) => text,
      );
    expect(page(await world.get(`${base}/questions`))('[data-similar]').attr('data-similar')).toBe(
      `${base}/questions`,
    );
    expect(await listed()).toEqual(['Is Bo a thief?', 'Who signs?']);
    await press(`/${await idOf('Is Bo a thief?')}/settlement`, { state: 'refused', note: 'About a person.' });
    expect(await listed()).toEqual(['Who signs?']);
    const stranger = await world.addPerson();
    expect((await world.get(`/e/${event.slug}/questions/list`, { as: stranger })).statusCode).toBe(404);
  });

  test('a question becomes part only of one that can be read', async () => {
    const { press, idOf, states } = await deskWith(['Who signs?', 'Who signs it?'], false);
    const [first, second] = [await idOf('Who signs?'), await idOf('Who signs it?')];
    await press(`/${first}/settlement`, { state: 'refused', note: 'About a person.' });
    const again = await press(`/${second}/merge`, { into: String(first) });
    expect([again.statusCode, page(again)('#error-summary').text()]).toEqual([
      409,
      expect.stringContaining('That question cannot be read on the wall.'),
    ]);
    expect(await states()).toEqual({ 'Who signs?': 'refused', 'Who signs it?': 'wall' });
  });
});
