import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { change, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { takeQuestion } from '../../../src/actions/questions/answers.ts';
import { ask, decideQuestion, withdraw, wonder } from '../../../src/actions/questions/ask.ts';
import * as events from '../../../src/store/events/events.ts';
import { findBySlug } from '../../../src/store/events/page.ts';
import { cachedByRevision } from '../../../src/store/events/revisions.ts';
import * as nameless from '../../../src/store/questions/nameless.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import {
  people,
  programmes,
  questions,
  teamMembers,
  teams,
  trends,
} from '../../../src/store/schema/index.ts';
import { planFor, published, teamOf } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

/** A published event with a guest, a host with a team, and a question. */
async function anEvent() {
  const ada = await world.addPerson({ name: 'Ada' });
  const tom = await world.addPerson({ name: 'Tom', side: 'talent' });
  const topic = await teamOf(world, 'Agents', [tom]);
  const event = await published(world, [ada], { topics: [topic] });
  await ask(world.ctx, {
    eventId: event.id,
    authorId: ada.id,
    topicId: null,
    text: 'Who signs?',
    formKey: randomUUID(),
  });
  const [question] = await wallOf(world.db, event.id, ada.id);
  return { ada, tom, event, topic, question: question! };
}

type Setting = Awaited<ReturnType<typeof anEvent>>;

const changes: [string, (setting: Setting) => Promise<unknown>][] = [
  ['somebody answers', ({ event, ada }) => answer(world.ctx, event.id, ada.id, 'yes')],
  ['somebody is taken off the list', ({ event, ada }) => uninvite(world.ctx, event.id, ada.id)],
  [
    'the plan changes',
    ({ event, topic }) =>
      change(world.ctx, event.id, planFor(world, [], { lede: 'Other words.', topics: [topic] })),
  ],
  ['a table goes', ({ event }) => change(world.ctx, event.id, planFor(world, []))],
  [
    'the run of show changes',
    ({ event }) =>
      world.db.transaction((tx) =>
        events.replaceBlocks(tx, event.id, [{ kind: 'talk', title: 'Talk', minutes: 60 }]),
      ),
  ],
  [
    'a host takes a question',
    ({ event, tom, question }) =>
      takeQuestion(world.ctx, { eventId: event.id, questionId: question.id, personId: tom.id }, true),
  ],
  [
    'a question is asked',
    ({ event, ada }) =>
      ask(world.ctx, {
        eventId: event.id,
        authorId: ada.id,
        topicId: null,
        text: 'And who pays?',
        formKey: randomUUID(),
      }),
  ],
  [
    'a question is answered',
    ({ event, question }) => decideQuestion(world.ctx, event.id, question.id, 'answered', 'We do.'),
  ],
  [
    'a question is taken back',
    ({ event, question, ada }) => withdraw(world.ctx, event.id, question.id, ada.id),
  ],
  [
    'somebody wonders too',
    ({ event, question, tom }) => wonder(world.ctx, event.id, question.id, tom.id, true),
  ],
  [
    'questions without a name are published',
    ({ event }) =>
      world.db.transaction(async (tx) => {
        const { id: eventId } = event;
        const [id, editHash] = [randomBytes(16), randomBytes(32)];
        const state = 'wall';
        await nameless.publish(tx, [{ id, eventId, topicId: null, text: 'And us?', editHash, state }]);
      }),
  ],
  [
    'somebody wonders too without a name',
    ({ event, question }) => nameless.castBallot(world.db, event.id, question.id, randomBytes(32)),
  ],
  [
    'a guest is renamed',
    ({ ada }) => world.db.update(people).set({ name: 'Ada Lovelace' }).where(eq(people.id, ada.id)),
  ],
  [
    'a host is renamed',
    ({ tom }) => world.db.update(people).set({ name: 'Tomasz' }).where(eq(people.id, tom.id)),
  ],
  [
    'a trend is reworded',
    ({ topic }) =>
      world.db.update(trends).set({ sentence: 'Agents at work' }).where(eq(trends.id, topic.trendId)),
  ],
  [
    'a team is renamed',
    ({ topic }) => world.db.update(teams).set({ name: 'The agents' }).where(eq(teams.id, topic.teamId)),
  ],
  [
    'a team loses a member',
    ({ topic }) => world.db.delete(teamMembers).where(eq(teamMembers.teamId, topic.teamId)),
  ],
  ['the organisation is renamed', () => world.db.update(programmes).set({ organisation: 'Halden' })],
];

async function revisionOf({ event, ada }: Setting): Promise<number> {
  return (await findBySlug(world.db, event.slug, ada.id))!.revision;
}

describe('an event’s pages are read again when', () => {
  test.each(changes)('%s', async (_what, happens) => {
    const setting = await anEvent();
    const before = await revisionOf(setting);
    expect(await revisionOf(setting)).toBe(before);
    await happens(setting);
    expect(await revisionOf(setting)).not.toBe(before);
  });

  test('a vote is taken back', async () => {
    const setting = await anEvent();
    await wonder(world.ctx, setting.event.id, setting.question.id, setting.tom.id, true);
    const before = await revisionOf(setting);
    await wonder(world.ctx, setting.event.id, setting.question.id, setting.tom.id, false);
    expect(await revisionOf(setting)).not.toBe(before);
  });
});

test('what happens at another event leaves an event’s pages as they are', async () => {
  const here = await anEvent();
  const there = await anEvent();
  const before = await revisionOf(here);
  await answer(world.ctx, there.event.id, there.ada.id, 'yes');
  expect(await revisionOf(here)).toBe(before);
});

test('a change that is rolled back leaves nothing behind', async () => {
  const setting = await anEvent();
  const before = await revisionOf(setting);
  const undone = world.db.transaction(async (tx) => {
    await tx.update(questions).set({ text: 'Never asked' });
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await revisionOf(setting)).toBe(before);
  expect((await wallOf(world.db, setting.event.id, setting.ada.id)).map(({ text }) => text)).toEqual([
    'Who signs?',
  ]);
});

test('what was found is kept while its revision stands, and only then', async () => {
  const asked: number[] = [];
  const load = cachedByRevision(2, async (_db, id) => {
    asked.push(id);
    return asked.length;
  });
  const at = (id: number, revision: number) => load(world.db, { id, revision });
  expect([await at(1, 10), await at(1, 10), await at(1, 11), await at(1, 11)]).toEqual([1, 1, 2, 2]);
  expect([await at(2, 12), await at(3, 13), await at(1, 11)]).toEqual([3, 4, 5]);
});
