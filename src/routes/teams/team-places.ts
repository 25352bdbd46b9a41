import type { Context } from '../../context.ts';
import { formatNearDay, isComing, overEverywhereBefore } from '../../domain/events/coming.ts';
import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { hostsArriveAt } from '../../domain/events/host-arrival.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import * as events from '../../store/events/events.ts';
import { blocksWithIds } from '../../store/run-of-show/blocks.ts';
import { publishedAt } from '../../store/tables/plans.ts';
import * as trendEvents from '../../store/trends/events.ts';
import type { Visit } from '../../web/visit.ts';
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

/** When the rounds of a team's next event begin, and when its hosts are there; null without a published event ahead. */
export async function roundTimes({ ctx, words }: Pick<Visit, 'ctx' | 'words'>, place: Place | null) {
  if (!place?.coming || place.state !== 'published') return null;
  const event = await events.find(ctx.db, place.eventId);
  if (!event) return null;
  const first = firstMoment(event);
  const rounds = roundsOf(await blocksWithIds(ctx.db, place.eventId), first);
  const isPlanned = (await publishedAt(ctx.db, place.eventId)) !== null;
  return {
    arriveAt: hostsArriveAt(event).toPlainTime().toString({ smallestUnit: 'minute' }),
    rounds: rounds
      .map(({ number, title, minutes, after }) => {
        const name = title || words.t('Round {n}', { n: number });
        return `${name}: ${clockAfter(first, after)}–${clockAfter(first, after + minutes)}`;
      })
      .join(', '),
    seatHref: isPlanned ? `/e/${place.slug}/seat` : '',
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
