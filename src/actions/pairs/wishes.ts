import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  mannerLines,
  mostPairs,
  mostTopics,
  type Topic,
  topicKey,
  workingDays,
} from '../../domain/pairs/wishes.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as trends from '../../store/trends/trends.ts';
import { refuseOutdated } from '../edition.ts';

/** Answer of one person. */
export interface WishAnswer {
  takesPart: boolean;
  topics: readonly Topic[];
  manner: readonly string[];
  days: readonly number[];
  most: number;
}

/** The round of a person in the season that is on, with what they wish; null where they are in none. */
export async function wishOf(ctx: Context, personId: number) {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const round = await rounds.current(ctx.db, programme.id);
  const wish = round && (await wishes.find(ctx.db, round.id, personId));
  if (!round || !wish) return null;
  const topics = await wishes.topicsOf(ctx.db, round.id, personId);
  return { programme, round, wish, topics, isOpen: isOpen(ctx, programme, round) };
}

/** Wishes can be answered and changed until their last day is over. */
function isOpen(ctx: Context, { timeZone }: programmes.Programme, round: rounds.Round): boolean {
  const today = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const isLate = Temporal.PlainDate.compare(today, round.wishesUntil) > 0;
  return !isLate && round.endedAt === null;
}

/** The fields of a wish as its form shows them. */
export const wishFields = ({ takesPart, topics, manner, days, most }: WishAnswer) => ({
  takesPart: takesPart ? 'yes' : 'no',
  topics: topics.map(topicKey),
  manner: [...manner],
  days: [...days],
  most,
});

/**
 * Saves what somebody wishes. Refused ('conflict') once wishes are closed, and for a page whose reader saw other wishes
 * than are stored now (StaleForm).
 */
export async function saveWish(
  ctx: Context,
  personId: number,
  answer: WishAnswer,
  seen: string | undefined,
  { byOrganiser = false } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const round = orNotFound(await rounds.current(tx, programme.id), 'page');
    const wish = orNotFound(await wishes.lock(tx, round.id, personId), 'page');
    if (byOrganiser ? round.endedAt !== null : !isOpen(ctx, programme, round))
      throw new Refusal('conflict', 'Wishes have closed. Write to an organiser if yours have changed.');
    const topics = await wishes.topicsOf(tx, round.id, personId);
    refuseOutdated('wishes', seen, wishFields({ ...wish, topics }));
    const cleaned = await checked(tx, answer);
    const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().toString();
    const { topics: chosen, ...values } = cleaned;
    await wishes.change(tx, round.id, [personId], {
      ...values,
      manner: [...values.manner],
      days: [...values.days],
      answeredOn: today,
    });
    await wishes.replaceTopics(tx, round.id, personId, chosen);
  });
}

/** The answer with each topic once; refused where a trend is gone, or there are too many. */
async function checked(tx: Tx, answer: WishAnswer): Promise<WishAnswer> {
  const topics = [...new Map(answer.topics.map((topic) => [topicKey(topic), topic])).values()];
  if (topics.length > mostTopics)
    throw new Refusal('invalid', 'Choose {n} topics at most.', { n: mostTopics }, 'topics');
  const ids = topics.flatMap(({ trendId }) => (trendId === null ? [] : [trendId]));
  const known = new Map((await trends.lock(tx, ids)).map((trend) => [trend.id, trend]));
  if (ids.some((id) => !known.has(id) || !canBeGiven(known.get(id)!)))
    throw new Refusal(
      'invalid',
      'One of these trends was parked or merged. Choose another one.',
      {},
      'topics',
    );
  const days = answer.days.filter((day) => workingDays.some((one) => one === day));
  const most = Math.min(Math.max(answer.most, 1), mostPairs);
  return { ...answer, topics, days, most, manner: answer.manner.slice(0, mannerLines) };
}
