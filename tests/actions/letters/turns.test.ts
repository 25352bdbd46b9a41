import { describe, expect, test } from 'vitest';
import { change } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { laterTurns } from '../../../src/actions/letters/turns.ts';
import { acceptRules, remindOfRules } from '../../../src/actions/settings/ground-rules.ts';
import { deliverLetter, type Outcome, type Post } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import * as entries from '../../../src/store/letters/entries.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { programmes } from '../../../src/store/schema/index.ts';
import { planFor, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const zone = 'Europe/Oslo';

/** E-mail that arrived at a person, as a mail server took it. */
interface Arrived {
  to: string;
  kind: string;
  at: string;
  text: string;
  subject: string;
}

function mailServer(...outcomes: Outcome[]) {
  const arrived: Arrived[] = [];
  const drawn = openPost(world.ctx, undefined);
  const post: Post = {
    ...drawn,
    send: async (letter, bytes) => {
      const outcome = outcomes.shift() ?? { kind: 'sent' as const, reply: '250 fine' };
      const at = world.clock.now
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
      const text = bytes.toString();
      if (outcome.kind === 'sent')
        arrived.push({
          to: letter.recipientName,
          kind: letter.kind,
          at,
          text,
          subject: /^Subject: (.*)$/m.exec(text)?.[1] ?? '',
        });
      return outcome;
    },
    print: () => {},
  };
  return { post, arrived };
}

/** Lets everything leave that is due, until nothing moves any more. */
async function deliverDue(post: Post): Promise<void> {
  for (let again = true; again; ) {
    const now = world.clock.now;
    const due = (await allLetters(world)).filter(
      ({ state, dueAt }) => state === 'waiting' && Temporal.Instant.compare(dueAt, now) <= 0,
    );
    for (const { id } of due) await deliverLetter(world.ctx, post, id);
    const left = (await allLetters(world)).filter(
      ({ state, dueAt }) => state === 'waiting' && Temporal.Instant.compare(dueAt, now) <= 0,
    );
    again = left.length > 0 && left.length !== due.length;
  }
}

async function at(wall: string, post: Post): Promise<void> {
  world.clock.now = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
  await deliverDue(post);
}

const said = (arrived: readonly Arrived[]) =>
  arrived.map(({ to, kind, at: when }) => `${when} ${to}: ${kind}`);

async function askToAccept(): Promise<void> {
  await world.db.update(programmes).set({ asksToAccept: true });
}

async function acceptAllBut(...people: Person[]): Promise<void> {
  const left = new Set(people.map(({ id }) => id));
  for (const { id } of [world.organiser]) if (!left.has(id)) await acceptRules(world.ctx, id);
}

describe('e-mails that ask', () => {
  test('leave one a day to a person: the second waits for nine the next morning', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    await askToAccept();
    await acceptAllBut(ada);
    const { post, arrived } = mailServer();
    await published(world, [ada]);
    await at('2026-11-09T10:00', post);
    await remindOfRules(world.ctx, world.organiser.id);
    await at('2026-11-09T10:01', post);
    await at('2026-11-10T08:59', post);
    expect(said(arrived)).toEqual(['2026-11-09T10:00 Ada: invitation']);
    await at('2026-11-10T09:00', post);
    expect(said(arrived)).toEqual(['2026-11-09T10:00 Ada: invitation', '2026-11-10T09:00 Ada: ground-rules']);
  });

  test('that wait are put into one, with a link for each thing and the calendar entry of the first event', async () => {
    const ada = await world.addPerson({ name: 'Ada', side: 'talent' });
    await askToAccept();
    await acceptAllBut(ada);
    const { post, arrived } = mailServer();
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    const late = await published(world, [ada], { name: 'The late one', startsAt: '2026-12-17T16:00' });
    const soon = await published(world, [ada], { name: 'The soon one', startsAt: '2026-12-11T16:00' });
    await remindOfRules(world.ctx, world.organiser.id);
    await at('2026-11-09T10:30', post);
    await at('2026-11-10T09:00', post);
    expect(said(arrived)).toEqual([
      '2026-11-09T10:00 Ada: invitation',
      '2026-11-10T09:00 Ada: several-things',
    ]);
    const [, { subject, text }] = arrived as [Arrived, Arrived];
    expect(subject).toBe('3 things, a few minutes');
    const flat = text.replace(/=\r\n/g, '').replaceAll('=3D', '=');
    for (const part of ['/rules/', 'The late one', 'The soon one']) expect(flat).toContain(part);
    expect(flat.match(/\/i\/[a-z0-9]+/g)?.length).toBeGreaterThan(1);
    expect((await entries.entryOf(world.db, soon.id, ada.id))?.mayBeThere).toBe(true);
    expect(await entries.entryOf(world.db, late.id, ada.id)).toBe(null);
    const states = (await allLetters(world)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states).toEqual([
      'invitation sent',
      'invitation sent',
      'invitation sent',
      'ground-rules sent',
      'several-things sent',
    ]);
    await answer(world.ctx, late.id, ada.id, 'yes');
    const [confirmed] = (await allLetters(world)).slice(-1);
    expect([confirmed?.kind, confirmed?.calendarSequence]).toEqual(['confirmed', 0]);
  });

  test('leave three a week, and none at weekends or on public holidays', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const { post, arrived } = mailServer();
    // 17 May is a Sunday in 2026, Ascension Thursday 14 May, Whit Monday 25 May.
    for (const [n, wall] of [
      '2026-05-11T10:00',
      '2026-05-12T10:00',
      '2026-05-13T10:00',
      '2026-05-14T10:00',
    ].entries()) {
      await at(wall, post);
      await published(world, [ada], {
        name: `Event ${n}`,
        answerBy: '2026-06-20',
        startsAt: `2026-06-2${n + 1}T16:00`,
      });
      await deliverDue(post);
    }
    for (const day of ['15', '16', '17', '18']) await at(`2026-05-${day}T09:00`, post);
    expect(said(arrived)).toEqual([
      '2026-05-11T10:00 Ada: invitation',
      '2026-05-12T10:00 Ada: invitation',
      '2026-05-13T10:00 Ada: invitation',
      '2026-05-18T09:00 Ada: invitation',
    ]);
    await at('2026-05-23T10:00', post);
    await published(world, [ada], { name: 'Whitsun', answerBy: '2026-06-20', startsAt: '2026-06-28T16:00' });
    for (const day of ['23', '24', '25', '26']) await at(`2026-05-${day}T10:00`, post);
    expect(said(arrived).slice(4)).toEqual(['2026-05-26T10:00 Ada: invitation']);
  });

  test('are dropped when they need not be asked any more', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    await askToAccept();
    await acceptAllBut(ada);
    const { post, arrived } = mailServer();
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    const second = await published(world, [ada], { name: 'Second one' });
    await remindOfRules(world.ctx, world.organiser.id);
    await at('2026-11-09T10:30', post);
    await answer(world.ctx, second.id, ada.id, 'no');
    await acceptRules(world.ctx, ada.id);
    await at('2026-11-10T09:00', post);
    expect(said(arrived)).toEqual(['2026-11-09T10:00 Ada: invitation']);
    const states = (await allLetters(world)).map(({ kind, state }) => `${kind} ${state}`);
    expect(states).toEqual(['invitation sent', 'invitation cancelled', 'ground-rules cancelled']);
  });

  test('bring the entry at once to those who are not sure yet before their invitation had its turn', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const { post, arrived } = mailServer();
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    const second = await published(world, [ada], { name: 'Second one' });
    await at('2026-11-09T10:30', post);
    await answer(world.ctx, second.id, ada.id, 'yes');
    await answer(world.ctx, second.id, ada.id, 'maybe');
    await at('2026-11-09T10:31', post);
    await at('2026-11-10T09:00', post);
    expect(said(arrived)).toEqual([
      '2026-11-09T10:00 Ada: invitation',
      '2026-11-09T10:31 Ada: back-in-calendar',
    ]);
  });

  test('hold up no answer and no change: both leave at once', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const { post, arrived } = mailServer();
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    const second = await published(world, [ada], { name: 'Second one' });
    await at('2026-11-09T10:30', post);
    await answer(world.ctx, second.id, ada.id, 'yes');
    await at('2026-11-09T10:31', post);
    await change(
      world.ctx,
      second.id,
      planFor(world, [], { name: 'Second one', startsAt: '2026-12-11T15:00' }),
    );
    await at('2026-11-09T11:00', post);
    expect(said(arrived)).toEqual([
      '2026-11-09T10:00 Ada: invitation',
      '2026-11-09T10:31 Ada: confirmed',
      '2026-11-09T11:00 Ada: moved',
    ]);
  });

  test('that a busy server puts off are tried again alone, and do not make two a day', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const { post, arrived } = mailServer({ kind: 'temporary', reply: '451 later' });
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    await published(world, [ada], { name: 'Second one' });
    await at('2026-11-09T10:30', post);
    await at('2026-11-10T09:00', post);
    expect(said(arrived)).toEqual(['2026-11-09T10:30 Ada: invitation', '2026-11-10T09:00 Ada: invitation']);
  });

  test('that fail together are named one by one, and an e-mail sent again is no second asking', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const { post } = mailServer({ kind: 'sent', reply: '250' }, { kind: 'permanent', reply: '550 unknown' });
    await published(world, [ada], { name: 'First one' });
    await at('2026-11-09T10:00', post);
    const event = await published(world, [ada], { name: 'Second one' });
    await published(world, [ada], { name: 'Third one', startsAt: '2026-12-15T16:00' });
    await at('2026-11-09T10:30', post);
    await at('2026-11-10T09:00', post);
    const dead = (await allLetters(world)).filter(({ state }) => state === 'dead');
    expect(dead.map(({ kind, reply }) => `${kind} ${reply}`)).toEqual([
      'invitation 550 unknown',
      'invitation 550 unknown',
      'several-things 550 unknown',
    ]);
    expect(dead[0]?.eventId).toBe(event.id);
  });

  test('are counted before an organiser presses: who hears tomorrow', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const { post } = mailServer();
    await published(world, [ada]);
    await at('2026-11-09T10:00', post);
    const asMailed = { ...world.ctx, mail: { ...world.ctx.mail, configured: true } };
    const { n, from } = await laterTurns(asMailed, [ada.id, bo.id]);
    expect([n, from?.toString()]).toEqual([1, '2026-11-10T08:00:00Z']);
    expect(
      await laterTurns({ ...world.ctx, mail: { ...world.ctx.mail, configured: false } }, [ada.id]),
    ).toEqual({
      n: 0,
      from: null,
    });
  });

  test('wait for nobody where no mail server is set up: they are kept here at once', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    await published(world, [ada], { name: 'First one' });
    await published(world, [ada], { name: 'Second one' });
    for (const { id } of await letters.newest(world.db, 10, 0))
      await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
    expect((await allLetters(world)).map(({ state }) => state)).toEqual(['kept', 'kept']);
  });
});

