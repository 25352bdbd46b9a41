// Trends: how long they may be, who may change them, and when their tallies show.

export type TrendState = 'proposed' | 'shortlisted' | 'parked' | 'merged';
export type InterestKind = 'want-to-know' | 'can-tell';
export type Voting = 'open' | 'closed';

/** In characters as people count them. */
export const limits = { sentence: 160, detail: 10_000, reason: 300, links: 20, link: 2000 } as const;

/** Voting runs to the end of its last day in the programme's time zone; without a day it stays open. */
export function votingOn(closesOn: string | null, now: Temporal.Instant, timeZone: string): Voting {
  if (closesOn === null) return 'open';
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  return Temporal.PlainDate.compare(today, closesOn) > 0 ? 'closed' : 'open';
}

/** Days of a season's voting: its last one, and when an organiser closed it with a press. */
export interface VotingDays {
  votingClosesOn: string | null;
  votingClosedAt: Temporal.Instant | null;
  timeZone: string;
}

/** Voting is closed by a press or once its last day is over. */
export function votingIn(season: VotingDays, now: Temporal.Instant): Voting {
  if (season.votingClosedAt !== null) return 'closed';
  return votingOn(season.votingClosesOn, now, season.timeZone);
}

/** Days for which voters read that voting was opened again. */
const daysReopeningShows = 14;

/** Says whether voters still read that voting was opened again. */
export function showsReopening(
  season: VotingDays & { votingReopenedAt: Temporal.Instant | null },
  now: Temporal.Instant,
): boolean {
  const at = season.votingReopenedAt;
  if (at === null || votingIn(season, now) === 'closed') return false;
  return Temporal.Instant.compare(now, at.add({ hours: 24 * daysReopeningShows })) < 0;
}

/** People say what they want to know while voting is open, of what is neither parked nor merged. */
export function takesInterest(trend: { state: TrendState }, voting: Voting): boolean {
  return voting === 'open' && (trend.state === 'proposed' || trend.state === 'shortlisted');
}

/** Teams and events take a trend that is proposed or shortlisted. */
export function canBeGiven(trend: { state: TrendState }): boolean {
  return trend.state === 'proposed' || trend.state === 'shortlisted';
}

/** The same words, whatever their capitals, accents' encoding and spaces: '  E-Bikes ' and 'e-bikes' are one. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
