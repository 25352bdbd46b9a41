import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { reminderKinds } from '../domain/reminders.ts';
import { instantOf } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as letters from '../store/letters.ts';
import * as needs from '../store/needs.ts';
import * as rsvps from '../store/rsvps.ts';
import { comingIn, factsOf, sendEventLetter, sendInvitation } from './event-letters.ts';
import { changedValues, type Hold, keepBefore, openHold } from './holds.ts';
import { personalToken, personalTokenHash } from './personal-links.ts';
import { fillFreeSeats } from './rsvps.ts';

const lettersToGuests = ['moved', 'waiting', 'seat-free', 'confirmed', ...reminderKinds];

/** Of those whose invitation did not leave, whoever has had no other letter about the event: what they never heard of need not be taken back. */
export async function neverReached(
  tx: Tx,
  eventId: number,
  unsent: readonly letters.Silenced[],
): Promise<Set<number>> {
  const reached = await letters.reached(tx, eventId);
  return new Set(unsent.flatMap(({ personId }) => (reached.has(personId) ? [] : [personId])));
}

/** Refuses an event whose start is over, at its date. */
export function refusePast(event: Pick<events.Event, 'startsAt' | 'timeZone'>, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(instantOf(event.startsAt, event.timeZone), now) <= 0) {
    throw new Refusal('invalid', 'The event starts in the past. Give it a date to come.', {}, 'date');
  }
}

/** Puts people on the event's list; once it is published each of them gets the invitation as things stand now. */
export async function putOnList(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  personIds: number[],
  hold?: Hold,
): Promise<{ event: events.Event; added: { personId: number; again: boolean }[] }> {
  const invitedAt = event.state === 'published' ? ctx.now() : null;
  const rows = [...new Set(personIds)].map((personId) => ({
    eventId: event.id,
    personId,
    tokenHash: personalTokenHash(personalToken(ctx, event.id, personId)),
    invitedAt,
  }));
  const fresh = await rsvps.invite(tx, rows);
  const added = fresh.map(({ personId, revision }) => ({ personId, again: revision > 0 }));
  if (event.state !== 'published' || fresh.length === 0) return { event, added };
  // Whoever was uninvited has a CANCEL in their calendar: what invites them again carries a higher SEQUENCE (RFC 5546 2.1.4).
  const again = added.some((one) => one.again);
  const now = again ? await events.change(tx, event.id, { sequence: event.sequence + 1 }) : event;
  const facts = { ...(await factsOf(tx, now)), hold };
  const ids = new Set(fresh.map((row) => row.personId));
  const invitees = await rsvps.invitees(tx, event.id);
  const coming = comingIn(event, invitees);
  for (const invitee of invitees) {
    if (ids.has(invitee.personId)) await sendInvitation(ctx, tx, facts, invitee, { coming });
  }
  return { event: now, added };
}

/** Puts more people on the list; of a published event they get their invitation at once. */
export async function invite(
  ctx: Context,
  eventId: number,
  personIds: number[],
  { held = false }: { held?: boolean } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    if (event.state === 'published') refusePast(event, ctx.now());
    const hold =
      held && event.state === 'published' ? await openHold(ctx, tx, eventId, 'invitation') : undefined;
    const { event: now, added } = await putOnList(ctx, tx, event, personIds, hold);
    if (hold) await keepBefore(tx, hold, now, { values: changedValues(event, now), added });
  });
}

/** Takes somebody off the list: their calendar entry goes, their seat is free, and only they hear of it. */
export async function uninvite(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'draft') {
      await needs.remove(tx, eventId, personId);
      return rsvps.removeMany(tx, eventId, [personId]);
    }
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    const invitee = orNotFound(
      (await rsvps.invitees(tx, eventId)).find((one) => one.personId === personId),
      'person',
    );
    const row = await rsvps.setState(tx, invitee.id, 'uninvited', {});
    await needs.remove(tx, eventId, personId);
    const first = await letters.cancelUnsent(tx, eventId, ['invitation', 'invitation-host'], personId);
    await letters.cancelUnsent(tx, eventId, lettersToGuests, personId);
    // RFC 5546 2.1.4: every CANCEL carries a higher SEQUENCE; so does what invites this person again.
    const raised = await events.change(tx, eventId, { sequence: event.sequence + 1 });
    const facts = await factsOf(tx, raised);
    if (!(await neverReached(tx, eventId, first)).has(personId))
      await sendEventLetter(ctx, tx, facts, { ...invitee, ...row }, { kind: 'uninvited' });
    await fillFreeSeats(ctx, tx, facts);
  });
}
