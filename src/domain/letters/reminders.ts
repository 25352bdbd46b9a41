// Letters that go out by the clock around an event: kinds, moments and recipients. Values in, moments out: no clock in
// here.
import type { RsvpState } from '../events/changes.ts';
import { instantOf, type WallTime } from '../events/wall-time.ts';
import { type DaysOff, whyNoWork, workingDayUpTo } from '../events/working-days.ts';

export const plannedKinds = [
  'answer-first',
  'answer-second',
  'maybe',
  'host',
  'tables',
  'tables-again',
  'coming',
  'today',
] as const;
export type PlannedKind = (typeof plannedKinds)[number];

/** The kinds of letter they become: none for a guest who answered or was uninvited, or of a cancelled event. */
export const reminderKinds = ['reminder', 'preparation', 'host-table', 'see-you-soon', 'today'] as const;
export type ReminderLetterKind = (typeof reminderKinds)[number];

const letterKinds: Record<PlannedKind, ReminderLetterKind> = {
  'answer-first': 'reminder',
  'answer-second': 'reminder',
  maybe: 'reminder',
  host: 'preparation',
  tables: 'host-table',
  'tables-again': 'host-table',
  coming: 'see-you-soon',
  today: 'today',
};

/** The kind of letter that a planned reminder writes. */
export function letterKindOf(kind: PlannedKind): ReminderLetterKind {
  return letterKinds[kind];
}

export interface RemindedEvent {
  startsAt: WallTime;
  timeZone: string;
  /** 'YYYY-MM-DD', or null: then people may answer until the day itself. */
  answerBy: string | null;
  /** Until when hosts prepare: 'YYYY-MM-DD', or null where nothing is to be prepared. */
  prepareBy: string | null;
  publishedAt: Temporal.Instant;
  /** True where people sit at tables that hosts have. */
  hasTables?: boolean;
}

export interface Planned {
  kind: PlannedKind;
  at: Temporal.Instant;
  /** Sent later than this it would be of no use, so it is let pass. */
  goodUntil: Temporal.Instant;
}

/** At most that many letters ask one person for their answer to one event. */
export const mostAsked = 2;
const daysBetweenAsking = 2;
const morning = Temporal.PlainTime.from('08:30');
const fridayAfternoon = Temporal.PlainTime.from('16:00');
/** Days before an event on which hosts hear who sits with them, and on which they hear what changed since. */
const [daysToTables, daysToChanges] = [3, 1];

/** The day by which hosts have prepared: so many days before the event; null for none. */
export function prepareByOf(startsAt: WallTime, days: number): string | null {
  return days > 0 ? Temporal.PlainDate.from(startsAt).subtract({ days }).toString() : null;
}

/**
 * All that goes out by itself, the earliest first: 14, 7 or 2 days before the deadline to those without an answer (the
 * first two that leave two days after the invitation), 3 days before it to the unsure, 3 days before theirs to hosts, 3
 * days and the afternoon before the event to hosts of tables, and 2 days and 2 hours before the start to those coming. What falls on a weekend or a public
 * holiday goes out on the last working day before.
 */
export function plannedReminders(event: RemindedEvent, isOff: DaysOff = () => false): Planned[] {
  const { publishedAt } = event;
  const start = instantOf(event.startsAt, event.timeZone);
  const after = (hours: number) => publishedAt.add({ hours });
  const fits = (soonest: Temporal.Instant) => (one: Planned) =>
    isBefore(one.at, start) && !isBefore(one.at, soonest) && isBefore(one.at, one.goodUntil);
  const ask = asking(event, start, isOff);
  const all = [
    ...[14, 7, 2]
      .map((days) => ask('answer-first', days))
      .filter(fits(after(48)))
      .slice(0, mostAsked)
      .map((one, i) => ({ ...one, kind: i === 0 ? ('answer-first' as const) : ('answer-second' as const) })),
    ...[ask('maybe', 3)].filter(fits(after(24))),
    ...preparing(event, isOff).filter(fits(after(24))),
    ...seating(event, start, isOff),
    ...comingSoon(event, start, isOff).filter(fits(publishedAt)),
  ];
  return all.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? a : b);

function asking({ startsAt, timeZone, answerBy }: RemindedEvent, start: Temporal.Instant, isOff: DaysOff) {
  const deadline = Temporal.PlainDate.from(answerBy ?? startsAt);
  const closes = earlier(endOf(deadline, timeZone), start);
  return (kind: PlannedKind, days: number): Planned => {
    const at = working(deadline.subtract({ days }), timeZone, morning, isOff);
    return { kind, at, goodUntil: earlier(closes, at.add({ hours: 24 * 4 })) };
  };
}

function preparing({ prepareBy, timeZone }: RemindedEvent, isOff: DaysOff): Planned[] {
  if (prepareBy === null) return [];
  const day = Temporal.PlainDate.from(prepareBy);
  const at = working(day.subtract({ days: 3 }), timeZone, morning, isOff);
  return [{ kind: 'host', at, goodUntil: endOf(day, timeZone) }];
}

