// Presses from a page that was opened before the event's start and pressed after it: what it promised to let wait for
// others does not happen at once.
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/actions/questions/ask.ts';
import { findMine } from '../../../src/actions/questions/nameless.ts';
import { changeMine, showMine, withdrawMine } from '../../../src/actions/questions/nameless-mine.ts';
import { stateOf } from '../../../src/actions/questions/nameless-state.ts';
import { tick } from '../../../src/actions/questions/nameless-tick.ts';
import { wonderWithoutName } from '../../../src/actions/questions/nameless-votes.ts';
import { askFromRoom, setRoomAsking } from '../../../src/actions/questions/room.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { events } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { waitingQuestions } from '../../support/nameless/loss.ts';
import { askNameless, handsOf, publishNext } from '../../support/nameless/slips.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const waits = true;

/** An event at which five guests have asked, and their questions are on the wall. */
async function askedByFive(invited = 6) {
  const guests: Person[] = [];
  for (let n = 0; n < invited; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = await handsOf(world.ctx, event, guests);
  const secrets: Buffer[] = [];
  for (const n of [0, 1, 2, 3, 4])
    secrets.push((await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`)).secret);
  await publishNext(world);
  const wall = () => wallOf(world.db, event.id, guests[0]!.id);
  const texts = async () => (await wall()).map(({ text }) => text).sort();
  return { event, guests, hands, secrets, wall, texts };
}

/** Turns the clock to the evening and lets the tick of its first minute run. */
async function begin(minutes = 30) {
  world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z').add({ minutes });
  await tick(world.ctx);
}

const everyQ = ['Q0', 'Q1', 'Q2', 'Q3', 'Q4'];

describe('what a page promised to let wait, pressed once the event has begun', () => {
  test('other words are not saved; pressed on the page of the evening they are there at once', async () => {
    const { secrets, texts } = await askedByFive();
    await begin();
    await expect(changeMine(world.ctx, secrets[0]!, 'Mine!', { waits })).rejects.toMatchObject({
      field: 'begun',
    });
    expect(await texts()).toEqual(everyQ);
    expect(await changeMine(world.ctx, secrets[0]!, 'Mine!')).toBe('changed');
    expect(await texts()).toEqual(['Mine!', ...everyQ.slice(1)]);
  });

  test('a question is not withdrawn, unless its author chose to take it down now', async () => {
    const { secrets, texts } = await askedByFive();
    await begin();
    await expect(withdrawMine(world.ctx, secrets[0]!, { waits })).rejects.toMatchObject({ field: 'begun' });
    expect(await texts()).toEqual(everyQ);
    expect(await withdrawMine(world.ctx, secrets[0]!, { atOnce: true, waits })).toBe('gone');
    expect(await withdrawMine(world.ctx, secrets[1]!)).toBe('gone');
    expect(await texts()).toEqual(['Q2', 'Q3', 'Q4']);
  });

  test('nor after it is over', async () => {
    const { secrets, texts } = await askedByFive();
    await begin(200);
    await expect(withdrawMine(world.ctx, secrets[0]!, { waits })).rejects.toMatchObject({ field: 'begun' });
    expect(await texts()).toEqual(everyQ);
  });

  test('a vote is not counted, nor taken back, and spends nothing', async () => {
    const { event, hands, wall } = await askedByFive();
    const questionId = (await wall())[0]!.id;
    const { vote, counter } = hands[5]!;
    const ballot = { eventId: event.id, questionId, slip: vote[0]!, counter: counter[0]! };
    const votes = async () => (await wall()).find(({ id }) => id === questionId)!.votes;
    await begin();
    const early = { ...ballot, waits };
    await expect(wonderWithoutName(world.ctx, { ...early, on: true })).rejects.toMatchObject({
      field: 'begun',
    });
    expect(await votes()).toBe(0);
    expect(await wonderWithoutName(world.ctx, { ...ballot, on: true })).toBe('counted');
    await expect(wonderWithoutName(world.ctx, { ...early, on: false })).rejects.toMatchObject({
      field: 'begun',
    });
    expect(await votes()).toBe(1);
  });

  test('a question that nobody has seen is changed and withdrawn, as nobody sees that', async () => {
    const { event, hands, texts } = await askedByFive();
    const asks = (n: number, text: string) => askNameless(world.ctx, event, hands[n]!.ask[1]!, text);
    const [left, other] = [await asks(0, 'Left?'), await asks(1, 'Other?')];
    await begin();
    expect(await changeMine(world.ctx, left.secret, 'Left over?', { waits })).toBe('waiting');
    expect(await withdrawMine(world.ctx, other.secret, { waits })).toBe('gone');
    expect([await texts(), waitingQuestions(world)]).toEqual([everyQ, ['Left over?']]);
  });

  test('a question that another process has published by then is on the wall, and is not said to be gone', async () => {
    const { event, hands, texts } = await askedByFive();
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[1]!, 'Alone?', { alone: true });
    const state = stateOf(world.ctx);
    const before = structuredClone(state.waiting);
    await begin(1);
    // This process's own tick has not run yet.
    state.waiting = before;
    await expect(withdrawMine(world.ctx, secret, { waits })).rejects.toMatchObject({ field: 'begun' });
    expect(await texts()).toEqual(['Alone?', ...everyQ]);
  });

  test('nothing appears at once at an event that was moved to another day a moment ago', async () => {
    const { event, hands, secrets, texts } = await askedByFive();
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[1]!, 'Left?');
    await begin();
    expect((await findMine(world.ctx, secret)).state).toBe('left');
    await world.db.update(events).set({ startsAt: '2026-12-12T16:00' });
    await expect(changeMine(world.ctx, secrets[0]!, 'Mine!')).rejects.toThrow('moved just now');
    await expect(showMine(world.ctx, secret)).rejects.toThrow('moved just now');
    expect(await texts()).toEqual(everyQ);
  });
});

describe('where a page said that a facilitator reads first, and the rule was changed since', () => {
  const states = async (event: { id: number }, guest: Person) =>
    Object.fromEntries(
      (await wallOf(world.db, event.id, guest.id)).map(({ text, state }) => [text, state] as const),
    );

  test('a question is read first all the same: with a name, without, waiting or at once, and from the room', async () => {
    const { event, guests, hands } = await askedByFive();
    const readFirst = true;
    const named = (text: string, values = {}) =>
      ask(world.ctx, {
        eventId: event.id,
        authorId: guests[0]!.id,
        topicId: null,
        text,
        formKey: crypto.randomUUID(),
        ...values,
      });
    expect(await named('Named?', { readFirst })).toBe('new');
    expect(await named('Named at once?')).toBe('wall');
    await askNameless(world.ctx, event, hands[5]!.ask[0]!, 'Waited?', { alone: true, readFirst });
    await begin();
    await askNameless(world.ctx, event, hands[4]!.ask[1]!, 'This evening?', { readFirst });
    await setRoomAsking(world.ctx, event.id, true);
    const fromRoom = (text: string, values = {}) =>
      askFromRoom(world.ctx, event.id, { text, formKey: crypto.randomUUID(), ...values });
    expect(await fromRoom('From the room?', { readFirst })).toBe('read');
    expect(await fromRoom('From the room at once?')).toBe('asked');
    expect(await states(event, guests[0]!)).toMatchObject({
      'Named at once?': 'wall',
      'From the room at once?': 'wall',
    });
    expect(await unread(event.id)).toEqual(['From the room?', 'Named?', 'This evening?', 'Waited?']);
  });

  test('all that are published together are read first, so that the one from that page does not stand out', async () => {
    const { event, hands } = await askedByFive(10);
    for (const n of [5, 6, 7, 8, 9])
      await askNameless(world.ctx, event, hands[n]!.ask[0]!, `Q${n}`, { readFirst: n === 7 });
    await publishNext(world);
    expect(await unread(event.id)).toEqual(['Q5', 'Q6', 'Q7', 'Q8', 'Q9']);
  });

  test('a question that is still to be read stays so in its new words', async () => {
    const { event, hands } = await askedByFive();
    await begin();
    const { secret } = await askNameless(world.ctx, event, hands[5]!.ask[0]!, 'Frist?', { readFirst: true });
    await changeMine(world.ctx, secret, 'First?');
    expect(await findMine(world.ctx, secret)).toMatchObject({ state: 'new', text: 'First?' });
  });
});

/** Words of the questions that a facilitator has still to read. */
async function unread(eventId: number): Promise<string[]> {
  const rows = await world.db.execute<{ text: string }>(
    sql`SELECT text FROM questions WHERE event_id = ${eventId} AND state = 'new'
        UNION ALL SELECT text FROM nameless_questions WHERE event_id = ${eventId} AND state = 'new'`,
  );
  return rows.map(({ text }) => text).sort();
}
