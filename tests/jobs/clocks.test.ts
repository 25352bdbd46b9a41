import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import {
  deliverLetter,
  type Outcome,
  type Post,
  sendStrandedLetters,
} from '../../src/jobs/deliver-letter.ts';
import { startRounds } from '../../src/jobs/rounds.ts';
import { begin } from '../../src/store/chores.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { published } from '../support/events.ts';
import { useWorld } from '../support/world.ts';

// Clocks that differ, and clocks that are set. The database's clock is moved by moving the times it has stored the other way.

const world = useWorld({ mailConfigured: true });

/** A process whose own clock is this far from the others'. */
const processAt = (minutes: number): Context => ({
  ...world.ctx,
  now: () => world.clock.now.add({ minutes }),
});

/** A mail server that holds each letter until it is let go. */
function slowServer() {
  const handed: number[] = [];
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const post: Post = {
    render: async () => ({ subject: 'Hello', bytes: Buffer.from('Hello') }),
    send: ({ id }) => {
      handed.push(id);
      return promise;
    },
    print: () => {},
  };
  return { post, handed, answer: (outcome: Outcome) => resolve(outcome) };
}

async function someLetters(n: number): Promise<number[]> {
  const guests = [];
  for (let i = 0; i < n; i++) guests.push(await world.addPerson());
  await published(world, guests);
  return (await letters.newest(world.db, n, 0)).map(({ id }) => id);
}

describe('two processes whose clocks are five minutes apart', () => {
  test('send no letter twice', async () => {
    const ids = await someLetters(4);
    const { post, handed, answer } = slowServer();
    const first = ids.map((id) => deliverLetter(processAt(0), post, id));
    await expect.poll(() => handed.length).toBe(4);
    const ahead = processAt(5);
    expect(await sendStrandedLetters(ahead)).toBe(0);
    const second = ids.map((id) => deliverLetter(ahead, post, id));
    await Promise.all(second);
    answer({ kind: 'sent', reply: '250 fine' });
    await Promise.all(first);
    expect(handed.toSorted()).toEqual(ids.toSorted());
  });

  test('let nobody wait at the door for the slower clock', async () => {
    const ada = await world.addPerson();
    await world.post('/sign-in', { email: ada.email });
    const [letter] = await letters.newest(world.db, 1, 0);
    const { post, handed, answer } = slowServer();
    answer({ kind: 'sent', reply: '250 fine' });
    await deliverLetter(processAt(-5), post, letter!.id);
    expect(handed).toEqual([letter!.id]);
  });

  test('and a process that finds its lease gone does not put off what another has in hand', async () => {
    const [id] = await someLetters(1);
    const [slow, other] = [slowServer(), slowServer()];
    const first = deliverLetter(world.ctx, slow.post, id!);
    await expect.poll(() => slow.handed).toEqual([id]);
    await leasesEnd('3 minutes');
    const second = deliverLetter(world.ctx, other.post, id!);
    await expect.poll(() => other.handed).toEqual([id]);
    slow.answer({ kind: 'temporary', reply: '451 later' });
    await first;
    expect(await sendStrandedLetters(processAt(60))).toBe(0);
    other.answer({ kind: 'sent', reply: '250 fine' });
    await second;
    expect((await letters.find(world.db, id!))?.state).toBe('sent');
  });
});

/** As if the database's clock had gone on by this time, or gone back where it is negative. */
async function leasesEnd(later: string): Promise<void> {
  await world.db.execute(sql`UPDATE letters SET lease_until = lease_until - ${later}::interval`);
}

describe('when the database’s clock is set', () => {
  test.each([
    ['back one hour', '-1 hour', 1],
    ['back one minute', '-1 minute', 0],
    ['forward one hour', '1 hour', 1],
  ])('%s, a letter left by a process that died goes out within minutes', async (_, set, free) => {
    const [id] = await someLetters(1);
    const { post, handed } = slowServer();
    void deliverLetter(world.ctx, post, id!);
    await expect.poll(() => handed).toEqual([id]);
    expect(await sendStrandedLetters(world.ctx)).toBe(0);
    await leasesEnd(set);
    expect(await sendStrandedLetters(world.ctx)).toBe(free);
  });

  const minutely = { every: 55 };
  const last = (time: string) =>
    world.db.execute(sql`INSERT INTO chores (name, begun_at) VALUES ('send-reminders', clock_timestamp() + ${time}::interval)
      ON CONFLICT (name) DO UPDATE SET begun_at = excluded.begun_at`);

  test.each([
    ['has just been done is not done again', '-5 seconds', false],
    ['was done a minute ago is due', '-60 seconds', true],
    ['was done before the clock was set back an hour is due at once', '1 hour', true],
    ['was done before the clock was set forward a year is due', '-1 year', true],
  ])('work that %s', async (_, time, isDue) => {
    await last(time);
    expect(await begin(world.db, 'send-reminders', minutely)).toBe(isDue);
    expect(await begin(world.db, 'send-reminders', minutely)).toBe(false);
  });

  test('of many processes one does the work', async () => {
    await last('-60 seconds');
    const began = await Promise.all([1, 2, 3, 4].map(() => begin(world.db, 'send-reminders', minutely)));
    expect(began.filter(Boolean)).toHaveLength(1);
  });

  test('work of the night waits for its hour, and for a day at most', async () => {
    const hour = new Date().getUTCHours();
    const at = (atHour: number) => begin(world.db, 'send-reminders', { every: 72_000, atHour });
    expect(await at(hour)).toBe(false);
    await last('-21 hours');
    expect(await at((hour + 12) % 24)).toBe(false);
    expect(await at(hour)).toBe(true);
    await last('-45 hours');
    expect(await at((hour + 12) % 24)).toBe(true);
  });

  test('rounds go on after the clock was set back while they run, and after a failure', async () => {
    const queued: string[] = [];
    const failures: unknown[] = [];
    const queue = async (chore: string) => {
      queued.push(chore);
      if (queued.length === 1) throw new Error('the database was away');
    };
    const end = startRounds(world.ctx, { 'send-reminders': minutely }, queue, (one) => failures.push(one), {
      every: 20,
    });
    onTestFinished(end);
    await expect.poll(() => queued.length).toBe(1);
    await last('1 hour');
    await expect.poll(() => queued.length).toBe(2);
    expect(String(failures)).toBe('Error: the database was away');
  });
});
