import type { Context } from '../../context.ts';
import { isComing } from '../../domain/events/coming.ts';
import type { TrendState } from '../../domain/trends/trend.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';

/** A trend that was ticked in a list, with the state it was shown in. */
export interface Ticked {
  id: number;
  state: TrendState;
}

/** A new state for all ticked trends; a reason where they are parked. */
export type NewState = { state: 'proposed' | 'shortlisted' } | { state: 'parked'; reason: string };

export interface Sorted {
  moved: number;
  /** Trends left as they are: changed meanwhile, or on the table at a coming event and so not to be parked. */
  left: number[];
}

/**
 * Gives several trends of the season that is on a new state, in one transaction. What somebody else changed since the list
 * was shown stays as it is, and so does what is on a table ahead when it would be parked.
 */
export async function sortTrends(ctx: Context, ticked: readonly Ticked[], to: NewState): Promise<Sorted> {
  const ids = [...new Set(ticked.map(({ id }) => id))];
  const shown = new Map(ticked.map(({ id, state }) => [id, state]));
  return ctx.db.transaction(async (tx) => {
    // Events come before trends: a merge locks in this order too.
    if (to.state === 'parked') await trendEvents.lockWithTrends(tx, ids);
    const season = await programmes.current(tx);
    const found = await trends.lock(tx, ids);
    const onTable = to.state === 'parked' ? await trendEvents.withTrends(tx, ids) : [];
    const busy = new Set(onTable.flatMap((each) => (isComing(each, ctx.now()) ? [each.trendId] : [])));
    const free = found.filter(
      ({ id, state, programmeId }) => programmeId === season?.id && state === shown.get(id) && !busy.has(id),
    );
    const moved = free.map(({ id }) => id);
    const parkedReason = to.state === 'parked' ? to.reason : '';
    await trends.changeMany(tx, moved, { state: to.state, parkedReason, updatedAt: ctx.now() });
    return { moved: moved.length, left: ids.filter((id) => !moved.includes(id)) };
  });
}
