// Skills that talents have and trends want, from one list of words that grows.
import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { skillKey } from '../../domain/trends/skills.ts';
import { personSkills, skills, trendSkills } from '../schema/index.ts';

export interface Skill {
  id: number;
  word: string;
}

/** Owners of skills: a person who has them, or a trend that wants them. */
export type Owner = { person: number } | { trend: number };

const byWord = asc(sql`${skills.word} COLLATE "und-x-icu"`);

/** Skills of one person or trend, by word. */
export async function ofOwner(db: Db, owner: Owner): Promise<Skill[]> {
  const own =
    'person' in owner
      ? db
          .select({ id: personSkills.skillId })
          .from(personSkills)
          .where(eq(personSkills.personId, owner.person))
      : db.select({ id: trendSkills.skillId }).from(trendSkills).where(eq(trendSkills.trendId, owner.trend));
  return db
    .select({ id: skills.id, word: skills.word })
    .from(skills)
    .where(inArray(skills.id, own))
    .orderBy(byWord, asc(skills.id));
}

/** The skills that most people have or trends want, so that a page can offer them. */
export async function common(db: Db, most: number): Promise<Skill[]> {
  const uses = sql`(SELECT count(*) FROM ${personSkills} p WHERE p.skill_id = ${skills.id})
    + (SELECT count(*) FROM ${trendSkills} t WHERE t.skill_id = ${skills.id})`;
  return db
    .select({ id: skills.id, word: skills.word })
    .from(skills)
    .orderBy(desc(uses), asc(skills.id))
    .limit(most);
}

/** Puts these words in place of the skills there were; a word that is new joins the list. */
export async function replace(tx: Tx, owner: Owner, words: readonly string[]): Promise<void> {
  const ids: number[] = [];
  for (const word of words) {
    const values = { word, folded: skillKey(word) };
    const update = { target: skills.folded, set: { folded: values.folded } };
    const [row] = await tx
      .insert(skills)
      .values(values)
      .onConflictDoUpdate(update)
      .returning({ id: skills.id });
    ids.push(row!.id);
  }
  if ('person' in owner) {
    await tx.delete(personSkills).where(eq(personSkills.personId, owner.person));
    if (ids.length > 0)
      await tx.insert(personSkills).values(ids.map((skillId) => ({ personId: owner.person, skillId })));
  } else {
    await tx.delete(trendSkills).where(eq(trendSkills.trendId, owner.trend));
    if (ids.length > 0)
      await tx.insert(trendSkills).values(ids.map((skillId) => ({ trendId: owner.trend, skillId })));
  }
}

/** Moves the skills a trend wants to the one it is merged into. */
export async function redirect(tx: Tx, from: number, to: number): Promise<void> {
  await tx.execute(sql`
    INSERT INTO trend_skills (trend_id, skill_id) SELECT ${to}, skill_id FROM trend_skills WHERE trend_id = ${from}
    ON CONFLICT DO NOTHING`);
  await tx.delete(trendSkills).where(eq(trendSkills.trendId, from));
}

/** Deletes words that nobody has and no trend wants any more. */
export async function removeUnused(db: Db): Promise<void> {
  await db.delete(skills).where(sql`NOT EXISTS (SELECT FROM person_skills p WHERE p.skill_id = ${skills.id})
    AND NOT EXISTS (SELECT FROM trend_skills t WHERE t.skill_id = ${skills.id})`);
}

/** The skills of all people of these numbers, and those that these trends want, by owner. */
export async function ofMany(db: Db, personIds: readonly number[], trendIds: readonly number[]) {
  const people = await db
    .select()
    .from(personSkills)
    .where(inArray(personSkills.personId, [0, ...personIds]))
    .orderBy(asc(personSkills.skillId));
  const trends = await db
    .select()
    .from(trendSkills)
    .where(inArray(trendSkills.trendId, [0, ...trendIds]))
    .orderBy(asc(trendSkills.skillId));
  const idsIn = (rows: { skillId: number }[]) => rows.map(({ skillId }) => skillId);
  return {
    people: new Map(
      [...Map.groupBy(people, ({ personId }) => personId)].map(([id, rows]) => [id, idsIn(rows)]),
    ),
    trends: new Map(
      [...Map.groupBy(trends, ({ trendId }) => trendId)].map(([id, rows]) => [id, idsIn(rows)]),
    ),
  };
}

/** Words by their numbers; one query also where there are none, so that a page asks the same each time. */
export async function wordsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ id: skills.id, word: skills.word })
    .from(skills)
    .where(inArray(skills.id, [0, ...ids]));
  return new Map(rows.map(({ id, word }) => [id, word]));
}

/**
 * Lists trends of a season that want a skill nobody of the draft brings there, with these skills; `isOpen`: somebody has
 * the trend.
 */
export async function missing(db: Db, programmeId: number, most: number) {
  const rows = await db.execute<{ id: number; sentence: string; isOpen: boolean; words: string[] }>(sql`
    SELECT t.id, t.sentence, EXISTS (SELECT FROM draft_places d WHERE d.programme_id = ${programmeId} AND d.trend_id = t.id) AS "isOpen",
      array_agg(s.word ORDER BY s.word COLLATE "und-x-icu") AS words
    FROM trends t JOIN trend_skills w ON w.trend_id = t.id JOIN skills s ON s.id = w.skill_id
    WHERE t.programme_id = ${programmeId} AND t.state = 'shortlisted'
      AND NOT EXISTS (SELECT FROM teams WHERE teams.trend_id = t.id)
      AND NOT EXISTS (SELECT FROM draft_places d JOIN person_skills p ON p.person_id = d.person_id
        WHERE d.programme_id = ${programmeId} AND d.trend_id = t.id AND p.skill_id = w.skill_id)
    GROUP BY t.id ORDER BY t.sentence COLLATE "und-x-icu", t.id LIMIT ${most}`);
  return [...rows];
}
