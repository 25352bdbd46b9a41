import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ask, decideQuestion } from '../../../src/actions/questions/ask.ts';
import { codeOf } from '../../../src/actions/questions/room-codes.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { events, namelessQuestions } from '../../../src/store/schema/index.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function room(...texts: string[]) {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const fia = await world.addPerson({ name: 'Fia Berg', side: 'talent' });
  const event = await published(world, [ada], { topics: [await teamOf(world, 'Agents', [])] });
  await world.db.update(events).set({ facilitatorId: fia.id });
  for (const text of texts)
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  const live = `/events/${event.id}/live`;
  const states = async () =>
    Object.fromEntries(
      (await wallOf(world.db, event.id, ada.id)).map(({ text, state }) => [text, state as string]),
    );
  const idOf = async (text: string) =>
    (await wallOf(world.db, event.id, ada.id)).find((one) => one.text === text)!.id;
  const press = async (text: string, state: string, as: Person = fia, ago = '0') =>
    world.post(`${live}/questions/${await idOf(text)}`, { state, ago }, { as });
  return { ada, fia, event, live, states, idOf, press };
}

describe('the facilitator’s desk', () => {
  test('one press shows a question, one says it is answered, one parks it with words everyone reads', async () => {
    const { fia, live, press, states, ada, event } = await room('Who signs?', 'Who pays?');
    const shown = await press('Who signs?', 'table');
    expect([shown.statusCode, shown.headers.location]).toEqual([303, `${live}?said=table`]);
    expect(await states()).toEqual({ 'Who signs?': 'table', 'Who pays?': 'wall' });
    const $ = page(await world.get(`${live}?said=table`, { as: fia }));
    expect($('.nowcard .asked').text()).toBe('Who signs?');
    expect($('#status').text()).toBe('On the table now.');
    await press('Who signs?', 'answered');
    await press('Who pays?', 'parked');
    expect(await states()).toEqual({ 'Who signs?': 'answered', 'Who pays?': 'parked' });
    const wall = page(await world.get(`${linkOf(world, event, ada)}/questions`));
    expect(wall('.settled').text()).toContain('Parked in the room, to come back to.');
  });

  test('showing another puts the one before back on the wall, also one without a name', async () => {
    const { event, live, fia, press, states } = await room('Who signs?');
    const id = Buffer.alloc(16, 7);
    await world.db.insert(namelessQuestions).values({
      id,
      eventId: event.id,
      text: 'What is an agent?',
      editHash: Buffer.alloc(32, 1),
      state: 'wall',
    });
    await press('Who signs?', 'table');
    await press('What is an agent?', 'table');
    expect(await states()).toEqual({ 'Who signs?': 'wall', 'What is an agent?': 'table' });
    expect(page(await world.get(live, { as: fia }))('.nowcard').text()).toContain('Without a name.');
    await press('Who signs?', 'table');
    expect(await states()).toEqual({ 'Who signs?': 'table', 'What is an agent?': 'wall' });
  });

  test('the same press twice does it once, and a press that comes too late shows nothing', async () => {
    const { press, states } = await room('Who signs?', 'Who pays?');
    await press('Who signs?', 'table');
    expect((await press('Who signs?', 'table')).statusCode).toBe(303);
    expect((await press('Who pays?', 'table', undefined, '119')).statusCode).toBe(303);
    expect((await press('Who signs?', 'table', undefined, '121')).statusCode).toBe(409);
    expect(await states()).toEqual({ 'Who signs?': 'wall', 'Who pays?': 'table' });
    // That something was answered stays true however late it is heard.
    expect((await press('Who pays?', 'answered', undefined, '3000')).statusCode).toBe(303);
    expect(await states()).toEqual({ 'Who signs?': 'wall', 'Who pays?': 'answered' });
  });

  test('a note that was there stays when the question is parked from the desk', async () => {
    const { event, idOf, press, ada } = await room('Who signs?');
    await decideQuestion(world.ctx, event.id, await idOf('Who signs?'), 'parked', 'It needs its own table.');
    await press('Who signs?', 'wall');
    await press('Who signs?', 'parked');
    expect((await wallOf(world.db, event.id, ada.id)).map(({ note }) => note)).toEqual([
      'It needs its own table.',
    ]);
  });

  test('is for organisers and the facilitator of this event; to others it does not exist', async () => {
    const { ada, fia, live, press } = await room('Who signs?');
    for (const path of [live, `${live}/screen`]) {
      expect((await world.get(path, { as: fia })).statusCode).toBe(200);
      expect((await world.get(path, { as: world.organiser })).statusCode).toBe(200);
      expect((await world.get(path, { as: ada })).statusCode).toBe(404);
      expect((await world.get(path)).statusCode).toBe(303);
    }
    for (const path of [`${live}/changes`, `${live}/screen/changes`]) {
      expect((await world.get(path, { as: ada })).statusCode).toBe(404);
      const headers = { accept: 'text/event-stream', 'hx-request': 'true' };
      expect((await world.get(path, { headers })).statusCode).toBe(401);
    }
    expect((await press('Who signs?', 'table', ada)).statusCode).toBe(404);
    expect((await press('Who signs?', 'table', fia)).statusCode).toBe(303);
  });

  test('a press on a question of another event, an unread one or with nonsense changes nothing', async () => {
    const here = await room('Here');
    const there = await room('There');
    const id = await there.idOf('There');
    const as = world.organiser;
    expect((await world.post(`${here.live}/questions/${id}`, { state: 'table' }, { as })).statusCode).toBe(
      404,
    );
    expect((await world.post(`${there.live}/questions/x`, { state: 'table' }, { as })).statusCode).toBe(404);
    expect((await there.press('There', 'withdrawn', as)).statusCode).toBe(400);
    expect((await there.press('There', 'table', as, '-1')).statusCode).toBe(400);
    expect(await there.states()).toEqual({ There: 'wall' });
    expect((await there.press('There', 'table', as)).statusCode).toBe(303);
  });

  test('the panel alone comes when htmx asks for it', async () => {
    const { live, fia } = await room('Who signs?');
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#run-panel' };
    const { body } = await world.get(live, { as: fia, headers });
    expect(body.trimStart()).toMatch(/^<div id="run-panel"/);
    // The questions and the last press come along.
    for (const id of ['desk-panel', 'undo-panel']) expect(body).toContain(`<div id="${id}"`);
  });

  test('with nothing asked it says what will stand there', async () => {
    const { live, fia } = await room();
    world.clock.now = Temporal.Instant.from('2026-12-10T14:00:00Z');
    const $ = page(await world.get(live, { as: fia }));
    expect([$('.nowcard .asked').text(), $('.empty strong').text()]).toEqual([
      'Nothing on the table',
      'No question waits',
    ]);
    const screen = async () => {
      const shown = page(await world.get(`${live}/screen`, { as: fia }));
      return [shown('.asked').text(), shown('.from').text()];
    };
    const title = 'Five trends that already reach your desk';
    expect(await screen()).toEqual([title, 'Begins at 16:00']);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    expect(await screen()).toEqual([title, 'No question yet. Someone has to be first.']);
  });
});

