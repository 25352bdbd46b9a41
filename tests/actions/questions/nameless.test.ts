import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { ask, wonder } from '../../../src/actions/questions/ask.ts';
import { merge, reword } from '../../../src/actions/questions/desk.ts';
import { findMine, setNamelessAsking } from '../../../src/actions/questions/nameless.ts';
import { changeMine, showMine, withdrawMine } from '../../../src/actions/questions/nameless-mine.ts';
import { tick } from '../../../src/actions/questions/nameless-tick.ts';
import { wonderWithoutName } from '../../../src/actions/questions/nameless-votes.ts';
import { giveOut } from '../../../src/actions/questions/slips.ts';
import { publishDueQuestions } from '../../../src/jobs/publish-questions.ts';
import * as eventStore from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import * as slips from '../../../src/store/questions/slips.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { events } from '../../../src/store/schema/index.ts';
import { published, teamOf } from '../../support/events.ts';
import { waitingVotes } from '../../support/nameless/loss.ts';
import { askNameless, blindOne, handsOf, publishNext, slipsFor } from '../../support/nameless/slips.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

/** An event whose guests all hold slips. */
async function circle(size = 5) {
  const guests: Person[] = [];
  for (let n = 0; n < size; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = await handsOf(world.ctx, event, guests);
  const wall = async () => wallOf(world.db, event.id, guests[0]!.id);
  const texts = async () => (await wall()).map(({ text }) => text).sort();
  return { event, guests, hands, wall, texts };
}

async function rowsIn(table: string): Promise<number> {
  const [row] = await world.db.execute<{ n: number }>(sql.raw(`SELECT count(*)::int AS n FROM ${table}`));
  return row!.n;
}

describe('a question without a name', () => {
  test('waits with four others for the next publishing hour, and nothing says who asked', async () => {
    const { event, hands, texts, wall } = await circle();
    for (const [n, hand] of hands.entries())
      expect((await askNameless(world.ctx, event, hand.ask[0]!, `Question ${n}`)).published).toBe(false);
    world.clock.now = Temporal.Instant.from('2026-11-09T10:55:00Z');
    await tick(world.ctx);
    expect(await texts()).toEqual([]);
    await publishNext(world);
    expect(await texts()).toEqual([0, 1, 2, 3, 4].map((n) => `Question ${n}`));
    expect((await wall()).map(({ kind, author, createdAt }) => [kind, author, createdAt])).toEqual(
      Array(5).fill(['nameless', null, null]),
    );
  });

  test('is there at once while the event is held', async () => {
    const { event, hands, texts } = await circle();
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    expect((await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Now?')).published).toBe(true);
    expect(await texts()).toEqual(['Now?']);
  });

  test('is not there at once where its page said that it waits for others, and spends no slip', async () => {
    const { event, hands, texts } = await circle();
    const slip = hands[0]!.ask[0]!;
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    await expect(askNameless(world.ctx, event, slip, 'Together?', { waits: true })).rejects.toThrow(
      'The event has begun, so your question would appear at once',
    );
    expect(await texts()).toEqual([]);
    expect((await askNameless(world.ctx, event, slip, 'At once?')).published).toBe(true);
    expect(await texts()).toEqual(['At once?']);
  });

  test('is taken from the first guest who opens the page, but not where fewer than five are invited', async () => {
    const [five, four] = [await circle(5), await circle(4)];
    await askNameless(world.ctx, five.event, five.hands[0]!.ask[0]!, 'Am I the first?');
    await expect(askNameless(world.ctx, four.event, four.hands[0]!.ask[0]!, 'Who?')).rejects.toThrow(
      'five guests',
    );
  });

  test('touches no table before it is published', async () => {
    const { event, hands } = await circle();
    const written = async () => {
      await world.db.execute(sql`SELECT pg_stat_force_next_flush()`);
      const [row] = await world.db.execute<{ n: string }>(
        sql`SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS n FROM pg_stat_user_tables`,
      );
      return Number(row!.n);
    };
    const before = await written();
    await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Here?');
    expect(await written()).toBe(before);
    await tick(world.ctx);
    expect(await written()).toBeGreaterThan(before);
  });

  test('for a table of another event is refused, and the slip stays good', async () => {
    const { event, hands, texts } = await circle();
    const asking = askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Where?', { topicId: 4711 });
    await expect(asking).rejects.toMatchObject({ field: 'topic' });
    for (const [n, hand] of hands.entries()) await askNameless(world.ctx, event, hand.ask[0]!, `Here ${n}`);
    await publishNext(world);
    expect((await texts()).length).toBe(5);
  });

  test('for a table that came since the last ones went out appears without it: who was there since then is few', async () => {
    const old = await teamOf(world, 'Heat as a working condition', [
      await world.addPerson({ side: 'talent' }),
    ]);
    const young = await teamOf(world, 'Shown for ten minutes', [await world.addPerson({ side: 'talent' })]);
    const guests = await Promise.all(Array.from({ length: 10 }, () => world.addPerson()));
    const event = await published(world, guests, { topics: [old] });
    const hands = await handsOf(world.ctx, event, guests);
    world.clock.advance({ minutes: 30 });
    await world.db.transaction((tx) => eventStore.setTopics(tx, event.id, [old, young], world.clock.now));
    await tick(world.ctx);
    const [first, second] = (await eventStore.topicsOf(world.db, event.id)).map(({ id }) => id);
    const fiveAsk = async (batch: number) => {
      for (const [n, hand] of hands.slice(5 * batch, 5 * batch + 5).entries())
        await askNameless(world.ctx, event, hand.ask[0]!, `${batch} ${n}`, {
          topicId: [first!, second!][n] ?? null,
        });
      await publishNext(world);
    };
    const tables = async (batch: number) =>
      (await wallOf(world.db, event.id, guests[0]!.id))
        .filter(({ text }) => text.startsWith(`${batch} `))
        .toSorted((a, b) => a.text.localeCompare(b.text))
        .map(({ topicId }) => topicId);
    await fiveAsk(0);
    expect(await tables(0)).toEqual([first, null, null, null, null]);
    await fiveAsk(1);
    expect(await tables(1)).toEqual([first, second, null, null, null]);
  });

  test('sent twice counts once; another with the same slip is refused, and so is another with the same secret', async () => {
    const { event, hands, texts } = await circle();
    const secret = randomBytes(16);
    const [slip, second] = hands[0]!.ask;
    await askNameless(world.ctx, event, slip!, 'Once?', { secret });
    await askNameless(world.ctx, event, slip!, 'Once?', { secret });
    await expect(askNameless(world.ctx, event, slip!, 'Twice?')).rejects.toMatchObject({ field: 'slip' });
    const sameSecret = () => askNameless(world.ctx, event, second!, 'Other?', { secret });
    await expect(sameSecret()).rejects.toMatchObject({ kind: 'conflict', field: 'edit' });
    for (const hand of hands.slice(1)) await askNameless(world.ctx, event, hand.ask[0]!, 'Q');
    await publishNext(world);
    expect(await texts()).toEqual(['Once?', 'Q', 'Q', 'Q', 'Q']);
    await expect(sameSecret()).rejects.toMatchObject({ kind: 'conflict', field: 'edit' });
    expect((await askNameless(world.ctx, event, slip!, 'Once?', { secret })).published).toBe(true);
    expect((await texts()).length).toBe(5);
  });
});

test('the secret of a question of long ago, used again, keeps nobody else’s question from appearing', async () => {
  const before = await circle();
  const secret = randomBytes(16);
  world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
  await askNameless(world.ctx, before.event, before.hands[0]!.ask[0]!, 'Long ago?', { secret });
  // Two months later the event is closed and no process remembers its questions.
  world.clock.now = Temporal.Instant.from('2027-02-15T08:30:00Z');
  await publishDueQuestions(world.ctx);
  const guests: Person[] = [];
  for (let n = 0; n < 6; n++) guests.push(await world.addPerson());
  const event = await published(world, guests, { startsAt: '2027-03-10T16:00', answerBy: null });
  const hands = await handsOf(world.ctx, event, guests);
  for (const [n, hand] of hands.entries())
    await askNameless(world.ctx, event, hand.ask[0]!, `Q${n}`, n === 5 ? { secret } : {});
  await publishNext(world);
  const shown = await wallOf(world.db, event.id, guests[0]!.id);
  expect(shown.map(({ text }) => text).sort()).toEqual(['Q0', 'Q1', 'Q2', 'Q3', 'Q4']);
});

describe('slips', () => {
  test('are given twice to the same person and not a third time; a ballot once', async () => {
    const { event, guests } = await circle();
    const second = await slipsFor(world.ctx, event, guests[0]!);
    expect([second.ask.map(({ first }) => first), second.vote.length]).toEqual([[false, false, false], 0]);
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
      { ...slip!, first: false },
    ];
    for (const one of wrong)
      await expect(askNameless(world.ctx, here.event, one, 'Forged?')).rejects.toMatchObject({
        kind: 'forbidden',
      });
    for (const hand of here.hands) await askNameless(world.ctx, here.event, hand.ask[0]!, 'Real');
    await publishNext(world);
    expect(await here.texts()).toEqual(Array(5).fill('Real'));
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
  const { importKey } = await import('../../support/nameless/slips.ts');
  const { n } = await crypto.subtle.exportKey('jwk', await importKey(publicKey));
  return BigInt(`0x${Buffer.from(n!, 'base64url').toString('hex')}`);
}

describe('whoever has the secret', () => {
  test('reads what became of the question, changes it and withdraws it while it waits; nobody else finds it', async () => {
    const { event, hands, texts } = await circle(6);
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Frist?');
    const { secret: other } = await askNameless(world.ctx, event, hands[5]!.ask[0]!, 'Sorry?');
    expect((await findMine(world.ctx, secret)).state).toBe('waiting');
    expect(await changeMine(world.ctx, secret, 'First?')).toBe('waiting');
    expect((await findMine(world.ctx, secret)).text).toBe('First?');
    expect(await withdrawMine(world.ctx, other)).toBe('gone');
    await expect(findMine(world.ctx, other)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(findMine(world.ctx, randomBytes(16))).rejects.toMatchObject({ kind: 'not-found' });
    for (const n of [1, 2, 3, 4]) await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`);
    await publishNext(world);
    expect(await texts()).toEqual(['First?', 'Q1', 'Q2', 'Q3', 'Q4']);
    expect((await findMine(world.ctx, secret)).state).toBe('wall');
  });

  test('withdraws what is published at the next publishing hour, or at once', async () => {
    const { event, hands, texts } = await circle();
    const secrets = [];
    for (const [n, hand] of hands.entries())
      secrets.push((await askNameless(world.ctx, event, hand.ask[0]!, `Q${n}`)).secret);
    await publishNext(world);
    expect(await withdrawMine(world.ctx, secrets[0]!)).toBe('pending');
    expect((await findMine(world.ctx, secrets[0]!)).pending).toBe('withdrawal');
    world.clock.advance({ minutes: 10 });
    await tick(world.ctx);
    expect((await texts()).length).toBe(5);
    expect(await withdrawMine(world.ctx, secrets[1]!, { atOnce: true })).toBe('gone');
    expect(await texts()).toEqual(['Q0', 'Q2', 'Q3', 'Q4']);
    await publishNext(world);
    expect(await texts()).toEqual(['Q2', 'Q3', 'Q4']);
    await expect(findMine(world.ctx, secrets[0]!)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('changes what is published: the words go at the next hour, the new ones wait for four others and keep the votes', async () => {
    const { event, guests, hands, texts, wall } = await circle(10);
    const asks = (from: number, to: number) =>
      Promise.all(
        hands.slice(from, to).map((hand, n) => askNameless(world.ctx, event, hand.ask[0]!, `Q${from + n}`)),
      );
    const [first] = await asks(0, 5);
    await publishNext(world);
    const id = (await wall()).find(({ text }) => text === 'Q0')!.id;
    await wonder(world.ctx, event.id, id, guests[9]!.id, true);
    expect(await changeMine(world.ctx, first!.secret, 'In other words?')).toBe('pending');
    expect((await findMine(world.ctx, first!.secret)).pending).toBe('words');
    expect((await texts()).length).toBe(5);
    await publishNext(world);
    expect(await texts()).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect((await findMine(world.ctx, first!.secret)).state).toBe('waiting');
    await asks(5, 10);
    await publishNext(world);
    expect(await texts()).toContain('In other words?');
    expect((await wall()).find((one) => one.id === id)).toMatchObject({ text: 'In other words?', votes: 1 });
  });

  test('changes it on the evening at once, and where a facilitator reads first it is read again', async () => {
    const { event, hands } = await circle();
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    const rule = (readFirst: boolean) => world.db.update(events).set({ questionRules: { readFirst } });
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Frist?');
    const state = async () => (await findMine(world.ctx, secret)).state;
    expect(await state()).toBe('wall');
    expect(await changeMine(world.ctx, secret, 'First of all?')).toBe('changed');
    expect(await state()).toBe('wall');
    await rule(true);
    await changeMine(world.ctx, secret, 'And then?');
    expect(await state()).toBe('new');
    expect(await withdrawMine(world.ctx, secret)).toBe('gone');
    await expect(findMine(world.ctx, secret)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('“I wonder too”', () => {
  /** Five questions on the wall. */
  async function wallOfFive(size = 5) {
    const made = await circle(size);
    for (const hand of made.hands.slice(0, 5)) await askNameless(world.ctx, made.event, hand.ask[0]!, 'Q');
    await publishNext(world);
    const id = (await made.wall())[0]!.id;
    const cast = (n: number, on = true, questionId: number | string = id) => {
      const { vote, counter } = made.hands[n]!;
      const ballot = { eventId: made.event.id, questionId, slip: vote[0]!, on, counter: counter[0]! };
      return wonderWithoutName(world.ctx, ballot);
    };
    const votes = async () => (await made.wall()).find((one) => one.id === id)!.votes;
    return { ...made, id, cast, votes };
  }

  test('waits until five people vote, then counts one ballot once beside those with a name, and is taken back', async () => {
    const { event, guests, id, cast, votes } = await wallOfFive(6);
    for (const n of [0, 0, 1, 2, 3]) expect(await cast(n)).toBe('waiting');
    await publishNext(world);
    expect(await votes()).toBe(0);
    await cast(4);
    await cast(5);
    await cast(5, false);
    await wonder(world.ctx, event.id, id, guests[2]!.id, true);
    await publishNext(world);
    expect(await votes()).toBe(6);
  });

  test('is counted on the evening at once, and taken back at once', async () => {
    const { cast, votes } = await wallOfFive();
    await cast(1);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    expect(await cast(0)).toBe('counted');
    expect(await votes()).toBe(2);
    await cast(0, false);
    expect(await votes()).toBe(1);
  });

  test('of one ballot on two questions leaves nothing that both share', async () => {
    const { event, cast, wall } = await wallOfFive();
    for (const { id } of (await wall()).slice(0, 2)) for (const n of [0, 1, 2, 3, 4]) await cast(n, true, id);
    await publishNext(world);
    const rows = await world.db.execute<{ ballot: Buffer }>(
      sql`SELECT ballot FROM ballot_votes WHERE event_id = ${event.id}`,
    );
    expect(rows.length).toBe(10);
    expect(new Set(rows.map(({ ballot }) => Buffer.from(ballot).toString('hex'))).size).toBe(10);
  });

  test('for questions that are not there waits until the next tick only, however many are made up', async () => {
    const { cast } = await wallOfFive();
    await cast(1);
    for (let n = 0; n < 50; n++) await cast(0, true, randomBytes(16).toString('base64url'));
    await cast(0, true, 4711);
    expect(waitingVotes(world)).toBe(52);
    await tick(world.ctx);
    expect(waitingVotes(world)).toBe(1);
  });

  test('needs a ballot of this event', async () => {
    const { event, hands, id: questionId } = await wallOfFive();
    const slip = hands[0]!.ask[1]!;
    await expect(
      wonderWithoutName(world.ctx, { eventId: event.id, questionId, slip, on: true }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await rowsIn('ballot_votes')).toBe(0);
  });

  test('of one ballot more than a hundred times between two ticks is refused', async () => {
    const { cast } = await wallOfFive();
    for (let n = 0; n < 100; n++) await cast(0, n % 2 === 0);
    await expect(cast(0)).rejects.toMatchObject({ kind: 'too-many' });
    await expect(cast(1)).resolves.toBe('waiting');
  });
});

describe('at the desk', () => {
  test('a question without a name is put in other words, and the words before are gone', async () => {
    const { event, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Verily, what about us?');
    await publishNext(world);
    const [first] = await wall();
    await reword(world.ctx, event.id, first!.id, 'What about us?');
    const found = (await wall()).find(({ id }) => id === first!.id)!;
    expect([found.text, found.reworded]).toEqual(['What about us?', true]);
    expect(await textsAnywhere('Verily%')).toBe(4);
  });

  test('merging keeps the votes and counts nobody twice: each person once, of the ballots the larger number', async () => {
    const { event, guests, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Nameless');
    await publishNext(world);
    const named = { eventId: event.id, authorId: guests[0]!.id, topicId: null };
    await ask(world.ctx, { ...named, text: 'Named', formKey: crypto.randomUUID() });
    const all = await wall();
    const [from, into] = ['Nameless', 'Named'].map((text) => all.find((one) => one.text === text)!.id);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
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
  }>(sql`SELECT (SELECT count(*) FROM nameless_questions WHERE text LIKE ${like})::int AS n`);
  return row!.n;
}

describe('when the event begins', () => {
  const begin = async () => {
    world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
    await tick(world.ctx);
  };

  test('what is left of five people appears together', async () => {
    const { event, hands, texts } = await circle();
    for (const [n, hand] of hands.entries()) await askNameless(world.ctx, event, hand.ask[0]!, `Q${n}`);
    await begin();
    expect(await texts()).toEqual(['Q0', 'Q1', 'Q2', 'Q3', 'Q4']);
  });

  test('of fewer only those that may stand alone do, and the others wait for a word of their authors', async () => {
    const { event, hands, texts } = await circle();
    const asks = (n: number, alone: boolean) =>
      askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`, { alone });
    await asks(0, true);
    await asks(1, true);
    const { secret } = await asks(2, false);
    const { secret: other } = await asks(3, false);
    await publishNext(world);
    expect(await texts()).toEqual([]);
    await begin();
    expect(await texts()).toEqual(['Q0', 'Q1']);
    expect((await rowOf(event.id)).namelessTogether).toBe(2);
    expect((await findMine(world.ctx, secret)).state).toBe('left');
    expect(await showMine(world.ctx, secret)).toBe('wall');
    expect(await withdrawMine(world.ctx, other)).toBe('gone');
    await tick(world.ctx);
    expect(await texts()).toEqual(['Q0', 'Q1', 'Q2']);
    await expect(askNameless(world.ctx, event, hands[3]!.ask[0]!, 'Again?')).rejects.toMatchObject({
      field: 'slip',
    });
  });

  test('five questions of one person are not five people', async () => {
    const { event, guests, hands, texts } = await circle();
    const more = await slipsFor(world.ctx, event, guests[0]!, ['ask']);
    for (const slip of [...hands[0]!.ask, ...more.ask]) await askNameless(world.ctx, event, slip, 'Me!');
    await publishNext(world);
    expect(await texts()).toEqual([]);
    for (const hand of hands.slice(1)) await askNameless(world.ctx, event, hand.ask[0]!, 'Us!');
    await publishNext(world);
    expect((await texts()).length).toBe(10);
  });
});

const rowOf = async (id: number) => (await world.db.select().from(events)).find((one) => one.id === id)!;

describe('the promise', () => {
  test('can be turned off until a guest has slips, and not after', async () => {
    const guests = [];
    for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
    const event = await published(world, guests);
    await setNamelessAsking(world.ctx, event.id, false, world.organiser.id);
    await setNamelessAsking(world.ctx, event.id, true, world.organiser.id);
    await slipsFor(world.ctx, event, guests[0]!);
    await expect(setNamelessAsking(world.ctx, event.id, false, world.organiser.id)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('ends an hour after the event: keys, spent slips and ballots are destroyed, totals stay', async () => {
    const { event, hands, wall } = await circle();
    for (const hand of hands) await askNameless(world.ctx, event, hand.ask[0]!, 'Q');
    await publishNext(world);
    await askNameless(world.ctx, event, hands[0]!.ask[1]!, 'Nobody chose to show it');
    const questionId = (await wall())[0]!.id;
    const ballot = { eventId: event.id, questionId, slip: hands[0]!.vote[0]!, on: true };
    await wonderWithoutName(world.ctx, { ...ballot, counter: hands[0]!.counter[0]! });
    world.clock.now = Temporal.Instant.from('2026-12-10T18:00:00Z');
    await publishDueQuestions(world.ctx);
    expect([await rowsIn('slips_spent'), await rowsIn('ballot_votes')]).toEqual([7, 1]);
    world.clock.now = Temporal.Instant.from('2026-12-10T20:00:00Z');
    await publishDueQuestions(world.ctx);
    expect([await rowsIn('slips_spent'), await rowsIn('ballot_votes')]).toEqual([0, 0]);
    expect(
      (await slips.keysOf(world.db, event.id)).map((key) => [key.purpose, key.privateKey === null]),
    ).toEqual([
      ['ask', true],
      ['ask-first', true],
      ['feedback', false],
      ['vote', true],
      ['vote-first', true],
    ]);
    const after = await wall();
    expect([after.length, after.find(({ id }) => id === questionId)!.votes]).toEqual([5, 1]);
  });

  test('ends with an event that is called off', async () => {
    const { event } = await circle(1);
    await cancel(world.ctx, event.id, '');
    await publishDueQuestions(world.ctx);
    const keys = await slips.keysOf(world.db, event.id);
    expect(keys.map(({ privateKey }) => privateKey)).toEqual(Array(5).fill(null));
  });
});
