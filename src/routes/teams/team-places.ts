import type { Context } from '../../context.ts';
import { formatNearDay, isComing, overEverywhereBefore } from '../../domain/events/coming.ts';
import * as trendEvents from '../../store/trends/events.ts';
import { localeOf } from '../../words.ts';

/** A team's table at an event, with the day in words and whether that is still ahead. */
export type Place = ReturnType<typeof placeText>;

export function placeText(ctx: Context, table: trendEvents.Appearance) {
  return {
    ...table,
    day: formatNearDay(table.startsAt, localeOf(ctx.words)),
    coming: isComing(table, ctx.now()),
  };
}

/** Each team's table at the next event, or at the last one there was; drafts are for organisers. */
export async function placesOf(
  ctx: Context,
  teamIds: number[],
  withDrafts: boolean,
): Promise<Map<number, Place>> {
  const near = await trendEvents.nearestTables(ctx.db, teamIds, {
    day: overEverywhereBefore(ctx.now()),
    withDrafts,
  });
  const places = new Map<number, Place>();
  for (const [teamId, tables] of Map.groupBy(near, (table) => table.teamId!)) {
    const table = tables.find((each) => isComing(each, ctx.now())) ?? tables.at(-1);
    if (table) places.set(teamId, placeText(ctx, table));
  }
  return places;
}
