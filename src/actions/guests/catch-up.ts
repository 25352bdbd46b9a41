import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { LetterEvent } from '../../domain/letters/facts.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { type EventFacts, letterEvent, sendEventLetter } from '../letters/about-event.ts';

/**
 * Brings the calendar of a guest who comes back after a no up to date. While they had said no they were not told of a
 * new place (domain/events/changes), so where no letter of theirs would say so, this sends what their calendar shows
 * and what is true.
 */
export async function catchUp(ctx: Context, tx: Tx, facts: EventFacts, to: Invitee): Promise<void> {
  const told = await letters.lastCalendarFacts(tx, facts.event.id, to.personId);
  const [before, now] = [told?.event as LetterEvent | undefined, letterEvent(facts)];
  if (before === undefined || isSame(before, now)) return;
  const answer = to.state === 'uninvited' ? 'invited' : to.state;
  await sendEventLetter(ctx, tx, facts, to, { kind: 'moved', before, answer });
}

function isSame(before: LetterEvent, now: LetterEvent): boolean {
  const { start, minutes, timeZone, place, online } = now;
  return (
    before.start === start &&
    before.minutes === minutes &&
    before.timeZone === timeZone &&
    before.place === place &&
    before.online === online
  );
}
