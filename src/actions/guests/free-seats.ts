// Seats that come free: who gets them, and what frees them without an answer.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import { isOver } from '../../domain/events/times.ts';
import { howSeatsMove } from '../../domain/guests/seat-offers.ts';
import { whoMovesUp } from '../../domain/guests/waiting-list.ts';
import * as events from '../../store/events/events.ts';
import * as needs from '../../store/guests/needs.ts';
import * as offers from '../../store/guests/offers.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as holds from '../../store/letters/holds.ts';
import * as letters from '../../store/letters/letters.ts';
import { type EventFacts, factsOf, sendEventLetter } from '../letters/about-event.ts';
import { followAnswers } from '../tables/publish.ts';
import { tellOfNo, tellOfQuorum, tellOfRemoval } from './organiser-news.ts';
import { endOffers, type Filled, offerSeats } from './seat-offers.ts';
import { roomOf, yesesOf } from './seats.ts';

/**
 * Gives each free seat to the one who has waited longest on that side, and tells them; from the eve of the event on they
 * are asked first, and once it has begun nothing moves.
 */
export async function fillFreeSeats(ctx: Context, tx: Tx, facts: EventFacts): Promise<Filled> {
  const how = howSeatsMove(facts.event, ctx.now());
  const filled =
    how === 'by-asking'
      ? { movedUp: [], asked: await offerSeats(ctx, tx, facts) }
      : { movedUp: how === 'up' ? await moveUp(ctx, tx, facts) : [], asked: 0 };
  await followAnswers(tx, facts.event, ctx.now());
  return filled;
}

async function moveUp(ctx: Context, tx: Tx, facts: EventFacts): Promise<string[]> {
  const invitees = await rsvps.invitees(tx, facts.event.id);
  const line = new Map(invitees.filter(({ state }) => state === 'waiting').map((one) => [one.personId, one]));
  const moving = whoMovesUp(roomOf(facts.event), yesesOf(invitees)).map(
    ({ personId }) => line.get(personId)!,
  );
  for (const next of moving) {
    line.delete(next.personId);
    await letters.cancelUnsent(tx, facts.event.id, ['seat-offer'], next.personId);
    const row = await rsvps.setState(tx, next.id, 'coming', {});
    await sendEventLetter(ctx, tx, facts, { ...next, ...row }, { kind: 'seat-free' });
  }
  // The event was moved to a later day after people had been asked.
  await endOffers(ctx, tx, facts, [...line.values()]);
  return moving.map(({ name }) => name);
}

/** Asks the next people wherever a seat is offered and those asked before have had their time. Returns at how many events. */
export async function offerFreeSeats(ctx: Context): Promise<number> {
  const now = ctx.now();
  const ids = await offers.eventsWithWaiting(ctx.db, begunEverywhereBefore(now));
  let offering = 0;
  for (const id of ids) {
    const seen = await events.find(ctx.db, id);
    if (!seen || howSeatsMove(seen, now) !== 'by-asking' || (await holds.current(ctx.db, id, now))) continue;
    offering++;
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, id);
      if (event?.state === 'published') await fillFreeSeats(ctx, tx, await factsOf(tx, event));
    });
  }
  return offering;
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
    const before = await rsvps.invitees(tx, eventId);
    await rsvps.setState(tx, mine.id, 'uninvited', {});
    await needs.remove(tx, eventId, personId);
    await letters.cancelUnsent(tx, eventId, letterKinds, personId);
    if (event.state !== 'published') continue;
    await fillFreeSeats(ctx, tx, facts);
    const left = before.find((one) => one.personId === personId)!;
    if (left.state !== 'declined') await tellOfRemoval(ctx, tx, facts, left, before);
  }
}

const letterKinds = [
  'invitation',
  'invitation-host',
  'moved',
  'waiting',
  'seat-free',
  'seat-offer',
  'seat-gone',
  'confirmed',
  'seat-given-back',
  'back-in-calendar',
  'wondering',
];

/**
 * Releases kept seats to people who wait: those of substitutes who did not answer in time, and those of people whose no
 * was not taken back. Returns the number of events.
 */
export async function releaseKeptSeats(ctx: Context): Promise<number> {
  const eventIds = await rsvps.eventsWithLapsedSeats(ctx.db, ctx.now());
  for (const eventId of eventIds) {
    await ctx.db.transaction(async (tx) => {
      const event = await events.lock(tx, eventId);
      if (!event) return;
      const before = await rsvps.invitees(tx, eventId);
      await rsvps.releaseSeats(tx, eventId, ctx.now());
      const facts = await factsOf(tx, event);
      if (event.state !== 'published' || isOver(event, ctx.now())) return;
      const filled = await fillFreeSeats(ctx, tx, facts);
      await tellOfLapsedNoes(ctx, tx, facts, before, filled);
      await tellOfLapsedSubstitutes(ctx, tx, facts, before);
    });
  }
  return eventIds.length;
}

/** Tells the organiser of each no that can no longer be taken back; of several at once the first names who has the seat now. */
async function tellOfLapsedNoes(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  before: readonly rsvps.Invitee[],
  filled: Filled,
): Promise<void> {
  const stood = before.map((one) =>
    hasLapsed(one, ctx.now()) ? { ...one, state: one.beforeNo!.state } : one,
  );
  for (const mine of stood.filter((one) => hasLapsed(one, ctx.now())))
    await tellOfNo(ctx, tx, facts, mine, { before: stood, because: mine.because, filled });
}

/** Nobody answered for a seat that was kept: the organiser hears where that costs the quorum. */
async function tellOfLapsedSubstitutes(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  before: readonly rsvps.Invitee[],
): Promise<void> {
  const isLapsed = ({ beforeNo, seatKeptUntil }: rsvps.Invitee) =>
    beforeNo === null && seatKeptUntil !== null && Temporal.Instant.compare(seatKeptUntil, ctx.now()) <= 0;
  const last = before.findLast(isLapsed);
  if (last) await tellOfQuorum(ctx, tx, facts, before, `${last.personId}:${last.revision}`);
}

function hasLapsed({ beforeNo, seatKeptUntil }: rsvps.Invitee, now: Temporal.Instant): boolean {
  return beforeNo !== null && seatKeptUntil !== null && Temporal.Instant.compare(seatKeptUntil, now) <= 0;
}
