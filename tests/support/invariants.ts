// Invariants that hold whatever happened: one check for everything that changes answers and letters.
import { sql } from 'drizzle-orm';
import { keptBytes } from '../../src/actions/letters/kept-bytes.ts';
import type { Db } from '../../src/database/open.ts';
import { howSeatsMove } from '../../src/domain/guests/seat-offers.ts';

interface Rsvp extends Record<string, unknown> {
  event: number;
  person: number;
  side: 'talent' | 'senior';
  state: 'invited' | 'coming' | 'waiting' | 'maybe' | 'declined' | 'uninvited';
  number: number | null;
  revision: number;
  answered: number | null;
  /** A seat is kept: for a substitute who has not answered, or for ten minutes after a no. */
  kept: boolean;
  /** The seat was passed on to them, or they stood at the door: then it was not a matter of who came first. */
  passedOn: boolean;
}

interface Event extends Record<string, unknown> {
  id: number;
  state: 'draft' | 'published' | 'cancelled';
  all: number;
  senior: number;
  talent: number;
  startsAt: string;
  timeZone: string;
}

interface Letter extends Record<string, unknown> {
  key: string;
  kind: string;
  event: number | null;
  person: number | null;
  state: 'waiting' | 'joined' | 'sent' | 'kept' | 'dead' | 'cancelled';
  messageId: string;
  hasBytes: boolean;
  /** The e-mail it left in, if that was another. */
  joinedId: number | null;
  isEncrypted: boolean;
  /** An e-mail that asks, whose turn came when its event had begun: there was nothing left to ask. */
  cameTooLate: boolean;
  id: number;
  bytes: string | null;
}

const sides = ['senior', 'talent'] as const;

/**
 * Everything that is wrong, a sentence each; an empty list is what a test wants. `atRest`: no letter is under way any more.
 * `secret`: what letters are encrypted under, so that their bytes are read too. `lateAt`: the moment, where events are so near
 * that seats are offered and may stay empty while somebody waits.
 */
export async function invariants(
  db: Db,
  { atRest = true, secret, lateAt }: { atRest?: boolean; secret?: Buffer; lateAt?: Temporal.Instant } = {},
): Promise<string[]> {
  const events = await db.execute<Event>(
    sql`SELECT id, state, starts_at AS "startsAt", time_zone AS "timeZone", capacity AS "all", senior_capacity AS senior, talent_capacity AS talent FROM events`,
  );
  const rsvps = await db.execute<Rsvp>(sql`
    SELECT event_id AS event, person_id AS person, side, state, waiting_number AS number, revision,
      extract(epoch FROM answered_at)::float8 AS answered, seat_kept_until IS NOT NULL AS kept,
      (in_place_of_id IS NOT NULL OR came_at IS NOT NULL) AS "passedOn"
    FROM rsvps JOIN people ON people.id = person_id ORDER BY rsvps.id`);
  const letters = await db.execute<Letter>(sql`
    SELECT id, encode(bytes, 'base64') AS bytes, key, kind, event_id AS event, person_id AS person, state, message_id AS "messageId", bytes IS NOT NULL AS "hasBytes", joined_id AS "joinedId",
      coalesce(get_byte(bytes, 0) = 1, false) AS "isEncrypted",
      coalesce(state = 'cancelled' AND turn_at >= (SELECT starts_at::timestamp AT TIME ZONE time_zone
        FROM events WHERE events.id = event_id), false) AS "cameTooLate"
    FROM letters ORDER BY id`);
  const open = events.filter(({ state }) => state === 'published');
  return [
    ...open.flatMap((event) =>
      seats(
        event,
        rsvps.filter((one) => one.event === event.id),
        lateAt !== undefined && howSeatsMove(event, lateAt) !== 'up',
      ),
    ),
    ...onceEach(
      rsvps.map(({ event, person }) => `rows for event ${event} and person ${person}`),
      'I4',
    ),
    ...open.flatMap((event) =>
      heard(
        rsvps.filter((one) => one.event === event.id),
        letters,
      ),
    ),
    ...onceEach(
      letters.map(({ messageId }) => `letters with the Message-ID ${messageId}`),
      'I6',
    ),
    ...letters.flatMap((letter) => ended(letter, atRest)),
    ...letters.flatMap((letter) => (secret ? foreignBytes(letter, secret) : [])),
  ];
}

/**
 * I1 to I3: seats are never given twice, never left empty while somebody waits, and go to the one who waited longest.
 */
