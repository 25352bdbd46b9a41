// The plan of a live run, from the run of show of its event.
import { startOf } from '../events/times.ts';
import { runOfShow, type StoredBlock } from '../run-of-show/run-of-show.ts';
import type { LivePlan } from './state.ts';

/** Copies the run of show of an event; fixed starts become moments. */
export function planOf(
  { startsAt, timeZone }: { startsAt: string; timeZone: string },
  blocks: readonly StoredBlock[],
): LivePlan {
  const start = startOf({ startsAt, timeZone }).epochMilliseconds;
  const { blocks: placed } = runOfShow(blocks, { start: startsAt, timeZone });
  return {
    startsAt: start,
    blocks: placed.map(({ kind, title, minutes, after, ...more }) => ({
      kind,
      title,
      minutes,
      fixedAt: more.fixedAt ? start + after * 60_000 : null,
      shrinksTo: more.shrinksTo ?? null,
      mayDrop: more.mayDrop ?? false,
      ask: more.question ?? '',
      screen: more.screen ?? '',
    })),
  };
}
