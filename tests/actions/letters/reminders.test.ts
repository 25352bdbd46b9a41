import { describe, expect, test } from 'vitest';
import { cancel, change } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import {
  guestsOf,
  remindNow,
  resume,
  sendDue,
  sendNow,
  setReminders,
  stop,
  upcoming,
} from '../../../src/actions/letters/reminders.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { sendReminders } from '../../../src/jobs/send-reminders.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as events from '../../../src/store/events/events.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { planFor, published, teamOf } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { allLetters, sentBytes } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { useWorld } from '../../support/world.ts';

// who is reminded, when, and who is left in peace

const world = useWorld();

const post: Post = {
  render: async ({ messageId }) => ({ subject: 'Hello', bytes: Buffer.from(`Message-ID: ${messageId}`) }),
  send: async () => ({ kind: 'sent', reply: '250 fine' }),
  print: () => {},
};

const deliver = async () => {
  const waiting = (await allLetters(world)).filter(({ state }) => state === 'waiting');
  for (const { id } of waiting) await deliverLetter(world.ctx, post, id);
};

const reminderLetters = async () =>
  (await allLetters(world)).filter(({ kind }) =>
    ['reminder', 'preparation', 'see-you-soon', 'today'].includes(kind),
  );

/** Lists who got which, by the clock in Oslo. */
const got = async () =>
  (await reminderLetters())
    .filter(({ state }) => state !== 'cancelled')
    .map(({ kind, recipientName, createdAt }) => {
      const oslo = createdAt
        .toZonedDateTimeISO('Europe/Oslo')
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
      return `${oslo} ${kind} ${recipientName}`;
    });

const oslo = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Oslo').toInstant();

/** Lets time pass in steps; at each of them the scheduled job looks what is due, and e-mails go out. */
async function pass(until: string, step: Temporal.DurationLike = { hours: 1 }): Promise<void> {
  const end = oslo(until);
  while (Temporal.Instant.compare(world.clock.now, end) < 0) {
    world.clock.advance(step);
    await sendReminders(world.ctx);
    await deliver();
  }
}

/** Invited on Monday 9 November at 09:00; the deadline is 3 December, the event on 10 December at 16:00. */
async function invited(...names: string[]): Promise<{ event: events.Event; people: Person[] }> {
  const people: Person[] = [];
  for (const name of names) people.push(await world.addPerson({ name }));
  const event = await published(world, people);
  await deliver();
  return { event, people };
}

test('over the weeks each person gets only what they need, and nobody anything at a weekend', async () => {
  const { event, people } = await invited('Ada', 'Bo', 'Cy', 'Di');
  const [, bo, cy, di] = people as [Person, Person, Person, Person];
  await answer(world.ctx, event.id, bo.id, 'yes');
  await answer(world.ctx, event.id, cy.id, 'maybe');
  await answer(world.ctx, event.id, di.id, 'no');
  await pass('2026-12-11T00:00', { hours: 3 });
  expect(await got()).toEqual([
    '2026-11-19T09:00 reminder Ada',
    '2026-11-26T09:00 reminder Ada',
    '2026-11-30T09:00 reminder Cy',
    '2026-12-08T18:00 see-you-soon Bo',
    '2026-12-10T15:00 today Bo',
  ]);
  expect(await invariants(world.db)).toEqual([]);
});

test('hosts hear before their brief is due, and the letter names their trend; whoever said no does not', async () => {
  const [tom, una] = [
    await world.addPerson({ name: 'Tom', side: 'talent' }),
    await world.addPerson({ name: 'Una', side: 'talent' }),
  ];
  const topic = await teamOf(world, 'Agents doing office work', [tom, una]);
  const event = await published(world, [await world.addPerson({ name: 'Ada' })], { topics: [topic] });
  await answer(world.ctx, event.id, una.id, 'no');
  await deliver();
  await pass('2026-11-28T00:00', { hours: 6 });
  expect((await got()).filter((one) => one.includes('preparation'))).toEqual([
    '2026-11-27T09:00 preparation Tom',
  ]);
  const letter = (await reminderLetters()).find(({ kind }) => kind === 'preparation');
  expect(letter?.facts).toMatchObject({ trend: 'Agents doing office work', prepareBy: '2026-11-30' });
});

