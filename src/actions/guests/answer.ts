import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isOver } from '../../domain/events/times.ts';
import { isLate, isTooLateForYes } from '../../domain/guests/answer-deadline.ts';
import { beforeNoOf, minutesLeft, minutesToTakeBack } from '../../domain/guests/taking-back.ts';
import { nextWaitingNumber, placeInLine, stateForYes } from '../../domain/guests/waiting-list.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as answers from '../../store/guests/answers.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { dropPutOff } from '../../store/letters/asked.ts';
import * as letters from '../../store/letters/letters.ts';
import { localeOf } from '../../words.ts';
import { type EventFacts, factsOf, sendEventLetter } from '../letters/about-event.ts';
import { outdatedByAnswer } from '../letters/answer-letters.ts';
import { fillFreeSeats } from './free-seats.ts';
import { resumeByAnswer } from './invitation-stops.ts';
import { tellIfFull, tellOfNo } from './organiser-news.ts';
import { removeCalendarEntry } from './removed-entry.ts';
import { restoreCalendarEntry } from './restored-entry.ts';
import { roomOf, yesesOf } from './seats.ts';

export type Answer = 'yes' | 'maybe' | 'no';

/** Source of an answer; an organiser who notes one may do so after the deadline. */
export type AnswerSource = { way: 'page' | 'calendar' } | { way: 'organiser'; byId: number };

/** Whether the event's organiser noted it: they need not hear of their own acts. */
export function isOwnAct(how: AnswerSource, { organiserId }: Pick<events.Event, 'organiserId'>): boolean {
  return how.way === 'organiser' && how.byId === organiserId;
}

/**
 * Writes somebody's answer down, once however often it is pressed; a seat given back goes to the one who waited
 * longest. Refused ('gone') once the event is over, and a yes once answers are closed.
 */
export async function answer(
  ctx: Context,
  eventId: number,
  personId: number,
  said: Answer,
  how: AnswerSource = { way: 'page' },
): Promise<rsvps.Invitee> {
  return ctx.db.transaction(async (tx) => {
    const { event, invitees, mine } = await lockAnswer(tx, eventId, personId);
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    if (isSaid(mine, said)) return mine;
    if (how.way !== 'organiser') await resumeByAnswer(tx, event, personId, said);
    if (said === 'yes' && standsForYes(mine, ctx.now())) return takeBack(ctx, tx, facts, invitees, mine, how);
    if (said === 'yes' && how.way !== 'organiser') refuseAfterDeadline(ctx, facts, mine);
    await noteAnswer(tx, event, mine, said, how, ctx.now());
    const changed = await record(ctx, tx, facts, invitees, mine, said, how);
    // The invitation was dropped while it waited for its turn, and with it the entry.
    if (said === 'maybe' && mine.state !== 'declined') await restoreCalendarEntry(ctx, tx, facts, changed);
    const filled = await fillFreeSeats(ctx, tx, facts);
    if (said === 'yes') await tellIfFull(ctx, tx, facts, invitees);
    // A no that can be taken back is told of when it stands: see free-seats.
    if (said !== 'yes' && changed.seatKeptUntil === null && !isOwnAct(how, event)) {
      const because = said === 'maybe' ? 'maybe' : '';
      await tellOfNo(ctx, tx, facts, mine, { before: invitees, because, filled });
    }
    return changed;
  });
}

/**
 * Takes back a no that was pressed by mistake, also after the deadline: the answer, seat or place in line before it stands
 * again. Refused ('gone') once the ten minutes are over; an answer given meanwhile stands.
 */
