import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { people, programmes, trendInterests, trends } from '../schema/index.ts';

/** Days of voting on trends; null: none is set, and no press closed it. */
export type VotingChange = Pick<
  typeof programmes.$inferInsert,
  'votingClosesOn' | 'votingClosedAt' | 'votingReopenedAt'
>;

export async function changeVoting(tx: Tx, programmeId: number, values: VotingChange): Promise<void> {
  await tx.update(programmes).set(values).where(eq(programmes.id, programmeId));
}

/** Lists the active people who have said something of a trend of this season. */
export async function voters(db: Db, programmeId: number) {
  const said = sql`SELECT FROM ${trendInterests} JOIN ${trends} ON ${trends.id} = ${trendInterests.trendId}
    WHERE ${trendInterests.personId} = ${people.id} AND ${trends.programmeId} = ${programmeId}`;
  return db
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(and(isNull(people.disabledAt), sql`EXISTS (${said})`))
    .orderBy(asc(people.id));
}
