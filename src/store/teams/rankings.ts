import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { Tiers } from '../../domain/teams/ranking.ts';
import { rankedTrends, rankings } from '../schema/index.ts';

/** Maker of an order: a person, or a team whose members rank together. */
export interface Ranker {
  programmeId: number;
  personId: number | null;
  teamId: number | null;
}

export interface Ranking {
  id: number;
  tiers: Tiers;
}

const isOf = ({ programmeId, personId, teamId }: Ranker) =>
  and(
    eq(rankings.programmeId, programmeId),
    personId === null ? isNull(rankings.personId) : eq(rankings.personId, personId),
    teamId === null ? isNull(rankings.teamId) : eq(rankings.teamId, teamId),
  );

/** The order as it was saved; null where nobody has ranked. */
export async function find(db: Db, ranker: Ranker): Promise<Ranking | null> {
  const rows = await db
    .select({ id: rankings.id, trendId: rankedTrends.trendId, tier: rankedTrends.tier })
    .from(rankings)
    .leftJoin(rankedTrends, eq(rankedTrends.rankingId, rankings.id))
    .where(isOf(ranker))
    .orderBy(asc(rankedTrends.tier), asc(rankedTrends.trendId));
  if (rows.length === 0) return null;
  return { id: rows[0]!.id, tiers: tiersIn(rows) };
}

function tiersIn(rows: readonly { trendId: number | null; tier: number | null }[]): Tiers {
  const ranked = rows.flatMap(({ trendId, tier }) =>
    trendId === null || tier === null ? [] : [{ trendId, tier }],
  );
  return [...Map.groupBy(ranked, ({ tier }) => tier)].map(([, level]) => level.map(({ trendId }) => trendId));
}

/** The order, held until the transaction ends; one that nobody has made is empty, and is made. */
export async function lock(tx: Tx, ranker: Ranker, now: Temporal.Instant): Promise<Ranking> {
  const { programmeId, personId, teamId } = ranker;
  await tx.insert(rankings).values({ programmeId, personId, teamId, updatedAt: now }).onConflictDoNothing();
  const [row] = await tx.select({ id: rankings.id }).from(rankings).where(isOf(ranker)).for('update');
  const found = await find(tx, ranker);
  return { id: row!.id, tiers: found?.tiers ?? [] };
}

export async function save(tx: Tx, id: number, tiers: Tiers, now: Temporal.Instant): Promise<void> {
  await tx.update(rankings).set({ updatedAt: now }).where(eq(rankings.id, id));
  await tx.delete(rankedTrends).where(eq(rankedTrends.rankingId, id));
  const rows = tiers.flatMap((trends, tier) => trends.map((trendId) => ({ rankingId: id, trendId, tier })));
  if (rows.length > 0) await tx.insert(rankedTrends).values(rows);
}

/** Takes an order away, as if nobody had ranked. */
export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(rankings).where(eq(rankings.id, id));
}

/** All orders of a season by ranker: 'p12' is a person's, 't3' a team's. */
export async function all(db: Db, programmeId: number): Promise<Map<string, Tiers>> {
  const rows = await db
    .select({
      personId: rankings.personId,
      teamId: rankings.teamId,
      trendId: rankedTrends.trendId,
      tier: rankedTrends.tier,
    })
    .from(rankings)
    .leftJoin(rankedTrends, eq(rankedTrends.rankingId, rankings.id))
    .where(eq(rankings.programmeId, programmeId))
    .orderBy(asc(rankings.id), asc(rankedTrends.tier), asc(rankedTrends.trendId));
  const grouped = Map.groupBy(rows, ({ personId, teamId }) =>
    teamId === null ? `p${personId}` : `t${teamId}`,
  );
  return new Map([...grouped].map(([key, own]) => [key, tiersIn(own)]));
}

/** Orders of these people alone, by person; those who have none are left out. */
export async function ofPeople(db: Db, programmeId: number, ids: number[]): Promise<Map<number, Tiers>> {
  const rows = await db
    .select({ personId: rankings.personId, trendId: rankedTrends.trendId, tier: rankedTrends.tier })
    .from(rankings)
    .innerJoin(rankedTrends, eq(rankedTrends.rankingId, rankings.id))
    .where(and(eq(rankings.programmeId, programmeId), inArray(rankings.personId, [0, ...ids])))
    .orderBy(asc(rankings.id), asc(rankedTrends.tier), asc(rankedTrends.trendId));
  const grouped = Map.groupBy(rows, ({ personId }) => personId!);
  return new Map([...grouped].map(([personId, own]) => [personId, tiersIn(own)]));
}

/** Points orders at the trend that another one was merged into; where both are ranked, the better place counts. */
export async function redirect(tx: Tx, from: number, to: number): Promise<void> {
  await tx.execute(sql`
    UPDATE ${rankedTrends} AS kept SET tier = least(kept.tier, gone.tier)
    FROM ${rankedTrends} AS gone
    WHERE gone.ranking_id = kept.ranking_id AND gone.trend_id = ${from} AND kept.trend_id = ${to}`);
  const both = tx
    .select({ id: rankedTrends.rankingId })
    .from(rankedTrends)
    .where(eq(rankedTrends.trendId, to));
  await tx
    .delete(rankedTrends)
    .where(and(eq(rankedTrends.trendId, from), inArray(rankedTrends.rankingId, both)));
  await tx.update(rankedTrends).set({ trendId: to }).where(eq(rankedTrends.trendId, from));
}
