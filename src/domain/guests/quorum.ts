// The quorum of each side, and the go/no-go day.
import type { Side } from './waiting-list.ts';

/** Fewer of a side than this are too few; 0 asks for nobody. */
export type Quorum = Readonly<Record<Side, number>>;

/** How many are missing of each side; nothing missing is the quorum. */
export function missingFor(quorum: Quorum, coming: Readonly<Record<Side, number>>): Record<Side, number> {
  return {
    senior: Math.max(0, quorum.senior - coming.senior),
    talent: Math.max(0, quorum.talent - coming.talent),
  };
}

/** True where enough of each side come. */
export function isReached(quorum: Quorum, coming: Readonly<Record<Side, number>>): boolean {
  const missing = missingFor(quorum, coming);
  return missing.senior === 0 && missing.talent === 0;
}

export interface Deciding {
  state: 'draft' | 'published' | 'cancelled';
  startsAt: string;
  timeZone: string;
  /** The go/no-go day, 'YYYY-MM-DD' on the event's own calendar. */
  decideOn: string | null;
  decidedAt: Temporal.Instant | null;
}

/** The hour of the day, where the event is, at which its organiser is told. */
const TOLD_AT = { hour: 8 };

/** The same hour as clocks show it. */
export const decisionHour = '08:00';

/**
 * Whether somebody has to say go, move or cancel now: from eight in the morning of the go/no-go day until the event begins,
 * while nobody has.
 */
export function isToBeDecided(event: Deciding, now: Temporal.Instant): boolean {
  if (event.state !== 'published' || event.decideOn === null || event.decidedAt !== null) return false;
  const from = Temporal.PlainDate.from(event.decideOn)
    .toZonedDateTime({ timeZone: event.timeZone, plainTime: TOLD_AT })
    .toInstant();
  const start = Temporal.PlainDateTime.from(event.startsAt).toZonedDateTime(event.timeZone).toInstant();
  return Temporal.Instant.compare(now, from) >= 0 && Temporal.Instant.compare(now, start) < 0;
}

/** The go/no-go day after the event moved: as many days before its beginning as it was; null stays null. */
export function decideOnAfterMove(
  decideOn: string | null,
  before: { startsAt: string },
  after: { startsAt: string },
): string | null {
  if (decideOn === null) return null;
  const days = Temporal.PlainDate.from(decideOn).until(Temporal.PlainDate.from(before.startsAt), {
    largestUnit: 'days',
  });
  return Temporal.PlainDate.from(after.startsAt).subtract(days).toString();
}