describe('the projector', () => {
  test('shows the question, its table, who asked, how many wonder, and where to ask', async () => {
    const { live, fia, press, event } = await room('Who <b>signs</b>?');
    await press('Who <b>signs</b>?', 'table');
    const $ = page(await world.get(`${live}/screen`, { as: fia }));
    expect([$('.asked').text(), $('.asked b').length]).toEqual(['Who <b>signs</b>?', 0]);
    expect($('.from').text()).toContain('Asked by Ada Lovelace');
    const address = `flipside.halden.example/q/${codeOf(world.ctx, event.id)}`;
    expect([$('.join b').text(), $('.join svg').attr('aria-label')]).toEqual([
      address,
      `QR code to ${address}`,
    ]);
  });
});

describe('the code to ask by', () => {
  test('leads whoever is signed in to the ask box, in capitals or not; a code that is not ours leads nowhere', async () => {
    const { ada, event } = await room();
    const code = codeOf(world.ctx, event.id);
    const to = `/e/${event.slug}/questions#ask`;
    for (const typed of [code, code.toLowerCase()])
      expect((await world.get(`/q/${typed}`, { as: ada })).headers.location).toBe(to);
    const other = code.slice(0, -1) + (code.endsWith('2') ? '3' : '2');
    for (const typed of [other, 'x', `${code}${code}${code}`])
      expect((await world.get(`/q/${encodeURIComponent(typed)}`, { as: ada })).statusCode).toBe(404);
  });
});
