import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { confirmReply, settleProposal, takeReply } from '../../../src/actions/calendar/replies.ts';
import { cancel, change, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { savePerson } from '../../../src/actions/people/people.ts';
import { personalToken } from '../../../src/actions/sign-in/personal-links.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import type { AnswerQuestionLetter, ProposalLetter } from '../../../src/domain/letters/facts.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as replies from '../../../src/store/calendar/replies.ts';
import * as events from '../../../src/store/events/events.ts';
import * as answers from '../../../src/store/guests/answers.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { calendarReplies, messagesReceived } from '../../../src/store/schema/index.ts';
import { deliverAll, objectsTo, short } from '../../support/calendar/objects.ts';
import { planFor, published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

/** Makes a reply of Ada's calendar; by default proved, a yes, a minute after the invitation. */
function replyOf(
  event: events.Event,
  person: Person,
  changes: Partial<ReceivedReply & { partstat: string }> = {},
) {
  const { partstat = 'ACCEPTED', ...rest } = changes;
  const reply: ReceivedReply = {
    method: 'REPLY',
    uid: event.uid,
    sequence: event.sequence,
    stamp: world.clock.now.add({ minutes: 1 }),
    recurrenceAt: null,
    attendees: [{ address: person.email, partstat, delegatedTo: [] }],
    start: null,
    end: null,
    words: '',
    ...rest,
  };
  return reply;
}

const proved = (person: Person) => ({ address: person.email, proved: true });
const forged = (person: Person) => ({ address: person.email, proved: false });
const send = (
  reply: ReceivedReply,
  writer: { address: string; proved: boolean },
  receivedAt = world.clock.now,
) => takeReply(world.ctx, reply, writer, receivedAt);
const stateOf = async (event: events.Event, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))?.state;
const lettersOf = async (kind: string) => (await allLetters(world)).filter((letter) => letter.kind === kind);

async function ada(values: Parameters<typeof published>[2] = {}) {
  const person = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [person], values);
  world.clock.advance({ minutes: 10 });
  return { person, event };
}

describe('a reply that names the address the invitation went to', () => {
  /** Ada, whose address was corrected after her invitation had arrived. */
  async function corrected() {
    const { person, event } = await ada({ answerBy: null });
    await deliverAll(world);
    const email = 'ada.lund@halden.example';
    const typed = { ...person, email, manager: '' };
    const now = await savePerson(world.ctx, world.organiser.id, person.id, person.updatedAt, typed);
    return { before: person, now, event };
  }

  test('counts after the address was corrected, where she proves to have written it', async () => {
    const { before, now, event } = await corrected();
    expect(await send(replyOf(event, before), proved(now))).toBe('counted');
    expect(await stateOf(event, now)).toBe('coming');
  });

  test('is asked about at the new address where it comes from the old one', async () => {
    const { before, now, event } = await corrected();
    expect(await send(replyOf(event, before), proved(before))).toBe('asked');
    expect((await lettersOf('answer-question')).map(({ recipientEmail }) => recipientEmail)).toEqual([
      now.email,
    ]);
  });

  test('the event leaves the calendar at the old address and is entered at the new one, with no link of hers', async () => {
    const { before, now, event } = await corrected();
    await deliverAll(world);
    expect(short(await objectsTo(world, before.email))).toEqual(['REQUEST 0 CONFIRMED', 'CANCEL 1']);
    expect(short(await objectsTo(world, now.email))).toEqual(['REQUEST 2 CONFIRMED']);
    const [letter] = await lettersOf('other-address');
    const { bytes } = await letterBytes(world.ctx.mail.from, letter!, world.ctx.words);
    const { text, attachments } = await simpleParser(bytes);
    const said = `${text}${attachments.map(({ content }) => content.toString()).join('')}`.replace(
      /\r\n /g,
      '',
    );
    expect(said).not.toContain(personalToken(world.ctx, event.id, before.id));
  });
});

