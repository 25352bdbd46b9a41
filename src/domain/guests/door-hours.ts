// The door of an event opens on its day: 12 hours before the beginning until 36 hours after the end.
import { endOf, startOf, type Timed } from '../events/times.ts';

const opensBefore = Temporal.Duration.from({ hours: 12 });
const closesAfter = Temporal.Duration.from({ hours: 36 });

/** Hours that a press may take to reach us, from a phone without a connection. */
export const mostHoursLate = 12;

/** Returns between which moments people can be checked in. */
export function doorHours(event: Timed): { opens: Temporal.Instant; closes: Temporal.Instant } {
  return { opens: startOf(event).subtract(opensBefore), closes: endOf(event).add(closesAfter) };
}
