// The plan of a live run, from the run of show of its event.
import { startOf } from '../events/times.ts';
import type { StoredBlock } from '../run-of-show/run-of-show.ts';
import { blockKinds } from '../run-of-show/run-of-show.ts';
import type { LivePlan } from './state.ts';

/** A block of an event as it is stored; what is absent is not set. */
export interface BlockOfEvent extends StoredBlock {
  /** Wall clock 'HH:MM' at which it must begin. */
  fixedAt?: string | null;
  shrinksTo?: number | null;
  mayDrop?: boolean;
  question?: string | null;
  screen?: string | null;
}

/** Copies the run of show of an event; fixed beginnings become moments, on the day on which the plan gets there. */
export function planOf(
  event: { startsAt: string; timeZone: string },
  blocks: readonly BlockOfEvent[],
): LivePlan {
  const start = startOf(event).toZonedDateTimeISO(event.timeZone);
  let clock = start;
  return {
    startsAt: start.epochMilliseconds,
    blocks: blocks.map(({ kind, title, minutes, ...more }) => {
      const fixed = more.fixedAt ? nearest(clock, more.fixedAt) : null;
      if (fixed && Temporal.ZonedDateTime.compare(fixed, clock) > 0) clock = fixed;
      clock = clock.add({ minutes });
      return {
        kind: blockKinds.find((known) => known === kind) ?? 'frame',
        title,
        minutes,
        fixedAt: fixed?.epochMilliseconds ?? null,
        shrinksTo: more.shrinksTo ?? null,
        mayDrop: more.mayDrop ?? false,
        ask: more.question ?? '',
        screen: more.screen ?? '',
      };
    }),
  };
}

/** The moment with that wall time which is nearest to when the plan gets there: a session may run past midnight. */
function nearest(clock: Temporal.ZonedDateTime, time: string): Temporal.ZonedDateTime {
  const distance = (one: Temporal.ZonedDateTime) => Math.abs(one.since(clock).total('seconds'));
  return [-1, 0, 1]
    .map((days) => clock.add({ days }).withPlainTime(time))
    .reduce((best, one) => (distance(one) < distance(best) ? one : best));
}
