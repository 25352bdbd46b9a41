// Drafts whose date comes near while nobody has been invited.

/** Days before an event at which a draft of it needs its organiser: invitations want about three weeks. */
const daysAhead = 21;

/** The wall time up to which drafts are looked for: on all clocks it is so many days ahead at least. */
export function draftsUntil(now: Temporal.Instant): string {
  return now
    .toZonedDateTimeISO('UTC')
    .add({ days: daysAhead + 1 })
    .toPlainDate()
    .toString();
}

/** Days until a draft's date on its own calendar, below 0 where it has passed; null while it is not near. */
export function daysToDraft(
  { startsAt, timeZone }: { startsAt: string; timeZone: string },
  now: Temporal.Instant,
): number | null {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const { days } = today.until(Temporal.PlainDate.from(startsAt), { largestUnit: 'days' });
  return days <= daysAhead ? days : null;
}
