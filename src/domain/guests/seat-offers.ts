// A seat that comes free late is offered, not imposed: who is asked whether they can make it, and when.
import type { RsvpState } from '../events/changes.ts';
import { hasBegun, startOf } from '../events/times.ts';
import { byWait, type Side } from './waiting-list.ts';

/** An event on its wall clock. */
interface Starting {
  startsAt: string;
  timeZone: string;
}

/** Until this hour on the day before, on the event's own clock, whoever is next moves up without being asked. */
const movesUpUntil = { hour: 18 };
/** So many are asked at a time for each free seat, and have so long before the next are asked too. */
export const askedAtATime = 3;
export const hoursForEach = 2;
/** In the last hours before the beginning everyone in line is asked at once. */
const lastHours = 1;
/** Nobody is asked and no time runs between these hours of the event's clock, but in the last hour. */
const quietFrom = 21;
const quietUntil = 7;

/** How a free seat finds somebody: the next in line moves up, they are asked, or nothing moves any more. */
export type Moving = 'up' | 'by-asking' | 'not';

/** Says how free seats of this event are given away at this moment. */
export function howSeatsMove(event: Starting, now: Temporal.Instant): Moving {
  if (hasBegun(event, now)) return 'not';
  const day = Temporal.PlainDate.from(event.startsAt).subtract({ days: 1 });
  const until = day.toZonedDateTime({ timeZone: event.timeZone, plainTime: movesUpUntil }).toInstant();
  return Temporal.Instant.compare(now, until) < 0 ? 'up' : 'by-asking';
}

/** Whether somebody on the waiting list was asked and can still press; the seat itself may be gone meanwhile. */
export function isOffered(
  event: Starting,
  { state, offeredAt }: { state: RsvpState; offeredAt: Temporal.Instant | null },
  now: Temporal.Instant,
): boolean {
  return state === 'waiting' && offeredAt !== null && howSeatsMove(event, now) === 'by-asking';
}

/** Somebody on the waiting list; `offeredAt`: when they were asked, null while they were not. */
export interface InLine {
  personId: number;
  side: Side;
  waitingNumber: number | null;
  offeredAt: Temporal.Instant | null;
}

/**
 * Lists who is to be asked now, longest wait first: three for each free seat of their side, three more once those have had
 * two hours of daytime or can't come any more, and everyone in the last hour. Empty where seats do not move by asking.
 */
export function whoIsAsked<Person extends InLine>(
  event: Starting,
  free: Readonly<Record<Side, number>>,
  line: readonly Person[],
  now: Temporal.Instant,
): Person[] {
  if (howSeatsMove(event, now) !== 'by-asking') return [];
  const isLast = Temporal.Instant.compare(now, startOf(event).subtract({ hours: lastHours })) >= 0;
  if (!isLast && isQuiet(now, event.timeZone)) return [];
  return (['senior', 'talent'] as const).flatMap((side) => {
    if (free[side] === 0) return [];
    const queue = line.filter((one) => one.side === side).sort(byWait);
    const unasked = queue.filter(({ offeredAt }) => offeredAt === null);
    if (isLast) return unasked;
    return isNextTurn(queue, free[side], event, now) ? unasked.slice(0, askedAtATime * free[side]) : [];
  });
}

/** Whether the next are asked: fewer have been than there are seats, or those who were have had their time. */
function isNextTurn(queue: readonly InLine[], free: number, event: Starting, now: Temporal.Instant): boolean {
  const asked = queue.flatMap(({ offeredAt }) => offeredAt ?? []);
  if (asked.length < free) return true;
  const last = asked.reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b));
  return daytimeHours(last, now, event.timeZone) >= hoursForEach;
}

function isQuiet(at: Temporal.Instant, timeZone: string): boolean {
  const { hour } = at.toZonedDateTimeISO(timeZone);
  return hour >= quietFrom || hour < quietUntil;
}

/** Hours between two moments that are not in the quiet ones. */
function daytimeHours(from: Temporal.Instant, to: Temporal.Instant, timeZone: string): number {
  let [hours, day] = [0, from.toZonedDateTimeISO(timeZone).toPlainDate()];
  const at = (hour: number) => day.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant();
  for (; Temporal.Instant.compare(at(quietUntil), to) < 0; day = day.add({ days: 1 })) {
    const [opens, closes] = [later(from, at(quietUntil)), earlier(to, at(quietFrom))];
    hours += Math.max(0, opens.until(closes).total('hours'));
  }
  return hours;
}

const later = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) > 0 ? a : b);
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b);
