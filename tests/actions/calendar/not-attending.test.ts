import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { cancel, change, invite, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { sayNoSeatCameFree } from '../../../src/actions/guests/no-seat.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';

import { undoHold } from '../../../src/actions/letters/holds.ts';
import { withLinks } from '../../../src/actions/letters/links.ts';
import { instantOf } from '../../../src/domain/events/wall-time.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';

import * as events from '../../../src/store/events/events.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { deliverAll, objectsTo, short } from '../../support/calendar/objects.ts';
import { linkOf, planFor, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

// nobody keeps an entry for what they do not attend

const world = useWorld({ mailConfigured: true });

const shown = async (person: Person) => short(await objectsTo(world, person.email));

/** An event whose invitations have arrived. */
async function invited(...people: Person[]) {
  const event = await published(world, people);
  await deliverAll(world);
  return event;
}

async function declineInCalendar({ uid, sequence }: events.Event, { email }: Person): Promise<void> {
  const attendees = [{ address: email, partstat: 'DECLINED', delegatedTo: [] }];
  const about = { method: 'REPLY', uid, sequence, attendees, recurrenceAt: null } as const;
  const reply = { ...about, stamp: world.clock.now, start: null, end: null, words: '' };
  await takeReply(world.ctx, reply, { address: email, proved: true }, world.clock.now);
}

async function later(minutes: number): Promise<void> {
  world.clock.advance({ minutes });
  await deliverAll(world);
}

describe('a no on the page', () => {
  test('taken for “not sure” once a change took back the invitation on its way, it is written again', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'no');
    await change(world.ctx, event.id, planFor(world, [], { place: 'The Library' }));
    await answer(world.ctx, event.id, ada.id, 'maybe');
    await deliverAll(world);
    expect(await shown(ada)).toEqual([expect.stringMatching(/^REQUEST \d CONFIRMED$/)]);
    const told = (await allLetters(world)).filter(({ state }) => state === 'sent');
    expect(told.map(({ kind, facts }) => [kind, facts.event])).toEqual([
      ['back-in-calendar', expect.objectContaining({ place: 'The Library' })],
    ]);
  });

  test('takes the event out of that calendar alone, ten minutes later and not before', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await invited(ada, bo);
    world.clock.advance({ minutes: 1 });
    await answer(world.ctx, event.id, ada.id, 'no');
    await later(9);
    const isSent = async () =>
      (await allLetters(world)).some(({ kind, state }) => kind === 'seat-given-back' && state === 'sent');
    expect(await isSent()).toBe(false);
    await later(1);
    expect(await isSent()).toBe(true);
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect(await shown(bo)).toEqual(['REQUEST 0 CONFIRMED']);
    const [request, cancelling] = await objectsTo(world, ada.email);
    expect(cancelling!.stamp > request!.stamp).toBe(true);
    expect(cancelling!.attendee).toBe(`mailto:${ada.email}`);
    expect((await events.find(world.db, event.id))!.sequence).toBe(0);
  });

  test('that was a mistake leaves the calendar as it is', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    await answer(world.ctx, event.id, ada.id, 'no');
    world.clock.advance({ minutes: 5 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await later(30);
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 0 CONFIRMED']);
  });

  test('and a yes an hour later enters it again, with a SEQUENCE above all this guest was sent', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    await answer(world.ctx, event.id, ada.id, 'no');
    await later(60);
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED']);
  });

  test('and not sure an hour later enters it again as well, and so does a place in line', async () => {
    const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo, cy], { seniorCapacity: 1 });
    await deliverAll(world);
    await answer(world.ctx, event.id, ada.id, 'yes');
    for (const person of [bo, cy]) await answer(world.ctx, event.id, person.id, 'no');
    await later(60);
    await answer(world.ctx, event.id, bo.id, 'maybe');
    await answer(world.ctx, event.id, cy.id, 'yes');
    const again = ['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED'];
    expect([await shown(bo), await shown(cy)]).toEqual([again, again]);
  });

  test('pressed in the calendar needs no CANCEL', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    await answer(world.ctx, event.id, ada.id, 'no', { way: 'calendar' });
    await later(60);
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED']);
  });

  test('pressed in the calendar and taken back on the page: the letter is newer and asks to accept it there too', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    world.clock.advance({ minutes: 1 });
    await declineInCalendar(event, ada);
    world.clock.advance({ hours: 1 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 1 CONFIRMED']);
    const letter = (await allLetters(world)).at(-1)!;
    const { bytes } = await letterBytes(world.ctx.mail.from, letter, world.ctx.words);
    expect((await simpleParser(bytes)).text).toContain('accept it in your calendar too');
    await answer(world.ctx, event.id, ada.id, 'maybe');
    await later(10);
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect((await shown(ada)).at(-1)).toBe('REQUEST 1 CONFIRMED');
  });

  test('with a colleague in their place takes it out as well', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await invited(ada);
    await nameSubstitute(world.ctx, event.id, ada.id, bo.id);
    await later(10);
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect(await shown(bo)).toEqual(['REQUEST 0 CONFIRMED']);
  });

  test('stays out of the calendar when the event moves, and the letter asks again', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    await answer(world.ctx, event.id, ada.id, 'no');
    await later(60);
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T16:00' }));
    await deliverAll(world);
    expect((await allLetters(world)).at(-1)).toMatchObject({
      kind: 'moved',
      personId: ada.id,
      state: 'sent',
    });
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect((await shown(ada)).at(-1)).toBe('REQUEST 2 CONFIRMED');
  });
});

