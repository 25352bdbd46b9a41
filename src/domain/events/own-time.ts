// An event's times on the clock of somebody in another zone.
import { formatDay, span, type WhenFacts, zoneLabel } from './wall-time.ts';

const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });

/** Says whether both zones show the same day and clock from the beginning of an event to its end. */
export function isSameClock(when: WhenFacts, timeZone: string): boolean {
  const { start, end } = span(when);
  return [start, end].every((at) => at.toPlainDateTime().equals(at.withTimeZone(timeZone).toPlainDateTime()));
}

/**
 * 'Thursday 10 December 2026, 10:00–12:15' on the clock of that zone, both days where it ends on another one; null where
 * it shows the same as the event's own.
 */
export function timesIn(when: WhenFacts, timeZone: string, locale: string): string | null {
  if (isSameClock(when, timeZone)) return null;
  const { start, end } = span(when);
  const [from, to] = [start.withTimeZone(timeZone), end.withTimeZone(timeZone)];
  const [first, last] = [from, to].map((at) => formatDay(at.toPlainDate().toString(), locale));
  return first === last
    ? `${first}, ${clock(from)}–${clock(to)}`
    : `${first}, ${clock(from)} – ${last}, ${clock(to)}`;
}

/** The city of a zone as people say it: 'New York'. */
export const cityOf = (timeZone: string): string => zoneLabel(timeZone).split('/').at(-1)!;