export async function takeBackNo(ctx: Context, eventId: number, personId: number): Promise<rsvps.Invitee> {
  return ctx.db.transaction(async (tx) => {
    const { event, invitees, mine } = await lockAnswer(tx, eventId, personId);
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    if (mine.state !== 'declined') return mine;
    if (minutesLeft(mine.beforeNo, ctx.now()) > 0)
      return takeBack(ctx, tx, facts, invitees, mine, { way: 'page' });
    throw closed(
      'Too late to undo it',
      'The {n} minutes are over, so your seat may have gone to someone else. Say yes again if answers are still open, or write to {organiser}.',
      { n: minutesToTakeBack, organiser: facts.organiser.name },
    );
  });
}

function standsForYes({ beforeNo }: rsvps.Invitee, now: Temporal.Instant): boolean {
  const hadYes = beforeNo?.state === 'coming' || beforeNo?.state === 'waiting';
  return hadYes && minutesLeft(beforeNo, now) > 0;
}

/** `mine`: an answer with a no that can still be taken back. */
async function takeBack(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  invitees: rsvps.Invitee[],
  mine: rsvps.Invitee,
  how: AnswerSource,
): Promise<rsvps.Invitee> {
  const { state, waitingNumber, inPlaceOfId, seatKeptUntil, answeredAt } = mine.beforeNo!;
  const instant = (text: string | null) => (text === null ? null : Temporal.Instant.from(text));
  await letters.cancelUnsent(tx, facts.event.id, outdatedByAnswer, mine.personId);
  const said = state === 'maybe' ? 'maybe' : 'yes';
  if (state !== 'invited') await noteAnswer(tx, facts.event, mine, said, how, ctx.now());
  const before = { waitingNumber, inPlaceOfId, seatKeptUntil: instant(seatKeptUntil) };
  const row = await rsvps.setState(tx, mine.id, state, { ...before, answeredAt: instant(answeredAt) });
  const changed = { ...mine, ...row };
  if (said === 'yes' && state !== 'invited') await tellOfYes(ctx, tx, facts, invitees, changed);
  // As after any no: a confirmation carries the calendar entry, other e-mails do not.
  if (state !== 'coming') await restoreCalendarEntry(ctx, tx, facts, changed);
  await fillFreeSeats(ctx, tx, facts);
  return changed;
}

/** Locks the event and reads its list, with the one whose answer is about to change. */
export async function lockAnswer(tx: Tx, eventId: number, personId: number) {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  const invitees = await rsvps.invitees(tx, eventId);
  const mine = orNotFound(
    invitees.find((invitee) => invitee.personId === personId),
    'event',
  );
  return { event, invitees, mine };
}

function isSaid(mine: rsvps.Invitee, said: Answer): boolean {
  if (said === 'yes') return mine.state === 'coming' || mine.state === 'waiting';
  return mine.state === (said === 'maybe' ? 'maybe' : 'declined');
}

function refuseAfterDeadline(ctx: Context, { event, organiser }: EventFacts, mine: rsvps.Invitee): void {
  if (!isTooLateForYes(event, mine, ctx.now())) return;
  throw closed(
    'Answers are closed',
    'Answers closed on {day}. Write to {organiser}, who can still find you a seat.',
    { day: formatNearDay(event.answerBy!, localeOf(ctx.words)), organiser: organiser.name },
  );
}

/** The record of answers, for organisers: what was said, where, and whether a seat was given back late. */
export async function noteAnswer(
  tx: Tx,
  event: events.Event,
  mine: rsvps.Invitee,
  said: Answer | { substituteId: number },
  how: AnswerSource,
  at: Temporal.Instant,
): Promise<void> {
  const isSubstitute = typeof said === 'object';
  await answers.add(tx, {
    eventId: event.id,
    personId: mine.personId,
    said: isSubstitute ? 'substitute' : said,
    substituteId: isSubstitute ? said.substituteId : null,
    way: how.way,
    byId: how.way === 'organiser' ? how.byId : null,
    late: mine.state === 'coming' && said !== 'yes' && isLate(event, at),
    at,
  });
}

