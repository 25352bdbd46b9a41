import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type Match, whyAlone } from '../../domain/pairs/matching.ts';
import type { Wisher } from '../../domain/pairs/wishes.ts';
import { planInWorker } from '../../planning/worker.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import { lockDraftPair, reasonFor } from './matching.ts';
import { matchesOf, plannerWishes, type Question, questionNow } from './question.ts';

/** Another talent for a senior, and what follows for the few people whom it touches. */
export interface Swap {
  talentId: number;
  /** Pairs after it, against as many now. */
  pairs: number;
  /** New pairs besides, among those touched. */
  others: Match[];
  /** People of those touched who then have no partner. */
  alone: number[];
  hasTopic: boolean;
}

/** Talents offered in place of the one there is, at most: first those with a topic in common. */
const mostOffered = 12;

const seconds = 5;

/**
 * Works out what each other talent for this pair's senior would come to: the senior's talent now, the other one's
 * senior, and people without a partner are matched anew; everyone else stays.
 */
export async function swapsFor(ctx: Context, pairId: number): Promise<Swap[]> {
  const found = orNotFound(await pairs.findNamed(ctx.db, pairId), 'page');
  const round = orNotFound(await rounds.find(ctx.db, found.pair.roundId), 'page');
  const question = await questionNow(ctx.db, round);
  const drafts = (await pairs.all(ctx.db, round.id)).filter(({ state }) => state === 'draft');
  const offered = offeredFor(question, found.pair);
  const swaps: Swap[] = [];
  for (const other of offered) swaps.push(await swapTo(question, drafts, found.pair, other, round));
  return swaps;
}

function offeredFor({ everyone, between }: Question, pair: pairs.Pair): Wisher[] {
  const senior = everyone.find(({ id }) => id === pair.seniorId);
  if (!senior || pair.secondTalentId !== null) return [];
  const may = everyone.filter(({ id, side }) => side === 'talent' && id !== pair.talentId);
  const rank = (one: Wisher) => {
    const obstacle = between(senior, one);
    return obstacle === null ? 0 : obstacle === 'topic' ? 1 : 2;
  };
  return may
    .filter((one) => rank(one) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.id - b.id)
    .slice(0, mostOffered);
}

/** The people touched are asked anew, with this pair as it is wanted. */
async function swapTo(
  question: Question,
  drafts: readonly pairs.Pair[],
  pair: pairs.Pair,
  other: Wisher,
  round: rounds.Round,
): Promise<Swap> {
  const theirs = drafts.find(
    ({ id, talentId, isLocked }) => id !== pair.id && talentId === other.id && !isLocked,
  );
  const paired = new Set(drafts.flatMap((one) => [one.seniorId, one.talentId, one.secondTalentId]));
  const touched = new Set([pair.talentId, ...(theirs ? [theirs.seniorId] : [])]);
  const everyone = question.everyone.filter(
    ({ id }) => (touched.has(id) || !paired.has(id)) && id !== other.id && id !== pair.seniorId,
  );
  const few = { ...question, everyone, managers: question.managers };
  const hasBoth = (['senior', 'talent'] as const).every((side) => everyone.some((one) => one.side === side));
  const others = hasBoth
    ? matchesOf(
        await planInWorker('pairs', plannerWishes(fewOnly(few), { rule: 'most', trios: false }), {
          seed: round.seed,
          seconds,
        }),
      )
    : [];
  const placed = new Set(others.flatMap(({ seniorId, talentId }) => [seniorId, talentId]));
  const senior = question.everyone.find(({ id }) => id === pair.seniorId)!;
  return {
    talentId: other.id,
    pairs: drafts.length - (theirs ? 1 : 0) + others.length,
    others,
    alone: [...touched].filter((id) => !placed.has(id)),
    hasTopic: question.between(senior, other) === null,
  };
}

/** Reporting lines stay whole, while only these people are to be paired. */
function fewOnly(question: Question): Question {
  const ids = new Set(question.everyone.map(({ id }) => id));
  const within = ([a, b]: readonly [number, number]) => ids.has(a) && ids.has(b);
  return { ...question, apart: question.apart.filter(within), mutual: question.mutual.filter(within) };
}

async function aloneNow(tx: Tx, { everyone, between }: Question, roundId: number) {
  const now = (await pairs.all(tx, roundId)).filter(({ state }) => state !== 'ended');
  const paired = new Set(now.flatMap((one) => [one.seniorId, one.talentId, one.secondTalentId ?? 0]));
  return whyAlone(everyone, paired, between);
}

/**
 * Gives a pair's senior another talent, and those touched the partners that the page named, and keeps the new pair.
 * Throws a Refusal ('conflict') where the draft is another one than was shown.
 */
export async function swapPartner(
  ctx: Context,
  by: number,
  pairId: number,
  talentId: number,
  seen: number,
): Promise<void> {
  const swaps = await swapsFor(ctx, pairId);
  const swap = swaps.find((one) => one.talentId === talentId);
  if (!swap) throw new Refusal('invalid', 'Choose one of the people who are named.', {}, 'talent');
  await ctx.db.transaction(async (tx) => {
    const { pair, round } = await lockDraftPair(tx, pairId, seen);
    const question = await questionNow(tx, round);
    const drafts = (await pairs.all(tx, round.id)).filter(({ state }) => state === 'draft');
    const theirs = drafts.find((one) => one.id !== pair.id && one.talentId === talentId && !one.isLocked);
    await pairs.removeDrafts(tx, [pair.id, ...(theirs ? [theirs.id] : [])]);
    const wanted = { seniorId: pair.seniorId, talentId, secondTalentId: null };
    await pairs.addMany(tx, [
      { roundId: round.id, ...wanted, isLocked: true, isByHand: true, reason: reasonFor(question, wanted) },
      ...swap.others.map((match) => ({
        roundId: round.id,
        ...match,
        isByHand: true,
        reason: reasonFor(question, match),
      })),
    ]);
    const summary = round.summary && { ...round.summary, alone: await aloneNow(tx, question, round.id) };
    await rounds.change(tx, round.id, { isChanged: true, changedById: by, summary });
  });
}
