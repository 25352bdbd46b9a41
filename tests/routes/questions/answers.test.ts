import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerInWriting, promiseAnswer } from '../../../src/actions/questions/answers.ts';
import { ask, decideQuestion } from '../../../src/actions/questions/ask.ts';
import { setRules } from '../../../src/actions/questions/desk.ts';
import { rulesOf, usualRules } from '../../../src/domain/questions/rules.ts';
import * as events from '../../../src/store/events/events.ts';
import { everyQuestionOf } from '../../../src/store/questions/wall.ts';
import * as work from '../../../src/store/questions/work.ts';
import { namelessQuestions } from '../../../src/store/schema/index.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function held() {
  const ada = await world.addPerson({ name: '=Ada' });
  const tom = await world.addPerson({ name: 'Tom Host', side: 'talent' });
  const event = await published(world, [ada], { topics: [await teamOf(world, 'Agents', [tom])] });
  const asks = async (text: string) => {
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
    return (await everyQuestionOf(world.db, event.id)).find((one) => one.text === text)!.id;
  };
  const link = linkOf(world, event, ada);
  return { ada, tom, event, asks, link };
}

/** Without a name, as the intake publishes it. */
async function withoutName(eventId: number, text: string): Promise<void> {
  const bytes = () => world.ctx.random(16);
  await world.db
    .insert(namelessQuestions)
    .values({ id: bytes(), eventId, text, editHash: bytes(), state: 'wall' });
}

test('an answer in writing is there and read by all, or neither: a fault in the middle leaves nothing behind', async () => {
  const { tom, event, asks } = await held();
  const questionId = await asks('Who signs?');
  const write = () =>
    answerInWriting(world.ctx, { eventId: event.id, questionId, personId: tom.id }, 'The owner.');
  await world.sql.unsafe(`CREATE FUNCTION no_answered() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.state = 'answered' THEN RAISE EXCEPTION 'a fault'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER no_answered BEFORE UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION no_answered()`);
  try {
    await expect(write()).rejects.toThrow();
  } finally {
    await world.sql.unsafe('DROP FUNCTION no_answered CASCADE');
  }
  expect(await work.find(world.db, event.id, questionId)).toBe(null);
  await write();
  expect(await work.find(world.db, event.id, questionId)).toMatchObject({ answer: 'The owner.' });
});