/** Refuses ('gone', 'conflict') where nothing can be answered: the event is cancelled, over, or nobody was invited yet. */
export function refuseTooLate({ event }: Pick<EventFacts, 'event'>, now: Temporal.Instant): void {
  if (event.state === 'cancelled')
    throw closed('This event is cancelled', 'This event is cancelled. There is nothing to answer any more.');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Invitations to this event have not been sent yet.');
  if (isOver(event, now)) {
    throw closed('This event is over', 'This event is over. Your answer can no longer be changed.');
  }
}

async function record(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  invitees: rsvps.Invitee[],
  mine: rsvps.Invitee,
  said: Answer,
  how: AnswerSource,
): Promise<rsvps.Invitee> {
  const answeredAt = ctx.now();
  await letters.cancelUnsent(tx, facts.event.id, outdatedByAnswer, mine.personId);
  if (said === 'no') await dropPutOff(tx, facts.event.id, mine.personId);
  if (said !== 'yes') {
    const back = said === 'no' && how.way === 'page' ? beforeNoOf(mine, answeredAt) : null;
    const state = said === 'maybe' ? 'maybe' : 'declined';
    const row = await rsvps.setState(tx, mine.id, state, { answeredAt, ...back });
    const changed = { ...mine, ...row };
    if (said === 'no' && how.way !== 'calendar') await removeCalendarEntry(ctx, tx, facts, changed);
    if (mine.state === 'declined') await restoreCalendarEntry(ctx, tx, facts, changed);
    return changed;
  }
  const { state, waitingNumber } = seatFor(facts, invitees, mine);
  if (state === 'coming') await dropPutOff(tx, facts.event.id, mine.personId);
  // A substitute stays a substitute: the seat was passed on to them.
  const { inPlaceOfId } = mine;
  const row = await rsvps.setState(tx, mine.id, state, { waitingNumber, answeredAt, inPlaceOfId });
  const changed = { ...mine, ...row };
  await tellOfYes(ctx, tx, facts, invitees, changed);
  // A letter about the waiting list has no calendar entry.
  if (state === 'waiting' && mine.state === 'declined') await restoreCalendarEntry(ctx, tx, facts, changed);
  return changed;
}

/**
 * Notes answers that people gave before the event was published, one after the other, so that seats go in that order; a
 * yes is told as any other. Returns who needs no invitation besides.
 */
export async function answerAtPublication(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  answers: readonly { personId: number; said: 'yes' | 'maybe' }[],
): Promise<Set<number>> {
  const told = new Set<number>();
  const invitees = await rsvps.invitees(tx, facts.event.id);
  for (const { personId, said } of answers) {
    const at = invitees.findIndex((invitee) => invitee.personId === personId);
    if (at < 0) continue;
    await noteAnswer(tx, facts.event, invitees[at]!, said, { way: 'page' }, ctx.now());
    invitees[at] = await record(ctx, tx, facts, invitees, invitees[at]!, said, { way: 'page' });
    if (said === 'yes') told.add(personId);
  }
  return told;
}

async function tellOfYes(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  invitees: rsvps.Invitee[],
  changed: rsvps.Invitee,
): Promise<void> {
  const others = invitees.filter(({ personId }) => personId !== changed.personId);
  const position = placeInLine(yesesOf([...others, changed]), changed.personId);
  const particulars =
    changed.state === 'waiting' ? { kind: 'waiting' as const, position } : { kind: 'confirmed' as const };
  await sendEventLetter(ctx, tx, facts, changed, particulars);
}

function seatFor({ event }: EventFacts, invitees: rsvps.Invitee[], mine: rsvps.Invitee) {
  if (mine.seatKeptUntil !== null) return { state: 'coming', waitingNumber: null } as const;
  const yeses = yesesOf(invitees);
  const state = stateForYes(roomOf(event), yeses, mine.side);
  const comingBack = invitees.flatMap(({ beforeNo }) => beforeNo ?? []);
  return { state, waitingNumber: state === 'waiting' ? nextWaitingNumber([...yeses, ...comingBack]) : null };
}
