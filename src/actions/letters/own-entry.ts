import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type EntryMethod, isMissing, sequenceFor } from '../../domain/calendar/own-entry.ts';
import type { CalendarFacts } from '../../domain/letters/facts.ts';
import { carriesCancel } from '../../domain/letters/kinds.ts';
import { reminderKinds } from '../../domain/letters/reminders.ts';
import * as replies from '../../store/calendar/replies.ts';
import type { Event } from '../../store/events/events.ts';
import * as entries from '../../store/letters/entries.ts';

/** Kinds that say nothing a calendar needs to know. */
const withoutCalendar = new Set<string>([
  'wondering',
  'seat-offer',
  'seat-gone',
  'table-changed',
  ...reminderKinds,
]);

/** SEQUENCE and DTSTAMP of one guest's calendar object; `acceptInCalendar`: their calendar shows a no until they accept. */
export interface OwnRevision {
  revision: Pick<CalendarFacts, 'sequence' | 'revisedAt'>;
  acceptInCalendar: boolean;
}

/**
 * Says which SEQUENCE and DTSTAMP the calendar object of this letter carries; null where it carries no object, since the
 * guest's calendar is right without. `again`: an organiser sends it once more.
 */
export async function ownEntry(
  ctx: Pick<Context, 'now'>,
  tx: Tx,
  event: Pick<Event, 'id' | 'sequence' | 'revisedAt'>,
  to: { personId: number },
  { kind, ...said }: { kind: string; answer?: unknown },
  { again }: { again: boolean },
): Promise<OwnRevision | null> {
  if (withoutCalendar.has(kind)) return null;
  const own = await entries.entryOf(tx, event.id, to.personId);
  const declined = own && (await replies.declinedSequence(tx, event.id, to.personId));
  const missing = isMissing(own, declined);
  const method: EntryMethod = carriesCancel(kind) ? 'CANCEL' : 'REQUEST';
  if (kind === 'waiting' && !missing) return null;
  if (kind === 'moved' && said.answer === 'declined' && own?.last === 'CANCEL') return null;
  if (method === 'CANCEL' && !own?.mayBeThere && !again) return null;
  const sequence = sequenceFor(method, event.sequence, own, declined);
  const revisedAt = later(ctx.now(), event.revisedAt).toString();
  return {
    revision: { sequence, revisedAt },
    acceptInCalendar: method === 'REQUEST' && declined !== null && missing,
  };
}

/** Clocks of two processes may be apart: no object is older than the event it shows. */
function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b;
}
