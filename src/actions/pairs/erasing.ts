import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isSeasonOver } from '../../domain/offers/offers.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as seasons from '../../store/settings/seasons.ts';
import { eraseOneSided } from './chemistry.ts';

/** Erases what people of a season wished that is for nobody any more: one-sided names, and how they like to work. */
export async function erasePairWordsOf(ctx: Context, tx: Tx, programmeId: number): Promise<void> {
  await eraseOneSided(ctx, tx, programmeId);
  await wishes.eraseManner(tx, programmeId);
}

/** Does the same for each season whose last day is over. */
export async function eraseOldPairWords(ctx: Context): Promise<void> {
  for (const season of await seasons.all(ctx.db))
    if (isSeasonOver(season, ctx.now()))
      await ctx.db.transaction((tx) => erasePairWordsOf(ctx, tx, season.id));
}
