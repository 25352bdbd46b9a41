// When a changed event is a new revision that guests must hear of (RFC 5546 2.1.4, RFC 5545 3.8.7.4).
import type { WallTime } from './wall-time.ts';

/** The facts of an event that a guest's calendar depends on. */
export interface CalendarRelevant {
  start: WallTime;
  minutes: number;
  timeZone: string;
  location: string;
  cancelled: boolean;
}

/** True where time, length, zone, place or state differ: SEQUENCE rises and guests get a letter. Other edits are cosmetic. */
export function isNewRevision(before: CalendarRelevant, after: CalendarRelevant): boolean {
  return (
    before.start !== after.start ||
    before.minutes !== after.minutes ||
    before.timeZone !== after.timeZone ||
    before.location.trim() !== after.location.trim() ||
    before.cancelled !== after.cancelled
  );
}

/** The SEQUENCE after an edit: one more for a new revision and for every cancellation, else the same. */
export function nextSequence(sequence: number, before: CalendarRelevant, after: CalendarRelevant): number {
  return isNewRevision(before, after) ? sequence + 1 : sequence;
}