describe('afterwards', () => {
  test('every question stands with its answer, its reason, or who will answer by when', async () => {
    const { tom, event, asks, link } = await held();
    const [written, room, parked, open, refused] = [
      await asks('Who signs?'),
      await asks('And who pays?'),
      await asks('What about pensions?'),
      await asks('Is it warm?'),
      await asks('Is Bo a thief?'),
    ];
    await answerInWriting(
      world.ctx,
      { eventId: event.id, questionId: written, personId: tom.id },
      'The **owner** signs.',
    );
    await decideQuestion(world.ctx, event.id, room, 'answered', '');
    await decideQuestion(world.ctx, event.id, parked, 'parked', 'It needs its own table.');
    await promiseAnswer(world.ctx, event.id, open, { personId: tom.id, dueOn: '2026-12-17' });
    await decideQuestion(world.ctx, event.id, refused, 'refused', 'It is about a person.');
    world.clock.now = Temporal.Instant.from('2026-12-11T09:00:00Z');
    const $ = page(await world.get(`${link}/answers`));
    const listed = $('.harvest > li')
      .toArray()
      .map((one) => [$(one).find('h3').first().text(), $(one).text().replace(/\s+/g, ' ')]);
    expect(listed.map(([text]) => text)).toEqual([
      'And who pays?',
      'Who signs?',
      'Is it warm?',
      'What about pensions?',
      '',
    ]);
    expect(listed.map(([, all]) => all!.trim())).toEqual([
      expect.stringContaining('Answered in the room.'),
      expect.stringContaining('The owner signs.'),
      expect.stringContaining('Tom Host answers by Thursday 17 December 2026'),
      expect.stringContaining('It needs its own table.'),
      'It is about a person.',
    ]);
    expect($('.harvest strong').text()).toBe('owner');
    const wall = page(await world.get(`${link}/questions`));
    expect(wall('.wall').text()).toContain('Tom Host answers by Thursday 17 December 2026');
    expect(wall('main').text()).not.toMatch(/thief/);
  });

  test('the files name nobody who did not give a name, and no cell runs as a formula', async () => {
    const { event, asks, link } = await held();
    await asks('=HYPERLINK("x")');
    await withoutName(event.id, '+1 to that');
    const { body, headers } = await world.get(`${link}/answers.csv`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(body.replace('\ufeff', '').trim().split('\r\n').slice(1)).toEqual([
      `"'=HYPERLINK(""x"")",Not answered yet,,0,'=Ada,,,,`,
      `'+1 to that,Not answered yet,,0,,,,,`,
    ]);
  });

  test('in the Markdown nobody’s words become a heading, a picture or a link', async () => {
    const { event, link } = await held();
    await withoutName(event.id, '# Big\n![x](http://evil.example/x.png) <b>');
    const { body } = await world.get(`${link}/answers.md`);
    expect(body).toContain('### \\# Big !\\[x\\](http\\://evil.example/x.png) \\<b\\>');
  });

  test('strangers read nothing of it', async () => {
    const { event } = await held();
    const stranger = await world.addPerson();
    for (const end of ['', '.md', '.csv'])
      expect((await world.get(`/e/${event.slug}/answers${end}`, { as: stranger })).statusCode).toBe(404);
    expect((await world.get(`/e/${event.slug}/answers`, { as: world.organiser })).statusCode).toBe(200);
  });
});

describe('rules', () => {
  test('are the organiser’s to set, keep what was typed, and hold for the next question', async () => {
    const { ada, event, asks } = await held();
    const path = `/events/${event.id}/questions/rules`;
    expect((await world.get(path, { as: ada })).statusCode).toBe(404);
    const again = await world.post(
      path,
      { longest: '20', words: 'idiot*', readFirst: 'on' },
      { as: world.organiser },
    );
    const $ = page(again);
    expect([
      again.statusCode,
      $('#error-summary a').text(),
      $('#words').val(),
      $('#readFirst').is(':checked'),
    ]).toEqual([422, 'Give a number from 50 to 280.', 'idiot*', true]);
    await world.post(path, { longest: '60', words: 'Idiot*\0', readFirst: 'on' }, { as: world.organiser });
    expect(rulesOf((await events.find(world.db, event.id))!)).toEqual({
      ...usualRules,
      readFirst: true,
      longest: 60,
      words: ['idiot*'],
    });
    await expect(asks('Are we idiots?')).rejects.toMatchObject({ kind: 'invalid', field: 'text' });
  });

  test('hidden tallies show no number to guests until the event begins, and all of them to organisers', async () => {
    const { event, asks, link } = await held();
    await asks('Who signs?');
    const numbers = async () => page(await world.get(`${link}/questions`))('.vote b').length;
    expect(await numbers()).toBe(1);
    await setRules(world.ctx, event.id, { ...usualRules, talliesHidden: true }, world.organiser.id);
    expect(await numbers()).toBe(0);
    expect(page(await world.get(`${link}/answers.csv`)).text()).not.toMatch(/,0,/);
    const organisers = page(await world.get(`/e/${event.slug}/questions`, { as: world.organiser }));
    expect(organisers('.vote b').length).toBe(1);
  });

  test('when everyone asks, the wall says so', async () => {
    const { event, link } = await held();
    const text = async () => page(await world.get(`${link}/questions`))('#lead-panel').text();
    expect(await text()).not.toContain('Everyone sends or picks one question.');
    await setRules(world.ctx, event.id, { ...usualRules, everyoneAsks: true }, world.organiser.id);
    expect(await text()).toContain('Everyone sends or picks one question.');
  });
});
