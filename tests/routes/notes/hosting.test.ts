// A host's phone during the evening.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { ask } from '../../../src/actions/questions/ask.ts';
import { notesOf } from '../../../src/store/notes/notes.ts';
import { topics } from '../../../src/store/schema/index.ts';
import { linkOf } from '../../support/events.ts';
import { type Evening, eveningIn, itIs, note } from '../../support/tables/evening.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let evening: Evening;
let address: string;

beforeEach(async () => {
  evening = await eveningIn(world, { question: 'Would you let it sign?' });
  address = `/e/${evening.event.slug}/hosting`;
  itIs(world, '16:20');
});

const shownTo = async (who: 'amina' | 'leo', path = address) =>
  page(await world.get(path, { as: evening[who] }));
const textOf = (text: string) => text.replace(/\s+/g, ' ').trim();
const keep = (fields: Record<string, string> = {}) =>
  world.post(
    `${address}/notes`,
    { id: randomUUID(), table: '1', round: '1', text: 'Begin small', kind: 'idea', ...fields },
    { as: evening.amina },
  );
const texts = async () => (await notesOf(world.db, evening.event.id)).map(({ text }) => text);

describe('during a round', () => {
  test('a host sees the round, the time left, the question, and who sits at the table', async () => {
    const $ = await shownTo('amina');
    expect(textOf($('.time-left b').text())).toBe('Round 1 of 3');
    expect(textOf($('[role=timer]').text())).toBe('20:00');
    expect($('[role=timer]').attr('aria-label')).toBe('20 minutes left in round 1');
    expect(textOf($('#card-title').text())).toBe('Would you let it sign? 1');
    const people = $('.with li')
      .toArray()
      .map((li) => textOf($(li).clone().children().remove().end().text()));
    expect(people).toEqual(['Claire', 'Margareta']);
    expect(textOf($('.next-move').text())).toBe('16:40, your guests move. You stay at table 1.');
  });

  test('the notes of the rounds before are handed on, with one of each table its guests come from', async () => {
    await note(world, evening, evening.amina, 'Let it draft the report');
    await note(world, evening, evening.leo, 'A video proves nothing', { table: 2, kind: 'worry' });
    expect(textOf((await shownTo('amina'))('.handed').text())).toBe('');
    itIs(world, '16:50');
    const $ = await shownTo('amina');
    const handed = $('.handed > .notes p')
      .toArray()
      .map((p) => textOf($(p).text()));
    expect(handed).toEqual(['Let it draft the reportRound 1']);
    const others = $('.handed details p')
      .toArray()
      .map((p) => textOf($(p).text()));
    expect(others).toEqual(['A video proves nothingTable 2']);
  });

  test('in the move the host sees where each guest goes, and who comes', async () => {
    itIs(world, '16:42');
    const $ = await shownTo('amina');
    const goes = $('.send-on li')
      .toArray()
      .map((li) => textOf($(li).text()));
    expect(goes).toEqual(['C ClaireStays here', 'M Margareta2']);
    expect(textOf($('[aria-labelledby=coming-title] .with').text())).toContain('Rolf');
  });
});

describe('a note', () => {
  test('is kept by one press on its kind, also at the personal link', async () => {
    expect((await keep({ kind: 'worry' })).headers.location).toBe(`${address}?said=kept#composer`);
    const link = linkOf(world, evening.event, evening.amina);
    const fields = { id: randomUUID(), table: '1', round: '1', text: 'By link', kind: 'follow' };
    await world.post(`${link}/hosting/notes`, fields, { link: link.slice(3) });
    const $ = await shownTo('amina');
    const shown = $('#notes-list li')
      .toArray()
      .map((li) => textOf($(li).text()));
    expect(shown).toEqual(['Follow up: By linkEdit: By link', 'Worry: Begin smallEdit: Begin small']);
  });

  test('with a name is pointed out first, and kept as it is only when the host says so', async () => {
    const id = randomUUID();
    const answered = await keep({ id, text: 'Margareta would not sign', kind: 'worry' });
    expect(answered.statusCode).toBe(422);
    const $ = page(answered);
    expect(textOf($('#name-found').text())).toBe(
      '“Margareta” sits at your table. Keep the idea, leave the name?',
    );
    expect($('textarea').text().trim()).toBe('Margareta would not sign');
    expect($('input[name=id]').attr('value')).toBe(id);
    expect(await texts()).toEqual([]);
    await world.post(
      `${address}/notes`,
      { id, table: '1', round: '1', text: 'Margareta would not sign', anyway: 'worry' },
      { as: evening.amina },
    );
    expect(await texts()).toEqual(['Margareta would not sign']);
  });

  test('that is empty or too long comes back with a sentence and all that was typed', async () => {
    expect(textOf(page(await keep({ text: '  ' }))('.errors, .error-summary').text())).toContain('one line');
    const long = 'x'.repeat(141);
    const answered = await keep({ text: long });
    expect(answered.statusCode).toBe(422);
    expect(page(answered)('textarea').text().trim()).toBe(long);
  });

  test('is changed and deleted by the hosts of its table', async () => {
    const id = await note(world, evening, evening.amina, 'First words');
    const $ = await shownTo('amina', `${address}?edit=${id}`);
    expect($('textarea').text().trim()).toBe('First words');
    const seen = $('input[name=seen]').attr('value')!;
    const to = $('#composer').attr('action')!;
    await world.post(to, { text: 'Second words', kind: 'worry', seen }, { as: evening.amina });
    expect(await texts()).toEqual(['Second words']);
    const late = await world.post(to, { text: 'Third words', kind: 'worry', seen }, { as: evening.amina });
    expect(late.statusCode).toBe(409);
    expect(page(late)('textarea').text().trim()).toBe('Third words');
    await world.post(`${to}/deletion`, { text: 'x', seen, delete: 'yes' }, { as: evening.amina });
    expect(await texts()).toEqual([]);
  });
});

