import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import {
  events,
  letters,
  people,
  reminders,
  rsvps,
  teamMembers,
  teams,
  topics,
  trends,
} from '../schema/index.ts';

// All that is planned to ask people, of all events at once: a fixed number of queries however many there are.

const reader = { personId: people.id, name: people.name, email: people.email };

/** E-mails that ask and have not left, with the event each is about. */
export async function waitingToAsk(db: Db, personId?: number) {
  return db
    .select({
      ...reader,
      kind: letters.kind,
      dueAt: letters.dueAt,
      turnAt: letters.turnAt,
      event: events.name,
      eventId: letters.eventId,
    })
    .from(letters)
    .innerJoin(people, eq(people.id, letters.personId))
    .leftJoin(events, eq(events.id, letters.eventId))
    .where(
      and(
        eq(letters.state, 'waiting'),
        eq(letters.asks, true),
        personId === undefined ? undefined : eq(letters.personId, personId),
      ),
    );
}

/** Reads what was decided of the reminders of these events, and their guests, hosts and reminders so far; by event. */
export async function remindersOf(db: Db, ids: number[], personId?: number) {
  const [guests, decided] = [await guestsOf(db, ids, personId), await decisionsOf(db, ids)];
  const [written, hosts] = [await remindersWritten(db, ids), await hostsOf(db, ids)];
  return (id: number) => {
    const here = <Row extends { eventId: number | null }>(rows: readonly Row[]) =>
      rows.filter(({ eventId }) => eventId === id);
    const asked = here(written).filter(({ state }) => state !== 'cancelled');
    return {
      guests: here(guests),
      decided: here(decided),
      hosts: new Set(here(hosts).map((one) => one.personId)),
      asked: Map.groupBy(asked, (one) => one.personId),
    };
  };
}

async function guestsOf(db: Db, ids: number[], personId: number | undefined) {
  const ofOne = personId === undefined ? undefined : eq(people.id, personId);
  return db
    .select({ ...reader, eventId: rsvps.eventId, state: rsvps.state, isOff: rsvps.remindersOffAt })
    .from(rsvps)
    .innerJoin(people, eq(people.id, rsvps.personId))
    .where(and(inArray(rsvps.eventId, ids), isNull(people.disabledAt), ofOne));
}

const decisionsOf = (db: Db, ids: number[]) =>
  db.select().from(reminders).where(inArray(reminders.eventId, ids));

const remindersWritten = (db: Db, ids: number[]) =>
  db
    .select({
      eventId: letters.eventId,
      personId: letters.personId,
      at: letters.createdAt,
      state: letters.state,
    })
    .from(letters)
    .where(and(inArray(letters.eventId, ids), eq(letters.kind, 'reminder')))
    .orderBy(asc(letters.createdAt));

const hostsOf = (db: Db, ids: number[]) =>
  db
    .select({ eventId: topics.eventId, personId: teamMembers.personId })
    .from(topics)
    .innerJoin(trends, eq(trends.id, topics.trendId))
    .innerJoin(teams, eq(teams.id, topics.teamId))
    .innerJoin(teamMembers, eq(teamMembers.teamId, topics.teamId))
    .where(inArray(topics.eventId, ids));
