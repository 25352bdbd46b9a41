// Meetings of a pair: times that all can, what a meeting is about, and the count of held, moved and cancelled ones.
import { type DaysOff, isWorkingDay } from '../events/working-days.ts';

/** Times that the others may press in place of the one that was chosen, until then. */
export interface OtherTimes {
  /** Person who chose the time that stands. */
  by: number;
  /** Wall times. */
  starts: string[];
  /** Instant. */
  until: string;
}

/** Times offered for one meeting. */
export const timesOffered = 3;

/** Days in which the other may press another of the times. */
const daysToPressAnother = 2;

/** Returns until when another time may be pressed. */
export const otherTimesUntil = (now: Temporal.Instant): Temporal.Instant =>
  now.add({ hours: 24 * daysToPressAnother });

/** Hours at which meetings are offered, the favoured first. */
const hoursOffered = ['10:00', '14:00', '09:00', '13:00', '11:00', '15:00', '16:00', '08:00', '12:00'];

/** The working day within which everyone's own clock must be, in minutes after midnight. */
const workingDay = { from: 8 * 60, to: 18 * 60 };

/** Days that are looked at, at most. */
const daysLookedAt = 30;

/** Time in which a person has something else. */
export interface Busy {
  from: Temporal.Instant;
  to: Temporal.Instant;
}

/** A person of the pair: the days they stated (Monday 1 to Friday 5; none: all), their clock, and what else they have. */
export interface MeetingPerson {
  days: readonly number[];
  timeZone: string;
  busy: readonly Busy[];
}

export interface TimesWanted {
  /** First day that is looked at. */
  from: Temporal.PlainDate;
  minutes: number;
  timeZone: string;
  isOff: DaysOff;
  /** Nothing before this moment. */
  after: Temporal.Instant;
  /** Wall times not to be offered again. */
  but?: readonly string[];
}

/**
 * Finds times that all can, on different days, as wall times in order: on working days that suit everyone, within everyone's
 * own working day, beside nothing else they have. Fewer, or none, where there are not so many.
 */
export function timesForAll(people: readonly MeetingPerson[], wanted: TimesWanted): string[] {
  const found: string[] = [];
  for (let n = 0; n < daysLookedAt && found.length < timesOffered; n += 1) {
    const day = wanted.from.add({ days: n });
    if (!isWorkingDay(day, wanted.isOff) || !people.every((one) => suits(one, day))) continue;
    // Another hour each time, so that three offers do not all fall on one hour that is bad.
    const hours = hoursOffered.slice(found.length).concat(hoursOffered.slice(0, found.length));
    const start = hours
      .map((hour) => `${day}T${hour}`)
      .find((wall) => !wanted.but?.includes(wall) && isFreeForAll(people, wall, wanted));
    if (start) found.push(start);
  }
  return found;
}

const suits = ({ days }: MeetingPerson, { dayOfWeek }: Temporal.PlainDate) =>
  days.length === 0 || days.includes(dayOfWeek);

/** Says whether all can at this wall time: see `timesForAll`. An hour that the clock skips or repeats is no time. */
export function isFreeForAll(
  people: readonly MeetingPerson[],
  wall: string,
  { minutes, timeZone, after }: Pick<TimesWanted, 'minutes' | 'timeZone' | 'after'>,
): boolean {
  const plain = Temporal.PlainDateTime.from(wall);
  const [early, late] = (['earlier', 'later'] as const).map((disambiguation) =>
    plain.toZonedDateTime(timeZone, { disambiguation }),
  );
  if (!early!.equals(late!) || Temporal.Instant.compare(early!.toInstant(), after) < 0) return false;
  const from = early!.toInstant();
  const to = from.add({ minutes });
  return people.every((one) => isWithinDay(one.timeZone, from, minutes) && !isBusy(one.busy, from, to));
}

function isWithinDay(timeZone: string, from: Temporal.Instant, minutes: number): boolean {
  const { hour, minute } = from.toZonedDateTimeISO(timeZone);
  const begin = hour * 60 + minute;
  return begin >= workingDay.from && begin + minutes <= workingDay.to;
}

const isBusy = (busy: readonly Busy[], from: Temporal.Instant, to: Temporal.Instant) =>
  busy.some(
    (one) => Temporal.Instant.compare(one.from, to) < 0 && Temporal.Instant.compare(from, one.to) < 0,
  );

/** A meeting as the ledger counts it. */
export interface Counted {
  state: 'open' | 'planned' | 'cancelled' | 'missed';
  isMoved: boolean;
  isOver: boolean;
}

/** State of a meeting for its readers: one that was planned counts as held once it is over. */
export const ledgerState = ({ state, isOver }: Counted) =>
  state === 'planned' ? (isOver ? 'held' : 'ahead') : state;

/** Counts the meetings of a pair; `moved` are those held on another date than the first one. */
export function countsOf(meetings: readonly Counted[]) {
  const states = meetings.map((one) => ({ ...one, state: ledgerState(one) }));
  const among = (...wanted: string[]) => states.filter(({ state }) => wanted.includes(state));
  return {
    held: among('held').length,
    moved: among('held').filter(({ isMoved }) => isMoved).length,
    missed: among('missed').length,
    cancelled: among('cancelled').length,
    ahead: among('ahead', 'open').length,
  };
}

/** Says whether nothing of the arrangement lies ahead any more. */
export const isDone = (meetings: readonly Counted[]): boolean =>
  meetings.length > 0 && countsOf(meetings).ahead === 0;

/** The talk a meeting begins with, by its place among those that are not cancelled, from 1. */
export function talkOf(place: number, meetings: number): 'first' | 'middle' | 'closing' | null {
  if (place === 1) return 'first';
  if (place === meetings) return 'closing';
  return meetings > 2 && place === Math.ceil(meetings / 2) ? 'middle' : null;
}

/**
 * Returns the first day on which a meeting is looked for: so many months after the first day as its place in the arrangement
 * gives, never sooner than the second day from today, nor within a week of the one before.
 */
export function firstDayFor(
  { startsOn, months, meetings }: { startsOn: string; months: number; meetings: number },
  { place, today, before }: { place: number; today: Temporal.PlainDate; before: string },
): Temporal.PlainDate {
  const daysBetween = Math.floor((months * 30) / meetings);
  const after = before ? Temporal.PlainDateTime.from(before).toPlainDate().add({ days: 7 }) : today;
  return [
    Temporal.PlainDate.from(startsOn).add({ days: daysBetween * (place - 1) }),
    today.add({ days: 2 }),
    after,
  ]
    .toSorted(Temporal.PlainDate.compare)
    .at(-1)!;
}

/** Letters of a place. */
export const placeLength = 120;
