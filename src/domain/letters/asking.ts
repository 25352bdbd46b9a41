// When an e-mail that asks one person for something leaves, beside all others that ask them.
import { type DaysOff, isWorkingDay } from '../events/working-days.ts';

/** The hour on the wall clock at which an e-mail leaves that was put off to another day. */
const morning = 9;

/** At most so many e-mails that ask one person for something leave on seven days in a row, one a day. */
export const mostAWeek = 3;
const daysOfWeek = 7;

/** Moment from which earlier e-mails count for a turn at `now`. */
export const countedSince = (now: Temporal.Instant) => now.subtract({ hours: 24 * (daysOfWeek + 1) });

export interface Asked {
  /** Zone of the person, whose days and public holidays count. */
  timeZone: string;
  isOff: DaysOff;
  /** When they were asked for something before, over all of Flipside. */
  asked: readonly Temporal.Instant[];
}

/**
 * Returns when an e-mail that asks may leave: at once, or at nine on the first working day on which this person was asked for
 * nothing, and for less than three things on the seven days up to it.
 */
export function nextTurn(now: Temporal.Instant, { timeZone, isOff, asked }: Asked): Temporal.Instant {
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate();
  const days = asked.map(dayOf);
  const isFree = (day: Temporal.PlainDate) =>
    isWorkingDay(day, isOff) &&
    !days.some((other) => other.equals(day)) &&
    days.filter((other) => isWithinWeek(other, day)).length < mostAWeek;
  const today = dayOf(now);
  if (isFree(today)) return now;
  let day = today.add({ days: 1 });
  while (!isFree(day)) day = day.add({ days: 1 });
  return day.toZonedDateTime({ timeZone, plainTime: { hour: morning } }).toInstant();
}

function isWithinWeek(other: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const { days } = other.until(day);
  return days >= 0 && days < daysOfWeek;
}

/** Letter that waits to ask a person, as far as its order matters. */
export interface WaitingToAsk {
  id: number;
  /** A mail server may have seen it, or its turn has come: it goes on alone, with the same bytes. */
  isOnItsWay: boolean;
}

/**
 * Chooses which of what waits for one person takes their turn: all of it, in one e-mail, unless one is on its way already.
 */
export function takesTurn<One extends WaitingToAsk>(waiting: readonly One[]): { go: One[]; wait: One[] } {
  const begun = waiting.find(({ isOnItsWay }) => isOnItsWay);
  if (!begun) return { go: [...waiting], wait: [] };
  return { go: [begun], wait: waiting.filter((one) => one !== begun) };
}

/**
 * When a reminder leaves that an organiser presses for: at once, or at nine on the next working day where today is none, or
 * where this person was asked for something today already.
 */
export function reminderLeaves(
  now: Temporal.Instant,
  timeZone: string,
  { askedToday, isOff }: { askedToday: boolean; isOff: DaysOff },
): Temporal.Instant {
  return nextTurn(now, { timeZone, isOff, asked: askedToday ? [now] : [] });
}
