import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { change } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import type * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { drafted, linkOf, planFor, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

function replyOf(event: events.Event, person: Person, changes: Partial<ReceivedReply> = {}): ReceivedReply {
  return {
    method: 'REPLY',
    uid: event.uid,
    sequence: 0,
    stamp: world.clock.now,
    recurrenceAt: null,
    attendees: [{ address: person.email, partstat: 'DECLINED', delegatedTo: [] }],
    start: null,
    end: null,
    words: '',
    ...changes,
  };
}

const stateOf = async (event: events.Event, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))?.state;

async function asked() {
  const person = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [person], { answerBy: null });
  const writer = { address: person.email, proved: false };
  await takeReply(world.ctx, replyOf(event, person), writer, world.clock.now);
  const letter = (await allLetters(world)).find(({ kind }) => kind === 'answer-question')!;
  const link = String(letter.facts.confirmUrl).replace(world.ctx.baseUrl, '');
  return { person, event, link, token: link.slice('/r/'.length) };
}

async function follow(link: string, token: string) {
  const browser = world.newBrowser();
  const pressed = await browser.post(link, {}, { link: token });
  return browser.get(String(pressed.headers.location));
}

describe('E9: the link that asks whether an answer was theirs', () => {
  test('shows what was answered, and opening it changes nothing', async () => {
    const { person, event, link } = await asked();
    const browser = world.newBrowser();
    const shown = page(await browser.get(link));
    expect(shown('h1').text()).toBe('Was this your answer?');
    expect(shown('#answer-title').text()).toBe('I can’t come');
    expect(shown('main').text()).toContain('Winter round');
    expect(shown('main form').attr('action')).toBe(link);
    await browser.send({ method: 'HEAD', url: link });
    expect(await stateOf(event, person)).toBe('invited');
  });

  test('one press makes it count, and the page says so; pressed again it says the same and counts nothing more', async () => {
    const { person, event, link, token } = await asked();
    const pressed = await world.newBrowser().post(link, {}, { link: token });
    expect([pressed.statusCode, pressed.headers.location]).toEqual([303, link]);
    expect(await stateOf(event, person)).toBe('declined');
    await answer(world.ctx, event.id, person.id, 'yes');
    const again = await world.newBrowser().post(link, {}, { link: token });
    expect([again.statusCode, again.headers.location]).toEqual([303, link]);
    expect(await stateOf(event, person)).toBe('coming');
    const shown = page(await world.newBrowser().get(link));
    expect([shown('h1').text(), shown('main form').length]).toEqual(['Thanks, we’ve noted it', 0]);
    world.clock.advance({ days: 8 });
    expect((await world.newBrowser().get(link)).statusCode).toBe(410);
  });

  test('opens that one question and nothing else: no way to the person’s page, before or after', async () => {
    const { person, event, link, token } = await asked();
    const browser = world.newBrowser();
    const answers = [
      await browser.get(link),
      await browser.post(link, {}, { link: token }),
      await browser.get(link),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 303, 200]);
    const doors = [linkOf(world, event, person), `/e/${event.slug}`];
    for (const { body, headers } of answers) {
      const said = body + JSON.stringify(headers);
      expect(doors.filter((door) => said.includes(door))).toEqual([]);
    }
    expect((await browser.get(linkOf(world, event, person))).statusCode).toBe(200);
  });

  test('asked before a move it leads to the event, and counts nothing', async () => {
    const { person, event, link, token } = await asked();
    await change(world.ctx, event.id, planFor(world, [person], { startsAt: '2026-12-11T16:00' }));
    for (const answered of [await world.newBrowser().get(link), await follow(link, token)]) {
      expect(answered.statusCode).toBe(200);
      const shown = page(answered);
      expect([shown('main form').length, shown('main a.btn').attr('href')]).toEqual([0, `/e/${event.slug}`]);
    }
    expect(await stateOf(event, person)).toBe('invited');
  });

  test('a press without the form’s token, a guess and an old link count nothing', async () => {
    const { person, event, link, token } = await asked();
    expect((await world.newBrowser().post(link, { _token: 'x' }, {})).statusCode).toBe(403);
    expect((await world.get(`/r/${'x'.repeat(27)}`)).statusCode).toBe(404);
    world.clock.advance({ days: 8 });
    expect((await world.newBrowser().post(link, {}, { link: token })).statusCode).toBe(410);
    expect(await stateOf(event, person)).toBe('invited');
  });
});

describe('E2: what guests propose', () => {
  const friday = {
    method: 'COUNTER',
    start: Temporal.Instant.from('2026-12-11T15:00:00Z'),
    end: Temporal.Instant.from('2026-12-11T17:00:00Z'),
    words: 'Friday <b>suits</b> me',
  } as const;

  test('stands on the event’s page for organisers until it is dealt with', async () => {
    const person = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [person]);
    const overview = async () => page(await world.get(`/events/${event.id}`, { as: world.organiser }));
    expect((await overview())('#proposals-title')).toHaveLength(0);
    const writer = { address: person.email, proved: true };
    await takeReply(world.ctx, replyOf(event, person, friday), writer, world.clock.now);
    const shown = (await overview())('#proposals-title').closest('section');
    expect(shown.find('b').text()).toBe('Ada proposes another time');
    expect(shown.find('small').text()).toBe('Friday 11 December 2026, 16:00–18:00 · Friday <b>suits</b> me');
    const settle = shown.find('form').attr('action')!;
    expect((await world.post(settle, {}, { as: person })).statusCode).toBe(404);
    const done = await world.post(settle, {}, { as: world.organiser });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/events/${event.id}`]);
    expect((await overview())('#proposals-title')).toHaveLength(0);
  });
});

describe('organisers read that answers pressed in a calendar are not read', () => {
  const notice = 'Answers pressed in a calendar don’t reach Flipside.';

  test('on Review and Invitations, where no mailbox is set', async () => {
    const event = await drafted(world, [await world.addPerson()]);
    const isSaidOn = async (name: string) => {
      const $ = page(await world.get(`/events/${event.id}/${name}`, { as: world.organiser }));
      return $('main .notice strong').text().includes(notice);
    };
    const both = async () => [await isSaidOn('review'), await isSaidOn('invitations')];
    expect(await both()).toEqual([true, true]);
    world.ctx.mail = { ...world.ctx.mail, readsReplies: true };
    expect(await both()).toEqual([false, false]);
  });
});

describe('pages and letters say that both count', () => {
  const sentence = 'Press here, or answer in your calendar: both count.';
  const shownAndWritten = async () => {
    const person = await world.addPerson();
    const event = await published(world, [person]);
    const shown = page(await world.newBrowser().get(linkOf(world, event, person)))('#answer-panel').text();
    const letter = (await allLetters(world)).findLast(({ kind }) => kind === 'invitation')!;
    return [shown.includes(sentence), letter.facts.bothCount === true];
  };

  test('where a mailbox is read, and nowhere else', async () => {
    expect(await shownAndWritten()).toEqual([false, false]);
    world.ctx.mail = { ...world.ctx.mail, readsReplies: true };
    expect(await shownAndWritten()).toEqual([true, true]);
  });
});

test('what a guest wrote with an answer stands on their page at that event', async () => {
  const person = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [person], { answerBy: null });
  const path = `/events/${event.id}/people/${person.id}`;
  const written = async () => page(await world.get(path, { as: world.organiser }))('#written li').text();
  expect(await written()).toBe('');
  const reply = replyOf(event, person, { words: 'I am away <that> week.' });
  await takeReply(world.ctx, reply, { address: person.email, proved: true }, world.clock.now);
  expect(await written()).toContain('“I am away <that> week.”');
});
