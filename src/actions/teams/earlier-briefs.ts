// A team begins with the brief of an earlier one.
import type { Context } from '../../context.ts';
import { briefIsEarlierBefore } from '../../domain/trends/stage.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as earlier from '../../store/teams/earlier-briefs.ts';
import * as research from '../../store/teams/research.ts';
import * as teams from '../../store/teams/teams.ts';
import { lockResearch, type Worker } from './research.ts';

/** Earlier briefs on one trend that a page shows. */
export const earlierShown = 3;

/** Lists the earlier briefs on a trend, without the present one of a team. */
export async function earlierBriefsOn(ctx: Context, db: Context['db'], trendId: number) {
  const before = briefIsEarlierBefore(ctx.now());
  return earlier.earlierBriefs(db, { trendId, before, limit: earlierShown });
}

/**
 * Takes an earlier brief over, with its history and everyone who wrote it. Throws a Refusal ('conflict') where the team has
 * begun to write meanwhile.
 */
export async function takeBriefOver(ctx: Context, teamId: number, by: Worker, from: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    if ((await research.versions(tx, researchId)) > 0)
      throw new Refusal('conflict', 'Your team has begun to write meanwhile. What it wrote is below.');
    const { trendId } = orNotFound(await teams.find(tx, teamId), 'team');
    const before = briefIsEarlierBefore(ctx.now());
    const known = await earlier.earlierBriefs(tx, { trendId: trendId!, before, limit: earlierShown });
    const found = known.find((one) => one.researchId === from);
    await earlier.copyBrief(tx, orNotFound(found ?? null, 'page').researchId, researchId);
  });
}
