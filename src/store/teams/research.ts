import { and, asc, desc, eq, isNotNull, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import type { TickedStep } from '../../domain/teams/team-steps.ts';
import { briefVersions, people, research, researchLinks, researchSteps } from '../schema/index.ts';

export type BriefVersion = typeof briefVersions.$inferSelect & { author: string | null };

/** Finds what a team did on a trend; null where it has not begun. */
export async function find(db: Db, teamId: number, trendId: number): Promise<{ id: number } | null> {
  const [row] = await db
    .select({ id: research.id })
    .from(research)
    .where(and(eq(research.teamId, teamId), eq(research.trendId, trendId)));
  return row ?? null;
}

/** Finds or begins a team's work on a trend, and returns its id. The team's row is locked. */
export async function begin(
  tx: Tx,
  values: { teamId: number; trendId: number; createdAt: Temporal.Instant },
): Promise<number> {
  await tx.insert(research).values(values).onConflictDoNothing();
  return (await find(tx, values.teamId, values.trendId))!.id;
}

export async function ticked(db: Db, researchId: number): Promise<TickedStep[]> {
  const rows = await db
    .select({ step: researchSteps.step })
    .from(researchSteps)
    .where(eq(researchSteps.researchId, researchId));
  return rows.map(({ step }) => step);
}

export async function tick(tx: Tx, values: typeof researchSteps.$inferInsert): Promise<void> {
  await tx.insert(researchSteps).values(values).onConflictDoNothing();
}

export async function untick(tx: Tx, researchId: number, step: TickedStep): Promise<void> {
  await tx
    .delete(researchSteps)
    .where(and(eq(researchSteps.researchId, researchId), eq(researchSteps.step, step)));
}

/** Finds one version of a brief, or the last one. */
export async function version(
  db: Db,
  researchId: number,
  which: number | 'last',
): Promise<BriefVersion | null> {
  const of = eq(briefVersions.researchId, researchId);
  const [row] = await db
    .select({ version: briefVersions, author: people.name })
    .from(briefVersions)
    .leftJoin(people, eq(people.id, briefVersions.authorId))
    .where(which === 'last' ? of : and(of, eq(briefVersions.number, which)))
    .orderBy(desc(briefVersions.number))
    .limit(1);
  return row ? { ...row.version, author: row.author } : null;
}

export async function addVersion(tx: Tx, values: typeof briefVersions.$inferInsert): Promise<void> {
  await tx.insert(briefVersions).values(values);
}

/** One page of a brief's history, the latest first, without the texts. */
export async function history(
  db: Db,
  researchId: number,
  page: { offset: number; limit: number },
): Promise<Omit<BriefVersion, 'text' | 'researchId' | 'id'>[]> {
  const { number, words, authorId, begunWith, savedAt } = briefVersions;
  return db
    .select({ number, words, authorId, begunWith, savedAt, author: people.name })
    .from(briefVersions)
    .leftJoin(people, eq(people.id, briefVersions.authorId))
    .where(eq(briefVersions.researchId, researchId))
    .orderBy(desc(briefVersions.number))
    .offset(page.offset)
    .limit(page.limit);
}

/** Names everyone who wrote a brief, by name; who has left the team is among them. */
export async function authors(db: Db, researchId: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: people.id, name: people.name })
    .from(briefVersions)
    .innerJoin(people, eq(people.id, briefVersions.authorId))
    .where(eq(briefVersions.researchId, researchId))
    .orderBy(asc(people.name), asc(people.id));
  return rows.map(({ name }) => name);
}

/** How many texts a brief had. */
export async function versions(db: Db, researchId: number): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`coalesce(max(${briefVersions.number}), 0)::int` })
    .from(briefVersions)
    .where(eq(briefVersions.researchId, researchId));
  return row?.n ?? 0;
}

/** Moves all work on one trend to another one; a team that has work on both keeps each. */
export async function redirect(tx: Tx, from: number, to: number): Promise<void> {
  const onBoth = tx
    .select({ id: research.teamId })
    .from(research)
    .where(and(eq(research.trendId, to), isNotNull(research.teamId)));
  await tx
    .update(research)
    .set({ trendId: to })
    .where(and(eq(research.trendId, from), or(isNull(research.teamId), notInArray(research.teamId, onBoth))));
}

/** Links of a team's work, the latest first, with who added each. */
export async function links(db: Db, researchId: number) {
  const { id, url, title, createdAt } = researchLinks;
  return db
    .select({ id, url, title, createdAt, addedBy: people.name })
    .from(researchLinks)
    .leftJoin(people, eq(people.id, researchLinks.addedById))
    .where(eq(researchLinks.researchId, researchId))
    .orderBy(desc(researchLinks.createdAt), desc(researchLinks.id));
}

export async function addLink(tx: Tx, values: typeof researchLinks.$inferInsert): Promise<void> {
  await tx.insert(researchLinks).values(values);
}

export async function removeLink(tx: Tx, researchId: number, id: number): Promise<void> {
  await tx
    .delete(researchLinks)
    .where(and(eq(researchLinks.researchId, researchId), eq(researchLinks.id, id)));
}
