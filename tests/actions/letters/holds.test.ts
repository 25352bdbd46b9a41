import { afterEach, describe, expect, test } from 'vitest';
import {
  cancel,
  change,
  invite,
  publish,
  uninvite,
  uninviteMany,
} from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { noteNeeds } from '../../../src/actions/guests/needs.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { guestsOf, remindNow, sendDue, sendNow, upcoming } from '../../../src/actions/letters/reminders.ts';
import { noNeeds } from '../../../src/domain/guests/needs.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import * as events from '../../../src/store/events/events.ts';
import * as needs from '../../../src/store/guests/needs.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { drafted, planFor, published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

// ten seconds in which what mails many people can be taken back

const world = useWorld();
const held = { held: true };

afterEach(async () => {
  expect(await invariants(world.db, { atRest: false })).toEqual([]);
});

const post: Post = {
  render: async ({ messageId }) => ({ subject: 'Hello', bytes: Buffer.from(`Message-ID: ${messageId}`) }),
  send: async () => ({ kind: 'sent', reply: '250 fine' }),
  print: () => {},
};

async function deliverAll(): Promise<void> {
  for (const { id } of await allLetters(world)) await deliverLetter(world.ctx, post, id);
}

const states = async () =>
  (await allLetters(world))
    .map(({ kind, state }) => `${kind} ${state}`)
    .filter((one) => !one.startsWith('sign-in'));
const eventOf = async (id: number) => (await events.find(world.db, id))!;
const holdOf = async (eventId: number) => (await holds.current(world.db, eventId, world.clock.now))!.id;

async function publishedAndSent(guests: Parameters<typeof published>[1], values = {}) {
  const event = await published(world, guests, values);
  await deliverAll();
  return event;
}

describe('invitations', () => {
  test('wait ten seconds and then go out', async () => {
    const event = await drafted(world, [await world.addPerson(), await world.addPerson()]);
    await publish(world.ctx, event.id, held);
    await deliverAll();
    expect(await states()).toEqual(['invitation waiting', 'invitation waiting']);
    world.clock.advance({ seconds: 10 });
    await deliverAll();
    expect(await states()).toEqual(['invitation sent', 'invitation sent']);
  });

  test('taken back leave a draft and no letter; sent again they go out as the first ones', async () => {
    const ada = await world.addPerson();
    const event = await drafted(world, [ada]);
    await publish(world.ctx, event.id, held);
    world.clock.advance({ seconds: 9 });
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    expect([(await eventOf(event.id)).state, (await eventOf(event.id)).sequence]).toEqual(['draft', 0]);
    expect(await states()).toEqual([]);
    expect((await rsvps.find(world.db, event.id, ada.id))?.invitedAt).toBeNull();
    await publish(world.ctx, event.id, held);
    expect(await states()).toEqual(['invitation waiting']);
  });

  test('cannot be taken back once ten seconds are over', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    await publish(world.ctx, event.id, held);
    const hold = await holdOf(event.id);
    world.clock.advance({ seconds: 10 });
    await expect(undoHold(world.ctx, event.id, hold)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await eventOf(event.id)).state).toBe('published');
    expect(await states()).toEqual(['invitation waiting']);
  });

  test('cannot be taken back once somebody answered on their own page', async () => {
    const ada = await world.addPerson();
    const event = await drafted(world, [ada]);
    await publish(world.ctx, event.id, held);
    await answer(world.ctx, event.id, ada.id, 'no');
    await expect(undoHold(world.ctx, event.id, await holdOf(event.id))).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('to people added later are taken back together with their place on the list', async () => {
    const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await publishedAndSent([ada, cy]);
    await uninvite(world.ctx, event.id, cy.id);
    await deliverAll();
    await invite(world.ctx, event.id, [bo.id, cy.id], held);
    expect(await states()).toContain('invitation waiting');
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    expect((await rsvps.invitees(world.db, event.id)).map(({ personId }) => personId)).toEqual([ada.id]);
    expect((await eventOf(event.id)).sequence).toBe(0);
    expect(await states()).toEqual(['invitation sent', 'invitation sent', 'uninvited sent']);
  });
});

