import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { stateAfter } from '../../domain/pairs/arrangement.ts';
import { isRefusal } from '../../planning/cannot.ts';
import { planInWorker } from '../../planning/worker.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as people from '../../store/people/people.ts';
import { pairToken } from '../letters/links.ts';
import { answersUntil, membersOf, propose, tellPairNews } from './letters.ts';
import { reasonFor } from './matching.ts';
import { beginMeetings, beginMissingMeetings } from './meetings.ts';
import { firstTimesOf, type Season, timesFor } from './meetings-times.ts';
import { matchesOf, plannerWishes, questionNow } from './question.ts';

const columns = ['seniorAnswer', 'talentAnswer', 'secondAnswer'] as const;

/** Answers of the people of a pair, in the order of its members. */
export const answersOf = (pair: pairs.Pair) =>
  columns.slice(0, pair.secondTalentId === null ? 2 : 3).map((column) => pair[column]);

/**
 * Says yes, or no thank you, to a partner. With the last yes the pair is on and all hear; with a no it is over, the others
 * hear that it did not come about, and the next best is proposed. Refused ('gone') once it is decided or too late.
 */
export async function answerPair(
  ctx: Context,
  pairId: number,
  personId: number,
  answer: 'yes' | 'no',
): Promise<'asked' | 'running' | 'ended'> {
  return ctx.db.transaction(async (tx) => {
    const found = orNotFound(await pairs.findNamed(tx, pairId), 'page');
    const round = orNotFound(await rounds.lock(tx, found.pair.roundId), 'page');
    const pair = orNotFound(await pairs.lock(tx, pairId), 'page');
    const place = membersOf(found).findIndex(({ id }) => id === personId);
    if (place < 0) throw new Refusal('not-found', 'This is not your pair.');
    refuseDecided(ctx, pair);
    const changed = { ...pair, [columns[place]!]: answer };
    const state = stateAfter(answersOf(changed));
    await pairs.change(tx, [pair.id], {
      [columns[place]!]: answer,
      state,
      ...(state === 'ended' && { endedAt: ctx.now(), ending: 'declined' as const }),
    });
    if (state === 'asked') return state;
    const telling = await tellingFor(tx, round, `pair-news:${pair.id}:${state}`);
    const first = state === 'running' ? await begin(ctx, tx, found.pair, telling) : undefined;
    const everyone = membersOf(found).map(({ id }) => id);
    const heard = state === 'running' ? everyone : everyone.filter((id) => id !== personId);
    await tellPairNews(ctx, tx, found, state === 'running' ? 'running' : 'not-made', heard, telling, first);
    if (state === 'ended') await rounds.change(tx, round.id, { needsNext: true });
    return state;
  });
}

/** Begins the meetings of a pair, with times for the first one. */
async function begin(ctx: Context, tx: Tx, pair: pairs.Pair, season: Season) {
  const all = await beginMeetings(ctx, tx, pair.id, season);
  const [meeting] = all;
  if (!meeting) return undefined;
  return timesFor(ctx, tx, season, { pair, meeting, all });
}

function refuseDecided(ctx: Context, pair: pairs.Pair): void {
  if (pair.state === 'draft') throw new Refusal('not-found', 'This pair was taken back.');
  if (pair.state !== 'asked') throw new Refusal('gone', 'This pair is decided already.');
  if (pair.answerBy && Temporal.Instant.compare(ctx.now(), pair.answerBy) >= 0)
    throw new Refusal(
      'gone',
      'The time to answer is over. Write to an organiser if you would still like to.',
    );
}

/** E-mails that leave without anybody's press come in the name of the organiser who published. */
async function tellingFor(tx: Tx, round: rounds.Round, press: string) {
  const programme = orNotFound(await programmes.find(tx, round.programmeId), 'page');
  const own = round.changedById === null ? null : await people.find(tx, round.changedById);
  const organiser = own ?? orNotFound(await people.firstOrganiser(tx, 0), 'person');
  return { programme, round, organiser, press };
}