describe('words beside an answer', () => {
  test('reach the organiser by e-mail and stand on the event’s page until they are dealt with', async () => {
    const { person, event } = await ada();
    await send(replyOf(event, person, { words: 'I come ten minutes late.' }), proved(person));
    const [letter] = await lettersOf('proposal');
    expect([letter?.personId, letter?.facts.what, letter?.facts.note]).toEqual([
      world.organiser.id,
      'answer',
      'I come ten minutes late.',
    ]);
    const [open] = await replies.openProposals(world.db, event.id);
    expect([open?.name, open?.words]).toEqual(['Ada', 'I come ten minutes late.']);
    await settleProposal(world.ctx, event.id, open!.id);
    expect(await replies.openProposals(world.db, event.id)).toEqual([]);
  });
});

describe('an answer pressed in a calendar', () => {
  test('E8: counts like one on the page: seat, letter and the one record of answers', async () => {
    const { person, event } = await ada();
    expect(await send(replyOf(event, person), proved(person))).toBe('counted');
    expect(await stateOf(event, person)).toBe('coming');
    expect(await lettersOf('confirmed')).toHaveLength(1);
    const log = await answers.ofPersonAt(world.db, event.id, person.id);
    expect(log.map(({ said, way }) => [said, way])).toEqual([['yes', 'calendar']]);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test.each([
    ['ACCEPTED', 'coming'],
    ['TENTATIVE', 'maybe'],
    ['DECLINED', 'declined'],
  ])('E3: %s is %s', async (partstat, state) => {
    const { person, event } = await ada();
    await send(replyOf(event, person, { partstat }), proved(person));
    expect(await stateOf(event, person)).toBe(state);
  });

  test('when every seat is taken it waits in line, and its no gives the seat to whoever waits', async () => {
    const [one, two] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await published(world, [one, two], { seniorCapacity: 1 });
    world.clock.advance({ minutes: 10 });
    await send(replyOf(event, one), proved(one));
    await send(replyOf(event, two), proved(two));
    expect([await stateOf(event, one), await stateOf(event, two)]).toEqual(['coming', 'waiting']);
    world.clock.advance({ minutes: 10 });
    await send(replyOf(event, one, { partstat: 'DECLINED' }), proved(one));
    expect([await stateOf(event, one), await stateOf(event, two)]).toEqual(['declined', 'coming']);
    expect(await lettersOf('seat-free')).toHaveLength(1);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('E4: for an event nobody knows it goes nowhere, and never adds a guest', async () => {
    const { person, event } = await ada();
    const eve = await world.addPerson({ name: 'Eve' });
    expect(await send(replyOf({ ...event, uid: 'other@x' } as events.Event, person), proved(person))).toBe(
      'unknown event',
    );
    expect(await send(replyOf(event, eve), proved(eve))).toBe('nobody invited');
    expect(await rsvps.find(world.db, event.id, eve.id)).toBeNull();
    await uninvite(world.ctx, event.id, person.id);
    expect(await send(replyOf(event, person), proved(person))).toBe('nobody invited');
    expect(await stateOf(event, person)).toBe('uninvited');
  });

  test('E5 and E10: counts once, and an older one that comes later changes nothing', async () => {
    const { person, event } = await ada();
    const yes = replyOf(event, person);
    const no = replyOf(event, person, { partstat: 'DECLINED', stamp: yes.stamp.add({ minutes: 5 }) });
    expect(await send(no, proved(person))).toBe('counted');
    world.clock.advance({ minutes: 1 });
    expect(await send(no, proved(person))).toBe('known already');
    expect(await send(yes, proved(person))).toBe('older');
    expect(await send(yes, proved(person))).toBe('known already');
    expect(await stateOf(event, person)).toBe('declined');
    expect(await answers.ofPersonAt(world.db, event.id, person.id)).toHaveLength(1);
  });

  test('E5: to a time the event had before is kept and does not count; a change of place does not matter', async () => {
    const { person, event } = await ada();
    const early = replyOf(event, person);
    await change(world.ctx, event.id, planFor(world, [], { place: 'Canteen 2' }));
    expect(await send(early, proved(person))).toBe('counted');
    await change(
      world.ctx,
      event.id,
      planFor(world, [], { place: 'Canteen 2', startsAt: '2026-12-11T16:00' }),
    );
    const late = { ...early, stamp: early.stamp.add({ minutes: 5 }) };
    const no = { ...late, attendees: [{ ...late.attendees[0]!, partstat: 'DECLINED' }] };
    expect(await send(no, proved(person))).toBe('earlier-time');
    expect(await stateOf(event, person)).toBe('coming');
    const now = (await events.find(world.db, event.id))!;
    expect(now.sequence).toBe(2);
    expect(await send({ ...no, sequence: 2, stamp: no.stamp.add({ minutes: 1 }) }, proved(person))).toBe(
      'counted',
    );
    expect(await stateOf(event, person)).toBe('declined');
  });

  test('F5: a SEQUENCE that was never sent silences nobody: the next answer of this guest counts', async () => {
    const person = await world.addPerson();
    const event = await published(world, [person]);
    world.clock.advance({ minutes: 10 });
    expect(await send(replyOf(event, person, { sequence: 99 }), proved(person))).toBe('counted');
    world.clock.advance({ minutes: 10 });
    expect(await send(replyOf(event, person, { partstat: 'DECLINED' }), proved(person))).toBe('counted');
    expect(await stateOf(event, person)).toBe('declined');
  });

  test('E5: counts although somebody else was taken off the list meanwhile, which raises theirs alone', async () => {
    const [one, two] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [one, two]);
    world.clock.advance({ minutes: 10 });
    await uninvite(world.ctx, event.id, two.id);
    expect((await events.find(world.db, event.id))?.sequence).toBe(0);
    expect(await send(replyOf(event, one), proved(one))).toBe('counted');
  });

  test('E11: whatever reached us last wins, from the page or the calendar, and stands in one record', async () => {
    const { person, event } = await ada();
    const pressed = world.clock.now;
    world.clock.advance({ minutes: 3 });
    await answer(world.ctx, event.id, person.id, 'no');
    world.clock.advance({ minutes: 3 });
    expect(await send(replyOf(event, person), proved(person), pressed)).toBe('older');
    expect(await stateOf(event, person)).toBe('declined');
    world.clock.advance({ minutes: 3 });
    expect(await send(replyOf(event, person), proved(person))).toBe('counted');
    const log = await answers.ofPersonAt(world.db, event.id, person.id);
    expect(log.map(({ said, way }) => `${said} ${way}`)).toEqual(['no page', 'yes calendar']);
  });

  test('E6: named by its moment it is the same meeting; another moment is another meeting', async () => {
    const { person, event } = await ada();
    const meeting = Temporal.Instant.from('2026-12-10T15:00:00Z');
    const other = replyOf(event, person, { recurrenceAt: meeting.add({ hours: 24 }) });
    expect(await send(other, proved(person))).toBe('another meeting');
    expect(await send(replyOf(event, person, { recurrenceAt: meeting }), proved(person))).toBe('counted');
  });

  test('E7: while the event runs it still counts; once it is over it is kept, and the guest is told so', async () => {
    const { person, event } = await ada({ answerBy: null });
    world.clock.now = Temporal.Instant.from('2026-12-10T16:00:00Z');
    expect(await send(replyOf(event, person), proved(person))).toBe('counted');
    world.clock.now = Temporal.Instant.from('2026-12-11T16:00:00Z');
    const before = (await allLetters(world)).length;
    expect(await send(replyOf(event, person, { partstat: 'DECLINED' }), proved(person))).toBe('too-late');
    expect(await stateOf(event, person)).toBe('coming');
    const [told, ...more] = (await allLetters(world)).slice(before);
    expect([told?.kind, told?.personId, more]).toEqual(['answer-not-counted', person.id, []]);
    const kept = await world.db.transaction((tx) => replies.provedBefore(tx, event.id, person.id, 'answer'));
    expect(kept.map(({ said, outcome }) => `${said} ${outcome}`)).toEqual(['yes counted', 'no too-late']);
  });

  test('after answers closed a yes is refused, and a letter says so, since the calendar shows otherwise', async () => {
    const { person, event } = await ada({ answerBy: '2026-12-03' });
    world.clock.now = Temporal.Instant.from('2026-12-05T09:00:00Z');
    expect(await send(replyOf(event, person), proved(person))).toBe('too-late');
    expect(await stateOf(event, person)).toBe('invited');
    const [letter, ...more] = await lettersOf('answer-not-counted');
    expect(more).toEqual([]);
    expect(letter?.facts.why).toMatchObject({ values: { organiser: 'Ida Nordby' } });
    expect(
      await send(replyOf(event, person, { partstat: 'DECLINED', stamp: world.clock.now }), proved(person)),
    ).toBe('older');
  });

  test('of a cancelled event nothing counts', async () => {
    const { person, event } = await ada();
    await cancel(world.ctx, event.id, '');
    const before = (await allLetters(world)).length;
    expect(await send(replyOf(event, person), proved(person))).toBe('too-late');
    expect((await allLetters(world)).length).toBe(before);
  });
});

describe('an answer that nobody can prove', () => {
  const questions = async () =>
    (await lettersOf('answer-question')).map(({ recipientEmail, facts }) => ({
      to: recipientEmail,
      facts: facts as unknown as AnswerQuestionLetter,
    }));
  const tokenIn = ({ confirmUrl }: AnswerQuestionLetter) => confirmUrl.slice(confirmUrl.lastIndexOf('/') + 1);

  test('E9: does not count; the invited address gets a link, and its one press counts', async () => {
    const { person, event } = await ada();
    expect(await send(replyOf(event, person, { partstat: 'DECLINED' }), forged(person))).toBe('asked');
    expect(await stateOf(event, person)).toBe('invited');
    const [question] = await questions();
    expect([question?.to, question?.facts.said]).toEqual([person.email, 'no']);
    await confirmReply(world.ctx, tokenIn(question!.facts));
    expect(await stateOf(event, person)).toBe('declined');
    await expect(confirmReply(world.ctx, tokenIn(question!.facts))).rejects.toThrow(
      'It was used, or it is more than 7 days old.',
    );
    const log = await answers.ofPersonAt(world.db, event.id, person.id);
    expect(log.map(({ said, way }) => `${said} ${way}`)).toEqual(['no calendar']);
  });

  test('E9: from an alias asks the invited address, not the one that wrote', async () => {
    const { person, event } = await ada();
    const alias = { address: 'ada.private@mail.example', proved: true };
    expect(await send(replyOf(event, person), alias)).toBe('asked');
    expect((await questions()).map(({ to }) => to)).toEqual([person.email]);
  });

  test('E9: asks three times a day at most, and not where nothing would change', async () => {
    const { person, event } = await ada();
    const became: string[] = [];
    for (let n = 0; n < 5; n++) {
      const stamp = world.clock.now.add({ seconds: n });
      became.push(await send(replyOf(event, person, { partstat: 'DECLINED', stamp }), forged(person)));
    }
    expect(became).toEqual(['asked', 'asked', 'asked', 'asked often enough', 'asked often enough']);
    expect(await questions()).toHaveLength(3);
    await answer(world.ctx, event.id, person.id, 'yes');
    expect(await send(replyOf(event, person), forged(person))).toBe('known already');
    world.clock.advance({ days: 1 });
    const tomorrow = replyOf(event, person, { partstat: 'DECLINED' });
    expect(await send(tomorrow, forged(person))).toBe('asked');
  });

  test('E9: does not stand in the way of the real one, however new it pretends to be', async () => {
    const { person, event } = await ada();
    const stamp = world.clock.now.add({ hours: 24 * 365 });
    await send(replyOf(event, person, { partstat: 'DECLINED', stamp, sequence: 99 }), forged(person));
    expect(await send(replyOf(event, person), proved(person))).toBe('counted');
  });

  test('a link that is too old, unknown, or about an earlier time counts nothing', async () => {
    const { person, event } = await ada();
    await send(replyOf(event, person), forged(person));
    await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-11T16:00' }));
    const [question] = await questions();
    await expect(confirmReply(world.ctx, tokenIn(question!.facts))).rejects.toThrow('moved since');
    world.clock.advance({ days: 8 });
    await expect(confirmReply(world.ctx, tokenIn(question!.facts))).rejects.toThrow(
      'It was used, or it is more than 7 days old.',
    );
    await expect(confirmReply(world.ctx, 'x'.repeat(27))).rejects.toThrow('nothing at this address');
    expect(await stateOf(event, person)).toBe('invited');
  });
});

describe('a proposal from a calendar', () => {
  const friday = {
    method: 'COUNTER',
    start: Temporal.Instant.from('2026-12-11T15:00:00Z'),
    end: Temporal.Instant.from('2026-12-11T17:00:00Z'),
    words: 'Friday, please',
  } as const;

  test('E2: reaches the organiser by letter and stands on the event’s page until it is dealt with', async () => {
    const { person, event } = await ada();
    expect(await send(replyOf(event, person, friday), proved(person))).toBe('told');
    expect(await send(replyOf(event, person, friday), proved(person))).toBe('known already');
    expect(await stateOf(event, person)).toBe('invited');
    const [letter, ...more] = await lettersOf('proposal');
    expect(more).toEqual([]);
    expect(letter?.recipientEmail).toBe(world.organiser.email);
    const facts = letter!.facts as unknown as ProposalLetter;
    expect([facts.who, facts.proposed, facts.note]).toEqual([
      'Ada',
      { start: '2026-12-11T16:00', minutes: 120 },
      'Friday, please',
    ]);
    const [open] = await replies.openProposals(world.db, event.id);
    expect([open?.name, open?.proposedStart, open?.words]).toEqual([
      'Ada',
      '2026-12-11T16:00',
      'Friday, please',
    ]);
    await settleProposal(world.ctx, event.id, open!.id);
    expect(await replies.openProposals(world.db, event.id)).toEqual([]);
  });

  test('E9: that nobody can prove is asked about first', async () => {
    const { person, event } = await ada();
    expect(await send(replyOf(event, person, friday), forged(person))).toBe('asked');
    expect(await lettersOf('proposal')).toEqual([]);
    const [question] = await lettersOf('answer-question');
    const { confirmUrl } = question!.facts as unknown as AnswerQuestionLetter;
    await confirmReply(world.ctx, confirmUrl.slice(confirmUrl.lastIndexOf('/') + 1));
    expect(await lettersOf('proposal')).toHaveLength(1);
    expect(await replies.openProposals(world.db, event.id)).toHaveLength(1);
  });

  test('E3: a delegation is told to the organiser, and invites nobody', async () => {
    const { person, event } = await ada();
    const attendees = [{ address: person.email, partstat: 'DELEGATED', delegatedTo: ['bo@halden.example'] }];
    expect(await send(replyOf(event, person, { attendees }), proved(person))).toBe('told');
    const [letter] = await lettersOf('proposal');
    expect([letter?.facts.what, letter?.facts.note]).toEqual(['delegation', 'bo@halden.example']);
    expect(await stateOf(event, person)).toBe('invited');
  });
});

test('what calendars sent is forgotten after 24 months, and which messages were read after 90 days', async () => {
  const { person, event } = await ada();
  await send(replyOf(event, person), proved(person));
  await replies.beginMessage(world.db, '<a@b>', world.clock.now);
  const kept = async () => [
    await world.db.$count(calendarReplies),
    await world.db.$count(messagesReceived),
    await stateOf(event, person),
  ];
  world.clock.advance({ days: 89 });
  await deleteExpired(world.ctx);
  expect(await kept()).toEqual([1, 1, 'coming']);
  world.clock.advance({ days: 2 });
  await deleteExpired(world.ctx);
  expect(await kept()).toEqual([1, 0, 'coming']);
  world.clock.advance({ years: 2 });
  await deleteExpired(world.ctx);
  expect(await kept()).toEqual([0, 0, 'coming']);
});
