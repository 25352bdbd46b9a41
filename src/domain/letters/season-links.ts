// Links of e-mails about a season, each for one person: how long one works.

/** Days for which such a link works. */
export const linkDays = 14;

/** The number of a day in UTC since 1970. */
export const dayNumber = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 86_400_000);

/** Whether a link that was written on this day (a number of days since 1970) still works. */
export function seasonLinkWorks(writtenOn: number, now: Temporal.Instant): boolean {
  const age = dayNumber(now) - writtenOn;
  return age >= 0 && age <= linkDays;
}
