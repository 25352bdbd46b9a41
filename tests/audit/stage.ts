// An event with its guests, their browsers and the questions it begins with, before anybody has come.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { ask } from '../../src/actions/questions/ask.ts';
import { randomFrom } from '../../src/planning/random.ts';
import type { Event } from '../../src/store/events/events.ts';
import type { Person } from '../../src/store/people/people.ts';
import { linkOf, published } from '../support/events.ts';
import { deliver } from './guest-acts.ts';
import type { Hand, Nameless, Shown } from './nameless.ts';
import type { Place } from './places.ts';
import type { Plan } from './plan.ts';
import type { Watched } from './readers/pages.ts';

export interface Guest {
  person: Person;
  hand: Hand;
  hasSlips: boolean;
}

export interface Stage {
  place: Place;
  plan: Plan;
  nameless: Nameless;
  event: Event;
  startsAt: Temporal.Instant;
  guests: Guest[];
  /** Colleagues who can be sent instead. */
  spares: Person[];
  /** The questions as they were last seen. */
  wall: Shown[];
  below: (limit: number) => number;
  watched: Watched[];
}

/** Starter questions of the hosts: with names one wonders about the first four, without about the others. */
export const withNames = 4;
const starters = ['agents', 'batteries', 'chips', 'data', 'energy', 'food', 'genes', 'heat', 'ice', 'jobs'];

const begin = Temporal.Instant.from('2026-11-09T08:03:00Z');
const wordOf = (n: number) => `${n.toString(36)}${Math.floor(Math.random() * 2 ** 40).toString(36)}`;

export async function setStage(
  place: Place,
  plan: Plan,
  nameless: (place: Place) => Nameless,
): Promise<Stage> {
  const { world } = place;
  world.clock.now = begin;
  const people = await colleagues(place, plan.guests, 'Guest', 'senior');
  const hosts = await colleagues(place, 3, 'Host', 'talent');
  const spares = await colleagues(place, 4, 'Spare', 'senior');
  const start = begin.add({ hours: plan.hours }).toZonedDateTimeISO('Europe/Oslo').round('hour');
  const startsAt = start.toPlainDateTime().toString({ smallestUnit: 'minute' });
  const answerBy = start.toPlainDate().toString();
  const event = await published(world, [...people, ...hosts], { startsAt, answerBy });
  await letPass(place);
  await deliver(world);
  for (const [n, word] of starters.entries())
    await ask(world.ctx, {
      formKey: randomUUID(),
      eventId: event.id,
      authorId: hosts[n % 3]!.id,
      topicId: null,
      text: `What do ${word}-${wordOf(n)} change for us?`,
    });
  const random = randomFrom(plan.seed + 1);
  return {
    place,
    plan,
    nameless: nameless(place),
    event,
    startsAt: start.toInstant(),
    guests: people.map((person, n) => ({ person, hasSlips: false, hand: handOf(place, event, person, n) })),
    spares,
    wall: [],
    below: (limit) => random.below(limit),
    watched: await watchedBy(place, event, hosts[0]!),
  };
}

async function colleagues({ world }: Place, many: number, kind: string, side: 'senior' | 'talent') {
  const made: Person[] = [];
  for (let n = 0; n < many; n++) {
    const name = `${kind} ${wordOf(n)} of Halden`;
    made.push(
      await world.addPerson({ name, email: `${kind}.${wordOf(n)}@halden.example`.toLowerCase(), side }),
    );
  }
  return made;
}

/** Letters of a publication are held for some seconds. */
async function letPass({ world }: Place): Promise<void> {
  world.clock.advance({ minutes: 2 });
}

function handOf({ world }: Place, event: Event, person: Person, n: number): Hand {
  const base = linkOf(world, event, person);
  const browser = world.newBrowser(`203.0.113.${n + 10}`);
  const slips = { ask: [], vote: undefined, counter: undefined, asked: [] };
  return { person, base, browser, link: base.slice(3), ...slips };
}

/** The organiser's pages and downloads, and those of a host who only looks. */
async function watchedBy({ world }: Place, event: Event, host: Person): Promise<Watched[]> {
  const of = `/events/${event.id}`;
  const at = `/e/${event.slug}`;
  const guest = linkOf(world, event, host);
  return [
    {
      browser: await world.browserOf(world.organiser),
      wall: `${at}/questions`,
      always: [of, `${of}/people`, '/mailbox'],
      inTurn: [
        ...[`${of}/people/print`, `${of}/invitations`, `${of}/live`, `${of}/door`, at, `${at}/people`],
        ...[`${at}/answers`, `${at}/answers.csv`, `${at}/calendar.ics`, '/', '/events', '/people'],
      ],
    },
    {
      browser: world.newBrowser('203.0.113.5'),
      wall: `${guest}/questions`,
      always: [],
      inTurn: [guest, `${guest}/people`, `${guest}/answers`],
    },
  ];
}

/** Takes everything away, so that the next event has the database to itself. */
export async function clearStage({ place: { world } }: Stage): Promise<void> {
  await world.db.execute(sql`DELETE FROM events`);
  await world.db.execute(sql`DELETE FROM people WHERE NOT is_organiser`);
  await world.db.execute(sql`DELETE FROM attempts`);
}
