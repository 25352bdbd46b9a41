import { and, asc, gte, isNull, lt, lte } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { people } from '../schema/index.ts';
import type { Person } from './people.ts';

/** Active people whose last day was before this day, oldest first. */
export async function pastLastDay(db: Db, today: string): Promise<Person[]> {
  return db
    .select()
    .from(people)
    .where(and(isNull(people.disabledAt), lt(people.endsOn, today)))
    .orderBy(asc(people.id));
}

/** Active people whose last day lies from this day on to that, both included. */
export async function endingFrom(db: Db, today: string, last: string): Promise<Person[]> {
  return db
    .select()
    .from(people)
    .where(and(isNull(people.disabledAt), gte(people.endsOn, today), lte(people.endsOn, last)))
    .orderBy(asc(people.id));
}
