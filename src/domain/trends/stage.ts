// How far a trend has come: proposed, shortlisted, with a team, presented; or parked, or merged into another.
import type { TrendState } from './trend.ts';

export type Stage = TrendState | 'assigned' | 'presented' | 'stale';

/** Months after which a presented trend is stale: its brief stays readable, and the next team can take it up. */
const freshMonths = 12;

/** The moment before which a brief has to be saved to count as an earlier one while its team still has the trend. */
export const briefIsEarlierBefore = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO('UTC').subtract({ months: freshMonths }).toInstant();

/**
 * The stage of a trend by what is stored of it, whether a team has it now, and the day it was last presented
 * ('YYYY-MM-DD'), if it was. A stale one that a team has again is assigned.
 */
export function stageOf(
  state: TrendState,
  { hasTeam, presentedOn }: { hasTeam: boolean; presentedOn: string | null },
  today: Temporal.PlainDate,
): Stage {
  if (state === 'parked' || state === 'merged') return state;
  const staleFrom = presentedOn && Temporal.PlainDate.from(presentedOn).add({ months: freshMonths });
  const isStale = staleFrom !== null && staleFrom !== '' && Temporal.PlainDate.compare(today, staleFrom) > 0;
  if (presentedOn && !isStale) return 'presented';
  if (hasTeam) return 'assigned';
  return isStale ? 'stale' : state;
}