/** Kinds that ask, written down here once more: this check shares nothing with the program. */
const asks = ['invitation', 'invitation-host', 'reminder', 'ground-rules', 'several-things'];
const holidays = ['2026-12-25', '2026-12-26', '2027-01-01'];

function faultsIn(arrived: readonly Arrived[]): string[] {
  const faults: string[] = [];
  for (const [to, mine] of Map.groupBy(arrived, (one) => one.to)) {
    const days = mine.filter(({ kind }) => asks.includes(kind)).map(({ at: when }) => when.slice(0, 10));
    for (const [n, day] of days.entries()) {
      const date = new Date(`${day}T12:00:00Z`);
      if (date.getUTCDay() === 0 || date.getUTCDay() === 6) faults.push(`${to}: ${day} is at a weekend`);
      if (holidays.includes(day)) faults.push(`${to}: ${day} is a holiday`);
      if (days.indexOf(day) !== n) faults.push(`${to}: two on ${day}`);
      const since = date.getTime() - 6.5 * 86_400_000;
      const week = days.slice(0, n + 1).filter((one) => Date.parse(`${one}T12:00:00Z`) > since);
      if (week.length > 3) faults.push(`${to}: ${week.length} on seven days up to ${day}`);
    }
  }
  return faults;
}

test.for([1, 2, 3])(
  'random weeks %i: the limits hold, nothing that waits is lost, what was answered is dropped',
  async (seed) => {
    let state = seed * 7919;
    const random = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const people = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    await askToAccept();
    await acceptAllBut(...people);
    const { post, arrived } = mailServer();
    const made: { id: number; name: string }[] = [];
    const answered = new Set<string>();
    world.clock.now = Temporal.Instant.from('2026-12-14T07:00:00Z');
    for (let step = 0; step < 24; step++) {
      world.clock.advance({ minutes: 30 + random(60 * 20) });
      const deed = random(4);
      if (deed < 2) {
        const name = `Event ${String.fromCharCode(65 + made.length)}`;
        const { id } = await published(world, people, {
          name,
          startsAt: `2027-03-0${1 + (made.length % 9)}T16:00`,
          answerBy: '2027-02-20',
        });
        made.push({ id, name });
      } else if (deed === 2) await remindOfRules(world.ctx, world.organiser.id).catch(() => {});
      else if (made.length > 0) {
        const [event, person] = [made[random(made.length)]!, people[random(people.length)]!];
        await answer(world.ctx, event.id, person.id, 'maybe');
        answered.add(`${person.name} ${event.name}`);
      }
      await deliverDue(post);
    }
    for (let n = 0; n < 24; n++) {
      world.clock.advance({ hours: 24 });
      await deliverDue(post);
    }
    expect(arrived.filter(({ kind }) => kind === 'several-things')).not.toEqual([]);
    expect(faultsIn(arrived)).toEqual([]);
    const open = (await allLetters(world)).filter(({ state: one }) => one === 'waiting' || one === 'joined');
    expect(open.map(({ key }) => key)).toEqual([]);
    const heard = (name: string, event: string) =>
      arrived.some(({ to, text }) => to === name && text.includes(event));
    const lost = people.flatMap(({ name }) =>
      made
        .filter((event) => !heard(name, event.name) && !answered.has(`${name} ${event.name}`))
        .map((event) => `${name} ${event.name}`),
    );
    expect(lost).toEqual([]);
  },
);