describe('the clock', () => {
  test('that jumps an hour ahead and back sends nothing twice', async () => {
    const { event } = await invited('Ada', 'Bo');
    world.clock.now = oslo('2026-11-19T07:45');
    for (const jump of [1, -1, 1, -1, 1]) {
      world.clock.advance({ hours: jump });
      await sendReminders(world.ctx);
    }
    expect((await got()).map((one) => one.slice(17))).toEqual(['reminder Ada', 'reminder Bo']);
    expect((await events.find(world.db, event.id))?.sequence).toBe(0);
  });

  test('that stood still for a weekend sends on Monday what is still of use, and lets the rest pass', async () => {
    const { event, people } = await invited('Ada');
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-14T16:00', answerBy: null }));
    await answer(world.ctx, event.id, people[0]!.id, 'yes');
    await deliver();
    world.clock.now = oslo('2026-12-12T10:00');
    await sendReminders(world.ctx);
    expect(await got()).toEqual([]);
    world.clock.now = oslo('2026-12-14T13:30');
    await sendReminders(world.ctx);
    expect(await got()).toEqual([]);
    world.clock.now = oslo('2026-12-14T14:00');
    await sendReminders(world.ctx);
    expect(await got()).toEqual(['2026-12-14T14:00 today Ada']);
  });

  test('an hour that comes twice at the end of summer time sends nothing twice', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    world.clock.now = Temporal.Instant.from('2027-10-04T08:00:00Z');
    // The clocks go back in the night to Sunday 7 November.
    const event = await published(world, [ada], {
      startsAt: '2027-11-09T02:30',
      timeZone: 'America/New_York',
      answerBy: '2027-11-05',
    });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await deliver();
    world.clock.now = Temporal.Instant.from('2027-11-05T04:00:00Z');
    while (Temporal.Instant.compare(world.clock.now, Temporal.Instant.from('2027-11-09T09:00:00Z')) < 0) {
      await sendReminders(world.ctx);
      world.clock.advance({ minutes: 30 });
    }
    const wall = (at: Temporal.Instant) =>
      at.toZonedDateTimeISO('America/New_York').toPlainDateTime().toString({ smallestUnit: 'minute' });
    expect((await reminderLetters()).map(({ kind, createdAt }) => [kind, wall(createdAt)])).toEqual([
      ['see-you-soon', '2027-11-05T02:30'],
      ['today', '2027-11-09T00:30'],
    ]);
  });
});

test('an event on a Saturday: the letter with the link goes out on Friday and says that it is soon', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada], {
    startsAt: '2026-12-12T10:00',
    answerBy: null,
    place: '',
    joinUrl: 'https://meet.halden.example/room',
  });
  await answer(world.ctx, event.id, ada.id, 'yes');
  await deliver();
  await pass('2026-12-12T12:00', { hours: 2 });
  expect(await got()).toEqual(['2026-12-10T11:00 see-you-soon Ada', '2026-12-11T17:00 see-you-soon Ada']);
  const { renderLetter } = await import('../../../src/mail/letter.ts');
  const last = (await reminderLetters()).at(-1)!;
  const { text } = renderLetter(last.facts as never, { name: 'Ada', email: ada.email }, world.ctx.words);
  expect(text).toContain('The link to join is on your page.');
  expect(text).not.toContain('about to start');
});

describe('an event that moves', () => {
  test('takes its reminders along, and those for the old time are not sent', async () => {
    const { event, people } = await invited('Ada');
    await answer(world.ctx, event.id, people[0]!.id, 'yes');
    await deliver();
    world.clock.now = oslo('2026-12-08T15:30');
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2026-12-17T10:00', answerBy: '2026-12-10' }),
    );
    await deliver();
    await pass('2026-12-17T11:00', { minutes: 30 });
    expect(await got()).toEqual(['2026-12-15T10:00 see-you-soon Ada', '2026-12-17T08:00 today Ada']);
  });

  test('two days ahead and again two days ahead of the new time: one letter per start', async () => {
    const { event, people } = await invited('Ada');
    await answer(world.ctx, event.id, people[0]!.id, 'yes');
    await deliver();
    world.clock.now = oslo('2026-12-08T16:00');
    await sendReminders(world.ctx);
    await deliver();
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2026-12-17T10:00', answerBy: '2026-12-10' }),
    );
    await deliver();
    await pass('2026-12-15T12:00', { hours: 1 });
    expect(await got()).toEqual(['2026-12-08T16:00 see-you-soon Ada', '2026-12-15T10:00 see-you-soon Ada']);
  });

  test('a reminder of the old time that still waits does not leave', async () => {
    const { event, people } = await invited('Ada');
    await answer(world.ctx, event.id, people[0]!.id, 'yes');
    await deliver();
    world.clock.now = oslo('2026-12-08T16:00');
    await sendReminders(world.ctx);
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2026-12-17T10:00', answerBy: '2026-12-10' }),
    );
    await deliver();
    expect((await reminderLetters()).map(({ state }) => state)).toEqual(['cancelled']);
  });
});

