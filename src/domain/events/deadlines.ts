// Deadlines of an event are so many days before it, until somebody types a date; then that date stands.
import type { WallTime } from './wall-time.ts';

/** The day so many days before an event, 'YYYY-MM-DD' on its own calendar. */
export function daysBefore(startsAt: WallTime, days: number): string {
  return Temporal.PlainDate.from(startsAt).subtract({ days }).toString();
}

/** A deadline, and of how many days before the event it is; null where somebody typed the day. */
export interface Deadline {
  day: string | null;
  days: number | null;
}

/** The deadline of a saved form: one that was left as it stood follows the event's date, one that was typed stands. */
export function savedDeadline(before: Deadline, typed: string | null, startsAt: WallTime): Deadline {
  if (typed !== before.day) return { day: typed, days: null };
  return before.days === null ? before : { day: daysBefore(startsAt, before.days), days: before.days };
}

/** Whether a deadline has passed on the event's own calendar; on the day itself it has not. */
export function isPast(day: string | null, timeZone: string, now: Temporal.Instant): boolean {
  return day !== null && day < now.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** A day that would do in place of a deadline that has passed: the usual one, else half-way to the event. */
export function proposedDeadline(
  event: { startsAt: WallTime; timeZone: string },
  days: number,
  now: Temporal.Instant,
): string {
  const today = now.toZonedDateTimeISO(event.timeZone).toPlainDate();
  const usual = daysBefore(event.startsAt, days);
  if (usual > today.toString()) return usual;
  const left = today.until(Temporal.PlainDate.from(event.startsAt), { largestUnit: 'days' }).days;
  return today.add({ days: Math.floor(Math.max(0, left) / 2) }).toString();
}
