import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { nextWaitingNumber, type Room, stateForYes, whoMovesUp, type Yes } from '../domain/waiting-list.ts';
import { span } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as letters from '../store/letters.ts';
import * as rsvps from '../store/rsvps.ts';
import { type EventFacts, factsOf, sendEventLetter } from './event-letters.ts';

export type Answer = 'yes' | 'maybe' | 'no';

/** Writes somebody's answer down, once however often it is pressed; a seat given back goes to whoever waited longest. */
export async function answer(
  ctx: Context,
  eventId: number,
  personId: number,
  said: Answer,
): Promise<rsvps.Invitee> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const invitees = await rsvps.invitees(tx, eventId);
    const mine = orNotFound(
      invitees.find((invitee) => invitee.personId === personId),
      'event',
    );
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    if (isSaid(mine, said)) return mine;
    const changed = await record(ctx, tx, facts, invitees, mine, said);
    await fillFreeSeats(ctx, tx, facts);
    return changed;
  });
}

function isSaid(mine: rsvps.Invitee, said: Answer): boolean {
  if (said === 'yes') return mine.state === 'coming' || mine.state === 'waiting';
  return mine.state === (said === 'maybe' ? 'maybe' : 'declined');
}

function refuseTooLate({ event, minutes }: EventFacts, now: Temporal.Instant): void {
  if (event.state === 'cancelled')
    throw new Refusal('gone', 'This event is cancelled. There is nothing to answer any more.');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Invitations to this event have not been sent yet.');
  if (isOver({ event, minutes }, now)) {
    throw new Refusal('gone', 'This event is over. Your answer can no longer be changed.');
  }
}

function isOver({ event, minutes }: Pick<EventFacts, 'event' | 'minutes'>, now: Temporal.Instant): boolean {
  const { end } = span({ start: event.startsAt, minutes: Math.max(1, minutes), timeZone: event.timeZone });
  return Temporal.Instant.compare(now, end.toInstant()) >= 0;
}

/** How many may come to this event, overall and of each side. */
export function roomOf(event: events.Event): Room {
  return { capacity: event.capacity, bySide: { senior: event.seniorCapacity, talent: event.talentCapacity } };
}

/** Of everyone on the list those who said yes, with a seat or waiting for one. */
export function yesesOf(invitees: readonly rsvps.Invitee[]): Yes[] {
  return invitees.flatMap(({ personId, side, state, waitingNumber }) =>
    state === 'coming' || state === 'waiting' ? [{ personId, side, state, waitingNumber }] : [],
  );
}

async function record(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  invitees: rsvps.Invitee[],
  mine: rsvps.Invitee,
  said: Answer,
): Promise<rsvps.Invitee> {
  const answeredAt = ctx.now();
  if (said !== 'yes') {
    const row = await rsvps.setState(tx, mine.id, said === 'maybe' ? 'maybe' : 'declined', { answeredAt });
    return { ...mine, ...row };
  }
  const yeses = yesesOf(invitees);
  const state = stateForYes(roomOf(facts.event), yeses, mine.side);
  const waitingNumber = state === 'waiting' ? nextWaitingNumber(yeses) : null;
  const changed = { ...mine, ...(await rsvps.setState(tx, mine.id, state, { waitingNumber, answeredAt })) };
  const ahead = yeses.filter((yes) => yes.state === 'waiting' && yes.side === mine.side).length;
  await sendEventLetter(
    ctx,
    tx,
    facts,
    changed,
    state === 'waiting' ? { kind: 'waiting', position: ahead + 1 } : { kind: 'confirmed' },
  );
  return changed;
}

/** While a seat is free and somebody waits for it, whoever waited longest on that side moves up and hears of it. */
export async function fillFreeSeats(ctx: Context, tx: Tx, facts: EventFacts): Promise<void> {
  const invitees = await rsvps.invitees(tx, facts.event.id);
  for (const next of whoMovesUp(roomOf(facts.event), yesesOf(invitees))) {
    const invitee = invitees.find(({ personId }) => personId === next.personId)!;
    const row = await rsvps.setState(tx, invitee.id, 'coming', {});
    await sendEventLetter(ctx, tx, facts, { ...invitee, ...row }, { kind: 'seat-free' });
  }
}

/** Takes somebody who left off every list that still matters, without a letter to them; their seats go to whoever waits. */
export async function giveUpSeats(ctx: Context, tx: Tx, personId: number): Promise<void> {
  for (const eventId of await rsvps.eventsOf(tx, personId)) {
    const event = await events.lock(tx, eventId);
    const mine = await rsvps.find(tx, eventId, personId);
    if (!event || !mine || mine.state === 'uninvited' || event.state === 'cancelled') continue;
    const facts = await factsOf(tx, event);
    if (isOver(facts, ctx.now())) continue;
    await rsvps.setState(tx, mine.id, 'uninvited', {});
    await letters.cancelUnsent(tx, eventId, letterKinds, personId);
    if (event.state === 'published') await fillFreeSeats(ctx, tx, facts);
  }
}

const letterKinds = ['invitation', 'invitation-host', 'moved', 'waiting', 'seat-free', 'confirmed'];
