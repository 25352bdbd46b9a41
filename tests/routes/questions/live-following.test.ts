// Pages that follow an event: what each hears, who may listen, how streams begin, catch up and end.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { ask, wonder } from '../../../src/actions/questions/ask.ts';
import { pressLive } from '../../../src/actions/questions/live.ts';
import { eventRevision } from '../../../src/store/questions/live.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { events, people, questions } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { follow, type Heard } from '../../support/pages/following.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

async function room(...texts: string[]) {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const event = await published(world, [ada]);
  const askIt = (text: string) =>
    ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text, formKey: randomUUID() });
  for (const text of texts) await askIt(text);
  await world.app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => world.app.close());
  const { port } = world.app.server.address() as AddressInfo;
  const link = linkOf(world, event, ada);
  const at = async () => (await eventRevision(world.db, event.id))!.revision;
  const listen = (path: string, headers?: Record<string, string>) =>
    follow(port, world.ctx.baseUrl, path, headers);
  const cookieOf = async (person = world.organiser) =>
    [...(await world.browserOf(person)).cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const idOf = async (text: string) =>
    (await wallOf(world.db, event.id, ada.id)).find((one) => one.text === text)!.id;
  return { ada, event, link, at, listen, cookieOf, askIt, idOf };
}

const isWall = ({ event }: Heard) => event === 'wall';
const says = (words: string) => (one: Heard) => one.data.includes(words);

