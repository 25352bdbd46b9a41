import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/actions/questions/ask.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function wallWith(...texts: string[]) {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const event = await published(world, [ada], {
    topics: [await teamOf(world, 'Agents', []), await teamOf(world, 'Heat', [])],
  });
  for (const text of texts)
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  const link = linkOf(world, event, ada);
  const post = (path: string, fields: Record<string, string>) =>
    world.post(`${link}${path}`, fields, { link: link.slice(3) });
  const on = async (person: Person) => wallOf(world.db, event.id, person.id);
  return { ada, event, link, post, on };
}

describe('asking', () => {
  test('puts the question on the wall and says so', async () => {
    const { ada, link, post, on } = await wallWith();
    const sent = await post('/questions', {
      text: '  Who signs for\r\nthe mistake? ',
      topic: '',
      from: 'event',
      formKey: randomUUID(),
      named: 'yes',
    });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${link}?said=asked#ask-panel`]);
    expect((await on(ada)).map(({ text }) => text)).toEqual(['Who signs for\nthe mistake?']);
    expect(page(await world.get(`${link}/questions?said=asked`))('#status').text()).toBe(
      'Your question is on the wall.',
    );
  });

  test.each([
    ['nothing', '', 'Write your question first.'],
    ['too much', 'x'.repeat(281), 'A question has at most 280 characters. Make it shorter, or ask two.'],
  ])(
    'with %s typed shows the same page, the mistake, and all that was typed',
    async (_what, text, message) => {
      const { ada, post, on } = await wallWith();
      for (const from of ['event', 'wall']) {
        const again = await post('/questions', {
          text,
          topic: '',
          from,
          named: 'yes',
          formKey: randomUUID(),
        });
        const $ = page(again);
        expect([again.statusCode, $('#error-summary a').text(), $('textarea#text').val()]).toEqual([
          422,
          message,
          text,
        ]);
        expect($('title').text()).toMatch(/^Error: /);
      }
      expect(await on(ada)).toEqual([]);
    },
  );

  test('is refused where no button said that the name goes along, and the words are kept', async () => {
    const { ada, post, on } = await wallWith();
    const text = 'With my name, or without?';
    for (const from of ['event', 'wall']) {
      const again = await post('/questions', { text, topic: '', from, formKey: randomUUID() });
      expect([again.statusCode, page(again)('textarea#text').val()]).toEqual([422, text]);
      expect(page(again)('#error-summary').text()).toContain('Your question was not sent.');
    }
    expect(await on(ada)).toEqual([]);
    await post('/questions', { text, topic: '', from: 'wall', named: 'yes', formKey: randomUUID() });
    expect(await on(ada)).toHaveLength(1);
  });

  test('is read first where its page said so, also once the rule was taken off', async () => {
    const { ada, link, post, on } = await wallWith();
    await world.db.execute(sql`UPDATE events SET question_rules = '{"readFirst": true}'`);
    for (const from of ['event', 'wall']) {
      const form = page(await world.get(from === 'event' ? link : `${link}/questions`))('form:has(#text)');
      expect(form.text()).toContain('A facilitator reads each one before it shows here.');
      await world.db.execute(sql`UPDATE events SET question_rules = '{}'`);
      const readFirst = form.find('[name=readFirst]').val() as string;
      const values = {
        text: `Who reads this on the ${from}?`,
        formKey: randomUUID(),
        from,
        readFirst,
        named: 'yes',
      };
      expect((await post('/questions', values)).headers.location).toContain('said=read');
      await world.db.execute(sql`UPDATE events SET question_rules = '{"readFirst": true}'`);
    }
    expect(await on(ada)).toEqual([]);
  });

  test('counts an emoji as one character', async () => {
    const { ada, post, on } = await wallWith();
    const text = '🎉'.repeat(280);
    await post('/questions', { text, topic: '', from: 'wall', named: 'yes', formKey: randomUUID() });
    expect(await on(ada)).toHaveLength(1);
  });

  test('shows hostile words as words', async () => {
    const { link } = await wallWith(
      '<img src=x onerror=alert(1)><b hx-delete="/x" hx-trigger="load">boo</b>',
    );
    const $ = page(await world.get(`${link}/questions`));
    expect($('.q img, .q b[hx-delete]').length).toBe(0);
    expect($('.q .text').text()).toContain('<img src=x onerror=alert(1)>');
  });
});

