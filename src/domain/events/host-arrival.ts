// How long before an event its hosts are there: to find their table, or for a sound check.
import { startOf, type Timed } from './times.ts';

const minutesBefore: Record<string, number> = { tables: 15, room: 15, panel: 30 };

/** Returns when hosts are to be there, on the wall clock of the event. */
export function hostsArriveAt(event: Timed & { shape: string }): Temporal.ZonedDateTime {
  const minutes = minutesBefore[event.shape] ?? 0;
  return startOf(event).subtract({ minutes }).toZonedDateTimeISO(event.timeZone);
}
