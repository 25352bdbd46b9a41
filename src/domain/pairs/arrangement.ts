// How a round of pairs is arranged: how many meetings, how long they have to answer, and what is usual.
import { type DaysOff, isWorkingDay } from '../events/working-days.ts';

/** Usual values of a new round: six meetings of 50 minutes in six months. */
export const usualRound = { meetings: 6, minutes: 50, months: 6 } as const;

/** Bounds of a round. */
export const roundBounds = {
  meetings: { least: 1, most: 24 },
  minutes: { least: 15, most: 180 },
  months: { least: 1, most: 12 },
} as const;

/** Working days in which somebody says yes to a partner, or no thank you. */
const daysToAnswer = 3;

/** The hour on the wall clock at which the last of them ends. */
const endOfDay = 18;

/** Returns until when an answer counts: three working days later, at 18:00. */
export function answerBy(published: Temporal.Instant, timeZone: string, isOff: DaysOff): Temporal.Instant {
  let day = published.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let left = daysToAnswer; left > 0; ) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day, isOff)) left -= 1;
  }
  return day.toZonedDateTime({ timeZone, plainTime: { hour: endOfDay } }).toInstant();
}

/** Returns the state of a pair by the answers so far. */
export function stateAfter(answers: readonly ('yes' | 'no' | null)[]): 'asked' | 'running' | 'ended' {
  if (answers.includes('no')) return 'ended';
  return answers.every((answer) => answer === 'yes') ? 'running' : 'asked';
}
