// Dates offered for an event: by a rule or one by one, and until when people can answer.
import { instantOf, placeInZone, type WallTime } from '../events/wall-time.ts';
import { linkDays } from '../letters/season-links.ts';

/** Dates of one event that people are asked about, at most and at least. */
export const mostDates = 20;
export const fewestDates = 2;
/** Days to answer that are proposed. */
export const usualDays = 7;
/** Days a rule may run over. */
const longestRule = 366;

/** 'Tuesdays and Thursdays at 12:00 in March': days of the week from 1, Monday, to 7. */
export interface DateRule {
  weekdays: readonly number[];
  /** 'HH:MM'. */
  at: string;
  /** First and last day, 'YYYY-MM-DD'. */
  from: string;
  until: string;
}

/** Every date the rule gives, in order; none where its last day is before its first or more than a year later. */
export function datesByRule({ weekdays, at, from, until }: DateRule): WallTime[] {
  const last = Temporal.PlainDate.from(until);
  const dates: WallTime[] = [];
  let day = Temporal.PlainDate.from(from);
  for (let n = 0; n < longestRule && Temporal.PlainDate.compare(day, last) <= 0; n += 1) {
    if (weekdays.includes(day.dayOfWeek)) dates.push(`${day.toString()}T${at}`);
    day = day.add({ days: 1 });
  }
  return dates;
}

/** Reason why dates cannot be offered, with the field it concerns. */
export type OfferProblem =
  | { field: 'date'; problem: 'few' | 'many' | 'past' | 'no-such-time' }
  | { field: 'answerBy'; problem: 'past' | 'too-late' | 'too-long' };

/** Looks at all dates that would then be offered, and the last day to answer; null where they can be. */
export function offerProblem(
  dates: readonly WallTime[],
  answerBy: string,
  timeZone: string,
  now: Temporal.Instant,
): OfferProblem | null {
  if (dates.length < fewestDates) return { field: 'date', problem: 'few' };
  if (dates.length > mostDates) return { field: 'date', problem: 'many' };
  if (dates.some((at) => !placeInZone(at, timeZone).ok)) return { field: 'date', problem: 'no-such-time' };
  if (dates.some((at) => Temporal.Instant.compare(instantOf(at, timeZone), now) <= 0))
    return { field: 'date', problem: 'past' };
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const last = Temporal.PlainDate.from(answerBy);
  if (Temporal.PlainDate.compare(last, today) <= 0) return { field: 'answerBy', problem: 'past' };
  const first = Temporal.PlainDate.from([...dates].sort()[0]!.slice(0, 10));
  if (Temporal.PlainDate.compare(last, first) >= 0) return { field: 'answerBy', problem: 'too-late' };
  return today.until(last).days > linkDays ? { field: 'answerBy', problem: 'too-long' } : null;
}

/** The last day to answer that is proposed: in a week, but before the first date. */
export function proposedDay(dates: readonly WallTime[], timeZone: string, now: Temporal.Instant): string {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const week = today.add({ days: usualDays });
  const [first] = [...dates].sort();
  if (first === undefined) return week.toString();
  const before = Temporal.PlainDate.from(first.slice(0, 10)).subtract({ days: 1 });
  return Temporal.PlainDate.compare(before, week) < 0 ? before.toString() : week.toString();
}

/** Whether people can still answer on this day, in the event's zone. */
export function isPollOpen(answerBy: string, timeZone: string, now: Temporal.Instant): boolean {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().toString() <= answerBy;
}
