import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
  deliverLetter,
  type Outcome,
  type Post,
  secondsUntilNextTry,
  sendStrandedLetters,
} from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { published } from '../support/events.ts';
import { sentBytes } from '../support/letters.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

/** A mail server that answers as the test says, and keeps what it was given. */
function server(...outcomes: (Outcome | Error)[]) {
  const handed: string[] = [];
  const post: Post = {
    render: async ({ recipientName }) => ({
      subject: 'Hello',
      bytes: Buffer.from(`Hello ${recipientName}, ${handed.length}`),
    }),
    send: async (_letter, bytes) => {
      handed.push(bytes.toString());
      const outcome = outcomes.shift() ?? { kind: 'sent', reply: '250 fine' };
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    print: () => {},
  };
  return { post, handed };
}

async function aLetter(): Promise<number> {
  const ada = await world.addPerson({ name: 'Ada' });
  await published(world, [ada]);
  return (await letters.newest(world.db, 1, 0))[0]!.id;
}

const stateOf = async (id: number) => {
  const letter = await letters.find(world.db, id);
  return [letter?.state, letter?.reply];
};

describe('a letter', () => {
  test('is sent once, however often its job comes', async () => {
    const id = await aLetter();
    const { post, handed } = server();
    await deliverLetter(world.ctx, post, id);
    await deliverLetter(world.ctx, post, id);
    expect(handed).toEqual(['Hello Ada, 0']);
    expect(await stateOf(id)).toEqual(['sent', '250 fine']);
  });

  test('is in one pair of hands at a time', async () => {
    const id = await aLetter();
    const { post, handed } = server();
    await Promise.all([1, 2, 3, 4].map(() => deliverLetter(world.ctx, post, id)));
    expect(handed).toHaveLength(1);
  });

  test('that a busy server puts off is tried again with the same bytes', async () => {
    const id = await aLetter();
    const { post, handed } = server({ kind: 'temporary', reply: '451 later' });
    await deliverLetter(world.ctx, post, id);
    expect(await stateOf(id)).toEqual(['waiting', '451 later']);
    await deliverLetter(world.ctx, post, id);
    expect(handed).toHaveLength(1);
    world.clock.advance({ seconds: secondsUntilNextTry(1) });
    await deliverLetter(world.ctx, post, id);
    expect(handed).toEqual(['Hello Ada, 0', 'Hello Ada, 0']);
    expect(await stateOf(id)).toEqual(['sent', '250 fine']);
  });

  test('queues its own next try', async () => {
    const id = await aLetter();
    const before = (await world.jobs()).length;
    await deliverLetter(world.ctx, server({ kind: 'temporary', reply: '451 later' }).post, id);
    expect((await world.jobs()).slice(before)).toEqual([{ job: 'deliver-letter', data: { letterId: id } }]);
  });

  test('is given up after 48 hours of trying, with the server’s words', async () => {
    const id = await aLetter();
    world.clock.advance({ hours: 49 });
    await deliverLetter(world.ctx, server({ kind: 'temporary', reply: '451 later' }).post, id);
    expect(await stateOf(id)).toEqual(['dead', '451 later']);
  });

  test('that the server will not have is dead at once', async () => {
    const id = await aLetter();
    await deliverLetter(world.ctx, server({ kind: 'permanent', reply: '550 no such user' }).post, id);
    expect(await stateOf(id)).toEqual(['dead', '550 no such user']);
  });

  test('left behind by a process that died goes out when its lease is over', async () => {
    const id = await aLetter();
    const { post, handed } = server(new Error('the process died'));
    await expect(deliverLetter(world.ctx, post, id)).rejects.toThrow('the process died');
    expect(await sendStrandedLetters(world.ctx)).toBe(0);
    await world.db.execute(sql`UPDATE letters SET lease_until = lease_until - interval '4 minutes'`);
    expect(await sendStrandedLetters(world.ctx)).toBe(1);
    await deliverLetter(world.ctx, post, id);
    expect(handed).toEqual(['Hello Ada, 0', 'Hello Ada, 0']);
  });

  test('that cannot be written is dead and says why', async () => {
    const id = await aLetter();
    const post: Post = { ...server().post, render: async () => Promise.reject(new Error('Not an address')) };
    await deliverLetter(world.ctx, post, id);
    expect(await stateOf(id)).toEqual(['dead', 'Not an address']);
  });

  test('without a mail server is kept with its real bytes for the mailbox page', async () => {
    const id = await aLetter();
    await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
    const letter = await letters.find(world.db, id);
    expect([letter?.state, letter?.subject]).toEqual([
      'kept',
      'A seat is kept for you: Winter round, 10 December',
    ]);
    const text = sentBytes(world, letter!).toString();
    expect(text).toContain(`Message-ID: ${letter!.messageId}`);
    expect(text).toContain('method=REQUEST');
    expect(text).toMatch(/^Reply-To: .*ida\.nordby@halden\.example/m);
  });
});
