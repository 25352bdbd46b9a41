import { describe, expect, onTestFinished, test } from 'vitest';
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { published } from '../support/events.ts';
import { invariants } from '../support/invariants.ts';
import { allLetters } from '../support/letters.ts';
import { useWorld } from '../support/world.ts';
import { type Fault, type MailServer, openMailServer } from './mail-server.ts';

/** Milliseconds to wait for a server that never speaks, and for one that does, which a busy machine must not miss. */
const patienceWith = (fault: Fault) => (fault === 'stay silent' ? 1000 : 60_000);
const patience = patienceWith('take');

const byId = (server: MailServer) => Map.groupBy(server.taken, ({ messageId }) => messageId);

describe('a server that fails', () => {
  const world = useWorld();

  async function guests(count: number): Promise<void> {
    const people = [];
    for (let n = 1; n <= count; n++)
      people.push(await world.addPerson({ name: `Guest ${n}`, email: `guest-${n}@halden.example` }));
    await published(world, people, { seniorCapacity: 100 });
  }

  /** Tries again and again as the queue would, while hours pass, until no letter waits any more. */
  async function untilAllEnded(
    server: MailServer,
    { rounds = 80, patience = patienceWith('take') } = {},
  ): Promise<void> {
    const post = openPost(world.ctx, server.url, { patience });
    try {
      for (let round = 0; round < rounds; round++) {
        const waiting = (await allLetters(world)).filter(({ state }) => state === 'waiting');
        if (waiting.length === 0) return;
        await Promise.all(waiting.map(({ id }) => deliverLetter(world.ctx, post, id)));
        world.clock.advance({ minutes: 61 });
      }
    } finally {
      post.close();
    }
  }

  async function serverWith(faultFor: (to: string) => Fault): Promise<MailServer> {
    const server = await openMailServer(faultFor);
    onTestFinished(() => server.close());
    return server;
  }

  const once: Fault[] = ['hang up', 'stay silent', '421', 'greylist', 'drop at data', 'drop after 250'];

  test.each(once)(
    'in the way “%s” now and then takes every letter exactly once',
    { timeout: 600_000 },
    async (fault) => {
      await guests(6);
      const atGreeting = ['hang up', 'stay silent', '421'].includes(fault);
      let n = 0;
      const server = await serverWith((to) => {
        if (atGreeting !== (to === '')) return 'take';
        n += 1;
        return n % 2 === 1 ? fault : 'take';
      });
      await untilAllEnded(server, { patience: patienceWith(fault) });
      expect((await allLetters(world)).map(({ state }) => state)).toEqual(Array(6).fill('sent'));
      expect([...byId(server).values()].map((copies) => copies.length)).toEqual(Array(6).fill(1));
      expect(server.taken.map(({ to }) => to).toSorted()).toEqual(
        Array.from({ length: 6 }, (_, i) => `guest-${i + 1}@halden.example`),
      );
      expect(await invariants(world.db)).toEqual([]);
    },
  );

  test('that kept a letter and never said so gets it again, the same to the last byte', async () => {
    await guests(2);
    let n = 0;
    const server = await serverWith((to) =>
      to.startsWith('guest-1') && ++n === 1 ? 'drop after keeping' : 'take',
    );
    await untilAllEnded(server);
    const copies = server.taken.filter(({ to }) => to.startsWith('guest-1'));
    expect(copies.length).toBe(2);
    expect(copies[0]).toEqual(copies[1]);
    expect(server.taken.filter(({ to }) => to.startsWith('guest-2')).length).toBe(1);
  });

  test('that does not know somebody ends that letter at once, with its words, and no other', async () => {
    await guests(3);
    const server = await serverWith((to) => (to.startsWith('guest-2') ? '550' : 'take'));
    await untilAllEnded(server, { rounds: 1 });
    expect(
      (await allLetters(world)).map(({ recipientName, state, reply }) => [recipientName, state, reply]),
    ).toEqual([
      ['Guest 1', 'sent', '250 taken'],
      ['Guest 2', 'dead', '550 5.1.1 no such person'],
      ['Guest 3', 'sent', '250 taken'],
    ]);
  });

  test('that puts a letter off for two days is given up then, and not before', {
    timeout: 600_000,
  }, async () => {
    await guests(1);
    let asked = 0;
    const server = await serverWith((to) => {
      if (to !== '') asked += 1;
      return to === '' ? 'take' : 'greylist';
    });
    const written = world.clock.now;
    const post = openPost(world.ctx, server.url, { patience });
    onTestFinished(() => post.close());
    const [{ id }] = (await allLetters(world)) as [letters.Letter];
    for (;;) {
      await deliverLetter(world.ctx, post, id);
      if ((await letters.find(world.db, id))?.state !== 'waiting') break;
      world.clock.advance({ minutes: 30 });
    }
    const [letter] = await allLetters(world);
    expect([letter?.state, letter?.reply]).toEqual(['dead', '451 4.7.1 come back later']);
    expect(written.until(world.clock.now).total('hours')).toBe(48);
    // Half a minute, doubling up to an hour: many tries in the first hour, then one an hour.
    expect(asked).toBeGreaterThan(40);
  });

  test('in every way at once, in any order, loses nothing', { timeout: 1_200_000 }, async () => {
    await guests(25);
    const faults: Fault[] = [
      'hang up',
      '421',
      'greylist',
      'drop at data',
      'drop after keeping',
      'drop after 250',
      'stay silent',
    ];
    let seed = 20_261_123;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const server = await serverWith((to) => {
      const fault = random() < 0.35 ? faults[Math.floor(random() * faults.length)]! : 'take';
      const early = fault === 'hang up' || fault === '421' || fault === 'stay silent';
      return early === (to === '') ? fault : 'take';
    });
    await untilAllEnded(server, { patience: patienceWith('stay silent') });
    expect((await allLetters(world)).map(({ state }) => state)).toEqual(Array(25).fill('sent'));
    expect(byId(server).size).toBe(25);
    for (const copies of byId(server).values())
      expect(new Set(copies.map(({ bytes }) => bytes)).size).toBe(1);
    expect(await invariants(world.db)).toEqual([]);
  });

  test('that counts letters gets no more of them a minute than it was told, and the rest in the minutes after', async () => {
    await guests(8);
    const server = await serverWith(() => 'take');
    const [one, other] = [1, 2].map(() => openPost(world.ctx, server.url, { perMinute: 3, patience }));
    onTestFinished(() => [one, other].forEach((post) => void post!.close()));
    const all = (await allLetters(world)).map(({ id }) => id);
    const perMinute: number[] = [];
    for (let minute = 0; minute < 4; minute++) {
      const before = server.taken.length;
      await Promise.all(all.map((id, i) => deliverLetter(world.ctx, i % 2 ? one! : other!, id)));
      perMinute.push(server.taken.length - before);
      world.clock.advance({ minutes: 1 });
    }
    expect(perMinute).toEqual([3, 3, 2, 0]);
    expect((await allLetters(world)).map(({ state, tries }) => [state, tries])).toEqual(
      Array(8).fill(['sent', 1]),
    );
  });
});
