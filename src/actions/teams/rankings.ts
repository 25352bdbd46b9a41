import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  among,
  isRankingOpen,
  type Move,
  moved,
  orderText,
  readOrder,
  type Tiers,
} from '../../domain/teams/ranking.ts';
import { mostWishes, type WishKind } from '../../domain/teams/team-wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rankings from '../../store/teams/rankings.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { refuseOutdated } from '../edition.ts';

/** A press on the page of an order: what it does, and the order that the page showed. */
export interface RankPress {
  /** Left out: the order is saved as it was shown, or as it was dragged. */
  move?: { trendId: number; how: Move } | undefined;
  order: string;
  /** Edition of the order that the page's reader had seen. */
  seen: string | undefined;
}

/** An order as the fields of its form show it. */
export const orderFields = (tiers: Tiers) => ({ order: orderText(tiers) });

/** Says whose order a person makes: their own, or that of the team they are to be placed with. Refuses who is not to be placed. */
export async function rankerOf(
  db: Tx | Context['db'],
  programmeId: number,
  personId: number,
): Promise<rankings.Ranker> {
  const standing = await toPlace.standingOf(db, programmeId, personId);
  if (standing.kind === 'outside') throw new Refusal('not-found', 'Young talents rank the trends.');
  if (standing.kind === 'placed')
    throw new Refusal('conflict', 'You’re in {team}, which has a trend already.', {
      team: standing.team.name,
    });
  return standing.kind === 'team'
    ? { programmeId, personId: null, teamId: standing.team.id }
    : { programmeId, personId, teamId: null };
}

/**
 * Saves an order after one press; trends that are off the list leave it. Refuses talents once ranking has closed, and a
 * page whose reader saw another order than is saved now (StaleForm).
 */
export async function rank(
  ctx: Context,
  personId: number,
  { move, order, seen }: RankPress,
  { byOrganiser = false } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    if (!byOrganiser) await refuseClosed(ctx, tx, programme);
    const now = ctx.now();
    const ranking = await rankings.lock(tx, await rankerOf(tx, programme.id, personId), now);
    refuseOutdated('this order', seen, orderFields(ranking.tiers));
    const shown = readOrder(order);
    if (shown === undefined)
      throw new Refusal('invalid', 'That is no order of trends. Reload the page and try again.');
    const next = move ? moved(shown, move.trendId, move.how) : shown;
    const offered = new Set((await toPlace.rankableAmong(tx, programme.id, next.flat())).map(({ id }) => id));
    await rankings.save(tx, ranking.id, among(next, offered), now);
  });
}

async function refuseClosed(ctx: Context, tx: Tx, { id, timeZone }: programmes.Programme): Promise<void> {
  const round = await rounds.find(tx, id);
  if (isRankingOpen(round?.rankingClosesOn ?? null, ctx.now(), timeZone)) return;
  throw new Refusal('conflict', 'Ranking has closed. Write to an organiser if your order has to change.');
}

/** Wishes to work with somebody, or not; a wish about the same person is replaced. */
export async function wish(
  ctx: Context,
  personId: number,
  otherId: number,
  kind: WishKind,
  setBy: 'person' | 'organiser' = 'person',
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    if (setBy === 'person') await refuseClosed(ctx, tx, programme);
    if (personId === otherId) throw new Refusal('invalid', 'Write another person’s name.', {}, kind);
    const standing = await toPlace.standingOf(tx, programme.id, otherId);
    if (standing.kind === 'outside')
      throw new Refusal(
        'invalid',
        'Only young talents are in research teams. Write the name of one.',
        {},
        kind,
      );
    await rounds.lock(tx, programme.id);
    if (setBy === 'person') await refuseTooMany(tx, programme.id, personId, otherId, kind);
    await teamWishes.put(tx, programme.id, { personId, otherId, kind, setBy });
  });
}

async function refuseTooMany(
  tx: Tx,
  programmeId: number,
  personId: number,
  otherId: number,
  kind: WishKind,
): Promise<void> {
  const own = await teamWishes.ofPerson(tx, programmeId, personId);
  const others = own.filter((one) => one.kind === kind && one.otherId !== otherId);
  if (others.length < mostWishes[kind]) return;
  throw new Refusal(
    'invalid',
    'These are {n} names already. Take one away first.',
    { n: others.length },
    kind,
  );
}

/** Takes a wish back. */
export async function dropWish(
  ctx: Context,
  personId: number,
  otherId: number,
  setBy: 'person' | 'organiser' = 'person',
): Promise<void> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  await teamWishes.remove(ctx.db, programme.id, { personId, otherId, setBy });
}
