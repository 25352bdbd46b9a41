import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { cancel } from '../../src/actions/events.ts';
import {
  changeMine,
  findMine,
  setNamelessAsking,
  withdrawMine,
  wonderWithoutName,
} from '../../src/actions/nameless.ts';
import { closeNameless, publishWaiting } from '../../src/actions/nameless-rounds.ts';
import { merge, reword } from '../../src/actions/question-desk.ts';
import { ask, wonder } from '../../src/actions/questions.ts';
import { giveOut } from '../../src/actions/slips.ts';
import type { Person } from '../../src/store/people.ts';
import { wallOf } from '../../src/store/question-wall.ts';
import { events } from '../../src/store/schema.ts';
import * as slips from '../../src/store/slips.ts';
import { published } from '../support/events.ts';
import { askNameless, blindOne, slipsFor } from '../support/slips.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

/** An event whose guests all hold slips. */
async function circle(size = 5) {
  const guests: Person[] = [];
  for (let n = 0; n < size; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = [];
  for (const guest of guests) hands.push(await slipsFor(world.ctx, event, guest));
  const wall = async () => wallOf(world.db, event.id, guests[0]!.id);
  const texts = async () => (await wall()).map(({ text }) => text).sort();
  return { event, guests, hands, wall, texts };
}

async function rowsIn(table: string): Promise<number> {
  const [row] = await world.db.execute<{ n: number }>(sql.raw(`SELECT count(*)::int AS n FROM ${table}`));
  return row!.n;
}

describe('a question without a name', () => {
  test('waits until five are there, and then all stand on the wall and nothing says who asked', async () => {
    const { event, hands, texts, wall } = await circle();
    for (const [n, hand] of hands.entries()) {
      expect(await texts()).toEqual([]);
      const { published: isOut } = await askNameless(world.ctx, event, hand.ask[0]!, `Question ${n}`);
      expect(isOut).toBe(n === 4);
    }
    expect(await texts()).toEqual([0, 1, 2, 3, 4].map((n) => `Question ${n}`));
    expect((await wall()).map(({ kind, author, createdAt }) => [kind, author, createdAt])).toEqual(
      Array(5).fill(['nameless', null, null]),
    );
  });

  test('goes out at eight, twelve, sixteen and twenty o’clock there, however few wait', async () => {
    const { event, hands, texts } = await circle();
    await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Alone?');
    world.clock.now = Temporal.Instant.from('2026-11-09T10:31:00Z');
    await publishWaiting(world.ctx);
    expect(await texts()).toEqual([]);
    world.clock.now = Temporal.Instant.from('2026-11-09T11:01:00Z');
    await publishWaiting(world.ctx);
    expect(await texts()).toEqual(['Alone?']);
  });

  test('is there at once while the event is held', async () => {
    const { event, hands, texts } = await circle();
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    expect((await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Now?')).published).toBe(true);
    expect(await texts()).toEqual(['Now?']);
  });

  test('is not taken where fewer than five hold slips, and the slip stays good', async () => {
    const { event, hands } = await circle(4);
    await expect(askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Who?')).rejects.toThrow('five people');
    expect([await rowsIn('slips_spent'), await rowsIn('nameless_intake')]).toEqual([0, 0]);
  });

  test('for a table of another event is refused, and the slip stays good', async () => {
    const { event, hands } = await circle();
    const asking = askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Where?', { topicId: 4711 });
    await expect(asking).rejects.toMatchObject({ field: 'topic' });
    await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Here then');
    expect(await rowsIn('nameless_intake')).toBe(1);
  });

  test('sent twice counts once; another with the same slip is refused', async () => {
    const { event, hands } = await circle();
    const secret = randomBytes(16);
    const [slip] = hands[0]!.ask;
    await askNameless(world.ctx, event, slip!, 'Once?', { secret });
    await askNameless(world.ctx, event, slip!, 'Once?', { secret });
    await expect(askNameless(world.ctx, event, slip!, 'Twice?')).rejects.toMatchObject({ field: 'slip' });
    expect([await rowsIn('slips_spent'), await rowsIn('nameless_intake')]).toEqual([1, 1]);
  });
});

describe('slips', () => {
  test('are given twice to the same person and not a third time; a ballot once', async () => {
    const { event, guests } = await circle();
    const second = await slipsFor(world.ctx, event, guests[0]!);
    expect([second.ask.length, second.vote.length]).toEqual([3, 0]);
    await expect(slipsFor(world.ctx, event, guests[0]!)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('asked for again, because the first answer never arrived, are the same and count once', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const key = (await slips.keysOf(world.db, event.id)).find(({ purpose }) => purpose === 'ask')!;
    const batch = async () => {
      const made = await Promise.all([1, 2, 3].map(() => blindOne(key.publicKey)));
      return { ask: made.map(({ blinded }) => blinded) };
    };
    const [first, second, third] = [await batch(), await batch(), await batch()];
    const signed = await giveOut(world.ctx, event.id, ada.id, first);
    expect(await giveOut(world.ctx, event.id, ada.id, first)).toEqual(signed);
    expect(await rowsIn('slips_issued')).toBe(1);
    await giveOut(world.ctx, event.id, ada.id, second);
    await expect(giveOut(world.ctx, event.id, ada.id, third)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await giveOut(world.ctx, event.id, ada.id, first)).toEqual(signed);
  });

  test('are for guests only', async () => {
    const { event } = await circle();
    await expect(slipsFor(world.ctx, event, await world.addPerson())).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  test('forged, of another event or another purpose are refused, and nothing is stored', async () => {
    const [here, elsewhere] = [await circle(), await circle()];
    const [slip] = here.hands[0]!.ask;
    const signature = Buffer.from(slip!.signature);
    signature[100]! ^= 1;
    const wrong = [
      { ...slip!, signature },
      { ...slip!, message: randomBytes(64) },
      elsewhere.hands[0]!.ask[0]!,
      here.hands[0]!.vote[0]!,
    ];
    for (const one of wrong)
      await expect(askNameless(world.ctx, here.event, one, 'Forged?')).rejects.toMatchObject({
        kind: 'forbidden',
      });
    expect([await rowsIn('slips_spent'), await rowsIn('nameless_intake')]).toEqual([0, 0]);
    await askNameless(world.ctx, here.event, slip!, 'Real');
    expect(await rowsIn('nameless_intake')).toBe(1);
  });

  test('are not signed for 0, 1, n − 1 or n, nor for a number that is too short', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const key = (await slips.keysOf(world.db, event.id)).find(({ purpose }) => purpose === 'ask')!;
    const good = (await blindOne(key.publicKey)).blinded;
    const n = await modulus(key.publicKey);
    const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(512, '0'), 'hex');
    for (const bad of [bytes(0n), bytes(1n), bytes(n - 1n), bytes(n), good.subarray(1)])
      await expect(giveOut(world.ctx, event.id, ada.id, { ask: [good, bad, good] })).rejects.toMatchObject({
        kind: 'invalid',
      });
    expect(await rowsIn('slips_issued')).toBe(0);
    await giveOut(world.ctx, event.id, ada.id, { ask: [good, good, good] });
    expect(await rowsIn('slips_issued')).toBe(1);
  });
});

async function modulus(publicKey: Buffer): Promise<bigint> {
  const { importKey } = await import('../support/slips.ts');
  const { n } = await crypto.subtle.exportKey('jwk', await importKey(publicKey));
  return BigInt(`0x${Buffer.from(n!, 'base64url').toString('hex')}`);
}

describe('whoever has the secret', () => {
  test('reads what became of the question, changes it and takes it back; nobody else finds it', async () => {
    const { event, hands, texts } = await circle();
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Frist?');
    expect((await findMine(world.ctx, secret)).published).toBe(null);
    await changeMine(world.ctx, secret, 'First?');
    for (const n of [1, 2, 3, 4]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`);
    expect((await findMine(world.ctx, secret)).published?.state).toBe('wall');
    await expect(findMine(world.ctx, randomBytes(16))).rejects.toMatchObject({ kind: 'not-found' });
    expect(await texts()).toEqual(['First?', 'Q1', 'Q2', 'Q3', 'Q4']);
    await withdrawMine(world.ctx, secret);
    await expect(findMine(world.ctx, secret)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await texts()).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
  });

  test('changes it before a facilitator has read it too, and a change of what stands on the wall is read again', async () => {
    const { event, hands } = await circle();
    const rule = (readFirst: boolean) => world.db.update(events).set({ questionRules: { readFirst } });
    await rule(true);
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Frist?');
    for (const n of [1, 2, 3, 4]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`);
    const state = async () => (await findMine(world.ctx, secret)).published?.state;
    expect(await state()).toBe('new');
    await changeMine(world.ctx, secret, 'First?');
    expect(await state()).toBe('new');
    await rule(false);
    await changeMine(world.ctx, secret, 'First of all?');
    expect(await state()).toBe('wall');
    await rule(true);
    await changeMine(world.ctx, secret, 'And then?');
    expect(await state()).toBe('new');
  });
});

describe('“I wonder too”', () => {
  test('counts one ballot once, beside those who wonder with their name, and is taken back', async () => {
    const { event, guests, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Q');
    const id = (await wall())[0]!.id;
    const cast = (n: number, on = true) =>
      wonderWithoutName(world.ctx, { eventId: event.id, questionId: id, slip: hands[n]!.vote[0]!, on });
    const votes = async () => (await wall()).find((one) => one.id === id)!.votes;
    await cast(0);
    await cast(0);
    await cast(1);
    await wonder(world.ctx, event.id, id, guests[2]!.id, true);
    expect(await votes()).toBe(3);
    await cast(1, false);
    expect(await votes()).toBe(2);
  });

  test('needs a ballot of this event', async () => {
    const { event, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Q');
    const questionId = (await wall())[0]!.id;
    const slip = hands[0]!.ask[1]!;
    await expect(
      wonderWithoutName(world.ctx, { eventId: event.id, questionId, slip, on: true }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await rowsIn('ballot_votes')).toBe(0);
  });
});

describe('at the desk', () => {
  test('a question without a name is put in other words, and the words before are gone', async () => {
    const { event, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Verily, what about us?');
    const [first] = await wall();
    await reword(world.ctx, event.id, first!.id, 'What about us?');
    const found = (await wall()).find(({ id }) => id === first!.id)!;
    expect([found.text, found.reworded]).toEqual(['What about us?', true]);
    expect(await textsAnywhere('Verily%')).toBe(4);
  });

  test('merging keeps the votes, counted once for each ballot and each person', async () => {
    const { event, guests, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Nameless');
    const named = { eventId: event.id, authorId: guests[0]!.id, topicId: null };
    await ask(world.ctx, { ...named, text: 'Named', formKey: crypto.randomUUID() });
    const all = await wall();
    const [from, into] = ['Nameless', 'Named'].map((text) => all.find((one) => one.text === text)!.id);
    const cast = (n: number, questionId: number | string) =>
      wonderWithoutName(world.ctx, { eventId: event.id, questionId, slip: hands[n]!.vote[0]!, on: true });
    await cast(0, from!);
    await cast(0, into!);
    await cast(1, from!);
    for (const id of [from!, into!]) await wonder(world.ctx, event.id, id, guests[3]!.id, true);
    await merge(world.ctx, event.id, from!, into!);
    const after = await wall();
    expect([after.length, after.find(({ id }) => id === into)!.votes]).toEqual([5, 3]);
  });
});

async function textsAnywhere(like: string): Promise<number> {
  const [row] = await world.db.execute<{
    n: number;
  }>(sql`SELECT (SELECT count(*) FROM nameless_questions WHERE text LIKE ${like})::int
    + (SELECT count(*) FROM nameless_intake WHERE text LIKE ${like})::int AS n`);
  return row!.n;
}

describe('the promise', () => {
  test('can be turned off until somebody has asked, and not after, even if they took it back', async () => {
    const { event, hands } = await circle();
    await setNamelessAsking(world.ctx, event.id, false);
    await expect(askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Off?')).rejects.toThrow(
      'off for this event',
    );
    await setNamelessAsking(world.ctx, event.id, true);
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'On?');
    await withdrawMine(world.ctx, secret);
    await expect(setNamelessAsking(world.ctx, event.id, false)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('ends an hour after the event: keys, spent slips and ballots are destroyed, totals stay', async () => {
    const { event, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Q');
    await askNameless(world.ctx, event, hands[0]!.ask[1]!, 'Late');
    const questionId = (await wall())[0]!.id;
    await wonderWithoutName(world.ctx, { eventId: event.id, questionId, slip: hands[0]!.vote[0]!, on: true });
    world.clock.now = Temporal.Instant.from('2026-12-10T18:00:00Z');
    await closeNameless(world.ctx);
    expect(await rowsIn('slips_spent')).toBe(6);
    world.clock.now = Temporal.Instant.from('2026-12-10T20:00:00Z');
    await closeNameless(world.ctx);
    expect([await rowsIn('slips_spent'), await rowsIn('ballot_votes')]).toEqual([0, 0]);
    expect(
      (await slips.keysOf(world.db, event.id)).map((key) => [key.purpose, key.privateKey === null]),
    ).toEqual([
      ['ask', true],
      ['feedback', false],
      ['vote', true],
    ]);
    const after = await wall();
    expect([after.length, after.find(({ id }) => id === questionId)!.votes]).toEqual([6, 1]);
  });

  test('ends with an event that is called off', async () => {
    const { event } = await circle(1);
    await cancel(world.ctx, event.id, '');
    await closeNameless(world.ctx);
    expect((await slips.keysOf(world.db, event.id)).map(({ privateKey }) => privateKey)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
