// The daily e-mail to organisers: whole days alone, so that it says no minute of a guest's act.

/** Kinds that can be switched off one by one. */
export const dayKinds = ['day-answers', 'day-seats', 'day-stops', 'day-offers', 'day-mail'] as const;
export type DayKind = (typeof dayKinds)[number];

/** Hour of the day, in the programme's zone, at which the day before is told. */
const toldAtHour = 8;

/** Returns the moment at which today began there, once it is time to tell the days before; null at weekends and earlier. */
export function timeToTell(now: Temporal.Instant, timeZone: string): Temporal.Instant | null {
  const there = now.toZonedDateTimeISO(timeZone);
  if (there.dayOfWeek > 5 || there.hour < toldAtHour) return null;
  return there.startOfDay().toInstant();
}

export interface Span {
  from: Temporal.Instant;
  until: Temporal.Instant;
}

/**
 * Returns the days of this zone that have ended since the last telling: a day that is not over waits for the next, so
 * that no two tellings cut one in two.
 */
export function wholeDays({ from, until }: Span, timeZone: string): Span {
  const start = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).startOfDay().toInstant();
  return { from: start(from), until: start(until) };
}

/** Whether a moment is within; the end is not. */
export function isWithin({ from, until }: Span, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, until) < 0;
}

/** An answer as it was given; `byId`: the organiser who noted it. */
export interface Said {
  personId: number;
  said: 'yes' | 'maybe' | 'no' | 'substitute';
  substituteId: number | null;
  byId: number | null;
  late: boolean;
  at: Temporal.Instant;
}

/** Ids of people by what became of their answer over some days; `after`: no more after a yes. */
export interface DayAnswers {
  yes: number[];
  maybe: number[];
  no: number[];
  after: number[];
  substitutes: { personId: number; substituteId: number | null }[];
}

/**
 * Sums up the answers of these days, each person's last one; what came to the same as before them is left out, and so is what
 * the organiser noted or was told of at once.
 */
export function answersOf(
  all: readonly Said[],
  days: Span,
  { organiserId, isTold }: { organiserId: number; isTold: (answer: Said) => boolean },
): DayAnswers {
  const found: DayAnswers = { yes: [], maybe: [], no: [], after: [], substitutes: [] };
  for (const [personId, theirs] of Map.groupBy(all, (one) => one.personId)) {
    const last = theirs.findLast(({ at }) => isWithin(days, at));
    const before = theirs.findLast(({ at }) => Temporal.Instant.compare(at, days.from) < 0);
    if (!last || last.byId === organiserId || isTold(last)) continue;
    if (last.said === 'substitute') {
      found.substitutes.push({ personId, substituteId: last.substituteId });
    } else if (last.said !== before?.said) {
      const gaveUp = last.said === 'no' && before?.said === 'yes';
      found[gaveUp ? 'after' : last.said].push(personId);
    }
  }
  return found;
}

/** News of one event; names of people, and how the seats stand. */
export interface EventDay {
  name: string;
  url: string;
  yes: string[];
  waiting: string[];
  maybe: string[];
  no: string[];
  after: string[];
  substitutes: { who: string; instead: string }[];
  movedUp: string[];
  /** Seats that somebody could take, and people on the waiting list; null where this is not told. */
  seats: { free: number; waiting: number } | null;
}

/** Whether there is anything to tell of an event; how the seats stand alone is nothing that happened. */
export function happened({ seats: _, name: __, url: ___, ...lists }: EventDay): boolean {
  return Object.values(lists).some((list) => list.length > 0);
}

/** To an organiser, once a day: everything of the days before that was not told as it happened. */
export interface OrganiserDayLetter {
  kind: 'organiser-day';
  recipient: { name: string };
  organisation: string;
  /** First and last day it tells of, 'YYYY-MM-DD'. */
  from: string;
  until: string;
  events: EventDay[];
  /** Names of people who want no more invitations. */
  stops: string[];
  /** Names of people who put themselves forward and wait for an answer; none in e-mails written before there were offers. */
  offers?: { names: string[]; url: string };
  /** Addresses of those whose mail was put aside, and the page that shows it. */
  putAside: { senders: string[]; url: string };
  eventsUrl: string;
}
