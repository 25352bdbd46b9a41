// A free place in a team is offered to one person of the reserve list after the other.

/** Working days that a person has to answer. */
export const daysToTakePlace = 2;

/** Hours of the day, in the programme's zone, between which such an e-mail goes out. */
const asksFrom = 8;
const asksUntil = 18;

/** Whether people are asked on a day: not at weekends, nor on public holidays. */
export type IsWorkday = (day: Temporal.PlainDate) => boolean;

/** Returns the moment at which the e-mail goes out: now in working hours, else at eight on the next working day. */
export function asksAt(now: Temporal.Instant, timeZone: string, isWorkday: IsWorkday): Temporal.Instant {
  const there = now.toZonedDateTimeISO(timeZone);
  const today = there.toPlainDate();
  if (isWorkday(today) && there.hour >= asksFrom && there.hour < asksUntil) return now;
  const first = isWorkday(today) && there.hour < asksFrom ? today : nextWorkday(today, isWorkday);
  return first
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: asksFrom }) })
    .toInstant();
}

/** Returns the end of the second working day after the one on which a person was asked. */
export function placeKeptUntil(
  askedAt: Temporal.Instant,
  timeZone: string,
  isWorkday: IsWorkday,
): Temporal.Instant {
  let day = askedAt.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let n = 0; n < daysToTakePlace; n++) day = nextWorkday(day, isWorkday);
  return day
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: asksUntil }) })
    .toInstant();
}

function nextWorkday(day: Temporal.PlainDate, isWorkday: IsWorkday): Temporal.PlainDate {
  const next = day.add({ days: 1 });
  return isWorkday(next) ? next : nextWorkday(next, isWorkday);
}

/** State of one person who was asked. */
export type AskState = 'asked' | 'yes' | 'no' | 'late' | 'stopped';

/** A place can be taken while its person is asked and the time for the answer is not over. */
export const canTakePlace = (
  ask: { state: AskState; answerBy: Temporal.Instant },
  now: Temporal.Instant,
): boolean => ask.state === 'asked' && Temporal.Instant.compare(now, ask.answerBy) < 0;
