// Starting late, or running late: what each way out would make of the end.
import { behind, plannedEnd } from './expected.ts';
import { afterPress } from './run.ts';
import { shorten } from './shorten.ts';
import { isOn, type LiveState, type Taken } from './state.ts';

/** A way out of being late: when the evening would end, and what would be taken for it. */
export interface WayOut {
  ends: number;
  taken: Taken[];
}

/**
 * Returns both ways out: the end as it is now, and the end after shortening; `sooner` null where nothing gives. Null while
 * the evening is less than a minute late, and once it is over.
 */
export function lateOf(state: LiveState, now: number): { later: WayOut; sooner: WayOut | null } | null {
  if (state.endedAt !== null) return null;
  const begun = isOn(state) ? state : afterPress(state, { kind: 'start', ends: 'later', key: '', at: now });
  if (behind(begun, now) < 60_000) return null;
  const { blocks, taken } = shorten(begun, now);
  const sooner = taken.length === 0 ? null : { ends: plannedEnd({ ...begun, blocks }, now), taken };
  return { later: { ends: plannedEnd(begun, now), taken: [] }, sooner };
}