function seats(event: Event, rsvps: Rsvp[], isLate: boolean): string[] {
  const wrong: string[] = [];
  const of = (state: Rsvp['state'], side?: string) =>
    rsvps.filter((one) => one.state === state && (!side || one.side === side));
  const kept = rsvps.filter((one) => one.kept);
  for (const one of kept.filter(({ state }) => state !== 'invited' && state !== 'declined'))
    wrong.push(`I1: a seat is kept for person ${one.person}, who is ${one.state}`);
  const taken = of('coming').length + kept.length;
  if (taken > event.all)
    wrong.push(`I1: ${taken} come or have a seat kept at event ${event.id}, which has ${event.all} seats`);
  for (const side of sides) {
    const [coming, waiting] = [of('coming', side), of('waiting', side)];
    const takenHere = coming.length + kept.filter((one) => one.side === side).length;
    if (takenHere > event[side])
      wrong.push(
        `I1: ${takenHere} of side ${side} come to event ${event.id}, which has ${event[side]} seats for them`,
      );
    const free = Math.min(event.all - taken, event[side] - takenHere);
    if (free > 0 && waiting.length > 0 && !isLate)
      wrong.push(`I2: ${free} seats of side ${side} are free while ${waiting.length} wait`);
    for (const one of coming.filter(({ passedOn }) => !passedOn)) {
      const passed = waiting.find(({ answered }) => answered! < one.answered!);
      if (passed)
        wrong.push(
          `I3: person ${one.person} has a seat, though person ${passed.person} said yes before and waits`,
        );
    }
    const queue = waiting.toSorted((a, b) => a.number! - b.number!);
    queue.forEach((one, i) => {
      if (i > 0 && queue[i - 1]!.answered! > one.answered!)
        wrong.push(`I3: person ${one.person} waits behind person ${queue[i - 1]!.person}, who came later`);
    });
  }
  for (const one of rsvps) {
    if ((one.number === null) === (one.state === 'waiting'))
      wrong.push(`I3: person ${one.person} is ${one.state} with waiting number ${one.number}`);
  }
  return [
    ...wrong,
    ...onceEach(
      of('waiting').map(({ number }) => `people who wait with number ${number}`),
      'I3',
    ),
  ];
}

const lettersFor: Partial<Record<Rsvp['state'], string>> = {
  coming: 'confirmed|seat-free',
  waiting: 'waiting',
  invited: 'invitation|invitation-host',
};

/** Matches the letters that say how things are between a guest and an event. */
const standing = /^(confirmed|seat-free|waiting|invitation|invitation-host|uninvited|seat-given-back)$/;

/** I5: those who have a seat, wait or are invited were last told so, and of no state of their answer twice. */
function heard(rsvps: Rsvp[], letters: Letter[]): string[] {
  const sent = letters.filter(
    ({ kind, state, cameTooLate }) => (state !== 'cancelled' || cameTooLate) && standing.test(kind),
  );
  return rsvps.flatMap(({ event, person, state, revision }) => {
    const kinds = lettersFor[state];
    if (kinds === undefined) return [];
    const told = sent.filter((letter) => letter.event === event && letter.person === person);
    const key = new RegExp(`^(${kinds}):${event}:${person}:\\d+:${revision}$`);
    const count = told.filter((letter) => key.test(letter.key)).length;
    const last = told.at(-1);
    // Where the time changed before the first invitation left, a new one goes out with the answer that was given. An offer
    // of a seat raises the revision of somebody who waits, and says nothing new of their answer.
    const wasAsked = letters.some(
      (letter) =>
        letter.event === event && letter.person === person && /^seat-(offer|gone)$/.test(letter.kind),
    );
    const knowsAnswer =
      last?.kind.startsWith('invitation') &&
      (last.key.endsWith(`:${revision}`) || (state === 'waiting' && wasAsked));
    return count <= 1 && (knowsAnswer || new RegExp(`^(${kinds})$`).test(last?.kind ?? ''))
      ? []
      : [
          `I5: person ${person} is ${state} at event ${event}, was last told ${last?.kind ?? 'nothing'}, and ${count} letters say so`,
        ];
  });
}

/** I6: every letter ends, and what went out or is kept can be read. */
function ended(letter: Letter, atRest: boolean): string[] {
  if (letter.state === 'waiting' && atRest) return [`I6: letter ${letter.key} still waits`];
  if (!['sent', 'kept'].includes(letter.state)) return [];
  // What left in another e-mail has its bytes there.
  if (letter.joinedId !== null) return [];
  if (!letter.hasBytes) return [`I6: letter ${letter.key} is ${letter.state} and has no bytes`];
  return letter.isEncrypted ? [] : [`I6: letter ${letter.key} can be read in the database`];
}

/** I6: the bytes are those of this letter. */
function foreignBytes({ id, key, bytes, messageId }: Letter, secret: Buffer): string[] {
  if (bytes === null) return [];
  const own = keptBytes({ secret }, { id, bytes: Buffer.from(bytes, 'base64') });
  return own?.includes(messageId) ? [] : [`I6: letter ${key} holds the bytes of another`];
}

function onceEach(names: string[], rule: string): string[] {
  return [...Map.groupBy(names, (name) => name)]
    .filter(([, list]) => list.length > 1)
    .map(([name, list]) => `${rule}: ${list.length} ${name}`);
}
