// A large event whose plan is written straight into the database.
import { people, planSeats, rsvps, tablePlans } from '../../../src/store/schema/index.ts';
import { setSettings } from '../../../src/store/tables/wishes.ts';
import { published } from '../../support/events.ts';
import type { World } from '../../support/world.ts';

/** An event with so many people at so many tables over three rounds. */
export async function addSeats(world: World, size: { people: number; tables: number; from?: number }) {
  const event = await published(world, [await world.addPerson()], {
    seniorCapacity: 500,
    talentCapacity: 100,
  });
  const now = world.clock.now;
  const rows = await world.db
    .insert(people)
    .values(
      Array.from({ length: size.people }, (_, n) => ({
        name: `Guest ${n}`,
        email: `guest-${n + (size.from ?? 0)}@large.example`,
        side: n % 6 === 0 ? ('talent' as const) : ('senior' as const),
        department: `Department ${n % 9}`,
        createdAt: now,
        updatedAt: now,
      })),
    )
    .returning({ id: people.id });
  await world.db.insert(rsvps).values(
    rows.map(({ id }) => ({
      eventId: event.id,
      personId: id,
      state: 'coming' as const,
      tokenHash: `token-${id}`,
    })),
  );
  await setSettings(world.db, event.id, { tables: size.tables, mostSeats: null });
  const [plan] = await world.db
    .insert(tablePlans)
    .values({ eventId: event.id, state: 'draft', rounds: 3, tables: size.tables, changedAt: now })
    .returning();
  await world.db.insert(planSeats).values(
    rows.map(({ id }, n) => ({
      planId: plan!.id,
      personId: id,
      tables: [0, 1, 2].map((round) => ((n + round * Math.floor(n / size.tables)) % size.tables) + 1),
    })),
  );
  return event;
}
