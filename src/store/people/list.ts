import { and, asc, desc, eq, inArray, isNotNull, isNull, not, notInArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../../database/open.ts';
import { fold } from '../../domain/people/words.ts';
import { events, lastNameOf, people, rsvps, wordsOf } from '../schema/index.ts';

export interface PeopleFilter {
  find: string;
  side: 'talent' | 'senior' | '';
  department: string;
  /** Only those who are disabled, who are not, or who were never invited. */
  only: 'disabled' | 'active' | 'uninvited' | '';
  /** Apart from these. */
  but?: number[];
  /** Apart from those on the list of an event, and those who want no more invitations of its programme. */
  notInvitedTo?: number;
}

const managers = alias(people, 'managers');
const byLastName = lastNameOf(people.name);

const folded = wordsOf(people);

/** Being on a draft is no invitation yet. */
const wasInvited = sql`EXISTS (SELECT FROM rsvps AS r WHERE r.person_id = people.id AND r.invited_at IS NOT NULL)`;

const isInvitedTo = (eventId: number) =>
  sql`EXISTS (SELECT FROM rsvps AS r WHERE r.person_id = people.id AND r.event_id = ${eventId} AND r.state <> 'uninvited')`;

const wantsNoneOf = (eventId: number) =>
  sql`EXISTS (SELECT FROM invitation_stops AS s JOIN events AS e ON e.programme_id = s.programme_id
    WHERE s.person_id = people.id AND e.id = ${eventId})`;

function matching(filter: PeopleFilter): SQL | undefined {
  const words = fold(filter.find)
    .split(' ')
    .filter((word) => word !== '');
  return and(
    ...words.map((word) => sql`${folded} LIKE ${`%${word}%`}`),
    filter.side ? and(eq(people.side, filter.side), not(people.onlyOrganises)) : undefined,
    filter.department ? eq(people.department, filter.department) : undefined,
    filter.only === 'disabled' ? isNotNull(people.disabledAt) : undefined,
    filter.only === 'active' ? isNull(people.disabledAt) : undefined,
    filter.but && filter.but.length > 0 ? notInArray(people.id, filter.but) : undefined,
    filter.notInvitedTo === undefined
      ? undefined
      : and(not(isInvitedTo(filter.notInvitedTo)), not(wantsNoneOf(filter.notInvitedTo))),
    filter.only === 'uninvited' ? and(isNull(people.disabledAt), not(wasInvited)) : undefined,
  );
}

const listed = {
  id: people.id,
  name: people.name,
  email: people.email,
  side: people.side,
  department: people.department,
  jobTitle: people.jobTitle,
  language: people.language,
  isOrganiser: people.isOrganiser,
  onlyOrganises: people.onlyOrganises,
  endsOn: people.endsOn,
  disabledAt: people.disabledAt,
  managerName: managers.name,
  managerEmail: managers.email,
};

export type ListedPerson = Awaited<ReturnType<typeof list>>[number];

/** Lists people by last name, from `offset` on. */
export async function list(db: Db, filter: PeopleFilter, page: { offset: number; limit?: number }) {
  const query = db
    .select(listed)
    .from(people)
    .leftJoin(managers, eq(managers.id, people.managerId))
    .where(matching(filter))
    .orderBy(asc(byLastName), asc(sql`${people.name} COLLATE "und-x-icu"`), asc(people.id))
    .offset(page.offset);
  return page.limit === undefined ? query : query.limit(page.limit);
}

export async function count(db: Db, filter: PeopleFilter): Promise<number> {
  const [row] = await db.select({ n: sql<number>`count(*)::int` }).from(people).where(matching(filter));
  return row?.n ?? 0;
}

/** How many people there are. */
export async function everyone(db: Db): Promise<number> {
  return db.$count(people);
}

/** Counted by who was invited: asking of each person whether they never were takes four times as long. */
const uninvited = sql<number>`(count(*) FILTER (WHERE ${people.disabledAt} IS NULL)
  - (SELECT count(DISTINCT r.person_id) FROM rsvps r WHERE r.invited_at IS NOT NULL)
  + (SELECT count(*) FROM people d WHERE d.disabled_at IS NOT NULL
      AND EXISTS (SELECT FROM rsvps r WHERE r.person_id = d.id AND r.invited_at IS NOT NULL)))::int`;

/** Counts what there is to filter by, over everyone. */
export async function totals(db: Db) {
  const [row] = await db
    .select({
      all: sql<number>`count(*)::int`,
      talents: sql<number>`count(*) FILTER (WHERE ${people.side} = 'talent')::int`,
      seniors: sql<number>`count(*) FILTER (WHERE ${people.side} = 'senior' AND NOT ${people.onlyOrganises})::int`,
      disabled: sql<number>`count(${people.disabledAt})::int`,
      uninvited,
    })
    .from(people);
  return row!;
}

/** Departments with how many people, the largest first. */
export async function departments(db: Db): Promise<{ name: string; n: number }[]> {
  const n = sql<number>`count(*)::int`;
  return db
    .select({ name: people.department, n })
    .from(people)
    .where(sql`${people.department} <> ''`)
    .groupBy(people.department)
    .orderBy(desc(n), asc(sql`${people.department} COLLATE "und-x-icu"`));
}

/** The last event each of these was invited to, and how they answered. */
export async function lastInvitations(db: Db, ids: number[]) {
  if (ids.length === 0) return new Map<number, { event: string; state: string }>();
  const rows = await db
    .selectDistinctOn([rsvps.personId], { personId: rsvps.personId, event: events.name, state: rsvps.state })
    .from(rsvps)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(and(inArray(rsvps.personId, ids), isNotNull(rsvps.invitedAt)))
    .orderBy(rsvps.personId, desc(rsvps.invitedAt), desc(rsvps.id));
  return new Map(rows.map(({ personId, event, state }) => [personId, { event, state }]));
}

/** Everyone's name, to find the one that was meant. */
export async function names(db: Db): Promise<string[]> {
  const rows = await db.select({ name: people.name }).from(people);
  return rows.map(({ name }) => name);
}

/** Lists people with reports first, then seniors: for suggesting managers. */
export async function likelyManagers(db: Db, most: number): Promise<{ name: string; email: string }[]> {
  const reports = db
    .select({ id: people.managerId, n: sql<number>`count(*)::int`.as('n') })
    .from(people)
    .where(isNotNull(people.managerId))
    .groupBy(people.managerId)
    .as('reports');
  return db
    .select({ name: people.name, email: people.email })
    .from(people)
    .leftJoin(reports, eq(reports.id, people.id))
    .where(isNull(people.disabledAt))
    .orderBy(sql`${reports.n} DESC NULLS LAST`, asc(people.side), asc(people.name))
    .limit(most);
}

/** Whether somebody stands above somebody else in the reporting line, over any number of steps. */
export async function isAbove(db: Db, upperId: number, lowerId: number): Promise<boolean> {
  const [row] = await db.execute<{ above: boolean }>(sql`
    WITH RECURSIVE line(id) AS (
      SELECT manager_id FROM people WHERE id = ${lowerId}
      UNION SELECT p.manager_id FROM people p JOIN line ON p.id = line.id
    ) SELECT EXISTS (SELECT FROM line WHERE id = ${upperId}) AS above`);
  return row?.above ?? false;
}