describe('never', () => {
  test('to somebody who answered while the letter waited', async () => {
    const { event, people } = await invited('Ada', 'Bo');
    world.clock.now = oslo('2026-11-19T08:30');
    await sendReminders(world.ctx);
    expect((await reminderLetters()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await answer(world.ctx, event.id, people[0]!.id, 'no');
    await deliver();
    expect((await reminderLetters()).map(({ state }) => state)).toEqual(['cancelled', 'sent']);
  });

  test('for an event that is called off', async () => {
    const { event } = await invited('Ada');
    world.clock.now = oslo('2026-11-19T08:30');
    await sendReminders(world.ctx);
    await cancel(world.ctx, event.id, '');
    await deliver();
    expect((await reminderLetters()).map(({ state }) => state)).toEqual(['cancelled']);
    await pass('2026-12-11T00:00', { hours: 12 });
    expect(await got()).toEqual([]);
    await expect(remindNow(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('more than twice in all, however often an organiser presses', async () => {
    const { event } = await invited('Ada');
    world.clock.now = oslo('2026-11-12T10:00');
    await remindNow(world.ctx, event.id);
    world.clock.advance({ hours: 1 });
    await expect(remindNow(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
    await deliver();
    await pass('2026-12-03T00:00', { hours: 3 });
    expect(await got()).toEqual(['2026-11-12T10:00 reminder Ada', '2026-11-19T11:00 reminder Ada']);
  });

  test('to somebody who wanted no more reminders; news still reaches them', async () => {
    const { event, people } = await invited('Ada');
    await setReminders(world.ctx, event.id, people[0]!.id, false);
    await pass('2026-11-20T00:00', { hours: 12 });
    expect(await got()).toEqual([]);
    await expect(remindNow(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2026-12-17T16:00', answerBy: '2026-12-10' }),
    );
    expect((await allLetters(world)).at(-1)?.kind).toBe('moved');
    await setReminders(world.ctx, event.id, people[0]!.id, true);
    await pass('2026-11-27T00:00', { hours: 12 });
    expect((await got()).length).toBe(1);
  });

  test('at a weekend, by nobody’s hand', async () => {
    const { event } = await invited('Ada');
    world.clock.now = oslo('2026-11-14T10:00');
    await expect(remindNow(world.ctx, event.id)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(sendNow(world.ctx, event.id, 'answer-first')).rejects.toMatchObject({ kind: 'conflict' });
    expect(await reminderLetters()).toEqual([]);
  });

  test('twice by two processes that look at the same moment', async () => {
    const { event } = await invited('Ada', 'Bo');
    world.clock.now = oslo('2026-11-19T08:30');
    const written = await Promise.all([1, 2, 3].map(() => sendDue(world.ctx, event.id)));
    expect(written.toSorted()).toEqual([0, 0, 2]);
    expect((await got()).length).toBe(2);
  });
});

describe('an organiser', () => {
  test('stops a planned letter, also where it moves with the event, and lets it go out after all', async () => {
    const { event } = await invited('Ada');
    await stop(world.ctx, event.id, 'answer-first');
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { startsAt: '2026-12-17T16:00', answerBy: '2026-12-10' }),
    );
    await deliver();
    await pass('2026-11-27T00:00', { hours: 6 });
    expect(await got()).toEqual([]);
    await resume(world.ctx, event.id, 'answer-first');
    await sendReminders(world.ctx);
    expect((await got()).length).toBe(1);
  });

  test('sees what is to come with whom it reaches today', async () => {
    const { event, people } = await invited('Ada', 'Bo');
    await answer(world.ctx, event.id, people[1]!.id, 'yes');
    const planned = await upcoming(world.db, event, await guestsOf(world.db, event.id), world.clock.now);
    expect(planned.map(({ kind, to }) => [kind, to.map(({ name }) => name)])).toEqual([
      ['answer-first', ['Ada']],
      ['answer-second', ['Ada']],
      ['host', []],
      ['maybe', []],
      ['tables', []],
      ['coming', ['Bo']],
      ['tables-again', []],
      ['today', ['Bo']],
    ]);
  });
});

test('the letter carries the way out of reminders, and no calendar entry', async () => {
  await invited('Ada');
  world.clock.now = oslo('2026-11-19T08:30');
  await sendReminders(world.ctx);
  const { openPost } = await import('../../../src/jobs/post.ts');
  const [{ id }] = (await reminderLetters()) as [letters.Letter];
  await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
  const text = sentBytes(world, (await letters.find(world.db, id))!)
    .toString()
    .replace(/\r\n[ \t]/g, ' ');
  expect(text).toMatch(/^List-Unsubscribe: +<https:\/\/flipside\.halden\.example\/i\/[\w-]+\/reminders>\r$/m);
  expect(text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  expect(text).toContain('No more reminders about this event');
  expect(text).not.toContain('text/calendar');
});

test('a reminder says that a seat is kept only where there is one for each', async () => {
  const people = [await world.addPerson(), await world.addPerson()];
  const roomy = await published(world, people, { seniorCapacity: 2 });
  const small = await published(world, people, { name: 'Small round', seniorCapacity: 1 });
  for (const { id } of [roomy, small]) await remindNow(world.ctx, id);
  const said = (await reminderLetters()).map(({ eventId, facts }) => [
    eventId === small.id,
    renderLetter(facts as never, { name: 'Ada', email: 'ada@halden.example' }, english).text.includes(
      'your seat is still kept',
    ),
  ]);
  expect(said).toEqual([
    [false, true],
    [false, true],
    [true, false],
    [true, false],
  ]);
});
