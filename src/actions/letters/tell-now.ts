import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { Refusal } from '../../refusal.ts';
import type * as rsvps from '../../store/guests/rsvps.ts';
import { type EventFacts, sendEventLetter, sendInvitation } from './about-event.ts';

/** Recipient of a letter, with their answer. */
export type Recipient = rsvps.Rsvp & { name: string; email: string };

/** Tells one person how things stand now at an event that is on, calendar entry included. */
export async function tellNow(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Recipient,
  again: { key: string },
): Promise<void> {
  switch (to.state) {
    case 'uninvited':
      return sendEventLetter(ctx, tx, facts, to, { kind: 'uninvited' }, again);
    case 'coming':
      return sendEventLetter(ctx, tx, facts, to, { kind: 'confirmed' }, again);
    case 'waiting':
      return sendEventLetter(ctx, tx, facts, to, { kind: 'waiting', position: null }, again);
    case 'declined':
      throw new Refusal('conflict', '{name} said no, so there is nothing to send.', { name: to.name });
    default:
      return sendInvitation(ctx, tx, facts, to, { ...again, isRepeat: true });
  }
}
