import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { minutesToTakeBack } from '../../domain/guests/taking-back.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import { type EventFacts, sendEventLetter } from '../letters/about-event.ts';

/**
 * Takes the event out of the calendar of somebody who said no outside of it: a CANCEL to them alone leaves ten minutes
 * later, unless they answer otherwise before. A no pressed in the calendar needs none: that calendar knows.
 */
export async function removeCalendarEntry(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Invitee,
): Promise<void> {
  const dueAt = ctx.now().add({ minutes: minutesToTakeBack });
  await sendEventLetter(ctx, tx, facts, to, { kind: 'seat-given-back' }, { dueAt });
}
