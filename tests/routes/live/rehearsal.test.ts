import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ask } from '../../../src/actions/questions/ask.ts';
import { published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

/** Every row of every table, but for the rehearsal's own and for who is signed in. */
async function dump(): Promise<Record<string, string>> {
  const tables = await world.sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND table_name NOT IN ('sessions', 'rehearsals') ORDER BY 1`;
  const all: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await world.sql.unsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`,
    );
    all[name] = rows.map(({ row }) => row).join('\n');
  }
  return all;
}

async function evening() {
  const ada = await world.addPerson({ name: 'Ada' });
  const host = await world.addPerson({ name: 'Fia', side: 'talent' });
  const event = await published(world, [ada, host], { topics: [await teamOf(world, 'Agents', [host])] });
  for (const text of ['Who signs?', 'Who pays?'])
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  const base = `/events/${event.id}/rehearsal`;
  const as = world.organiser;
  const send = (path: string, fields: Record<string, string>) =>
    world.post(`${base}/${path}`, { key: randomUUID(), ...fields }, { as });
  const next = (from: number) => send('presses', { kind: 'next', from: `${from}` });
  const show = async (path = '') => page(await world.get(base + path, { as }));
  return { event, base, as, ada, host, send, next, show };
}

test('everything works in a rehearsal, and thrown away it leaves nothing behind', async () => {
  const { base, as, ada, host, next, send, show } = await evening();
  for (const person of [as, host, ada]) await world.get(`${base}/phone`, { as: person });
  const before = await dump();
  await send('presses', { kind: 'start', ends: 'later' });
  // A month ahead: on time all the same, since the rehearsal begins with its start.
  expect((await show())('.pace .tag').text()).toBe('On time');
  world.clock.advance({ minutes: 7 });
  await send('presses', { kind: 'skip', from: '0' });
  expect((await show())('.measured').text()).toBe('Arriveskipped');
  await next(1);
  // Round 2 is dropped, with the move to it.
  await send('presses', { kind: 'drop', block: '4' });
  expect((await show())('#more-panel').text()).toContain('Dropped: Move, Round 2');
  expect((await next(2)).statusCode).toBe(303);
  expect((await show())('#clock-of').text()).toContain('Move, ends');
  const [question] = (await show('/phone'))('button[name="question"]').toArray();
  const id = question!.attribs.value!;
  for (const person of [as, host]) await world.post(`${base}/votes`, { question: id }, { as: person });
  expect((await show('/phone'))('.vote-count').toArray().length).toBe(2);
  expect((await show('/phone'))('.upnext').text()).toContain('2');
  await world.post(`${base}/questions/${id}`, { state: 'table' }, { as });
  expect((await show())('.nowcard .asked').text()).toBe(
    (await show('/phone'))('.upnext p').first().contents().first().text(),
  );
  await world.post(`${base}/questions/${id}`, { state: 'parked' }, { as });
  await send('notes', { table: '1', kind: 'idea', text: 'Try it with one team first' });
  expect((await show('/phone'))('main').text()).toContain('Try it with one team first');
  await send('messages', { to: '0', text: 'Two minutes left' });
  const screen = await show('/screen');
  expect(screen('.asked').text()).toBe('Two minutes left');
  expect([screen('.join').length, screen('.rehearsed').length]).toEqual([0, 1]);
  await world.post(`${base}/end`, { minutes: 'drop' }, { as });
  expect(await dump()).toEqual(before);
  expect(await world.sql`SELECT * FROM rehearsals`).toEqual([]);
});

test('measured minutes may be kept: a round measured once holds for all', async () => {
  const { event, base, as, next, send } = await evening();
  await send('presses', { kind: 'start', ends: 'later' });
  for (const [from, took] of [12, 7, 22].entries()) {
    world.clock.advance({ minutes: took });
    await next(from);
  }
  await world.post(`${base}/end`, { minutes: 'keep' }, { as });
  const rows = await world.sql`SELECT minutes FROM blocks WHERE event_id = ${event.id} ORDER BY position`;
  expect(rows.map(({ minutes }) => minutes)).toEqual([12, 7, 22, 5, 22, 5, 22, 20, 15]);
});

test('a block that is skipped or dropped keeps the minutes of the plan', async () => {
  const { event, base, as, next, send } = await evening();
  const pass = (minutes: number) => world.clock.advance({ minutes });
  await send('presses', { kind: 'start', ends: 'later' });
  pass(3);
  await send('presses', { kind: 'skip', from: '0' });
  pass(9);
  await next(1);
  await send('presses', { kind: 'drop', block: '8' });
  await world.post(`${base}/end`, { minutes: 'keep' }, { as });
  const rows = await world.sql`SELECT minutes FROM blocks WHERE event_id = ${event.id} ORDER BY position`;
  expect(rows.map(({ minutes }) => minutes)).toEqual([10, 9, 25, 5, 25, 5, 25, 20, 15]);
});

test('a press is taken back; guests find no rehearsal, hosts do, and once the event begins nobody does', async () => {
  const { event, base, ada, as, host, send, show } = await evening();
  await send('presses', { kind: 'start', ends: 'later' });
  await world.post(`${base}/presses/0/withdrawal`, {}, { as });
  expect((await show())('.starts').length).toBe(1);
  const status = async (person: typeof ada) => (await world.get(`${base}/phone`, { as: person })).statusCode;
  expect([await status(host), await status(ada)]).toEqual([200, 404]);
  expect((await world.get(base, { as: host })).statusCode).toBe(404);
  await world.sql`UPDATE events SET starts_at = '2026-11-09T08:00' WHERE id = ${event.id}`;
  expect(await status(host)).toBe(410);
});
