import { and, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import { overlap } from '../../domain/events/times.ts';
import { type Event, timed } from '../events/events.ts';
import { events, people, rsvps } from '../schema/index.ts';

/** Lists who of these people is coming to another event that shares a moment with this one, by name. */
export async function comingElsewhere(
  db: Db,
  event: Event,
  personIds: number[],
): Promise<{ id: number; name: string; event: string }[]> {
  if (personIds.length === 0) return [];
  const start = Temporal.PlainDateTime.from(event.startsAt);
  const near = (days: number) => start.add({ days }).toString({ smallestUnit: 'minute' });
  const others = await db
    .select(timed)
    .from(events)
    .where(
      and(
        ne(events.id, event.id),
        eq(events.state, 'published'),
        gte(events.startsAt, near(-2)),
        lte(events.startsAt, near(2)),
      ),
    );
  const clashing = others.filter((other) => overlap(event, other)).map(({ id }) => id);
  if (clashing.length === 0) return [];
  return db
    .select({ id: people.id, name: people.name, event: events.name })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .innerJoin(events, eq(events.id, rsvps.eventId))
    .where(
      and(inArray(rsvps.eventId, clashing), inArray(rsvps.personId, personIds), eq(rsvps.state, 'coming')),
    )
    .orderBy(sql`${people.name} COLLATE "und-x-icu"`);
}
