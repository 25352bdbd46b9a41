import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { isOver } from '../../domain/events/times.ts';
import { isLate, isTooLateForYes } from '../../domain/guests/answer-deadline.ts';
import { nextWaitingNumber, placeInLine, stateForYes, whoMovesUp } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as answers from '../../store/guests/answers.ts';
import * as needs from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { localeOf } from '../../words.ts';
import { type EventFacts, factsOf, sendEventLetter } from '../letters/about-event.ts';
import { untrueAfterAnswer } from '../letters/answer-letters.ts';
import { catchUp } from './catch-up.ts';
import { emptyCalendar } from './not-coming.ts';
import { roomOf, yesesOf } from './seats.ts';

export { roomOf, yesesOf } from './seats.ts';

export type Answer = 'yes' | 'maybe' | 'no';

/** Source of an answer; an organiser who notes one may do so after the deadline. */
export type AnswerSource = { way: 'page' | 'calendar' } | { way: 'organiser'; byId: number };

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
    if (said === 'yes' && how.way !== 'organiser') refuseAfterDeadline(ctx, facts, mine);
    await noteAnswer(tx, event, mine, said, how, ctx.now());
    const changed = await record(ctx, tx, facts, invitees, mine, said, how);
    await fillFreeSeats(ctx, tx, facts);
    return changed;
  });
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
  throw new Refusal('gone', 'Answers closed on {day}. Write to {organiser}, who can still find you a seat.', {
    day: formatNearDay(event.answerBy!, localeOf(ctx.words)),
    organiser: organiser.name,
  });
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
    throw new Refusal('gone', 'This event is cancelled. There is nothing to answer any more.');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Invitations to this event have not been sent yet.');
  if (isOver(event, now)) {
    throw new Refusal('gone', 'This event is over. Your answer can no longer be changed.');
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
  await letters.cancelUnsent(tx, facts.event.id, untrueAfterAnswer, mine.personId);
  if (said !== 'yes') {
    const row = await rsvps.setState(tx, mine.id, said === 'maybe' ? 'maybe' : 'declined', { answeredAt });
    const changed = { ...mine, ...row };
    if (said === 'no' && how.way !== 'calendar') await emptyCalendar(ctx, tx, facts, changed);
    if (mine.state === 'declined') await catchUp(ctx, tx, facts, changed);
    return changed;
  }
  const { state, waitingNumber } = seatFor(facts, invitees, mine);
  // A substitute stays a substitute: the seat was passed on to them.
  const { inPlaceOfId } = mine;
  const row = await rsvps.setState(tx, mine.id, state, { waitingNumber, answeredAt, inPlaceOfId });
  const changed = { ...mine, ...row };
  const others = invitees.filter(({ personId }) => personId !== mine.personId);
  const position = placeInLine(yesesOf([...others, changed]), mine.personId);
  await sendEventLetter(
    ctx,
    tx,
    facts,
    changed,
    state === 'waiting' ? { kind: 'waiting', position } : { kind: 'confirmed' },
  );
  // A letter about the waiting list has no calendar entry.
  if (state === 'waiting' && mine.state === 'declined') await catchUp(ctx, tx, facts, changed);
  return changed;
}

function seatFor({ event }: EventFacts, invitees: rsvps.Invitee[], mine: rsvps.Invitee) {
  if (mine.seatKeptUntil !== null) return { state: 'coming', waitingNumber: null } as const;
  const yeses = yesesOf(invitees);
  const state = stateForYes(roomOf(event), yeses, mine.side);
  return { state, waitingNumber: state === 'waiting' ? nextWaitingNumber(yeses) : null };
}

/** Gives each free seat to the one who has waited longest on that side, and tells them. */
export async function fillFreeSeats(ctx: Context, tx: Tx, facts: EventFacts): Promise<void> {
  const invitees = await rsvps.invitees(tx, facts.event.id);
  for (const next of whoMovesUp(roomOf(facts.event), yesesOf(invitees))) {
    const invitee = invitees.find(({ personId }) => personId === next.personId)!;
    const row = await rsvps.setState(tx, invitee.id, 'coming', {});
    await sendEventLetter(ctx, tx, facts, { ...invitee, ...row }, { kind: 'seat-free' });
  }
}

/**
 * Takes somebody who left off every list that still matters, without a letter to them; their seats go to people who
 * wait.
 */
export async function giveUpSeats(ctx: Context, tx: Tx, personId: number): Promise<void> {
  for (const eventId of await rsvps.eventsOf(tx, personId)) {
    const event = await events.lock(tx, eventId);
    const mine = await rsvps.find(tx, eventId, personId);
    if (!event || !mine || mine.state === 'uninvited' || event.state === 'cancelled') continue;
    const facts = await factsOf(tx, event);
    if (isOver(facts.event, ctx.now())) continue;
    await rsvps.setState(tx, mine.id, 'uninvited', {});
    await needs.remove(tx, eventId, personId);
    await letters.cancelUnsent(tx, eventId, letterKinds, personId);
    if (event.state === 'published') await fillFreeSeats(ctx, tx, facts);
  }
}

const letterKinds = [
  'invitation',
  'invitation-host',
  'moved',
  'waiting',
  'seat-free',
  'confirmed',
  'seat-given-back',
  'back-in-calendar',
  'wondering',
];

/** Releases seats kept for substitutes who did not answer in time to people who wait. Returns the number of events. */
export async function releaseKeptSeats(ctx: Context): Promise<number> {
  const eventIds = await rsvps.eventsWithLapsedSeats(ctx.db, ctx.now());
  for (const eventId of eventIds) {
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, eventId);
      if (!event) return;
      await rsvps.releaseSeats(tx, eventId, ctx.now());
      const facts = await factsOf(tx, event);
      if (event.state === 'published' && !isOver(event, ctx.now())) await fillFreeSeats(ctx, tx, facts);
    });
  }
  return eventIds.length;
}