describe('a move', () => {
  const elsewhere = { startsAt: '2026-12-17T16:00', answerBy: '2026-12-10' };

  test('taken back leaves the event where it was, with its SEQUENCE, and nobody hears of it', async () => {
    const event = await publishedAndSent([await world.addPerson()]);
    await change(world.ctx, event.id, planFor(world, [], elsewhere), held);
    expect(await states()).toEqual(['invitation sent', 'moved waiting']);
    world.clock.advance({ seconds: 5 });
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    const { startsAt, answerBy, sequence, revisedAt } = await eventOf(event.id);
    expect([startsAt, answerBy, sequence]).toEqual([event.startsAt, event.answerBy, event.sequence]);
    expect(revisedAt.toString()).toBe(world.clock.now.toString());
    expect(await states()).toEqual(['invitation sent']);
    await change(world.ctx, event.id, planFor(world, [], elsewhere), held);
    expect(await states()).toEqual(['invitation sent', 'moved waiting']);
  });

  test('taken back brings back the invitations that had not left yet', async () => {
    const event = await published(world, [await world.addPerson()]);
    const first = (await allLetters(world))[0]!;
    await change(world.ctx, event.id, planFor(world, [], elsewhere), held);
    expect(await states()).toEqual(['invitation cancelled', 'invitation waiting']);
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    expect(await states()).toEqual(['invitation waiting']);
    expect((await world.jobs()).at(-1)).toEqual({ job: 'deliver-letter', data: { letterId: first.id } });
  });

  test('taken back takes the seat again that it made free, and the place in line is kept', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await publishedAndSent([ada, bo], { seniorCapacity: 1 });
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    await deliverAll();
    await change(world.ctx, event.id, planFor(world, [], { ...elsewhere, seniorCapacity: 2 }), held);
    expect((await rsvps.find(world.db, event.id, bo.id))?.state).toBe('coming');
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    const row = await rsvps.find(world.db, event.id, bo.id);
    expect([row?.state, row?.waitingNumber]).toEqual(['waiting', 1]);
    expect((await eventOf(event.id)).seniorCapacity).toBe(1);
    expect((await states()).filter((one) => one.endsWith('waiting'))).toEqual([]);
  });

  test('cannot be taken back once somebody’s calendar was told of the new time', async () => {
    const ada = await world.addPerson();
    const event = await publishedAndSent([ada]);
    await change(world.ctx, event.id, planFor(world, [], elsewhere), held);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await expect(undoHold(world.ctx, event.id, await holdOf(event.id))).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await eventOf(event.id)).startsAt).toBe(elsewhere.startsAt);
  });

  test('that nobody needs to hear of cannot be taken back, and needs not', async () => {
    const event = await publishedAndSent([await world.addPerson()]);
    await change(world.ctx, event.id, planFor(world, [], { lede: 'Other words.' }), held);
    expect(await holds.current(world.db, event.id, world.clock.now)).toBeNull();
    expect(await states()).toEqual(['invitation sent']);
  });
});

describe('a cancellation', () => {
  test('taken back leaves everybody invited and every letter as it was', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await publishedAndSent([ada, bo]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await cancel(world.ctx, event.id, '', held);
    expect(await states()).toEqual([
      'invitation sent',
      'invitation sent',
      'confirmed cancelled',
      'cancelled waiting',
      'cancelled waiting',
    ]);
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    const { state, sequence, cancelledAt } = await eventOf(event.id);
    expect([state, sequence, cancelledAt]).toEqual(['published', 0, null]);
    expect(await states()).toEqual(['invitation sent', 'invitation sent', 'confirmed waiting']);
  });

  test('goes to whoever may have got an invitation that no server confirmed, and not to whoever cannot have', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    const [first] = await allLetters(world);
    await deliverLetter(
      world.ctx,
      { ...post, send: async () => ({ kind: 'temporary', reply: 'gone' }) },
      first!.id,
    );
    await cancel(world.ctx, event.id, '', held);
    const told = (await allLetters(world)).filter(({ kind }) => kind === 'cancelled');
    expect(told.map(({ personId }) => personId)).toEqual([ada.id]);
  });
});

