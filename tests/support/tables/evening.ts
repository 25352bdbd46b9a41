// An evening at two tables with hosts, guests and published seats, for tests of what happens in the room.
import { randomUUID } from 'node:crypto';
import { answer } from '../../../src/actions/guests/answer.ts';
import { keepNote, type TypedNote } from '../../../src/actions/notes/notes.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { planSeats, tablePlans } from '../../../src/store/schema/index.ts';
import { published, teamOf } from '../events.ts';
import type { World } from '../world.ts';

export interface Evening {
  event: events.Event;
  /** Hosts of table 1 and table 2. */
  amina: Person;
  leo: Person;
  /** Guests: Margareta at tables 1, 2, 1; Claire at 1, 1, 2; Rolf at 2, 1, 1. */
  margareta: Person;
  claire: Person;
  rolf: Person;
}

/** Makes the evening; the clock stays as it is. The event is on 10 December, 16:00 to 18:15 in Oslo. */
export async function eveningIn(world: World, rounds: { question?: string } = {}): Promise<Evening> {
  const amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent' });
  const leo = await world.addPerson({ name: 'Leo Brandt', side: 'talent' });
  const [margareta, claire, rolf] = [
    await world.addPerson({ name: 'Margareta Lindqvist' }),
    await world.addPerson({ name: 'Claire Fontaine' }),
    await world.addPerson({ name: 'Rolf Weber' }),
  ];
  const topics = [await teamOf(world, 'Agents', [amina]), await teamOf(world, 'Proof', [leo])];
  const everyone = [amina, leo, margareta, claire, rolf];
  const event = await published(world, everyone, { topics });
  for (const one of everyone) await answer(world.ctx, event.id, one.id, 'yes');
  await seat(world, event, [
    [amina, [1, 1, 1]],
    [leo, [2, 2, 2]],
    [margareta, [1, 2, 1]],
    [claire, [1, 1, 2]],
    [rolf, [2, 1, 1]],
  ]);
  if (rounds.question) await askInRounds(world, event, rounds.question);
  return { event, amina, leo, margareta, claire, rolf };
}

async function seat(world: World, event: events.Event, seats: [Person, number[]][]): Promise<void> {
  const [plan] = await world.db
    .insert(tablePlans)
    .values({ eventId: event.id, state: 'published', rounds: 3, tables: 2, changedAt: world.clock.now })
    .returning();
  await world.db
    .insert(planSeats)
    .values(seats.map(([{ id }, tables]) => ({ planId: plan!.id, personId: id, tables })));
}

/** Gives each round a question, with its number in it. */
async function askInRounds(world: World, event: events.Event, question: string): Promise<void> {
  await world.sql`UPDATE blocks SET question = ${question} || ' ' || right(title, 1)
    WHERE event_id = ${event.id} AND kind = 'talk'`;
}

/** Turns the clock to a time of that day on the wall in Oslo. */
export function itIs(world: World, time: string): void {
  world.clock.now = Temporal.ZonedDateTime.from(`2026-12-10T${time}[Europe/Oslo]`).toInstant();
}

/** A host keeps a note; returns its id. */
export async function note(
  world: World,
  { event }: Pick<Evening, 'event'>,
  host: Person,
  text: string,
  more: Partial<TypedNote> = {},
): Promise<string> {
  const id = randomUUID();
  const found = await keepNote(world.ctx, event.id, host.id, {
    ...{ id, table: 1, round: 1, kind: 'idea', text },
    ...more,
  });
  if (found) throw new Error(`“${found.name}” is a name`);
  return id;
}
