import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { doorHours, mostHoursLate } from '../../domain/guests/door-hours.ts';
import { type DoorPress, type Merged, mergePress } from '../../domain/guests/door-presses.ts';
import { stateForYes } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as people from '../../store/people/people.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { outdatedByAnswer } from '../letters/answer-letters.ts';
import { personalToken, personalTokenHash } from '../sign-in/personal-links.ts';
import { followAnswers } from '../tables/publish.ts';
import { noteAnswer } from './answer.ts';
import { roomOf, yesesOf } from './seats.ts';

/**
 * Checks somebody in at the door, or takes that back; said twice it is said once. `millisecondsAgo`: how long ago the
 * button was pressed, where the connection was bad. Refused ('conflict') outside the hours around the event.
 */
export async function pressAtDoor(
  ctx: Context,
  eventId: number,
  personId: number,
  { here, millisecondsAgo = 0, id }: { here: boolean; millisecondsAgo?: number; id?: string },
): Promise<Merged> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseClosed(event, ctx.now());
    const ago = Math.min(millisecondsAgo, mostHoursLate * 3_600_000);
    const at = ctx.now().subtract({ milliseconds: ago });
    return press(ctx, tx, eventId, { personId, id, here, at });
  });
}

type Made = Omit<DoorPress, 'id'> & { id?: string | undefined };

/**
 * Merges a press with the one that counts for this person, and stores the outcome. One without an id was made on a page
 * without its script, whose reader saw what counted until now.
 */
async function press(ctx: Context, tx: Tx, eventId: number, { id, at, ...made }: Made): Promise<Merged> {
  const found = await rsvps.find(tx, eventId, made.personId);
  const row = orNotFound(found?.state === 'uninvited' ? null : found, 'person');
  const standing = row.pressedAt && { at: row.pressedAt, id: row.pressId ?? '', here: row.cameAt !== null };
  const isSameMoment =
    standing && standing.here !== made.here && Temporal.Instant.compare(standing.at, at) === 0;
  const merged = mergePress(standing, {
    ...made,
    id: id ?? ctx.random(12).toString('base64url'),
    at: !id && isSameMoment ? at.add({ milliseconds: 1 }) : at,
  });
  if (merged.outcome === 'applied') await rsvps.setPress(tx, eventId, made.personId, merged.standing);
  return merged;
}

function refuseClosed(event: events.Event, now: Temporal.Instant): void {
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Nobody is expected: this event is a draft or cancelled.');
  const { opens, closes } = doorHours(event);
  if (Temporal.Instant.compare(now, opens) < 0)
    throw new Refusal('conflict', 'The door opens on the day. Nobody can be checked in before that.');
  if (Temporal.Instant.compare(now, closes) > 0)
    throw new Refusal('conflict', 'The door is closed: this event is over. Organisers still see who came.');
}

/**
 * Lets somebody in who is not on the list: they are here, so they sit. Where every seat is taken the room grows by theirs;
 * people who wait keep their place in line.
 */
export async function admitUnlisted(
  ctx: Context,
  eventId: number,
  personId: number,
  byId: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    await admit(ctx, tx, event, personId, byId);
    await followAnswers(tx, event, ctx.now());
  });
}

/** Lets somebody in within a transaction that holds the event's row; their place at a table is the caller's to give. */
export async function admit(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  personId: number,
  byId: number,
): Promise<void> {
  const now = ctx.now();
  refuseClosed(event, now);
  const person = orNotFound(await people.find(tx, personId), 'person');
  if (person.disabledAt !== null)
    throw new Refusal(
      'invalid',
      '{name} has left, according to the list of people.',
      { name: person.name },
      'name',
    );
  const tokenHash = personalTokenHash(personalToken(ctx, event.id, personId));
  await rsvps.invite(tx, [{ eventId: event.id, personId, tokenHash, invitedAt: now }]);
  const invitees = await rsvps.invitees(tx, event.id);
  const theirs = orNotFound(
    invitees.find((one) => one.personId === personId),
    'person',
  );
  if (theirs.state !== 'coming') {
    const { inPlaceOfId } = theirs;
    const seated = theirs.seatKeptUntil !== null || isFree(event, invitees, theirs);
    const grown = seated ? event : await oneMore(tx, event, theirs.side);
    await noteAnswer(tx, grown, theirs, 'yes', { way: 'organiser', byId }, now);
    const row = await rsvps.setState(tx, theirs.id, 'coming', { answeredAt: now, inPlaceOfId });
    await letters.cancelUnsent(tx, event.id, outdatedByAnswer, personId);
    await sendEventLetter(ctx, tx, await factsOf(tx, grown), { ...theirs, ...row }, { kind: 'confirmed' });
  }
  await press(ctx, tx, event.id, { personId, here: true, at: now });
}

function isFree(event: events.Event, invitees: rsvps.Invitee[], theirs: rsvps.Invitee): boolean {
  const others = yesesOf(invitees).filter((yes) => yes.personId !== theirs.personId);
  return stateForYes(roomOf(event), others, theirs.side) === 'coming';
}

function oneMore(tx: Tx, event: events.Event, side: rsvps.Invitee['side']): Promise<events.Event> {
  const more = side === 'senior' ? 'seniorCapacity' : 'talentCapacity';
  return events.change(tx, event.id, { [more]: event[more] + 1, capacity: event.capacity + 1 });
}
