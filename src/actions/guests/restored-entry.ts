import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isMissing } from '../../domain/calendar/own-entry.ts';
import { isSameTime } from '../../domain/events/changes.ts';
import type { LetterEvent } from '../../domain/letters/facts.ts';
import * as replies from '../../store/calendar/replies.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import * as entries from '../../store/letters/entries.ts';
import * as letters from '../../store/letters/letters.ts';
import { type EventFacts, letterEvent, sendEventLetter } from '../letters/about-event.ts';

/**
 * Mends the calendar of somebody who had said no and comes back, where no letter of theirs does: the event is entered
 * again where it had left, and a place they were not told of (domain/events/changes) is told now.
 */
export async function restoreCalendarEntry(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Invitee,
): Promise<void> {
  const own = await entries.entryOf(tx, facts.event.id, to.personId);
  const declined = await replies.declinedSequence(tx, facts.event.id, to.personId);
  const told = await letters.lastCalendarFacts(tx, facts.event.id, to.personId);
  // Nothing was told where a change took back an invitation that the mail server had put off, and a no made another needless.
  if (to.state === 'maybe' && (told === null || isMissing(own, declined)))
    return sendEventLetter(ctx, tx, facts, to, {
      kind: 'back-in-calendar',
      answer: 'maybe',
      ...(told === null && { isFirst: true }),
    });
  const [before, now] = [told?.event as LetterEvent | undefined, letterEvent(facts)];
  if (before === undefined || isSame(before, now)) return;
  const answer = to.state === 'uninvited' ? 'invited' : to.state;
  await sendEventLetter(ctx, tx, facts, to, { kind: 'moved', before, answer });
}

function isSame(before: LetterEvent, now: LetterEvent): boolean {
  const timeOf = (event: LetterEvent) => ({ ...event, startsAt: event.start });
  return (
    isSameTime(timeOf(before), timeOf(now)) && before.place === now.place && before.online === now.online
  );
}
