// People in the room who join by the code: they read and wonder, and nobody learns from us who they are.
import { createHash, createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../src/actions/questions/ask.ts';
import { merge } from '../../../src/actions/questions/desk.ts';
import { pressLive } from '../../../src/actions/questions/live.ts';
import { forgetVoices, setRoomAsking } from '../../../src/actions/questions/room.ts';
import { codeOf } from '../../../src/actions/questions/room-codes.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { published } from '../../support/events.ts';
import { signInLetter } from '../../support/letters.ts';
import { type Browser, page, useWorld } from '../../support/world.ts';

const world = useWorld();
let ada: Person;
let fia: Person;
let event: events.Event;
let code: string;

/** An event that begins in half an hour, with two questions of Ada's, and Fia who leads it. */
beforeEach(async () => {
  ada = await world.addPerson({ name: 'Ada Lovelace' });
  fia = await world.addPerson({ name: 'Fia Berg' });
  const startsAt = '2026-11-09T09:30';
  event = await published(world, [ada], { startsAt, answerBy: null, name: 'Winter round' });
  await world.db.execute(sql`UPDATE events SET facilitator_id = ${fia.id}`);
  for (const text of ['Who signs?', 'Who pays?'])
    await ask(world.ctx, {
      eventId: event.id,
      authorId: ada.id,
      topicId: null,
      text,
      formKey: crypto.randomUUID(),
    });
  code = codeOf(world.ctx, event.id);
});

/** A phone in the room that has opened the wall. */
async function phone(address?: string): Promise<Browser> {
  const browser = world.newBrowser(address);
  expect((await browser.get(`/q/${code}`)).statusCode).toBe(200);
  return browser;
}

const questions = () => wallOf(world.db, event.id, ada.id);
const called = async (text: string) => (await questions()).find((one) => one.text === text)!;
const vote = async (browser: Browser, text: string, on = 'yes') =>
  browser.post(`/q/${code}/questions/${(await called(text)).id}/vote`, { on });
const askFrom = (browser: Browser, text: string) =>
  browser.post(`/q/${code}/questions`, { text, formKey: crypto.randomUUID() });

describe('the wall by the code in the room', () => {
  test('is read without sign-in, in capitals or not and with spaces, but no guest list and no name of a guest', async () => {
    const typed = `${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`;
    const browser = world.newBrowser();
    await browser.get('/q');
    expect((await browser.post('/q', { code: typed })).headers.location).toBe(`/q/${code}`);
    const answer = await browser.get(`/q/${code}`);
    const $ = page(answer);
    expect(
      $('.wall .text')
        .map((_, one) => $(one).text())
        .get()
        .sort(),
    ).toEqual(['Who pays?', 'Who signs?']);
    expect(answer.body).not.toContain('Ada Lovelace');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    for (const path of ['', '/people', '/questions', '/changes'])
      expect((await browser.get(`/e/${event.slug}${path}`)).statusCode).not.toBe(200);
    for (const path of ['people', 'answers', 'slips', 'changes'])
      expect((await browser.get(`/q/${code}/${path}`)).statusCode).toBe(404);
  });

  test('opens an hour before the event and ends with it', async () => {
    world.clock.advance({ minutes: -31 });
    expect(page(await world.newBrowser().get(`/q/${code}`))('.empty strong').text()).toBe(
      'This opens at 08:30',
    );
    world.clock.advance({ minutes: 1 });
    const browser = await phone();
    world.clock.advance({ minutes: 60 + 135 });
    expect(page(await browser.get(`/q/${code}`))('.empty strong').text()).toBe('This code has ended');
    expect((await vote(browser, 'Who signs?')).statusCode).toBe(410);
  });

  test('leads whoever is signed in and invited to their own page', async () => {
    expect((await world.get(`/q/${code}`, { as: ada })).headers.location).toBe(
      `/e/${event.slug}/questions#ask`,
    );
  });

  test('counts one vote of a browser apart from the guests, however often it presses', async () => {
    const [one, other] = [await phone(), await phone()];
    for (let press = 0; press < 5; press++) await vote(one, 'Who signs?');
    await Promise.all(Array.from({ length: 5 }, () => vote(other, 'Who signs?')));
    expect(await called('Who signs?')).toMatchObject({ votes: 0, roomVotes: 2 });
    const shown = page(await one.get(`/q/${code}`));
    expect(shown('[aria-pressed=true]').length).toBe(1);
    expect(shown('.q').text()).toContain('+2 from the room, with yours');
    await vote(one, 'Who signs?', 'no');
    expect((await called('Who signs?')).roomVotes).toBe(1);
  });

  test('counts a voice once where two questions become one', async () => {
    const browser = await phone();
    for (const text of ['Who signs?', 'Who pays?']) await vote(browser, text);
    await merge(world.ctx, event.id, (await called('Who pays?')).id, (await called('Who signs?')).id);
    expect((await called('Who signs?')).roomVotes).toBe(1);
  });
});

describe('a question from the room', () => {
  test('is taken only while the facilitator keeps asking open, and shows as from the room', async () => {
    const browser = await phone();
    const closed = await askFrom(browser, 'Why not now?');
    expect(closed.statusCode).toBe(409);
    expect(closed.body).toContain('Questions from the room are closed.');
    const live = `/events/${event.id}/live`;
    expect((await world.post(`${live}/room`, { open: 'yes' }, { as: ada })).statusCode).toBe(404);
    await world.post(`${live}/room`, { open: 'yes' }, { as: fia });
    expect((await askFrom(browser, 'Why not now?')).headers.location).toBe(`/q/${code}?said=asked#ask`);
    const shown = page(await browser.get(`/q/${code}`));
    expect(shown('.q').first().text()).toContain('From the room');
    expect(shown('#ask').text()).toMatch(
      /From here we don’t store who asks\.\s+The promise for invited guests does not cover this page\./,
    );
    const guests = page(await world.get(`/e/${event.slug}/questions`, { as: ada }));
    expect(guests('.wall').text()).toContain('From the room');
    await pressLive(world.ctx, event.id, (await called('Why not now?')).id, { state: 'table' });
    expect(page(await world.get(`${live}/screen`, { as: fia }))('.from').text()).toContain('From the room');
    await world.post(`${live}/room`, { open: 'no' }, { as: fia });
    expect((await askFrom(browser, 'And now?')).statusCode).toBe(409);
  });

  test('is read first where its page said so, also once the rule was taken off', async () => {
    await setRoomAsking(world.ctx, event.id, true);
    await world.db.execute(sql`UPDATE events SET question_rules = '{"readFirst": true}'`);
    const browser = await phone();
    const form = page(await browser.get(`/q/${code}`))('#ask');
    expect(form.text()).toContain('reads each one before it appears.');
    const readFirst = form.find('[name=readFirst]').val() as string;
    await world.db.execute(sql`UPDATE events SET question_rules = '{}'`);
    const values = { text: 'Who reads this?', formKey: crypto.randomUUID(), readFirst };
    expect((await browser.post(`/q/${code}/questions`, values)).headers.location).toBe(
      `/q/${code}?said=read#ask`,
    );
    const rows = await world.db.execute(sql`SELECT state FROM questions WHERE text = 'Who reads this?'`);
    expect([...rows]).toEqual([{ state: 'new' }]);
    expect(page(await browser.get(`/q/${code}`))('.wall').text()).not.toContain('Who reads this?');
  });

  test('is none of five people: it publishes nothing that waits and spends no slip', async () => {
    await setRoomAsking(world.ctx, event.id, true);
    for (let at = 0; at < 6; at++) await askFrom(await phone(), `Question ${at}?`);
    const rows = await world.db.execute<{ n: number }>(
      sql`SELECT (SELECT count(*) FROM nameless_questions) + (SELECT count(*) FROM slips_spent)
            + (SELECT count(*) FROM slips_issued) AS n`,
    );
    expect(Number(rows[0]!.n)).toBe(0);
  });
});

describe('an attacker', () => {
  test('who guesses codes is stopped, whichever browser asks, and learns nothing of the right one', async () => {
    const wrong = (at: number) => `${code.slice(0, 4)}${'23456789ABCDEFGHJKMN'[at % 20]}${'PQR'[at % 3]}`;
    const tried = new Set<number>();
    for (let at = 0; at < 65; at++) {
      if (wrong(at) === code) continue;
      tried.add((await world.newBrowser('203.0.113.9').get(`/q/${wrong(at)}`)).statusCode);
    }
    expect([...tried].sort()).toEqual([404, 429]);
    expect((await world.newBrowser('203.0.113.9').get(`/q/${code}`)).statusCode).toBe(429);
    expect((await world.newBrowser('198.51.100.7').get(`/q/${code}`)).statusCode).toBe(200);
  });

  test('with a cookie of another event’s voice, or none, votes at no event but this one', async () => {
    const id = (await called('Who signs?')).id;
    const bare = await world.app.inject({
      method: 'POST',
      url: `/q/${code}/questions/${id}/vote`,
      headers: {
        host: 'flipside.halden.example',
        origin: world.ctx.baseUrl,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'on=yes',
    });
    expect(bare.statusCode).toBe(403);
    const startsAt = '2026-11-09T09:30';
    const second = await published(world, [ada], { startsAt, answerBy: null, name: 'Other' });
    const there = await phone();
    const other = codeOf(world.ctx, second.id);
    expect((await there.post(`/q/${other}/questions/${id}/vote`, { on: 'yes' })).statusCode).toBe(404);
    expect((await called('Who signs?')).roomVotes).toBe(0);
  });

  test('with a dump cannot tell whose voice voted, nor who asked, though the browser is known', async () => {
    await setRoomAsking(world.ctx, event.id, true);
    // Bo signed in on this phone, so that the database knows the browser by a hash of its cookie; then signed out.
    const bo = await world.addPerson({ email: 'bo@halden.example' });
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: bo.email });
    await browser.post('/sign-in/code', { code: (await signInLetter(world, bo.email)).code });
    await browser.post('/sign-out', {});
    await browser.get(`/q/${code}`);
    await vote(browser, 'Who signs?');
    await askFrom(browser, 'From Bo?');
    const one = async (query: ReturnType<typeof sql>) =>
      (await world.db.execute<{ x: Uint8Array }>(query))[0]!.x;
    const voice = Buffer.from(await one(sql`SELECT voice AS x FROM room_votes`)).toString('base64url');
    const key = Buffer.from(await one(sql`SELECT key AS x FROM room_keys`));
    const hashes = await world.db.execute<{ hash: string; person: number }>(
      sql`SELECT browser_hash AS hash, person_id AS person FROM known_browsers`,
    );
    expect(hashes.map(({ person }) => person)).toEqual([bo.id]);
    const guesses = hashes.flatMap(({ hash }) => {
      const bytes = Buffer.from(hash, 'base64url');
      const made = [hash, bytes].flatMap((from) => [
        createHmac('sha256', key).update(from).digest('base64url'),
        createHmac('sha256', world.ctx.secret).update(from).digest('base64url'),
        createHash('sha256').update(key).update(from).digest('base64url'),
      ]);
      return [hash, ...made];
    });
    expect(guesses).not.toContain(voice);
    // Nothing but the vote and its event's key holds the voice, and the question holds no person, key or hour.
    const tables = await world.db.execute<{ name: string }>(
      sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const hex = Buffer.from(voice, 'base64url').toString('hex');
    const holding: string[] = [];
    for (const { name } of tables) {
      const rows = await world.db.execute<{ row: string }>(
        sql`SELECT t::text AS row FROM ${sql.identifier(name)} AS t`,
      );
      if (rows.some(({ row }) => row.includes(hex) || row.includes(voice))) holding.push(name);
    }
    expect(holding).toEqual(['room_votes']);
    const [asked] = await world.db.execute<Record<string, unknown>>(
      sql`SELECT author_id, created_at AT TIME ZONE 'UTC' = '2026-11-09 08:30' AS at_start FROM questions WHERE from_room`,
    );
    expect(asked).toEqual({ author_id: null, at_start: true });
  });

  test('after the event finds no key, and no two votes of one voice', async () => {
    const browser = await phone();
    for (const text of ['Who signs?', 'Who pays?']) await vote(browser, text);
    const voices = () =>
      world.db.execute<{ n: number; keys: number }>(
        sql`SELECT count(DISTINCT voice)::int AS n, (SELECT count(*)::int FROM room_keys) AS keys FROM room_votes`,
      );
    await forgetVoices(world.ctx);
    expect(await voices()).toEqual([{ n: 1, keys: 1 }]);
    world.clock.advance({ hours: 3 });
    await forgetVoices(world.ctx);
    expect(await voices()).toEqual([{ n: 2, keys: 0 }]);
    expect((await called('Who signs?')).roomVotes).toBe(1);
  });
});