/** Plans what hosts hear of their table. Late is better than never: where its day is over, it is due with the invitations. */
function seating(
  { startsAt, timeZone, publishedAt, hasTables }: RemindedEvent,
  start: Temporal.Instant,
  isOff: DaysOff,
) {
  if (!hasTables) return [];
  const on = (days: number, at: Temporal.PlainTime) =>
    working(Temporal.PlainDate.from(startsAt).subtract({ days }), timeZone, at, isOff);
  const first = on(daysToTables, morning);
  const told = isBefore(first, publishedAt) ? publishedAt : first;
  const again = on(daysToChanges, fridayAfternoon);
  return [
    { kind: 'tables' as const, at: told, goodUntil: start },
    { kind: 'tables-again' as const, at: again, goodUntil: start },
  ].filter(({ kind, at }) => isBefore(at, start) && (kind === 'tables' || isBefore(told, at)));
}

/** Says whether a planned letter tells who sits at a table: it waits until a plan is published. */
export function tellsTables(kind: PlannedKind): boolean {
  return kind === 'tables' || kind === 'tables-again';
}

function comingSoon({ timeZone }: RemindedEvent, start: Temporal.Instant, isOff: DaysOff): Planned[] {
  const starts = start.toZonedDateTimeISO(timeZone);
  const before = starts.subtract({ days: 2 });
  const twoHours = starts.subtract({ hours: 2 });
  const coming = working(before.toPlainDate(), timeZone, before.toPlainTime(), isOff);
  const today =
    whyNoWork(twoHours.toInstant(), timeZone, isOff) !== null
      ? working(twoHours.toPlainDate(), timeZone, fridayAfternoon, isOff)
      : twoHours.toInstant();
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate();
  return [
    // Two letters on one Friday would say the same: the one with the table and the link stays.
    ...(dayOf(coming).equals(dayOf(today))
      ? []
      : [{ kind: 'coming' as const, at: coming, goodUntil: start.subtract({ hours: 12 }) }]),
    { kind: 'today', at: today, goodUntil: start },
  ];
}

/** That day at that time on the wall, or the last working day before. */
function working(
  day: Temporal.PlainDate,
  timeZone: string,
  plainTime: Temporal.PlainTime,
  isOff: DaysOff,
): Temporal.Instant {
  return workingDayUpTo(day, isOff).toZonedDateTime({ timeZone, plainTime }).toInstant();
}

function endOf(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
}

/** Whether a planned letter is due now: its moment has come, it is still of use, and it is a working day there. */
export function isDue(
  planned: Planned,
  now: Temporal.Instant,
  timeZone: string,
  isOff: DaysOff = () => false,
): boolean {
  const isTime = !isBefore(now, planned.at) && isBefore(now, planned.goodUntil);
  return isTime && whyNoWork(now, timeZone, isOff) === null;
}

/** Whether its time went by without it. */
export function isTooLate(planned: Planned, now: Temporal.Instant): boolean {
  return !isBefore(now, planned.goodUntil);
}

/** Says whether a planned letter goes to people with this answer; none goes to people who said no. */
export function isMeantFor(kind: PlannedKind, state: RsvpState, hosts: boolean): boolean {
  if (kind === 'maybe') return state === 'maybe';
  if (kind === 'host') return hosts && (state === 'invited' || state === 'coming' || state === 'maybe');
  if (tellsTables(kind)) return hosts && (state === 'coming' || state === 'maybe');
  if (kind === 'coming' || kind === 'today') return state === 'coming';
  return state === 'invited';
}

/** Whether one more letter may ask this person: at most two per event, two days apart. */
export function mayBeAsked(asked: readonly Temporal.Instant[], now: Temporal.Instant): boolean {
  const gap = now.subtract({ hours: 24 * daysBetweenAsking });
  return asked.length < mostAsked && asked.every((at) => !isBefore(gap, at));
}

export interface WrittenReminder {
  kind: ReminderLetterKind;
  /** The answer it was written to. */
  answer: RsvpState;
  start: WallTime;
  timeZone: string;
}

/** Whether a reminder that still waits may go out: the answer it was written to stands, and the event is where it was. */
export function isStillTrue(
  letter: WrittenReminder,
  event: { state: string; startsAt: WallTime; timeZone: string },
  answer: RsvpState,
  now: Temporal.Instant,
): boolean {
  const start = instantOf(event.startsAt, event.timeZone);
  if (event.state !== 'published' || !start.equals(instantOf(letter.start, letter.timeZone))) return false;
  if (!isBefore(now, start)) return false;
  if (letter.kind === 'preparation') return answer !== 'declined' && answer !== 'uninvited';
  return answer === letter.answer;
}
