// Wall time and zone: what an organiser types, where it falls, and how people read it. No clock.

/** A time as the wall clock shows it: 'YYYY-MM-DDTHH:MM'. */
export type WallTime = string;

/** When something is: start on the wall clock, length in minutes, IANA zone. */
export interface WhenFacts {
  start: WallTime;
  minutes: number;
  timeZone: string;
}

/** Why a typed time cannot be used; `sentence` is a catalogue key with `{placeholders}` filled from `values`, of which `day` is a wall time. */
export interface WallTimeProblem {
  kind: 'not-a-time' | 'unknown-zone' | 'gap' | 'twice';
  sentence: string;
  values: Record<string, string>;
}

export type PlacedTime = { ok: true; at: Temporal.ZonedDateTime } | { ok: false; problem: WallTimeProblem };

const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const A_ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/** Places a wall time in a zone; hours that a clock change skips or repeats are refused with a sentence. */
export function placeInZone(wall: WallTime, timeZone: string): PlacedTime {
  const plain = readWallTime(wall);
  if (!plain) return refuse('not-a-time', 'Write the date and time like 10 December 2026, 16:00.');
  const zone = readZone(timeZone);
  if (!zone)
    return refuse('unknown-zone', 'Choose a time zone from the list; {zone} is not one.', { zone: timeZone });
  const early = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const late = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (early.epochMilliseconds === late.epochMilliseconds) return { ok: true, at: early };
  const values = { time: clock(plain), day: wall, zone, before: clock(early), after: clock(late) };
  return early.toPlainDateTime().equals(plain) ? refuse('twice', TWICE, values) : refuse('gap', GAP, values);
}

const GAP =
  '{time} does not exist on {day} in {zone}: the clocks go forward. Choose {before} or {after}, or another time.';
const TWICE =
  '{time} comes twice on {day} in {zone}: the clocks go back. Choose a time before or after that hour.';

function refuse(
  kind: WallTimeProblem['kind'],
  sentence: string,
  values: Record<string, string> = {},
): PlacedTime {
  return { ok: false, problem: { kind, sentence, values } };
}

/** The moment of a wall time that was accepted earlier; throws RangeError where `placeInZone` would refuse. */
export function instantOf(wall: WallTime, timeZone: string): Temporal.Instant {
  return zonedStart(wall, timeZone).toInstant();
}

/** First and last moment; the length is counted in real minutes, so it holds across a clock change. */
export function span(when: WhenFacts): { start: Temporal.ZonedDateTime; end: Temporal.ZonedDateTime } {
  if (!Number.isInteger(when.minutes) || when.minutes < 1)
    throw new RangeError('An event lasts at least one minute');
  const start = zonedStart(when.start, when.timeZone);
  return { start, end: start.add({ minutes: when.minutes }) };
}

