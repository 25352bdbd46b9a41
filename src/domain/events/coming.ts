// Says whether something still lies ahead. No clock: the moment comes in.

/** True until the end of the event's day, on the wall clock of its own zone. */
export function isComing(event: { startsAt: string; timeZone: string }, now: Temporal.Instant): boolean {
  const today = now.toZonedDateTimeISO(event.timeZone).toPlainDate();
  return Temporal.PlainDate.compare(Temporal.PlainDateTime.from(event.startsAt).toPlainDate(), today) >= 0;
}

/** Returns a day, 'YYYY-MM-DD', before which everything is over in every time zone. */
export const overEverywhereBefore = (now: Temporal.Instant) =>
  now.subtract({ hours: 48 }).toString().slice(0, 10);

/** Returns a wall time, to the minute: events that start before it have begun in every time zone. */
export const begunEverywhereBefore = (now: Temporal.Instant) =>
  now.subtract({ hours: 24 }).toString().slice(0, 16);

/** 'Friday 4 December': a day nobody needs the year of. Takes a date or a wall time. */
export function formatNearDay(day: string, locale: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.toLocaleString(locale, { weekday: 'long' })} ${date.toLocaleString(locale, { day: 'numeric', month: 'long' })}`;
}
