import type { Context } from '../../context.ts';
import { doorHours, mostHoursLate } from '../../domain/guests/door-hours.ts';
import { stateForYes } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as people from '../../store/people/people.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { untrueAfterAnswer } from '../letters/answer-letters.ts';
import { personalToken, personalTokenHash } from '../sign-in/personal-links.ts';
import { noteAnswer } from './answer.ts';
import { roomOf, yesesOf } from './seats.ts';

/**
 * Checks somebody in at the door, or takes that back; said twice it is said once. `secondsAgo`: how long ago the button was
 * pressed, where the connection was bad. Refused ('conflict') outside the hours around the event.
 */
export async function pressAtDoor(
  ctx: Context,
  eventId: number,
  personId: number,
  { here, secondsAgo = 0 }: { here: boolean; secondsAgo?: number },
): Promise<rsvps.Rsvp> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseClosed(event, ctx.now());
    const at = ctx.now().subtract({ seconds: Math.min(secondsAgo, mostHoursLate * 3600) });
    return orNotFound(await rsvps.press(tx, eventId, personId, { here, at }), 'person');
  });
}

function refuseClosed(event: events.Event, now: Temporal.Instant): void {
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Nobody is expected: this event is a draft or called off.');
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
    refuseClosed(event, ctx.now());
    const person = orNotFound(await people.find(tx, personId), 'person');
    if (person.disabledAt !== null)
      throw new Refusal(
        'invalid',
        '{name} has left, as far as the list of people knows.',
        { name: person.name },
        'name',
      );
    const now = ctx.now();
    const tokenHash = personalTokenHash(personalToken(ctx, eventId, personId));
    await rsvps.invite(tx, [{ eventId, personId, tokenHash, invitedAt: now }]);
    const invitees = await rsvps.invitees(tx, eventId);
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
      await letters.cancelUnsent(tx, eventId, untrueAfterAnswer, personId);
      await sendEventLetter(ctx, tx, await factsOf(tx, grown), { ...theirs, ...row }, { kind: 'confirmed' });
    }
    await rsvps.press(tx, eventId, personId, { here: true, at: now });
  });
}

function isFree(event: events.Event, invitees: rsvps.Invitee[], theirs: rsvps.Invitee): boolean {
  const others = yesesOf(invitees).filter((yes) => yes.personId !== theirs.personId);
  return stateForYes(roomOf(event), others, theirs.side) === 'coming';
}

function oneMore(
  tx: Parameters<typeof factsOf>[0],
  event: events.Event,
  side: rsvps.Invitee['side'],
): Promise<events.Event> {
  const more = side === 'senior' ? 'seniorCapacity' : 'talentCapacity';
  return events.change(tx, event.id, { [more]: event[more] + 1, capacity: event.capacity + 1 });
}
