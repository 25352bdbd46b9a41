import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { DemoDates } from '../../domain/demo/dates.ts';
import type { Letter } from '../../store/letters/letters.ts';

/** A letter as the bytes that would have travelled. */
export type WriteLetter = (letter: Letter) => Promise<{ subject: string; bytes: Buffer }>;

/** Shared state of the demo programme's parts while it is made: the numbers of people and things so far. */
export interface DemoProgress {
  ctx: Context;
  tx: Tx;
  now: Temporal.Instant;
  dates: DemoDates;
  people: Map<string, number>;
  trends: Map<string, number>;
  teams: Map<string, number>;
}

/** The number of somebody or something of the demo; throws where the content names what it does not hold. */
export function idByName(map: Map<string, number>, name: string): number {
  const id = map.get(name);
  if (id === undefined) throw new Error(`The demo programme has no “${name}”`);
  return id;
}

/** Returns the context at an earlier time, where nothing is sent. */
export function contextAt({ ctx, tx }: Pick<DemoProgress, 'ctx' | 'tx'>, at: Temporal.Instant): Context {
  return { ...ctx, db: tx, now: () => at, queue: async () => {} };
}

/** So many times 24 hours before `now`. */
export function daysBefore(now: Temporal.Instant, days: number): Temporal.Instant {
  return now.subtract({ hours: days * 24 });
}
