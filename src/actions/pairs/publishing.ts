import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import type { PublishedPairs } from '../../domain/pairs/matching.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { removeHeldPress } from '../../store/letters/presses.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as people from '../../store/people/people.ts';
import { note } from '../audit/note.ts';
import { eraseOneSided } from './chemistry.ts';
import { answersUntil, propose } from './letters.ts';
import { firstTimesOf } from './meetings-times.ts';
import { questionNow } from './question.ts';
import { lockRound } from './rounds.ts';

/**
 * Proposes the draft's pairs to their people, who have three working days to answer. The e-mails wait ten seconds.
 * Throws a Refusal ('conflict') where nothing is new, or a pair can no longer be.
 */
export async function publishPairs(ctx: Context, by: number, roundId: number, seen: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, roundId, seen);
    const programme = orNotFound(await programmes.current(tx), 'page');
    const drafts = (await pairs.all(tx, round.id)).filter(({ state }) => state === 'draft');
    if (drafts.length === 0) throw new Refusal('conflict', 'No pair is new: everyone was asked already.');
    await refuseOutdated(tx, round, drafts);
    const until = undoEnds(ctx.now());
    const press = `pair-proposed:${round.id}:${ctx.now().epochMilliseconds}`;
    const ids = drafts.map(({ id }) => id);
    await pairs.change(tx, ids, {
      state: 'asked',
      publishedAt: ctx.now(),
      answerBy: await answersUntil(ctx, programme.timeZone),
    });
    const times = await firstTimesOf(ctx, tx, { programme, round }, drafts);
    for (const [n, { id }] of drafts.entries()) await pairs.change(tx, [id], { firstTimes: times[n]! });
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const named = (await pairs.list(tx, round.id)).filter(({ pair }) => ids.includes(pair.id));
    for (const one of named)
      await propose(ctx, tx, one, { programme, round, organiser, press, hold: { id: null, until } });
    const publishUndo: PublishedPairs = { press, until: until.toString(), pairIds: ids };
    await rounds.change(tx, round.id, {
      publishedAt: round.publishedAt ?? ctx.now(),
      publishUndo,
      changedById: by,
    });
    await eraseOneSided(ctx, tx, programme.id);
    await note(ctx, tx, { by, act: 'published-pairs', about: programme.name, numbers: { n: ids.length } });
    return ids.length;
  });
}

/** A pair of which somebody left, or now stands in one reporting line, is not proposed to anybody. */
async function refuseOutdated(tx: Tx, round: rounds.Round, drafts: readonly pairs.Pair[]): Promise<void> {
  const { everyone, between } = await questionNow(tx, round);
  const byId = new Map(everyone.map((one) => [one.id, one]));
  const named = new Map((await pairs.list(tx, round.id)).map((one) => [one.pair.id, one]));
  for (const pair of drafts) {
    const ids = [pair.talentId, pair.secondTalentId].flatMap((id) => (id === null ? [] : [id]));
    const senior = byId.get(pair.seniorId);
    const talents = ids.map((id) => byId.get(id));
    const isLine = talents.some((talent) => senior && talent && between(senior, talent) === 'line');
    if (senior && talents.every((talent) => talent) && !isLine) continue;
    const one = named.get(pair.id);
    throw new Refusal(
      'conflict',
      isLine
        ? '{senior} and {talent} are in one reporting line now. Make the draft again.'
        : '{senior} or {talent} takes part no longer. Make the draft again.',
      { senior: one?.senior.name ?? '', talent: one?.talent.name ?? '' },
    );
  }
}

/** Takes the last publication back within its ten seconds: nobody hears, and its pairs are a draft again. */
export async function takeBackPairs(ctx: Context, by: number, roundId: number, seen: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, roundId, seen);
    const undo = round.publishUndo;
    const isLate = !undo || Temporal.Instant.compare(ctx.now(), undo.until) >= 0;
    if (isLate || (await removeHeldPress(tx, 'pair-proposed', undo.press, ctx.now())) === 0)
      throw new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
    await pairs.change(tx, undo.pairIds, { state: 'draft', publishedAt: null, answerBy: null });
    const left = (await pairs.all(tx, round.id)).some(({ state }) => state !== 'draft');
    await rounds.change(tx, round.id, {
      publishedAt: left ? round.publishedAt : null,
      publishUndo: null,
      changedById: by,
    });
  });
}
