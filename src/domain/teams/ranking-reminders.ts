// When people who have not ranked are reminded: an organiser presses, and the rules say whom and when.

/** E-mails that ask one person to rank, in one season. */
export const mostRankingReminders = 2;

/** Days between two of them. */
const daysBetween = 2;

/** Whether somebody may be reminded (again), by the moments of the e-mails before. */
export function mayRemind(before: readonly Temporal.Instant[], now: Temporal.Instant): boolean {
  if (before.length >= mostRankingReminders) return false;
  const soonest = now.subtract({ hours: 24 * daysBetween });
  return before.every((at) => Temporal.Instant.compare(at, soonest) <= 0);
}
