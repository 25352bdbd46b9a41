import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { demoRows, events, people, rsvps } from '../schema/index.ts';

export type DemoRole = 'organiser' | 'talent' | 'senior';

const isDemoPerson = and(eq(demoRows.tableName, 'people'), eq(demoRows.rowId, people.id));

/** One of the invented people, the same each time; nobody real ever. */
export async function find(db: Db, role: DemoRole): Promise<{ id: number } | null> {
  const [row] = await db
    .select({ id: people.id })
    .from(people)
    .innerJoin(demoRows, isDemoPerson)
    .where(
      and(
        isNull(people.disabledAt),
        role === 'organiser'
          ? eq(people.isOrganiser, true)
          : and(eq(people.side, role), eq(people.isOrganiser, false)),
      ),
    )
    .orderBy(asc(people.id))
    .limit(1);
  return row ?? null;
}

/** An invented senior who has not answered the invitation to a published event. */
export async function findGuest(db: Db): Promise<{ eventId: number; personId: number } | null> {
  const [row] = await db
    .select({ eventId: rsvps.eventId, personId: rsvps.personId })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .innerJoin(demoRows, isDemoPerson)
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(and(eq(rsvps.state, 'invited'), eq(people.side, 'senior'), eq(events.state, 'published')))
    .orderBy(asc(events.startsAt), asc(people.id))
    .limit(1);
  return row ?? null;
}
