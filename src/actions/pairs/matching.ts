import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  type Match,
  type MatchRule,
  type MatchSummary,
  type RuleSummary,
  reasonOf,
  whyAlone,
} from '../../domain/pairs/matching.ts';
import { isRefusal } from '../../planning/cannot.ts';
import type { PairsAnswer, TriosAnswer } from '../../planning/pairs/wishes.ts';
import { planInWorker } from '../../planning/worker.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import { matchesOf, plannerWishes, type Question, questionNow } from './question.ts';
import { lockRound } from './rounds.ts';

/** Seconds after which the best so far is the answer; 600 seniors and 500 talents take one or two. */
const seconds = 20;

/**
 * Makes a draft of pairs by the rule of the round, and says what the other rule would come to. Pairs that are kept, and
 * those that people have heard of, stay. Throws a Refusal ('conflict') where nobody can be paired.
 */
export async function matchPairs(
  ctx: Context,
  by: number,
  roundId: number,
  seen: number,
  wanted: { rule?: MatchRule | undefined } = {},
): Promise<void> {
  const round = orNotFound(await rounds.find(ctx.db, roundId), 'page');
  const rule = wanted.rule ?? round.rule;
  const question = await questionNow(ctx.db, round);
  refuseEmptySide(question);
  // Two talents with one senior are planned by the rule of most pairs alone.
  const rules = round.trios ? (['most'] as const) : ([rule, rule === 'most' ? 'stable' : 'most'] as const);
  const answers = await Promise.all(rules.map((one) => planned(question, one, round)));
  const matches = matchesOf(answers[0]!);
  await ctx.db.transaction(async (tx) => {
    const held = await lockRound(tx, roundId, seen);
    const before = await pairs.all(tx, held.id);
    const drafts = before.filter(({ state, isLocked }) => state === 'draft' && !isLocked);
    await pairs.removeDrafts(
      tx,
      drafts.map(({ id }) => id),
    );
    await pairs.addMany(
      tx,
      matches.map((match) => ({ roundId, ...match, reason: reasonFor(question, match) })),
    );
    await rounds.change(tx, roundId, {
      rule: rules[0],
      isChanged: false,
      changedById: by,
      summary: summaryOf(question, rules, answers, before),
    });
  });
}

/** Throws a Refusal ('conflict') where nobody of one side is free. */
function refuseEmptySide(question: Question): void {
  for (const side of ['senior', 'talent'] as const)
    if (!question.everyone.some((one) => one.side === side && one.most > 0))
      throw new Refusal(
        'conflict',
        side === 'senior'
          ? 'No senior manager who has answered is free for a pair.'
          : 'No young talent who has answered is free for a pair.',
      );
}

async function planned(question: Question, rule: MatchRule, { seed, trios }: rounds.Round) {
  try {
    return await planInWorker('pairs', plannerWishes(question, { rule, trios }), { seed, seconds });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Refusal(
      'conflict',
      'These wishes cannot be matched. Check who is in the round, then try again.',
    );
  }
}

/** Why these two or three are a pair, as they and organisers read it. */
export function reasonFor({ everyone, mutual }: Question, match: Match) {
  const byId = new Map(everyone.map((one) => [one.id, one]));
  const ids = [match.talentId, match.secondTalentId].flatMap((id) => (id === null ? [] : [id]));
  const isMutual = mutual.some(
    ([a, b]) => (a === match.seniorId && ids.includes(b)) || (b === match.seniorId && ids.includes(a)),
  );
  return reasonOf(
    byId.get(match.seniorId)!,
    ids.map((id) => byId.get(id)!),
    isMutual,
  );
}

function summaryOf(
  question: Question,
  rules: readonly MatchRule[],
  answers: readonly (PairsAnswer | TriosAnswer)[],
  before: readonly pairs.Pair[],
): MatchSummary {
  const kept = question.locked;
  const standing = before.filter(({ state }) => state === 'asked' || state === 'running');
  const own = [...matchesOf(answers[0]!), ...kept, ...standing];
  const paired = new Set(
    own.flatMap(({ seniorId, talentId, secondTalentId }) => [seniorId, talentId, secondTalentId ?? 0]),
  );
  const ofSide = (side: 'senior' | 'talent') => question.everyone.filter((one) => one.side === side).length;
  return {
    rules: rules.map((rule, index) => ruleSummary(question, rule, answers[index]!, kept)),
    alone: whyAlone(question.everyone, paired, question.between),
    seniors: ofSide('senior'),
    talents: ofSide('talent'),
  };
}

function ruleSummary(
  question: Question,
  rule: MatchRule,
  answer: PairsAnswer | TriosAnswer,
  kept: readonly pairs.Pair[],
): RuleSummary {
  const made = [
    ...matchesOf(answer).map((match) => reasonFor(question, match)),
    ...kept.map(({ reason }) => reason),
  ];
  const bound = answer.goals.find(({ name }) => name === 'pairs')?.bound ?? answer.pairs.length;
  return {
    rule,
    pairs: made.length,
    bound: Math.floor(bound) + kept.length,
    firstOfSeniors: made.filter(({ firstOfSenior }) => firstOfSenior).length,
    firstOfTalents: made.filter(({ firstOfTalent }) => firstOfTalent).length,
    swaps: 'blockingPairs' in answer ? answer.blockingPairs.length : 0,
    isProven: answer.provenOptimal,
  };
}

/** Keeps a pair of the draft when it is made again, or no longer. */
export async function setPairLock(
  ctx: Context,
  by: number,
  pairId: number,
  isLocked: boolean,
  seen: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { pair } = await lockDraftPair(tx, pairId, seen);
    await pairs.change(tx, [pair.id], { isLocked });
    await rounds.change(tx, pair.roundId, { changedById: by });
  });
}

/** The pair of a draft and its round, both held. */
export async function lockDraftPair(tx: Tx, pairId: number, seen: number) {
  const found = orNotFound(await pairs.findNamed(tx, pairId), 'page');
  const round = await lockRound(tx, found.pair.roundId, seen);
  const pair = orNotFound(await pairs.lock(tx, pairId), 'page');
  if (pair.state !== 'draft')
    throw new Refusal('conflict', 'This pair has been published already. Change it on its own page.');
  return { pair, round };
}
