// Changes to an event that its guests must hear of (RFC 5546 2.1.4, calendar.md B2).
import { instantOf } from './wall-time.ts';

/** The facts a guest's calendar shows; wall time 'YYYY-MM-DDTHH:MM', minutes, IANA zone. */
export interface CalendarFacts {
  startsAt: string;
  minutes: number;
  timeZone: string;
  place: string;
  joinUrl: string;
}

export interface Consequence {
  /** Another time: everyone hears of it, also those who could not come then. */
  moved: boolean;
  /** Another place or link at the same time: everyone who may come hears of it. */
  relocated: boolean;
}

/** A new time or place raises SEQUENCE and goes out; everything else only shows in feeds and pages. */
export function consequenceOf(before: CalendarFacts, after: CalendarFacts): Consequence {
  return {
    moved: !isSameTime(before, after),
    relocated: before.place !== after.place || before.joinUrl !== after.joinUrl,
  };
}

type Timed = Pick<CalendarFacts, 'startsAt' | 'minutes' | 'timeZone'>;

/** Says whether both are the same time: only instants decide, so the same moment in another zone is no change. */
export function isSameTime(before: Timed, after: Timed): boolean {
  const [one, other] = [before, after].map(({ startsAt, timeZone }) => instantOf(startsAt, timeZone));
  return before.minutes === after.minutes && one!.equals(other!);
}

export type RsvpState = 'invited' | 'coming' | 'waiting' | 'maybe' | 'declined' | 'uninvited';

/** Says whether a guest with this answer gets the letter about the change. */
export function isToldOf(state: RsvpState, change: Consequence): boolean {
  if (state === 'uninvited') return false;
  if (change.moved) return true;
  return change.relocated && state !== 'declined';
}
