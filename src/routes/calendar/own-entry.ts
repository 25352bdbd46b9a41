import { calendarFacts } from '../../actions/letters/about-event.ts';
import type { Context } from '../../context.ts';
import { ownUid } from '../../domain/calendar/own-uid.ts';
import type { RsvpState } from '../../domain/events/changes.ts';
import { lengthOf } from '../../domain/events/times.ts';
import { type CalendarEntry, entryFromJson, type Seat } from '../../mail/calendar/entry.ts';
import type { Event } from '../../store/events/events.ts';
import type { Words } from '../../words.ts';

interface Facts {
  event: Event;
  organiser: string;
}

/** The answer of the person whose calendar it is; null where it shows an event and nobody's answer. */
export type OwnAnswer = {
  state: RsvpState;
  answeredAt: Temporal.Instant | null;
  /** When tables were published last, so that the entry leads to their own; null while they are not. */
  tablesAt: Temporal.Instant | null;
  /** Set where their calendar entries have UIDs of their own. */
  ownUidOf?: number | null | undefined;
} | null;

/**
 * Makes the entry of an event for a file or a feed. No seat is no confirmed, busy time: whoever waits or has not answered
 * reads so in its name, and the entry of a guest who said no is cancelled.
 */
export function entryFor(
  ctx: Pick<Context, 'mail' | 'baseUrl'>,
  { t }: Words,
  { event, organiser }: Facts,
  path: string,
  own: OwnAnswer,
): CalendarEntry {
  const facts = { event, minutes: lengthOf(event), organiser: { name: organiser, email: '' } };
  const joins = own?.state === 'coming';
  const uid = own?.ownUidOf ? ownUid(event.uid, own.ownUidOf) : event.uid;
  const entry = entryFromJson(calendarFacts(ctx, facts, `${ctx.baseUrl}${path}`, { joins, uid }));
  if (own === null || event.state === 'cancelled') return entry;
  const name = { name: event.name };
  const shown: Record<RsvpState, { seat: Seat; summary: string }> = {
    coming: { seat: 'set', summary: event.name },
    waiting: { seat: 'open', summary: t('{name} (waiting list)', name) },
    invited: { seat: 'open', summary: t('{name} (not answered)', name) },
    maybe: { seat: 'open', summary: t('{name} (not sure yet)', name) },
    declined: { seat: 'none', summary: event.name },
    uninvited: { seat: 'none', summary: event.name },
  };
  const answered = later(entry.revisedAt, own.answeredAt);
  if (!joins || own.tablesAt === null) return { ...entry, ...shown[own.state], revisedAt: answered };
  const table = t('My table: {address}', { address: `${ctx.baseUrl}${path}/seat` });
  return {
    ...entry,
    ...shown[own.state],
    description: [table, entry.description].filter(Boolean).join('\n\n'),
    revisedAt: later(answered, own.tablesAt),
  };
}

function later(revised: Temporal.Instant, other: Temporal.Instant | null): Temporal.Instant {
  return other !== null && Temporal.Instant.compare(other, revised) > 0 ? other : revised;
}
