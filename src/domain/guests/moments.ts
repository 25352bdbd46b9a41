// How exactly organisers see when a guest did something. Beside questions without a name, a minute would say too much.
import { publishingHours } from '../questions/nameless.ts';

/**
 * Whether organisers see the time of day of a guest's act, or its day alone. Where guests can ask without a name it is
 * the day, but for a seat given back within 48 hours of the event, which somebody has to act on.
 */
export function showsTime(event: { namelessAsking: boolean }, act: { late?: boolean } = {}): boolean {
  return !event.namelessAsking || act.late === true;
}

/**
 * The next publishing hour of the event's own day, at which organisers are told what guests did, so that the e-mail tells
 * no minute; never before `now`.
 */
export function nextTellingHour(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const day = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const hours = [day, day.add({ days: 1 })].flatMap((date) =>
    publishingHours.map((hour) => date.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant()),
  );
  return hours.find((hour) => Temporal.Instant.compare(hour, now) >= 0)!;
}

/** Words of a mail server without the times of day in them. */
export function withoutTimes(words: string): string {
  return words.replace(/\b\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\b/g, '…').replace(/\b\d{8}T\d{4,6}Z?\b/g, '…');
}
