// When an e-mail that asks one person for something leaves, beside all others that ask them.
import { isWeekendDay } from './reminders.ts';

/** The hour on the wall clock at which an e-mail leaves that would fall on a weekend or a second one of a day. */
const morning = 9;

/**
 * When the reminder leaves: at once, or at nine on the next working day where it is a weekend, or where this person was
 * asked for something today already.
 */
export function reminderLeaves(
  now: Temporal.Instant,
  timeZone: string,
  { askedToday }: { askedToday: boolean },
): Temporal.Instant {
  const local = now.toZonedDateTimeISO(timeZone);
  let day = local.toPlainDate();
  if (!askedToday && !isWeekendDay(day)) return now;
  do day = day.add({ days: 1 });
  while (isWeekendDay(day));
  return day.toZonedDateTime({ timeZone, plainTime: { hour: morning } }).toInstant();
}
