import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { daysAround, isOver } from '../../domain/events/times.ts';
import { isReadOnly, isTaken } from '../../domain/settings/seasons.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as seasons from '../../store/settings/seasons.ts';
import { note } from '../audit/note.ts';
import { eraseOffersOf } from '../offers/erasing.ts';
import { erasePairWordsOf } from '../pairs/erasing.ts';

export interface SeasonPlan {
  name: string;
  startsOn: string | null;
  endsOn: string | null;
}

/** Finds the published events of a season that are not over yet, the next one first. */
export async function eventsToCome(ctx: Pick<Context, 'now'>, db: Db, programmeId: number) {
  const list = await seasons.publishedAfter(db, programmeId, daysAround(ctx.now()).from);
  return list.filter((event) => !isOver(event, ctx.now()));
}

/**
 * Starts the next season in one transaction: people stay, rules, materials and people to turn to are copied, and the
 * season until now becomes read only. Refused while an event of it is to come, and where another organiser started one
 * meanwhile: `seen` is the season that the form was about.
 */
export async function startSeason(ctx: Context, by: number, seen: number, plan: SeasonPlan): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const before = orNotFound(await programmes.lockCurrent(tx), 'page');
    if (before.id !== seen)
      throw new Refusal(
        'conflict',
        '{name} has been started in the meantime, so there is nothing left to do.',
        {
          name: before.name,
        },
      );
    if (isTaken(plan.name, await seasons.all(tx)))
      throw new Refusal('invalid', 'There is a season of this name. Give the next one another.', {}, 'name');
    const [next] = await eventsToCome(ctx, tx, before.id);
    if (next)
      throw new Refusal(
        'conflict',
        '{event} is still to come. Start the next season when it’s over, or cancel it first.',
        { event: next.name },
      );
    await seasons.end(tx, before.id, ctx.now());
    const { id: _, createdAt, endedAt, firstFormat, votingClosesOn, settingsRevision, ...kept } = before;
    const season = await programmes.add(tx, { ...kept, ...plan, createdAt: ctx.now() });
    await eraseOffersOf(ctx, tx, before);
    await erasePairWordsOf(ctx, tx, before.id);
    await seasons.keepInvitationStops(tx, before.id, season.id);
    await note(ctx, tx, { by, act: 'started-season', about: season.name });
  });
}

/** Refuses to change what belongs to a season that has ended. */
export async function refuseEnded(
  ctx: Context,
  thing: seasons.OfSeason,
  viewer: { id: number; isOrganiser: boolean } | null,
): Promise<void> {
  const season = await seasons.endedOf(ctx.db, thing, viewer);
  if (season && isReadOnly(season))
    throw closed(
      'This season has ended',
      '{season} has ended. You can read everything here and change nothing.',
      { season: season.name },
    );
}
