// Briefs on a trend that an earlier team wrote: anybody reads them, and the next team can begin with one.
import { and, desc, eq, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { briefVersions, programmes, research, researchSteps, teams, trends } from '../schema/index.ts';

export interface EarlierBrief {
  researchId: number;
  text: string;
  savedAt: Temporal.Instant;
  authors: string[];
}

/**
 * Lists written briefs on a trend, or on one of the same name in an earlier season, the latest first. Their team is gone, has
 * another trend, or belongs to a season that has ended; or nothing was written since `before`.
 */
export async function earlierBriefs(
  db: Db,
  { trendId, before, limit }: { trendId: number; before: Temporal.Instant; limit: number },
): Promise<EarlierBrief[]> {
  return db
    .select({
      researchId: research.id,
      text: briefVersions.text,
      savedAt: briefVersions.savedAt,
      authors: sql<
        string[]
      >`ARRAY(SELECT DISTINCT a.name FROM brief_versions w JOIN people a ON a.id = w.author_id
        WHERE w.research_id = ${research.id} ORDER BY a.name)`,
    })
    .from(research)
    .innerJoin(briefVersions, eq(briefVersions.researchId, research.id))
    .innerJoin(researchSteps, and(eq(researchSteps.researchId, research.id), eq(researchSteps.step, 'brief')))
    .leftJoin(teams, eq(teams.id, research.teamId))
    .leftJoin(programmes, eq(programmes.id, teams.programmeId))
    .where(
      and(
        sql`${research.trendId} IN (SELECT same.id FROM ${trends} same JOIN ${trends} own
          ON lower(same.sentence) = lower(own.sentence) WHERE own.id = ${trendId})`,
        sql`${briefVersions.number} = (SELECT max(n.number) FROM brief_versions n WHERE n.research_id = ${research.id})`,
        ne(briefVersions.text, ''),
        or(
          isNull(research.teamId),
          sql`${teams.trendId} IS DISTINCT FROM ${research.trendId}`,
          isNotNull(programmes.endedAt),
          lt(briefVersions.savedAt, before),
        ),
      ),
    )
    .orderBy(desc(briefVersions.savedAt), desc(research.id))
    .limit(limit);
}

/** Copies a brief with its whole history, so that everyone who wrote it stays credited. */
export async function copyBrief(tx: Tx, from: number, to: number): Promise<void> {
  await tx.execute(sql`
    INSERT INTO brief_versions (research_id, number, text, words, author_id, begun_with, saved_at)
    SELECT ${to}::integer, number, text, words, author_id, begun_with, saved_at FROM brief_versions
    WHERE research_id = ${from}::integer ORDER BY number`);
}
