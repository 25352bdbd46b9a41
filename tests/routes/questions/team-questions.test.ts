import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, decideQuestion } from '../../../src/actions/questions/ask.ts';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { everyQuestionOf } from '../../../src/store/questions/wall.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

/** Tom hosts a table, Una another; Ada asked one question for Tom's table, one for Una's and one for any. */
async function hosts() {
  const ada = await world.addPerson({ name: 'Ada' });
  const [tom, una] = [
    await world.addPerson({ name: 'Tom', side: 'talent' }),
    await world.addPerson({ name: 'Una', side: 'talent' }),
  ];
  const [agents, heat] = [await teamOf(world, 'Agents', [tom]), await teamOf(world, 'Heat', [una])];
  const event = await published(world, [ada], { topics: [agents, heat] });
  const [first, second] = await events.topicsOf(world.db, event.id);
  for (const [text, topicId] of [
    ['For agents?', first!.id],
    ['For heat?', second!.id],
    ['For any?', null],
  ] as const)
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId, text, formKey: randomUUID() });
  const all = await everyQuestionOf(world.db, event.id);
  const idOf = (text: string) => all.find((one) => one.text === text)!.id;
  const at = (text: string) => `/teams/${agents.teamId}/events/${event.id}/questions/${idOf(text)}`;
  const waiting = async (as: Person) => {
    const $ = page(await world.get(`/teams/${agents.teamId}`, { as }));
    return $('.waiting .text')
      .toArray()
      .map((one) => $(one).text());
  };
  const workOn = async (text: string) =>
    (await everyQuestionOf(world.db, event.id)).find((one) => one.text === text)!.work;
  return { ada, tom, una, event, at, waiting, workOn, idOf, link: linkOf(world, event, ada) };
}

describe('a team', () => {
  test('sees what waits for its table and for any, not what waits for another', async () => {
    const { tom, una, ada, waiting } = await hosts();
    expect(await waiting(tom)).toEqual(['For any?', 'For agents?']);
    expect(await waiting(world.organiser)).toEqual(['For any?', 'For agents?']);
    expect([await waiting(una), await waiting(ada)]).toEqual([[], []]);
  });

  test('takes a question with one press, and guests see that it is prepared; the next press gives it back', async () => {
    const { tom, at, link, workOn } = await hosts();
    const tags = async () => page(await world.get(`${link}/questions`))('.wall .tag[data-tone="go"]').text();
    expect(await tags()).toBe('');
    expect((await world.post(`${at('For agents?')}/taking`, { on: 'yes' }, { as: tom })).statusCode).toBe(
      303,
    );
    expect([await tags(), (await workOn('For agents?')).takenBy]).toEqual(['Team is preparing this', 'Tom']);
    await world.post(`${at('For agents?')}/taking`, { on: 'no' }, { as: tom });
    expect((await workOn('For agents?')).takenBy).toBe(null);
  });

  test('prepares an answer nobody else reads before the question is answered', async () => {
    const { tom, event, at, link, idOf } = await hosts();
    const answer = 'The **owner** signs. <script>alert(1)</script>';
    expect((await world.post(at('For agents?'), { answer }, { as: tom })).statusCode).toBe(303);
    const $ = page(await world.get(at('For agents?'), { as: tom }));
    expect([$('.prose strong').text(), $('.prose script').length, $('#answer').val()]).toEqual([
      'owner',
      0,
      answer,
    ]);
    const wall = async () => page(await world.get(`${link}/questions`))('main').text();
    expect(await wall()).not.toContain('owner');
    await decideQuestion(
      world.ctx,
      event.id,
      idOf('For agents?'),
      'answered',
      'Short: the owner of the process.',
    );
    expect(await wall()).toContain('The owner signs.');
  });

  test('answers in writing with one press', async () => {
    const { tom, at, event } = await hosts();
    const again = await world.post(at('For any?'), { answer: ' ', publish: 'yes' }, { as: tom });
    expect([again.statusCode, page(again)('#error-summary a').text()]).toEqual([
      422,
      'Write the answer first.',
    ]);
    const long = await world.post(at('For any?'), { answer: 'x'.repeat(4001) }, { as: tom });
    expect([long.statusCode, String(page(long)('#answer').val()).length]).toEqual([422, 4001]);
    await world.post(at('For any?'), { answer: 'Yes.', publish: 'yes' }, { as: tom });
    const states = (await everyQuestionOf(world.db, event.id)).map(({ text, state }) => [text, state]);
    expect(states).toEqual([
      ['For any?', 'answered'],
      ['For heat?', 'wall'],
      ['For agents?', 'wall'],
    ]);
  });

  test('nobody else works on its questions, and a team on no other’s', async () => {
    const { ada, una, tom, at } = await hosts();
    for (const as of [ada, una]) {
      expect((await world.get(at('For agents?'), { as })).statusCode).toBe(404);
      expect((await world.post(`${at('For agents?')}/taking`, { on: 'yes' }, { as })).statusCode).toBe(404);
    }
    expect((await world.get(at('For heat?'), { as: tom })).statusCode).toBe(404);
    expect((await world.get(at('For agents?'), { as: tom })).statusCode).toBe(200);
  });
});
