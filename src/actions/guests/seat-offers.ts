// A seat that comes free late: the next in line are asked, and hear of it when the seat is gone.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { whoIsAsked } from '../../domain/guests/seat-offers.ts';
import { freeSeats, type Side } from '../../domain/guests/waiting-list.ts';
import * as offers from '../../store/guests/offers.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { type EventFacts, sendEventLetter } from '../letters/about-event.ts';
import { roomOf, yesesOf } from './seats.ts';

/** Names of people who moved up, and how many were asked whether they can make it. */
export interface Filled {
  movedUp: string[];
  asked: number;
}

/** Counts the seats of each side that somebody could take now. */
export function freeBySide(
  event: Parameters<typeof roomOf>[0],
  invitees: readonly rsvps.Invitee[],
): Record<Side, number> {
  const [room, yeses] = [roomOf(event), yesesOf(invitees)];
  return { senior: freeSeats(room, yeses, 'senior'), talent: freeSeats(room, yeses, 'talent') };
}

/** Asks the next in line where a seat is free, and tells those who were asked where none is any more. Returns how many were asked. */
export async function offerSeats(ctx: Context, tx: Tx, facts: EventFacts): Promise<number> {
  const { event } = facts;
  // While a removal can be undone its seat is not free; the next round sees to it.
  if (facts.hold) return 0;
  const invitees = await rsvps.invitees(tx, event.id);
  const line = invitees.filter(({ state }) => state === 'waiting');
  const free = freeBySide(event, invitees);
  await endOffers(
    ctx,
    tx,
    facts,
    line.filter(({ side }) => free[side] === 0),
  );
  const asked = whoIsAsked(event, free, line, ctx.now());
  for (const next of asked) {
    const row = await offers.setOffered(tx, next.id, ctx.now());
    await sendEventLetter(ctx, tx, facts, { ...next, ...row }, { kind: 'seat-offer' });
  }
  return asked.length;
}

/** Tells people on the waiting list who were asked that the seat is gone; they keep their place in line. */
export async function endOffers(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  line: readonly rsvps.Invitee[],
): Promise<void> {
  for (const asked of line.filter(({ offeredAt }) => offeredAt !== null)) {
    const unsent = await letters.cancelUnsent(tx, facts.event.id, ['seat-offer'], asked.personId);
    const row = await offers.setOffered(tx, asked.id, null);
    if (unsent.some(({ tried }) => !tried)) continue;
    await sendEventLetter(ctx, tx, facts, { ...asked, ...row }, { kind: 'seat-gone' });
  }
}