describe('who waited until the event began', () => {
  async function waited() {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await published(world, [ada, bo], { seniorCapacity: 1, answerBy: null });
    await deliverAll(world);
    for (const person of [ada, bo]) await answer(world.ctx, event.id, person.id, 'yes');
    const kinds = async () =>
      (await allLetters(world)).filter(({ kind }) => kind === 'no-seat').map(({ personId }) => personId);
    return { ada, bo, event, kinds };
  }
  const startOf = (event: events.Event) => instantOf(event.startsAt, event.timeZone);

  test('hears once that no seat came free, and the event leaves that calendar', async () => {
    const { ada, bo, event, kinds } = await waited();
    world.clock.now = startOf(event).subtract({ seconds: 1 });
    await sayNoSeatCameFree(world.ctx);
    expect(await kinds()).toEqual([]);
    world.clock.now = startOf(event);
    for (const _ of [1, 2]) await sayNoSeatCameFree(world.ctx);
    expect(await kinds()).toEqual([bo.id]);
    await deliverAll(world);
    expect(await shown(bo)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect((await shown(ada)).every((one) => one.startsWith('REQUEST'))).toBe(true);
    const letter = (await allLetters(world)).at(-1)!;
    expect(letter.facts.next).toBe(null);
  });

  test('with the next event of the kind where it is open to them, and one press invites them to it', async () => {
    const { bo, event, kinds } = await waited();
    const next = await published(world, [await world.addPerson()], {
      name: 'Spring round',
      startsAt: '2027-03-11T16:00',
      openAfterNo: true,
    });
    world.clock.now = startOf(event);
    await sayNoSeatCameFree(world.ctx);
    expect(await kinds()).toEqual([bo.id]);
    const letter = (await allLetters(world)).findLast(({ kind }) => kind === 'no-seat')!;
    const { bytes } = await letterBytes(world.ctx.mail.from, withLinks(world.ctx, letter), world.ctx.words);
    expect((await simpleParser(bytes)).text).toContain(
      'The next one is Spring round, Thursday 11 March 2027, 16:00.',
    );
    const link = linkOf(world, event, bo);
    const shownPage = page(await world.get(link));
    expect(shownPage('#answer-title').text()).toBe('No seat came free');
    await world.post(`${link}/next-event`, {}, { link: link.split('/')[2]! });
    expect((await allLetters(world)).at(-1)).toMatchObject({ kind: 'invitation', eventId: next.id });
  });

  test('is told nothing more than a day later, nor at an event that was cancelled', async () => {
    const { event, kinds } = await waited();
    world.clock.now = startOf(event).add({ hours: 24 });
    await sayNoSeatCameFree(world.ctx);
    expect(await kinds()).toEqual([]);
  });
});

describe('no e-mail overtakes one that waits on its way to the same person', () => {
  const order = async (person: Person) =>
    (await allLetters(world))
      .filter(({ personId, state }) => personId === person.id && state !== 'cancelled')
      .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt))
      .map(({ kind }) => kind);

  test('a yes in the ten seconds of a change is told after it', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    world.clock.advance({ minutes: 1 });
    await change(world.ctx, event.id, planFor(world, [ada], { startsAt: '2026-12-11T16:00' }), {
      held: true,
    });
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await order(ada)).toEqual(['invitation', 'moved', 'confirmed']);
    const [, moved, confirmed] = await allLetters(world);
    expect(moved!.dueAt.until(confirmed!.dueAt).total('seconds')).toBe(1);
    // The later one is not handed over while the earlier one still waits for its first try.
    world.clock.advance({ seconds: 11 });
    const taken: string[] = [];
    const post = {
      render: async () => ({ subject: 'x', bytes: Buffer.from('x') }),
      send: async ({ kind }: { kind: string }) => {
        taken.push(kind);
        return { kind: 'sent' as const, reply: '250' };
      },
      print: () => {},
    };
    for (const { id } of [confirmed!, moved!, confirmed!]) await deliverLetter(world.ctx, post, id);
    expect(taken).toEqual(['moved', 'confirmed']);
  });

  test('a change in the five minutes that a second answer waits leaves after it', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    world.clock.advance({ minutes: 10 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, ada.id, 'no');
    await deliverAll(world);
    world.clock.advance({ minutes: 1 });
    await answer(world.ctx, event.id, ada.id, 'yes', { way: 'calendar' });
    await change(world.ctx, event.id, planFor(world, [ada], { startsAt: '2026-12-11T16:00' }), {
      held: true,
    });
    expect((await order(ada)).slice(-1)).toEqual(['moved']);
  });
});