/** The wall clock at that moment in that zone, to the minute. */
export function wallTimeOf(at: Temporal.Instant, timeZone: string): WallTime {
  return at.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The zone's own spelling ('europe/oslo' is 'Europe/Oslo'; aliases stay); throws RangeError for a zone nobody knows. */
export function zoneName(timeZone: string): string {
  const name = readZone(timeZone);
  if (name) return name;
  throw new RangeError(`Unknown time zone: ${JSON.stringify(timeZone)}`);
}

/** True for a name in the IANA database (aliases too); offsets such as '+02:00' are not zones. */
export function isTimeZone(timeZone: string): boolean {
  return readZone(timeZone) !== undefined;
}

/** 'Thursday 10 December 2026'; takes a wall time or a date, in the reader's language. */
export function formatDay(wall: WallTime, locale: string): string {
  const day = Temporal.PlainDate.from(wall);
  const weekday = formatterOf(locale, 'weekday').format(noonOf(day));
  return [weekday, dayAndMonth(day, locale), String(day.year)].join(' ');
}

/** '10 December': for a subject line, where the year goes without saying. */
export function formatShortDay(wall: WallTime, locale: string): string {
  return dayAndMonth(Temporal.PlainDate.from(wall), locale);
}

/** 'Thu 10 Dec': in a narrow list. */
export function formatNarrowDay(wall: WallTime, locale: string): string {
  return `${formatWeekday(wall, locale)} ${formatDayAndMonth(wall, locale)}`;
}

/** 'Thu': over a day's number. */
export function formatWeekday(wall: WallTime, locale: string): string {
  return formatterOf(locale, 'narrow').format(noonOf(Temporal.PlainDate.from(wall)));
}

function dayAndMonth(day: Temporal.PlainDate, locale: string): string {
  const parts = formatterOf(locale, 'day').formatToParts(noonOf(day));
  const find = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${find('day')} ${find('month')}`;
}

/** 'Dec': for a date leaf. */
export function formatMonth(wall: WallTime, locale: string): string {
  return formatterOf(locale, 'month').format(noonOf(Temporal.PlainDate.from(wall)));
}

/** 'December 2026': over the days of a month. */
export function formatMonthAndYear(wall: WallTime, locale: string): string {
  return formatterOf(locale, 'monthAndYear').format(noonOf(Temporal.PlainDate.from(wall)));
}

/** '10 Nov': where there is little room. */
export function formatDayAndMonth(wall: WallTime, locale: string): string {
  return formatterOf(locale, 'short').format(noonOf(Temporal.PlainDate.from(wall)));
}

const styles = {
  weekday: { weekday: 'long', timeZone: 'UTC' },
  narrow: { weekday: 'short', timeZone: 'UTC' },
  day: { day: 'numeric', month: 'long', timeZone: 'UTC' },
  month: { month: 'short', timeZone: 'UTC' },
  monthAndYear: { month: 'long', year: 'numeric', timeZone: 'UTC' },
  short: { day: 'numeric', month: 'short', timeZone: 'UTC' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making a formatter takes a hundred times as long as using one.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${locale} ${style}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, styles[style]);
  formatters.set(key, known);
  return known;
}

function noonOf(day: Temporal.PlainDate): number {
  return Date.UTC(day.year, day.month - 1, day.day, 12);
}

/** 'Thursday 10 December 2026, 16:00–18:15'; both days are named when it ends on another one. */
export function formatTimes(when: WhenFacts, locale: string): string {
  const { start, end } = span(when);
  const firstDay = formatDay(when.start, locale);
  if (start.toPlainDate().equals(end.toPlainDate())) return `${firstDay}, ${clock(start)}–${clock(end)}`;
  return `${firstDay}, ${clock(start)} – ${formatDay(end.toPlainDate().toString(), locale)}, ${clock(end)}`;
}

/** 'Thursday 10 December 2026, 16:00–18:15 (Europe/Oslo)'. */
export function formatRange(when: WhenFacts, locale: string): string {
  return `${formatTimes(when, locale)} (${zoneLabel(when.timeZone)})`;
}

/** The zone as people read it: 'America/New York'. */
export function zoneLabel(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}

function zonedStart(wall: WallTime, timeZone: string): Temporal.ZonedDateTime {
  const placed = placeInZone(wall, timeZone);
  if (placed.ok) return placed.at;
  throw new RangeError(`${wall} in ${timeZone}: ${placed.problem.kind}`);
}

function readWallTime(wall: WallTime): Temporal.PlainDateTime | undefined {
  if (!WALL_TIME.test(wall)) return undefined;
  try {
    return Temporal.PlainDateTime.from(wall, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** Reads a day of the calendar, such as '2026-12-04'; undefined where there is no such day. */
export function readDay(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function readZone(timeZone: string): string | undefined {
  if (!A_ZONE_NAME.test(timeZone)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return undefined;
  }
}

function clock(at: Temporal.PlainDateTime | Temporal.ZonedDateTime): string {
  return `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`;
}
