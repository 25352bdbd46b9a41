import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { mayChangeTrend } from '../../domain/access.ts';
import { isComing } from '../../domain/events/coming.ts';
import { canBeGiven, type InterestKind, takesInterest, votingIn } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as research from '../../store/teams/research.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as skills from '../../store/trends/skills.ts';
import * as trends from '../../store/trends/trends.ts';
import { refuseOutdated } from '../edition.ts';

export interface Proposal {
  sentence: string;
  detail: string;
  links: string[];
}

/** Proposes a trend in somebody's name; the same form sent twice proposes one. Returns it. */
export async function propose(
  ctx: Context,
  proposerId: number,
  proposal: Proposal & { formKey: string },
): Promise<trends.Trend> {
  const now = ctx.now();
  const values = { ...proposal, proposerId, state: 'proposed' as const, createdAt: now, updatedAt: now };
  const added = await trends.add(ctx.db, values);
  return added ?? orNotFound(await trends.findByFormKey(ctx.db, proposal.formKey), 'trend');
}

/** A trend's words as the fields of its form show them. */
export function wordsOf({ sentence, detail, links }: Pick<trends.Trend, 'sentence' | 'detail' | 'links'>) {
  return { sentence, detail, links: links.join('\n') };
}

/**
 * Says it in other words. Its proposer and organisers may; what was merged or is not theirs is refused, and so is a form
 * whose reader saw an edition that is no longer the stored one.
 */
export async function reword(
  ctx: Context,
  viewer: { id: number; isOrganiser: boolean },
  trendId: number,
  proposal: Proposal,
  seen?: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const trend = await lockOne(tx, trendId);
    if (!mayChangeTrend(viewer, trend)) throw new Refusal('not-found', 'There is no such trend.');
    refuseOutdated(trend.sentence, seen, wordsOf(trend));
    await trends.change(tx, trendId, { ...proposal, updatedAt: ctx.now() });
  });
}

/** Says that somebody wants to know, or can tell, about a trend; `said` false takes it back. Refused once voting is closed. */
export async function sayInterest(
  ctx: Context,
  personId: number,
  trendId: number,
  kind: InterestKind,
  said: boolean,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    // Shared with other votes: whoever closes voting waits for those under way, and later ones read that it is closed.
    const programme = orNotFound(await programmes.shareCurrent(tx), 'page');
    const trend = await lockOne(tx, trendId);
    const isOfSeason = trend.programmeId === programme.id;
    if (!isOfSeason || !takesInterest(trend, votingIn(programme, ctx.now()))) {
      throw new Refusal(
        'conflict',
        'This trend is not open for voting any more. What was said before still counts.',
      );
    }
    await (said ? interests.add : interests.remove)(tx, trendId, personId, kind);
  });
}

/** Puts it on the shortlist, whatever it was before; a parked reason goes with the parking. */
export async function shortlist(ctx: Context, trendId: number): Promise<void> {
  await setState(ctx, trendId, { state: 'shortlisted', parkedReason: '' });
}

/** Opens it for voting again, from the shortlist or from being parked. */
export async function proposeAgain(ctx: Context, trendId: number): Promise<void> {
  await setState(ctx, trendId, { state: 'proposed', parkedReason: '' });
}

/** Parks it with a reason that everyone reads. Refused while it is on the table at a coming event. */
export async function park(ctx: Context, trendId: number, reason: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await trendEvents.lockWithTrends(tx, [trendId]);
    refuseMerged(await lockOne(tx, trendId));
    const event = (await trendEvents.withTrend(tx, trendId)).find((each) => isComing(each, ctx.now()));
    if (event) {
      const sentence = 'This trend is on the table at {event}. Take it off there first, then park it.';
      throw new Refusal('conflict', sentence, { event: event.name }, 'reason');
    }
    await trends.change(tx, trendId, { state: 'parked', parkedReason: reason, updatedAt: ctx.now() });
  });
}

/**
 * Merges a trend into one that says the same: what people said moves over (once each), teams, tables and trends
 * merged earlier follow, and its own page leads there from now on.
 */
export async function merge(ctx: Context, fromId: number, intoId: number): Promise<void> {
  if (fromId === intoId)
    throw new Refusal('invalid', 'Choose another trend; this one is itself.', {}, 'into');
  await ctx.db.transaction(async (tx) => {
    await trendEvents.lockWithTrends(tx, [fromId, intoId]);
    const both = await trends.lock(tx, [fromId, intoId]);
    const from = orNotFound(
      both.find((trend) => trend.id === fromId),
      'trend',
    );
    const into = both.find((trend) => trend.id === intoId);
    refuseMerged(from);
    if (!into || !canBeGiven(into) || into.programmeId !== from.programmeId) {
      throw new Refusal('invalid', 'Choose a trend that is proposed or shortlisted.', {}, 'into');
    }
    await interests.move(tx, fromId, intoId);
    await trends.redirectReferences(tx, fromId, intoId);
    await rankings.redirect(tx, fromId, intoId);
    await research.redirect(tx, fromId, intoId);
    await skills.redirect(tx, fromId, intoId);
    await trends.change(tx, fromId, {
      state: 'merged',
      mergedIntoId: intoId,
      parkedReason: '',
      updatedAt: ctx.now(),
    });
  });
}

async function setState(
  ctx: Context,
  trendId: number,
  values: { state: 'proposed' | 'shortlisted'; parkedReason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    refuseMerged(await lockOne(tx, trendId));
    await trends.change(tx, trendId, { ...values, updatedAt: ctx.now() });
  });
}

async function lockOne(tx: Tx, trendId: number): Promise<trends.Trend> {
  const [trend] = await trends.lock(tx, [trendId]);
  return orNotFound(trend, 'trend');
}

function refuseMerged(trend: trends.Trend): void {
  if (trend.state === 'merged') {
    throw new Refusal('conflict', 'This trend was merged into another one. Open that one instead.');
  }
}