describe('when an event is cancelled', () => {
  test('a CANCEL goes to all who were sent an invitation and no CANCEL since, whatever they answered', async () => {
    const [coming, page, calendar, minutesAgo, off] = [
      await world.addPerson(),
      await world.addPerson(),
      await world.addPerson(),
      await world.addPerson(),
      await world.addPerson(),
    ];
    const event = await invited(coming, page, calendar, minutesAgo, off);
    await answer(world.ctx, event.id, coming.id, 'yes');
    await answer(world.ctx, event.id, page.id, 'no');
    await answer(world.ctx, event.id, calendar.id, 'no', { way: 'calendar' });
    await uninvite(world.ctx, event.id, off.id);
    await later(60);
    await answer(world.ctx, event.id, minutesAgo.id, 'no');
    world.clock.advance({ minutes: 5 });
    await cancel(world.ctx, event.id, '');
    await later(60);
    expect(await shown(coming)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 0 CONFIRMED', 'CANCEL 2 CANCELLED']);
    expect(await shown(page)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect(await shown(calendar)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 2 CANCELLED']);
    expect(await shown(minutesAgo)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 2 CANCELLED']);
    expect(await shown(off)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
  });

  test('and that is taken back, the CANCEL of a no still leaves', async () => {
    const ada = await world.addPerson();
    const event = await invited(ada);
    await answer(world.ctx, event.id, ada.id, 'no');
    await cancel(world.ctx, event.id, '', { held: true });
    const hold = await holds.current(world.db, event.id, world.ctx.now());
    await undoHold(world.ctx, event.id, hold!.id);
    await later(10);
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
  });
});

describe('SEQUENCE is kept per guest', () => {
  test('one guest taken off and invited again raises nobody else’s', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await invited(ada, bo);
    await uninvite(world.ctx, event.id, ada.id);
    await deliverAll(world);
    await invite(world.ctx, event.id, [ada.id]);
    await answer(world.ctx, event.id, bo.id, 'yes');
    expect(await shown(ada)).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1', 'REQUEST 2 CONFIRMED']);
    expect(await shown(bo)).toEqual(['REQUEST 0 CONFIRMED', 'REQUEST 0 CONFIRMED']);
  });

  test('and a new time is above the highest of all', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await invited(ada, bo);
    await answer(world.ctx, event.id, ada.id, 'no');
    await later(10);
    await answer(world.ctx, event.id, ada.id, 'yes');
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T16:00' }));
    expect((await shown(ada)).at(-1)).toBe('REQUEST 3 CONFIRMED');
    expect((await shown(bo)).at(-1)).toBe('REQUEST 3 CONFIRMED');
    expect((await events.find(world.db, event.id))!.timeSequence).toBe(3);
  });
});

test('an organiser reads that everyone was told only once every cancellation has left', async () => {
  const ada = await world.addPerson();
  const event = await invited(ada);
  await cancel(world.ctx, event.id, '');
  const needs = async () =>
    page(await world.get(`/events/${event.id}`, { as: world.organiser }))('.needs-card').text();
  expect(await needs()).toContain('1 e-mail that says so has not left yet');
  await deliverAll(world);
  expect(await needs()).toContain('Everyone who had it in their calendar has been told');
});
