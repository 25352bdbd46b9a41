// Events for tests: a plan with values, and a published one with its guests.
import { randomUUID } from 'node:crypto';
import { draft, type NewDraft, publish } from '../../src/actions/events/events.ts';
import { answer } from '../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../src/actions/guests/free-seats.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import { minutesToTakeBack } from '../../src/domain/guests/taking-back.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import * as events from '../../src/store/events/events.ts';
import type { Person } from '../../src/store/people/people.ts';
import { teamMembers, teams, trends } from '../../src/store/schema/index.ts';
import type { World } from './world.ts';

export function planFor(world: World, guests: Person[], values: Partial<NewDraft> = {}): NewDraft {
  const format = builtInFormat('perspective-challenger')!;
  return {
    formKey: randomUUID(),
    programmeId: world.programme.id,
    organiserId: world.organiser.id,
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    name: 'Winter round',
    headline: 'Five trends that already reach your desk',
    lede: 'You bring the questions.',
    startsAt: '2026-12-10T16:00',
    timeZone: 'Europe/Oslo',
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: 22,
    talentCapacity: 12,
    answerBy: '2026-12-03',
    guestListShown: true,
    topics: [],
    guestIds: guests.map(({ id }) => id),
    ...values,
  };
}

export async function drafted(
  world: World,
  guests: Person[],
  values: Partial<NewDraft> = {},
): Promise<events.Event> {
  return draft(world.ctx, planFor(world, guests, values));
}

export async function published(
  world: World,
  guests: Person[],
  values: Partial<NewDraft> = {},
): Promise<events.Event> {
  const { id } = await drafted(world, guests, values);
  await publish(world.ctx, id);
  return (await events.find(world.db, id))!;
}

/** They say no on the page and do not take it back: ten minutes later their seat goes to the next in line. */
export async function sayNoForGood(
  world: World,
  event: { id: number },
  person: { id: number },
): Promise<void> {
  await answer(world.ctx, event.id, person.id, 'no');
  world.clock.advance({ minutes: minutesToTakeBack });
  await releaseKeptSeats(world.ctx);
}

/** The address of somebody's own page for an event. */
export function linkOf(world: World, event: { id: number }, person: { id: number }): string {
  return `/i/${personalToken(world.ctx, event.id, person.id)}`;
}

/** A team with its trend and members. */
export async function teamOf(
  world: World,
  sentence: string,
  members: Person[],
): Promise<{ trendId: number; teamId: number }> {
  const now = world.clock.now;
  const [trend] = await world.db
    .insert(trends)
    .values({ sentence, state: 'shortlisted', createdAt: now, updatedAt: now })
    .returning();
  const [team] = await world.db
    .insert(teams)
    .values({ name: `Team ${sentence}`, trendId: trend!.id, createdAt: now })
    .returning();
  if (members.length > 0)
    await world.db.insert(teamMembers).values(members.map(({ id }) => ({ teamId: team!.id, personId: id })));
  return { trendId: trend!.id, teamId: team!.id };
}