describe('nobody else', () => {
  test('finds the page: not guests, organisers, strangers, or hosts who said no', async () => {
    await note(world, evening, evening.amina, 'Ours alone');
    for (const as of [evening.margareta, world.organiser, await world.addPerson({ side: 'talent' })])
      expect((await world.get(address, { as })).statusCode).toBe(404);
    expect((await world.get(address)).statusCode).toBe(303);
    await answer(world.ctx, evening.event.id, evening.amina.id, 'no');
    expect((await world.get(address, { as: evening.amina })).statusCode).toBe(404);
  });

  test('reads the notes of a table: hosts of another see one of each table their guests come from', async () => {
    await note(world, evening, evening.amina, 'Older');
    await note(world, evening, evening.amina, 'Newer');
    itIs(world, '16:50');
    const $ = await shownTo('leo');
    expect($('main').text()).toContain('Newer');
    expect($('main').text()).not.toContain('Older');
    for (const path of ['', '/now', '/questions', '/seat', '/as-guests']) {
      const seen = await world.get(`/e/${evening.event.slug}${path}`, { as: evening.margareta });
      expect(seen.statusCode).toBe(200);
      expect(seen.body).not.toContain('Newer');
    }
  });
});

describe('questions of the table', () => {
  test('are marked as talked about, and unmarked, by its hosts alone', async () => {
    const [first] = await world.db.select().from(topics).orderBy(topics.number);
    const author = evening.margareta.id;
    const asked = { eventId: evening.event.id, authorId: author, topicId: first!.id };
    await ask(world.ctx, { ...asked, text: 'Who signs?', formKey: randomUUID() });
    const $ = await shownTo('amina');
    expect(textOf($('.talked li p').text())).toBe('Who signs?');
    const to = $('.talked form').attr('action')!;
    expect((await world.post(to, { talked: 'yes', round: '1' }, { as: evening.leo })).statusCode).toBe(404);
    await world.post(to, { talked: 'yes', round: '1' }, { as: evening.amina });
    const after = await shownTo('amina');
    expect(textOf(after('.talked li p').text())).toBe('Who signs?Talked about in round 1');
    expect((await shownTo('leo'))('.talked li')).toHaveLength(0);
    await world.post(to, { talked: 'no', round: '1' }, { as: evening.amina });
    expect((await shownTo('amina'))('.talked [data-done]')).toHaveLength(0);
  });
});

describe('in the harvest', () => {
  test('a table chooses the note it says aloud', async () => {
    const first = await note(world, evening, evening.amina, 'One');
    await note(world, evening, evening.amina, 'Two', { kind: 'follow' });
    itIs(world, '17:45');
    const $ = await shownTo('amina');
    expect(textOf($('#card-title').text())).toBe('Table 1 speaks first. Two minutes are yours.');
    expect(textOf($('.say-one [aria-pressed=true]').text())).toContain('Two');
    await world.post(`${address}/notes/${first}/said`, { said: 'yes' }, { as: evening.amina });
    expect(textOf((await shownTo('amina'))('.say-one [aria-pressed=true]').text())).toContain('One');
  });

  test('a table without notes is told what to do', async () => {
    itIs(world, '17:45');
    const $ = await shownTo('amina');
    expect(textOf($('#card-title').text())).toBe('Ask each guest: “What will you try on Monday?”');
  });
});