describe('the wall', () => {
  test('“I wonder too” is one press, and the next takes it back', async () => {
    const { ada, post, link, on } = await wallWith('Who signs?');
    const [{ id }] = (await on(ada)) as unknown as [{ id: number }];
    const pressed = () =>
      world.get(`${link}/questions`).then((answer) => page(answer)(`#vote-${id}`).attr('aria-pressed'));
    expect(await pressed()).toBe('false');
    const voted = await post(`/questions/${id}/vote`, { on: 'yes', back: 'order=newest', named: 'yes' });
    expect(voted.headers.location).toBe(`${link}/questions?order=newest&said=wondering#question-${id}`);
    expect(await pressed()).toBe('true');
    await post(`/questions/${id}/vote`, { on: 'no', back: '' });
    expect(await pressed()).toBe('false');
  });

  test('filters by table and orders by newest through links alone', async () => {
    const { ada, event, link } = await wallWith('For all');
    const { topicsOf } = await import('../../../src/store/events/events.ts');
    const [, heat] = await topicsOf(world.db, event.id);
    await ask(world.ctx, {
      eventId: event.id,
      authorId: ada.id,
      topicId: heat!.id,
      text: 'For heat',
      formKey: randomUUID(),
    });
    const texts = async (query: string) => {
      const $ = page(await world.get(`${link}/questions${query}`));
      return $('.q .text')
        .map((_, one) => $(one).text())
        .get();
    };
    expect(await texts('')).toEqual(['For heat', 'For all']);
    expect(await texts('?table=2')).toEqual(['For heat']);
    expect(await texts('?order=newest&table=99')).toEqual([]);
    expect(await texts('?table=nonsense&order=nonsense&shown=-1')).toEqual(['For heat', 'For all']);
  });

  test('a vote that no form sent with the name on purpose is not counted; one given so can be taken back', async () => {
    const { ada, post, on } = await wallWith('Who signs?');
    const vote = async (fields: Record<string, string>) => {
      const [{ id }] = (await on(ada)) as unknown as [{ id: number }];
      return (await post(`/questions/${id}/vote`, { back: '', ...fields })).statusCode;
    };
    const votes = async () => (await on(ada))[0]!.votes;
    expect([await vote({ on: 'yes' }), await votes()]).toEqual([409, 0]);
    expect([await vote({ on: 'yes', named: 'yes' }), await votes()]).toEqual([303, 1]);
    expect([await vote({ on: 'no' }), await votes()]).toEqual([303, 0]);
  });

  test('a vote for a question of another event does not exist', async () => {
    const here = await wallWith('Here');
    const there = await wallWith('There');
    const [{ id }] = (await there.on(there.ada)) as unknown as [{ id: number }];
    expect((await here.post(`/questions/${id}/vote`, { on: 'yes', back: '', named: 'yes' })).statusCode).toBe(
      404,
    );
    expect(
      (await there.post(`/questions/${id}/vote`, { on: 'yes', back: '', named: 'yes' })).statusCode,
    ).toBe(303);
  });

  test('guests cannot settle questions; an organiser parks one with a reason all can read', async () => {
    const { ada, event, link, on } = await wallWith('Who signs?');
    const [{ id }] = (await on(ada)) as unknown as [{ id: number }];
    const path = `/e/${event.slug}/questions/${id}/settlement`;
    expect((await world.post(path, { state: 'parked', note: 'Later.' }, { as: ada })).statusCode).toBe(404);
    expect(
      (await world.post(path, { state: 'parked', note: 'It needs its own table.' }, { as: world.organiser }))
        .statusCode,
    ).toBe(303);
    expect(page(await world.get(`${link}/questions`))('.settled').text()).toContain(
      'It needs its own table.',
    );
  });

  test('the panel alone comes when htmx asks for it', async () => {
    const { link } = await wallWith('Who signs?');
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#wall-panel' };
    const answer = await world.get(`${link}/questions`, { headers });
    expect(answer.body.trimStart()).toMatch(/^<div id="wall-panel"|^\s*<div id="wall-panel"/);
    expect(page(answer)('hx-partial').attr('hx-target')).toBe('#lead-panel');
  });

  test('says why one asks with one’s name where few could hide among each other', async () => {
    const { link } = await wallWith('Who signs?');
    for (const path of [link, `${link}/questions`]) {
      const $ = page(await world.get(path));
      expect($('#ask').closest('section, div.card').text()).toMatch(
        /You can ask without your name once five people are invited.*Your name will be shown: Ada Lovelace\./s,
      );
      expect($('button[name=named]').text()).toBe('Send with my name');
      expect($('[data-nameless]').length).toBe(0);
    }
  });
});
