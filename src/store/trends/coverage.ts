import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { DepartmentSize } from '../../domain/trends/coverage.ts';
import { people, trendCounts, trendInterests, trends } from '../schema/index.ts';
import { howManyWant, orNone } from './counts.ts';

const isOpen = (programmeId: number) =>
  and(eq(trends.programmeId, programmeId), inArray(trends.state, ['proposed', 'shortlisted']));

/** How many trends of the season are proposed or shortlisted. */
export async function countOpen(db: Db, programmeId: number): Promise<number> {
  return db.$count(trends, isOpen(programmeId));
}

export interface TrendCoverage {
  id: number;
  sentence: string;
  state: string;
  seniors: number;
  talents: number;
  tell: number;
}

/** Trends with how many of each side want to know and how many can tell, the most wanted first. */
export async function bySide(
  db: Db,
  programmeId: number,
  { offset = 0, limit = 100_000 }: { offset?: number; limit?: number } = {},
): Promise<TrendCoverage[]> {
  return db
    .select({
      id: trends.id,
      sentence: trends.sentence,
      state: trends.state,
      seniors: orNone(trendCounts.seniors),
      talents: orNone(trendCounts.talents),
      tell: orNone(trendCounts.tell),
    })
    .from(trends)
    .leftJoin(trendCounts, eq(trendCounts.trendId, trends.id))
    .where(isOpen(programmeId))
    .orderBy(desc(howManyWant), asc(trends.id))
    .offset(offset)
    .limit(limit);
}

/** How many of each department want to know each of these trends. */
export async function byDepartment(
  db: Db,
  trendIds: number[],
): Promise<{ trendId: number; department: string; want: number }[]> {
  if (trendIds.length === 0) return [];
  return db
    .select({
      trendId: trendInterests.trendId,
      department: people.department,
      want: sql<number>`count(*)::int`,
    })
    .from(trendInterests)
    .innerJoin(people, eq(people.id, trendInterests.personId))
    .where(
      and(
        inArray(trendInterests.trendId, trendIds),
        eq(trendInterests.kind, 'want-to-know'),
        isNull(people.disabledAt),
      ),
    )
    .groupBy(trendInterests.trendId, people.department)
    .orderBy(asc(trendInterests.trendId), asc(people.department));
}

/** Departments with how many people can take part. */
export async function departmentSizes(db: Db): Promise<DepartmentSize[]> {
  return db
    .select({ department: people.department, people: sql<number>`count(*)::int` })
    .from(people)
    .where(isNull(people.disabledAt))
    .groupBy(people.department)
    .orderBy(asc(people.department));
}
