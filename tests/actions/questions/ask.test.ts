import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { ask, decideQuestion, withdraw, wonder } from '../../../src/actions/questions/ask.ts';
import { mostQuestions } from '../../../src/domain/questions/rules.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { drafted, published, teamOf } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const asks = (
  event: { id: number },
  author: Person,
  text: string,
  values: { topicId?: number; formKey?: string } = {},
) =>
  ask(world.ctx, {
    eventId: event.id,
    authorId: author.id,
    topicId: null,
    text,
    formKey: randomUUID(),
    ...values,
  });

async function wallSeenBy(event: { id: number }, viewer: Person) {
  return (await wallOf(world.db, event.id, viewer.id)).map(({ text, votes, wondering, author }) => ({
    text,
    votes,
    wondering,
    author,
  }));
}

describe('a question', () => {
  test('stands on the wall with its author’s name, once however often the form is sent', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    const formKey = randomUUID();
    await asks(event, ada, 'Who signs?', { formKey });
    await asks(event, ada, 'Who signs?', { formKey });
    expect(await wallSeenBy(event, ada)).toEqual([
      { text: 'Who signs?', votes: 0, wondering: false, author: 'Ada' },
    ]);
  });

  test('the most wanted stand first', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await published(world, [ada, bo]);
    await asks(event, ada, 'First');
    await asks(event, bo, 'Second');
    const [second, first] = await wallOf(world.db, event.id, ada.id);
    expect([second?.text, first?.text]).toEqual(['Second', 'First']);
    await wonder(world.ctx, event.id, first!.id, bo.id, true);
    expect(await wallSeenBy(event, bo)).toEqual([
      { text: 'First', votes: 1, wondering: true, author: 'Ada' },
      { text: 'Second', votes: 0, wondering: false, author: 'Bo' },
    ]);
  });

  test('“I wonder too” counts a person once and can be taken back', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await asks(event, ada, 'Who signs?');
    const id = (await wallOf(world.db, event.id, bo.id))[0]!.id;
    const votes = async () => (await wallOf(world.db, event.id, bo.id))[0]!.votes;
    await wonder(world.ctx, event.id, id, bo.id, true);
    await wonder(world.ctx, event.id, id, bo.id, true);
    await wonder(world.ctx, event.id, id, ada.id, true);
    expect(await votes()).toBe(2);
    await wonder(world.ctx, event.id, id, bo.id, false);
    expect(await votes()).toBe(1);
  });

  test('is for a table of this event or for all, never for another event’s table', async () => {
    const ada = await world.addPerson();
    const [here, elsewhere] = [await teamOf(world, 'Agents', []), await teamOf(world, 'Heat', [])];
    const event = await published(world, [ada], { topics: [here] });
    const other = await published(world, [ada], { topics: [elsewhere] });
    const tableOf = async (one: { id: number }) => (await events.topicsOf(world.db, one.id))[0]!.id;
    await asks(event, ada, 'For this table', { topicId: await tableOf(event) });
    expect(
      (await wallOf(world.db, event.id, ada.id)).map(({ text, table, trend }) => [text, table, trend]),
    ).toEqual([['For this table', 1, 'Agents']]);
    await expect(asks(event, ada, 'For that one', { topicId: await tableOf(other) })).rejects.toMatchObject({
      field: 'topic',
    });
  });

  test('its author takes it back, and nobody else', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await asks(event, ada, 'Who signs?');
    const id = (await wallOf(world.db, event.id, ada.id))[0]!.id;
    await expect(withdraw(world.ctx, event.id, id, bo.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await wallOf(world.db, event.id, ada.id)).toHaveLength(1);
    await withdraw(world.ctx, event.id, id, ada.id);
    expect(await wallOf(world.db, event.id, ada.id)).toEqual([]);
  });

  test('is parked only with a reason, and then nobody can vote on it', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await asks(event, ada, 'Who signs?');
    const id = (await wallOf(world.db, event.id, ada.id))[0]!.id;
    await expect(decideQuestion(world.ctx, event.id, id, 'parked', '')).rejects.toMatchObject({
      field: 'note',
    });
    await decideQuestion(world.ctx, event.id, id, 'parked', 'It needs its own table.');
    await expect(wonder(world.ctx, event.id, id, ada.id, true)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await wallOf(world.db, event.id, ada.id)).map(({ state, note }) => [state, note])).toEqual([
      ['parked', 'It needs its own table.'],
    ]);
  });
});

describe('questions are closed', () => {
  test('before the invitations are sent', async () => {
    const ada = await world.addPerson();
    await expect(asks(await drafted(world, [ada]), ada, 'Too early?')).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('after the event, and when it is called off', async () => {
    const ada = await world.addPerson();
    const [over, off] = [await published(world, [ada]), await published(world, [ada])];
    await cancel(world.ctx, off.id, '');
    await expect(asks(off, ada, 'Too late?')).rejects.toMatchObject({ kind: 'gone' });
    world.clock.advance({ days: 40 });
    await expect(asks(over, ada, 'Too late?')).rejects.toMatchObject({ kind: 'gone' });
  });

  test('for whoever has asked as many as anyone may', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    for (let n = 1; n <= mostQuestions; n++) await asks(event, ada, `Question ${n}`);
    await expect(asks(event, ada, 'One more')).rejects.toMatchObject({ kind: 'too-many', field: 'text' });
  });
});