describe('taking several people off the list', () => {
  async function four() {
    const guests = [1, 2, 3, 4].map((n) => world.addPerson({ name: `Guest ${n}` }));
    const [ada, bo, cy, di] = await Promise.all(guests);
    const event = await publishedAndSent([ada!, bo!, cy!, di!], { seniorCapacity: 2 });
    for (const { id } of [ada!, bo!, cy!]) await answer(world.ctx, event.id, id, 'yes');
    await noteNeeds(world.ctx, event.id, ada!.id, { ...noNeeds, diet: 'vegan' });
    await deliverAll();
    return { event, ada: ada!, bo: bo!, cy: cy! };
  }
  const answers = async (eventId: number) =>
    (await rsvps.invitees(world.db, eventId)).map(({ name, state, waitingNumber }) => [
      name,
      state,
      waitingNumber,
    ]);

  test('can be taken back: seats, places in line, needs and SEQUENCE are as they were', async () => {
    const { event, ada, bo } = await four();
    const before = await answers(event.id);
    await uninviteMany(world.ctx, event.id, [ada.id, bo.id], held);
    expect((await answers(event.id)).map(([name, state]) => [name, state])).toEqual([
      ['Guest 3', 'coming'],
      ['Guest 4', 'invited'],
    ]);
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    expect(await answers(event.id)).toEqual(before);
    expect((await needs.find(world.db, event.id, ada.id))?.diet).toBe('vegan');
    expect((await eventOf(event.id)).sequence).toBe(0);
    expect((await states()).filter((one) => !one.endsWith('sent'))).toEqual([]);
  });

  test('tells each of them, with one higher SEQUENCE, and what they need is erased soon', async () => {
    const { event, ada, bo } = await four();
    await uninviteMany(world.ctx, event.id, [ada.id, bo.id, 99_999], held);
    await deleteExpired(world.ctx);
    expect(await needs.find(world.db, event.id, ada.id)).not.toBeNull();
    world.clock.advance({ seconds: 10 });
    await deliverAll();
    await deleteExpired(world.ctx);
    const told = (await allLetters(world)).filter(({ kind }) => kind === 'uninvited');
    expect(
      told.map(({ personId, state, facts }) => [
        personId,
        state,
        (facts.calendar as { sequence: number }).sequence,
      ]),
    ).toEqual([
      [ada.id, 'sent', 1],
      [bo.id, 'sent', 1],
    ]);
    expect(await needs.find(world.db, event.id, ada.id)).toBeNull();
  });
});

describe('a press on “Remind”', () => {
  test('can be taken back, and then nobody was asked', async () => {
    const event = await publishedAndSent([await world.addPerson()]);
    world.clock.advance({ hours: 72 });
    await remindNow(world.ctx, event.id);
    expect(await states()).toEqual(['invitation sent', 'reminder waiting']);
    await undoHold(world.ctx, event.id, await holdOf(event.id));
    expect(await states()).toEqual(['invitation sent']);
    await remindNow(world.ctx, event.id);
    await remindNow(world.ctx, event.id).catch(() => {});
    expect(await states()).toEqual(['invitation sent', 'reminder waiting']);
  });
});

test('a planned reminder sent early and taken back is planned again', async () => {
  const event = await publishedAndSent([await world.addPerson()]);
  await sendNow(world.ctx, event.id, 'answer-first');
  const planned = async () => upcoming(world.db, event, await guestsOf(world.db, event.id), world.clock.now);
  expect((await planned()).map(({ kind }) => kind)).not.toContain('answer-first');
  await undoHold(world.ctx, event.id, await holdOf(event.id));
  expect((await planned())[0]).toMatchObject({
    kind: 'answer-first',
    state: 'planned',
  });
  world.clock.now = Temporal.Instant.from('2026-11-19T07:30:00Z');
  expect(await sendDue(world.ctx, event.id)).toBe(1);
});

test('pressed twice it is taken back once, and another event’s is not found', async () => {
  const event = await drafted(world, [await world.addPerson()]);
  const other = await drafted(world, [await world.addPerson()]);
  await publish(world.ctx, event.id, held);
  const hold = await holdOf(event.id);
  await expect(undoHold(world.ctx, other.id, hold)).rejects.toMatchObject({ kind: 'not-found' });
  await undoHold(world.ctx, event.id, hold);
  await publish(world.ctx, event.id);
  await undoHold(world.ctx, event.id, hold);
  expect((await eventOf(event.id)).state).toBe('published');
  expect(await letters.count(world.db)).toBe(1);
});
