// Days on which nobody is asked or reminded: weekends and public holidays.

/** Says whether a day is a public holiday in some zone. */
export type DaysOff = (day: Temporal.PlainDate) => boolean;

/** Saturday or Sunday. */
export const isWeekendDay = ({ dayOfWeek }: { dayOfWeek: number }) => dayOfWeek > 5;

/** Neither a weekend nor a public holiday. */
export function isWorkingDay(day: Temporal.PlainDate, isOff: DaysOff): boolean {
  return !isWeekendDay(day) && !isOff(day);
}

/** That day, or the last working day before it. */
export function workingDayUpTo(day: Temporal.PlainDate, isOff: DaysOff): Temporal.PlainDate {
  let last = day;
  while (!isWorkingDay(last, isOff)) last = last.subtract({ days: 1 });
  return last;
}

/** Why nobody is asked at this moment there; null on a working day. */
export function whyNoWork(
  at: Temporal.Instant,
  timeZone: string,
  isOff: DaysOff,
): 'weekend' | 'holiday' | null {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate();
  if (isWeekendDay(day)) return 'weekend';
  return isOff(day) ? 'holiday' : null;
}
