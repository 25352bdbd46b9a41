import { and, asc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '../../database/open.ts';
import type { TeamWish } from '../../domain/teams/team-wishes.ts';
import { people, teamWishes } from '../schema/index.ts';

const others = alias(people, 'others');

export interface NamedWish extends TeamWish {
  person: string;
  other: string;
}

const named = {
  personId: teamWishes.personId,
  otherId: teamWishes.otherId,
  kind: teamWishes.kind,
  setBy: teamWishes.setBy,
  person: people.name,
  other: others.name,
};

/** Wishes that this person has written themselves, by name. */
export async function ofPerson(db: Db, programmeId: number, personId: number): Promise<NamedWish[]> {
  return read(db)
    .where(
      and(
        eq(teamWishes.programmeId, programmeId),
        eq(teamWishes.personId, personId),
        eq(teamWishes.setBy, 'person'),
      ),
    )
    .orderBy(asc(teamWishes.kind), asc(sql`${others.name} COLLATE "und-x-icu"`), asc(teamWishes.otherId));
}

const read = (db: Db) =>
  db
    .select(named)
    .from(teamWishes)
    .innerJoin(people, eq(people.id, teamWishes.personId))
    .innerJoin(others, eq(others.id, teamWishes.otherId));

/** Wishes of one kind in a season, for organisers: one page of them. */
export async function page(
  db: Db,
  programmeId: number,
  kind: TeamWish['kind'],
  { offset, limit }: { offset: number; limit: number },
): Promise<NamedWish[]> {
  return read(db)
    .where(and(eq(teamWishes.programmeId, programmeId), eq(teamWishes.kind, kind)))
    .orderBy(
      asc(sql`${people.name} COLLATE "und-x-icu"`),
      asc(teamWishes.personId),
      asc(teamWishes.otherId),
      asc(teamWishes.setBy),
    )
    .offset(offset)
    .limit(limit);
}

export async function count(db: Db, programmeId: number, kind: TeamWish['kind']): Promise<number> {
  return db.$count(teamWishes, and(eq(teamWishes.programmeId, programmeId), eq(teamWishes.kind, kind)));
}

/** All wishes of a season. */
export async function all(db: Db, programmeId: number): Promise<TeamWish[]> {
  return db
    .select({
      personId: teamWishes.personId,
      otherId: teamWishes.otherId,
      kind: teamWishes.kind,
      setBy: teamWishes.setBy,
    })
    .from(teamWishes)
    .where(eq(teamWishes.programmeId, programmeId))
    .orderBy(asc(teamWishes.personId), asc(teamWishes.otherId), asc(teamWishes.setBy));
}

/** Writes a wish; one about the same person is replaced. */
export async function put(tx: Tx, programmeId: number, wish: TeamWish): Promise<void> {
  await tx
    .insert(teamWishes)
    .values({ programmeId, ...wish })
    .onConflictDoUpdate({
      target: [teamWishes.programmeId, teamWishes.personId, teamWishes.otherId, teamWishes.setBy],
      set: { kind: wish.kind },
    });
}

export async function remove(
  db: Db,
  programmeId: number,
  { personId, otherId, setBy }: Pick<TeamWish, 'personId' | 'otherId' | 'setBy'>,
): Promise<void> {
  await db
    .delete(teamWishes)
    .where(
      and(
        eq(teamWishes.programmeId, programmeId),
        eq(teamWishes.personId, personId),
        eq(teamWishes.otherId, otherId),
        eq(teamWishes.setBy, setBy),
      ),
    );
}
