import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { hoursToConfirm, isSeasonOver } from '../../domain/offers/offers.ts';
import * as offers from '../../store/offers/erasing.ts';
import { note } from '../audit/note.ts';

/** Erases every offer of a season that has ended, with the e-mails to people who were not taken. */
export async function eraseOffersOf(
  ctx: Context,
  tx: Tx,
  season: { id: number; name: string },
): Promise<void> {
  const n = await offers.erase(tx, await offers.lockOfSeason(tx, season.id));
  if (n > 0) await note(ctx, tx, { by: 'program', act: 'erased-offers', about: season.name, numbers: { n } });
}

/** Erases offers that nobody confirmed in 48 hours, and those of seasons whose last day is over. */
export async function eraseOldOffers(ctx: Context): Promise<void> {
  const now = ctx.now();
  await ctx.db.transaction(async (tx) => {
    const since = now.subtract({ hours: hoursToConfirm });
    await offers.erase(tx, await offers.lockUnconfirmed(tx, since));
  });
  for (const season of await offers.seasonsWithOffers(ctx.db))
    if (isSeasonOver(season, now)) await ctx.db.transaction((tx) => eraseOffersOf(ctx, tx, season));
}
