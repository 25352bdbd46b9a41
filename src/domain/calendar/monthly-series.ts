// A meeting that comes back every month, always at the same hour on the wall clock. No clock, no zone.
import type { WallTime } from '../events/wall-time.ts';

/**
 * Day of the month: the first to fourth or the last of a weekday (1 Monday to 7 Sunday), or a day 1 to 28 or the last (-1).
 * A fifth weekday is not offered: Exchange keeps 5 as "last"; nor are days 29 to 31, which some calendars skip and others move.
 */
export type MonthlyDay = { weekday: number; nth: 1 | 2 | 3 | 4 | -1 } | { day: number };

/** The first meeting, the day it comes back on, how often in all (2 to 60), and the meetings left out. */
export interface MonthlySeries {
  start: WallTime;
  on: MonthlyDay;
  times: number;
  leftOut: readonly WallTime[];
}

const MOST_TIMES = 60;

/** All meetings but those left out, as wall times in order; throws RangeError for a series that calendars would read differently. */
export function meetingsOf(series: MonthlySeries): WallTime[] {
  const all = everyMeeting(series);
  const unknown = series.leftOut.find((start) => !all.includes(start));
  if (unknown) throw new RangeError(`${unknown} is not one of the series`);
  return all.filter((start) => !series.leftOut.includes(start));
}

/** The same, those left out included: what their numbers and the last one are counted by. */
export function everyMeeting({ start, on, times }: MonthlySeries): WallTime[] {
  refuseStrange(on);
  if (!Number.isInteger(times) || times < 2 || times > MOST_TIMES)
    throw new RangeError(`A series has 2 to ${MOST_TIMES} meetings, not ${times}`);
  const first = Temporal.PlainDateTime.from(start);
  const months = Array.from({ length: times }, (_, n) =>
    first.toPlainDate().toPlainYearMonth().add({ months: n }),
  );
  const meetings = months.map((month) =>
    dayIn(month, on).toPlainDateTime(first.toPlainTime()).toString({ smallestUnit: 'minute' }),
  );
  if (meetings[0] !== start) throw new RangeError(`${start} is not on the day the series comes back on`);
  return meetings;
}

/**
 * The days of a month's meetings from a month on, 'YYYY-MM-DD' each, those on or before `after` left out; throws RangeError
 * for a day of the month that calendars would read differently.
 */
export function monthlyDays(
  on: MonthlyDay,
  { from, times, after }: { from: Temporal.PlainYearMonth; times: number; after: Temporal.PlainDate },
): string[] {
  refuseStrange(on);
  const isLate = Temporal.PlainDate.compare(dayIn(from, on), after) <= 0;
  const first = isLate ? from.add({ months: 1 }) : from;
  return Array.from({ length: times }, (_, n) => dayIn(first.add({ months: n }), on).toString());
}

function refuseStrange(on: MonthlyDay): void {
  const isFine =
    'day' in on
      ? on.day === -1 || (Number.isInteger(on.day) && on.day >= 1 && on.day <= 28)
      : [1, 2, 3, 4, 5, 6, 7].includes(on.weekday) && [1, 2, 3, 4, -1].includes(on.nth);
  if (!isFine) throw new RangeError(`Calendars do not agree on ${JSON.stringify(on)} of a month`);
}

function dayIn(month: Temporal.PlainYearMonth, on: MonthlyDay): Temporal.PlainDate {
  const last = month.toPlainDate({ day: month.daysInMonth });
  if ('day' in on) return on.day === -1 ? last : month.toPlainDate({ day: on.day });
  if (on.nth === -1) return last.subtract({ days: (last.dayOfWeek - on.weekday + 7) % 7 });
  const first = month.toPlainDate({ day: 1 });
  return first.add({ days: ((on.weekday - first.dayOfWeek + 7) % 7) + 7 * (on.nth - 1) });
}
