// Warnings of things an organiser may have overlooked in an event's plan, before anybody is invited; nothing is refused.
import type { Side } from './waiting-list.ts';

export interface PlanToCheck {
  startsAt: string;
  timeZone: string;
  seats: Readonly<Record<Side, number>>;
  quorum: Readonly<Record<Side, number>>;
  invited: Readonly<Record<Side, number>>;
  /** Fewest of each side that its format asks for. */
  wanted: Readonly<Record<Side, number>>;
  /** Tables with their hosts. */
  tables: readonly { number: number; hosts: readonly { id: number; name: string }[] }[];
  /** People on the list who are coming to another event at that time. */
  elsewhere: readonly { name: string; event: string }[];
  /** The public holiday on that day where the event is; '' on other days. */
  holiday?: string;
}

export type Warning =
  | { kind: 'no-seats'; side: Side }
  | { kind: 'few-seats'; side: Side; invited: number; seats: number }
  | { kind: 'quorum'; side: Side; least: number; invited: number }
  | { kind: 'two-tables'; name: string; tables: number[] }
  | { kind: 'elsewhere'; name: string; event: string; others: number }
  | { kind: 'odd-hour'; time: string }
  | { kind: 'weekend'; day: string }
  | { kind: 'holiday'; day: string; name: string }
  | { kind: 'short-notice'; days: number };

/** From so many invited for each seat on, an organiser may have mistyped one of the two. */
const manyForASeat = 2;
/** Hours of the day at which events begin. */
const usualHours = { from: 7, until: 21 };
/** Days of notice below which people hardly come. */
const fewestDays = 3;

/** Lists what may be wrong with a plan, what concerns seats first. */
export function warningsOf(plan: PlanToCheck, now: Temporal.Instant): Warning[] {
  return [
    ...(['senior', 'talent'] as const).flatMap((side) => ofSide(plan, side)),
    ...atTwoTables(plan),
    ...elsewhere(plan),
    ...ofTime(plan, now),
  ];
}

function ofSide({ seats, invited, quorum, wanted }: PlanToCheck, side: Side): Warning[] {
  const warnings: Warning[] = [];
  const [free, guests, least] = [seats[side], invited[side], quorum[side]];
  if (free === 0 && (guests > 0 || wanted[side] > 0)) warnings.push({ kind: 'no-seats', side });
  else if (guests > free && guests >= manyForASeat * free)
    warnings.push({ kind: 'few-seats', side, invited: guests, seats: free });
  if (least > guests) warnings.push({ kind: 'quorum', side, least, invited: guests });
  return warnings;
}

function atTwoTables({ tables }: PlanToCheck): Warning[] {
  const hosting = tables.flatMap(({ number, hosts }) => hosts.map(({ id, name }) => ({ id, name, number })));
  return [...Map.groupBy(hosting, ({ id }) => id).values()]
    .filter((places) => places.length > 1)
    .map((places) => ({
      kind: 'two-tables',
      name: places[0]!.name,
      tables: places.map(({ number }) => number),
    }));
}

function elsewhere({ elsewhere: [first, ...others] }: PlanToCheck): Warning[] {
  return first ? [{ kind: 'elsewhere', ...first, others: others.length }] : [];
}

function ofTime({ startsAt, timeZone, holiday = '' }: PlanToCheck, now: Temporal.Instant): Warning[] {
  const start = Temporal.PlainDateTime.from(startsAt);
  const warnings: Warning[] = [];
  if (start.hour < usualHours.from || start.hour >= usualHours.until)
    warnings.push({ kind: 'odd-hour', time: startsAt.slice(11) });
  if (start.dayOfWeek > 5) warnings.push({ kind: 'weekend', day: startsAt.slice(0, 10) });
  if (holiday) warnings.push({ kind: 'holiday', day: startsAt.slice(0, 10), name: holiday });
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const { days } = today.until(start.toPlainDate(), { largestUnit: 'days' });
  if (days >= 0 && days < fewestDays) warnings.push({ kind: 'short-notice', days });
  return warnings;
}
