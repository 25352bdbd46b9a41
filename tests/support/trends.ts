// Trends to test with, and events that have them on their tables.
import { eq } from 'drizzle-orm';
import * as events from '../../src/store/events/events.ts';
import { events as eventsTable } from '../../src/store/schema/index.ts';
import * as teams from '../../src/store/teams/teams.ts';
import * as trends from '../../src/store/trends/trends.ts';
import type { World } from './world.ts';

/** A trend, proposed by nobody in particular unless told. */
export async function proposeTrend(
  world: World,
  sentence: string,
  values: Partial<trends.NewTrend> = {},
): Promise<trends.Trend> {
  const now = world.clock.now;
  const trend = await trends.add(world.db, {
    sentence,
    state: 'proposed',
    createdAt: now,
    updatedAt: now,
    ...values,
  });
  return trend!;
}

/** An event on 10 December 2026 with a table for each of these trends (and teams), published unless told. */
export async function eventWith(
  world: World,
  trendIds: number[],
  { teamIds = [], ...values }: Partial<events.NewEvent> & { teamIds?: number[] } = {},
) {
  const now = world.clock.now;
  const slug = `event-${Math.round(Math.random() * 1e9)}`;
  const event = await world.db.transaction(async (tx) => {
    const added = await events.add(tx, {
      programmeId: world.programme.id,
      slug,
      format: 'perspective-challenger',
      shape: 'tables',
      name: 'Winter round',
      headline: 'What is next',
      startsAt: '2026-12-10T16:00',
      timeZone: 'Europe/Oslo',
      capacity: 40,
      seniorCapacity: 20,
      talentCapacity: 20,
      organiserId: world.organiser.id,
      state: 'published',
      uid: `${slug}@halden.example`,
      revisedAt: now,
      createdAt: now,
      ...values,
    });
    await events.setTopics(
      tx,
      added!.id,
      trendIds.map((trendId, i) => ({ trendId, teamId: teamIds[i] ?? null })),
      now,
    );
    return added!;
  });
  const set = (changes: Partial<events.NewEvent>) =>
    world.db.update(eventsTable).set(changes).where(eq(eventsTable.id, event.id));
  return { ...event, publish: () => set({ state: 'published' }), cancel: () => set({ state: 'cancelled' }) };
}

/** A research team with a trend and members. */
export async function formTeam(
  world: World,
  name: string,
  trendId: number | null,
  memberIds: number[],
): Promise<teams.Team> {
  return world.db.transaction(async (tx) => {
    const team = await teams.add(tx, { name, trendId, createdAt: world.clock.now });
    await teams.setMembers(tx, team!.id, memberIds);
    return team!;
  });
}
