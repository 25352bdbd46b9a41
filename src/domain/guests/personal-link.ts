// A personal link opens its event for its guest until 14 days after the event.
import { endOf, type Timed } from '../events/times.ts';

const linkLasts = Temporal.Duration.from({ hours: 14 * 24 });

/** Says whether the personal links of an event no longer open its pages. */
export function linkHasEnded(event: Timed, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, endOf(event).add(linkLasts)) > 0;
}
