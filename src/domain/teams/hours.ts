// Hours of a usual week at which members can meet, each on their own clock, and the moments that they share.

/** Days and hours that can be chosen: Monday to Friday, from eight to seven in the evening. */
export const meetingDays = [0, 1, 2, 3, 4] as const;
export const meetingHours = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const;

/** Number of an hour: 24 for each day from Monday. */
export const hourNumber = (day: number, hour: number) => 24 * day + hour;

const known: ReadonlySet<number> = new Set(
  meetingDays.flatMap((day) => meetingHours.map((hour) => hourNumber(day, hour))),
);

/** Keeps the hours that can be chosen, each once, in order. */
export const hoursAmong = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)].filter((one) => known.has(one)).toSorted((a, b) => a - b);

/** Hours of one member on their own clock. */
export interface MemberHours {
  personId: number;
  timeZone: string;
  hours: readonly number[];
}

/** Whether a member can be there for the whole of this time: every hour of their clock that it touches is one of theirs. */
export function canMeet(
  { timeZone, hours }: Pick<MemberHours, 'timeZone' | 'hours'>,
  start: Temporal.Instant,
  minutes: number,
): boolean {
  const own = new Set(hours);
  const end = start.add({ minutes });
  let at = start.toZonedDateTimeISO(timeZone).round({ smallestUnit: 'hour', roundingMode: 'floor' });
  while (Temporal.Instant.compare(at.toInstant(), end) < 0) {
    if (!own.has(hourNumber(at.dayOfWeek - 1, at.hour))) return false;
    at = at.add({ hours: 1 });
  }
  return true;
}

/** Working days on which a first meeting is looked for. */
const daysLooked = 10;

/** A moment at which a meeting could begin, with those who can be there. */
export interface MeetingSlot {
  start: Temporal.Instant;
  personIds: number[];
}

/**
 * Lists the full hours of the coming ten working days, from tomorrow, at which at least two members (or the only one) can
 * meet for so long; the first one first. `timeZone`: whose clock strikes the hours.
 */
export function meetingSlots(
  members: readonly MemberHours[],
  { now, timeZone, minutes }: { now: Temporal.Instant; timeZone: string; minutes: number },
  isWorkday: (day: Temporal.PlainDate) => boolean,
): MeetingSlot[] {
  const slots: MeetingSlot[] = [];
  let day = now.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let n = 0; n < daysLooked; ) {
    day = day.add({ days: 1 });
    if (!isWorkday(day)) continue;
    n += 1;
    for (let hour = 0; hour < 24; hour++) {
      const start = day.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant();
      const able = members.filter((one) => canMeet(one, start, minutes)).map(({ personId }) => personId);
      if (able.length >= Math.min(2, members.length) && able.length > 0)
        slots.push({ start, personIds: able });
    }
  }
  return slots;
}

/** A stretch of time on one day. */
export interface Stretch {
  start: Temporal.Instant;
  end: Temporal.Instant;
}

/** Joins slots of one hour that follow each other into stretches. */
export function stretchesOf(starts: readonly Temporal.Instant[]): Stretch[] {
  const found: Stretch[] = [];
  for (const start of starts) {
    const last = found.at(-1);
    if (last && Temporal.Instant.compare(last.end, start) >= 0) last.end = start.add({ hours: 1 });
    else found.push({ start, end: start.add({ hours: 1 }) });
  }
  return found;
}