describe('a guest who follows', () => {
  test('hears of a question that is new, of who wonders, and of what is on the table', async () => {
    const { ada, event, link, at, listen, askIt, idOf } = await room('Who signs?');
    const guest = await listen(`${link}/changes?at=${await at()}`);
    expect([guest.status, guest.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await askIt('Who pays?');
    const pays = await idOf('Who pays?');
    expect(JSON.parse((await guest.next(isWall)).data)).toEqual([[String(pays), 0, 'wall', null, true]]);
    await wonder(world.ctx, event.id, pays, ada.id, true);
    expect(JSON.parse((await guest.next(isWall)).data)).toEqual([[String(pays), 1, 'wall', null, false]]);
    await pressLive(world.ctx, event.id, pays, { state: 'table' });
    const now = await guest.next(says('#now-panel'));
    expect(now.data).toContain(`data-question="${pays}">Who pays?`);
    expect((await guest.next(says('#status'))).data).toContain('On the table now: Who pays?');
    expect(JSON.parse((await guest.next(isWall)).data)).toEqual([[String(pays), 1, 'table', null, false]]);
    guest.leave();
  });

  test('hears that the room fills, and nothing when nothing they see has changed', async () => {
    const { ada, event, link, at, listen, askIt } = await room();
    const guest = await listen(`${link}/changes?at=${await at()}`);
    await world.db.update(events).set({ namelessAsking: false });
    await world.db.update(people).set({ jobTitle: 'Somebody else' });
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect((await guest.next(({ event }) => event !== 'beat' && event !== 'clock')).event).toBe('room');
    await askIt('Who pays?');
    expect((await guest.next(({ event }) => event !== 'beat' && event !== 'clock')).event).toBe('wall');
    guest.leave();
  });

  test('catches up after a lost connection, from the message that came last', async () => {
    const { event, link, at, listen, askIt, idOf } = await room('Who signs?');
    const [first, other] = [
      await listen(`${link}/changes?at=${await at()}`),
      await listen(`${link}/changes`),
    ];
    await askIt('Who pays?');
    const { id } = await first.next(isWall);
    first.leave();
    await askIt('Who knows?');
    await pressLive(world.ctx, event.id, await idOf('Who pays?'), { state: 'table' });
    await other.next(says('On the table now: Who pays?'));
    const again = await listen(`${link}/changes?at=1`, { 'last-event-id': id });
    expect((await again.next(says('#now-panel'))).data).toContain('Who pays?');
    const told = JSON.parse((await again.next(isWall)).data) as unknown[][];
    expect(told.map(([key, , state, , isNew]) => [key, state, isNew]).toSorted()).toEqual([
      [String(await idOf('Who signs?')), 'wall', false],
      [String(await idOf('Who pays?')), 'table', false],
      [String(await idOf('Who knows?')), 'wall', true],
    ]);
    again.leave();
    other.leave();
  });

  test('whose page is older than this process can know is told that there may be more', async () => {
    const { link, listen } = await room('Who signs?');
    const guest = await listen(`${link}/changes?at=1`);
    expect((await guest.next(({ event }) => event === 'stale')).event).toBe('stale');
    guest.leave();
  });

  test('is not told how many wonder while the organiser hides that, and is from the beginning on', async () => {
    const { ada, event, link, at, listen, askIt, idOf } = await room('Who signs?');
    await world.db.update(events).set({ questionRules: { talliesHidden: true } });
    const before = await listen(`${link}/changes?at=${await at()}`);
    await wonder(world.ctx, event.id, await idOf('Who signs?'), ada.id, true);
    await pressLive(world.ctx, event.id, await idOf('Who signs?'), { state: 'table' });
    expect((await before.next(says('#now-panel'))).data).not.toContain('wonder');
    expect(JSON.parse((await before.next(isWall)).data)[0][1]).toBe(null);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
    await askIt('Who pays?');
    expect((await before.next(says('#now-panel'))).data).toContain('1 person wonders too');
    const told = JSON.parse((await before.next(isWall)).data) as unknown[][];
    expect(told.map(([, votes]) => votes).toSorted()).toEqual([0, 1]);
    before.leave();
  });

  test('hears nothing of a question before it may be read, nor its words', async () => {
    const { ada, event, link, at, listen, askIt } = await room();
    const guest = await listen(`${link}/changes?at=${await at()}`);
    await world.db.insert(questions).values({
      eventId: event.id,
      authorId: ada.id,
      text: 'A secret',
      state: 'new',
      createdAt: world.ctx.now(),
    });
    await askIt('Who pays?');
    await guest.next(isWall);
    await world.db.update(questions).set({ state: 'wall' });
    const told = JSON.parse((await guest.next(isWall)).data) as unknown[][];
    expect(told.map(([, , state, , isNew]) => [state, isNew])).toEqual([['wall', true]]);
    expect(guest.heard.map(({ data }) => data).join()).not.toContain('A secret');
    guest.leave();
  });
});

describe('the desk and the projector', () => {
  test('follow at once, with hostile words as words', async () => {
    const { event, listen, at, cookieOf, idOf } = await room('Who <b hx-get="/x">signs</b>?\ndata: no');
    const cookie = await cookieOf();
    const desk = await listen(`/events/${event.id}/live/changes?at=${await at()}`, { cookie });
    const screen = await listen(`/events/${event.id}/live/screen/changes?at=${await at()}`, { cookie });
    await pressLive(world.ctx, event.id, await idOf('Who <b hx-get="/x">signs</b>?\ndata: no'), {
      state: 'table',
    });
    await desk.next(({ event }) => event === 'changed');
    const { data } = await screen.next(says('#screen-panel'));
    expect(data).toContain('Who &lt;b hx-get=&quot;/x&quot;&gt;signs&lt;/b&gt;?\ndata: no');
    desk.leave();
    screen.leave();
  });
});

describe('streams', () => {
  test('are neither kept, packed nor held back, and carry the strict policy', async () => {
    const { link, listen } = await room();
    const { headers, leave } = await listen(`${link}/changes`, { 'accept-encoding': 'gzip, br' });
    expect([headers['cache-control'], headers['x-accel-buffering'], headers['content-encoding']]).toEqual([
      'no-store, no-transform',
      'no',
      undefined,
    ]);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    leave();
  });

  test('are twelve for one person at most, and one that ends makes room', async () => {
    const { link, listen } = await room();
    const path = `${link}/changes`;
    const all = [];
    for (let n = 0; n < 12; n += 1) all.push(await listen(path));
    expect(all.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect((await listen(path)).status).toBe(429);
    all[0]!.leave();
    for (;;) {
      const again = await listen(path);
      all.push(again);
      if (again.status === 200) break;
    }
    for (const { leave } of all) leave();
  });

  test('are not for strangers, nor for whoever was uninvited', async () => {
    const { event, link, listen } = await room();
    expect((await listen(`/e/${event.slug}/changes`)).status).toBe(401);
    expect((await listen(`/i/${'x'.repeat(27)}/changes`)).status).toBe(404);
    const guest = await listen(`${link}/changes`);
    expect(guest.status).toBe(200);
    guest.leave();
  });

  test('end when the app closes, which waits for nobody', async () => {
    const { link, listen } = await room();
    const guest = await listen(`${link}/changes`);
    await Promise.all([world.app.close(), guest.ended]);
    expect(guest.heard[0]!.event).toBe('beat');
  });
});
