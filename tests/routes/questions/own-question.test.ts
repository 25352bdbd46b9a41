import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ask, decideQuestion } from '../../../src/actions/questions/ask.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function guests() {
  const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
  const event = await published(world, [ada, bo]);
  const asked = (text: string) =>
    ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  const texts = async () => (await wallOf(world.db, event.id, ada.id)).map(({ text }) => text);
  const link = linkOf(world, event, ada);
  const post = (path: string, fields: Record<string, string> = {}, of = link) =>
    world.post(`${of}${path}`, fields, { link: of.slice(3) });
  const first = async () => (await wallOf(world.db, event.id, ada.id))[0]!;
  return { ada, bo, event, asked, texts, link, post, first };
}

test('the same words twice by one person are one question, whatever their capitals and signs', async () => {
  const { asked, texts, event, bo, post } = await guests();
  await asked('Who signs for the mistake?');
  expect(await asked('who signs  for the mistake')).toBe('again');
  expect(await asked('Who signs for the mistakes?')).toBe('wall');
  const same = { text: 'Who signs for the mistake?', formKey: randomUUID() };
  await ask(world.ctx, { ...same, eventId: event.id, authorId: bo.id, topicId: null });
  expect((await texts()).filter((text) => text === same.text)).toHaveLength(2);
  const sent = await post('/questions', { ...same, formKey: randomUUID(), topic: '', named: 'yes' });
  expect(String(sent.headers.location)).toContain('said=again');
});

test('one’s own question can be changed until it is on the table, by its author alone', async () => {
  const { asked, texts, event, bo, link, post, first } = await guests();
  await asked('Who signs?');
  const { id } = await first();
  const wall = page(await world.get(`${link}/questions`));
  expect(wall(`#question-${id} a[href$="/words"]`)).toHaveLength(1);
  expect(page(await world.get(`${link}/questions/${id}/words`))('textarea').val()).toBe('Who signs?');
  expect((await post(`/questions/${id}/words`, { text: '' })).statusCode).toBe(422);
  const theirs = linkOf(world, event, bo);
  expect((await post(`/questions/${id}/words`, { text: 'Mine' }, theirs)).statusCode).toBe(404);
  expect((await post(`/questions/${id}/words`, { text: 'Who pays?' })).statusCode).toBe(303);
  expect(await texts()).toEqual(['Who pays?']);
  await decideQuestion(world.ctx, event.id, id, 'table', '');
  const late = await post(`/questions/${id}/words`, { text: 'Who pays for it?' });
  expect([late.statusCode, page(late)('h1').text()]).toEqual([410, 'Too late to change it']);
  expect(await texts()).toEqual(['Who pays?']);
});

test('a guest points out another’s question, and the facilitator finds it first until they decide', async () => {
  const { asked, event, bo, link, post, first } = await guests();
  await asked('A rude one');
  const { id } = await first();
  await decideQuestion(world.ctx, event.id, id, 'wall', '');
  const theirs = linkOf(world, event, bo);
  const button = 'button[formaction$="/pointing-out"]';
  expect(page(await world.get(`${theirs}/questions`))(button)).toHaveLength(1);
  expect(page(await world.get(`${link}/questions`))(button)).toHaveLength(0);
  const desk = async () =>
    page(await world.get(`/events/${event.id}/questions`, { as: world.organiser }))('main').text();
  expect(await desk()).not.toContain('A guest pointed it out');
  const sent = await post(`/questions/${id}/pointing-out`, { back: 'order=new', named: 'yes' }, theirs);
  expect(sent.headers.location).toBe(
    `${theirs}/questions?order=new&said=pointed-out&at=${id}#question-${id}`,
  );
  expect(await desk()).toContain('A guest pointed it out');
  await decideQuestion(world.ctx, event.id, id, 'wall', '');
  expect(await desk()).not.toContain('A guest pointed it out');
});