/** Finds the pair of this link and whose it is. Throws a Refusal ('not-found') for any other. */
export async function holderOfPairLink(ctx: Context, token: string) {
  const [pairId = '', personId = ''] = token.split('-');
  const isNumbers = /^\d{1,9}$/.test(pairId) && /^\d{1,9}$/.test(personId);
  const isOurs = isNumbers && token === pairToken(ctx, Number(pairId), Number(personId));
  const found = isOurs ? await pairs.findNamed(ctx.db, Number(pairId)) : null;
  const holder = found && (await people.find(ctx.db, Number(personId)));
  if (!found || !holder || holder.disabledAt !== null)
    throw new Refusal('not-found', 'This link no longer works. Sign in to see your pair.');
  return { found, holder };
}

/** Most pairs that end in one round of this work; the rest follow a minute later. */
const atOnce = 50;

/** Ends pairs whose time to answer is over, and proposes the next best where somebody is free again. */
export async function keepPairs(ctx: Context): Promise<void> {
  await beginMissingMeetings(ctx);
  for (const { id } of await pairs.overdue(ctx.db, ctx.now(), atOnce)) await endUnanswered(ctx, id);
  for (const round of await rounds.needingNext(ctx.db)) await proposeNext(ctx, round.id);
}

async function endUnanswered(ctx: Context, pairId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const found = orNotFound(await pairs.findNamed(tx, pairId), 'page');
    const round = orNotFound(await rounds.lock(tx, found.pair.roundId), 'page');
    const pair = orNotFound(await pairs.lock(tx, pairId), 'page');
    if (pair.state !== 'asked' || Temporal.Instant.compare(ctx.now(), pair.answerBy!) < 0) return;
    await pairs.change(tx, [pair.id], { state: 'ended', endedAt: ctx.now(), ending: 'unanswered' });
    const telling = await tellingFor(tx, round, `pair-news:${pair.id}:ended`);
    // Only those who said yes are told.
    const answered = answersOf(pair);
    const heard = membersOf(found).flatMap(({ id }, place) => (answered[place] === 'yes' ? [id] : []));
    await tellPairNews(ctx, tx, found, 'not-made', heard, telling);
    await rounds.change(tx, round.id, { needsNext: true });
  });
}

/** Seconds for the few people who are free. */
const seconds = 10;

/** Pairs those who are free and said yes to taking part, and asks them; nobody else is touched. */
async function proposeNext(ctx: Context, roundId: number): Promise<void> {
  const round = orNotFound(await rounds.find(ctx.db, roundId), 'page');
  const question = await questionNow(ctx.db, round);
  const hasDraft = (await pairs.counts(ctx.db, roundId)).draft > 0;
  const isFree = (side: 'senior' | 'talent') =>
    question.everyone.some((one) => one.side === side && one.most > 0);
  const canMatch = !hasDraft && isFree('senior') && isFree('talent');
  const matches = canMatch ? await nextMatches(question, round) : [];
  await ctx.db.transaction(async (tx) => {
    const held = orNotFound(await rounds.lock(tx, roundId), 'page');
    if (!held.needsNext || held.revision !== round.revision) return;
    await rounds.change(tx, roundId, { needsNext: false });
    if (matches.length === 0) return;
    const telling = await tellingFor(tx, held, `pair-next:${roundId}:${held.revision}`);
    const until = await answersUntil(ctx, telling.programme.timeZone);
    const times = await firstTimesOf(ctx, tx, telling, matches);
    await pairs.addMany(
      tx,
      matches.map((match, n) => ({
        roundId,
        ...match,
        firstTimes: times[n]!,
        reason: reasonFor(question, match),
        state: 'asked' as const,
        publishedAt: ctx.now(),
        answerBy: until,
      })),
    );
    const known = new Set(matches.map(({ seniorId, talentId }) => `${seniorId} ${talentId}`));
    for (const named of await pairs.list(tx, roundId))
      if (named.pair.state === 'asked' && known.has(`${named.pair.seniorId} ${named.pair.talentId}`))
        await propose(ctx, tx, named, telling);
  });
}

async function nextMatches(question: Awaited<ReturnType<typeof questionNow>>, round: rounds.Round) {
  try {
    const wishes = plannerWishes(question, { rule: round.rule, trios: round.trios });
    return matchesOf(await planInWorker('pairs', wishes, { seed: round.seed, seconds }));
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}
