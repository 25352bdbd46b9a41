import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { reminderKinds } from '../../domain/letters/reminders.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as needs from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { comingIn, factsOf, sendEventLetter, sendInvitation } from '../letters/about-event.ts';
import { outdatedByAnswer } from '../letters/answer-letters.ts';
import { changedAnswers, type Hold, openHold, recordUndo } from '../letters/holds.ts';
import { personalToken, personalTokenHash } from '../sign-in/personal-links.ts';
import { fillFreeSeats } from './free-seats.ts';
import { withoutStopped } from './invitation-stops.ts';
import { tellOfQuorum } from './organiser-news.ts';

/** Letter kinds cancelled when a guest leaves the list or the event is cancelled. */
export const kindsToCancel = ['moved', 'wondering', 'table-changed', ...outdatedByAnswer, ...reminderKinds];

/**
 * Finds those among these people whose invitation was unsent and who were sent no other letter about the event: they
 * need not hear that it is taken back.
 */
export async function withUnsentInvitation(
  tx: Tx,
  eventId: number,
  unsent: readonly letters.Cancelled[],
): Promise<Set<number>> {
  const reached = await letters.reachedPeople(tx, eventId);
  return new Set(unsent.flatMap(({ personId }) => (reached.has(personId) ? [] : [personId])));
}

/** Refuses an event whose start is over, at its date. */
export function refusePast(event: Pick<events.Event, 'startsAt' | 'timeZone'>, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(instantOf(event.startsAt, event.timeZone), now) <= 0) {
    throw new Refusal('invalid', 'This date has passed. Choose a later one.', {}, 'date');
  }
}

/** Locks an event that can still be planned; refuses ('conflict') one that is cancelled. */
export async function lockChangeable(tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (event.state === 'cancelled')
    throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
  return event;
}

/** Puts people on the event's list, but for those who want no more invitations; once it is published each of them gets the invitation as things stand now. Returns who came onto it. */
export async function putOnList(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  personIds: number[],
  hold?: Hold,
): Promise<{ personId: number; again: boolean }[]> {
  const invitedAt = event.state === 'published' ? ctx.now() : null;
  const wanted = await withoutStopped(tx, event, [...new Set(personIds)]);
  const rows = wanted.map((personId) => ({
    eventId: event.id,
    personId,
    tokenHash: personalTokenHash(personalToken(ctx, event.id, personId)),
    invitedAt,
  }));
  const fresh = await rsvps.invite(tx, rows);
  const added = fresh.map(({ personId, revision }) => ({ personId, again: revision > 0 }));
  if (event.state !== 'published' || fresh.length === 0) return added;
  const facts = { ...(await factsOf(tx, event)), hold };
  const ids = new Set(fresh.map((row) => row.personId));
  const invitees = await rsvps.invitees(tx, event.id);
  const coming = comingIn(event, invitees);
  for (const invitee of invitees) {
    if (ids.has(invitee.personId)) await sendInvitation(ctx, tx, facts, invitee, { coming });
  }
  return added;
}

/** Puts more people on the list; of a published event they get their invitation at once. */
export async function invite(
  ctx: Context,
  eventId: number,
  personIds: number[],
  { held = false }: { held?: boolean } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    if (event.state === 'published') refusePast(event, ctx.now());
    const hold =
      held && event.state === 'published' ? await openHold(ctx, tx, eventId, 'invitation') : undefined;
    const added = await putOnList(ctx, tx, event, personIds, hold);
    if (hold) await recordUndo(tx, hold, event, { added });
  });
}

/** Takes somebody off the list: their calendar entry goes, their seat is free, and only they hear of it. */
export async function uninvite(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    const [invitee] = await invited(tx, eventId, [personId]);
    if (event.state === 'draft') return strike(tx, eventId, [personId]);
    await takeOff(ctx, tx, event, [orNotFound(invitee, 'person')]);
    await needs.remove(tx, eventId, personId);
  });
}

/** Takes several off the list at once; people not on it are passed over. It can be undone where asked for. */
export async function uninviteMany(
  ctx: Context,
  eventId: number,
  personIds: number[],
  { held = false }: { held?: boolean } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    const gone = await invited(tx, eventId, personIds);
    if (event.state === 'draft' || gone.length === 0)
      return strike(
        tx,
        eventId,
        gone.map(({ personId }) => personId),
      );
    const everyone = await rsvps.invitees(tx, eventId);
    const hold = held ? await openHold(ctx, tx, eventId, 'removal') : undefined;
    const silenced = await takeOff(ctx, tx, event, gone, hold);
    // While it can be undone, their food and access needs are kept: jobs/delete-expired.
    if (!hold) return strikeNeeds(tx, eventId, gone);
    const answers = await changedAnswers(tx, eventId, everyone);
    await recordUndo(tx, hold, event, { answers, silenced });
  });
}

async function invited(tx: Tx, eventId: number, personIds: number[]): Promise<rsvps.Invitee[]> {
  const wanted = new Set(personIds);
  return (await rsvps.invitees(tx, eventId)).filter(({ personId }) => wanted.has(personId));
}

/** Off the list of a draft: nobody has heard of it. */
async function strike(tx: Tx, eventId: number, personIds: number[]): Promise<void> {
  for (const personId of personIds) await needs.remove(tx, eventId, personId);
  await rsvps.removeMany(tx, eventId, personIds);
}

async function strikeNeeds(tx: Tx, eventId: number, gone: readonly rsvps.Invitee[]): Promise<void> {
  for (const { personId } of gone) await needs.remove(tx, eventId, personId);
}

/**
 * Voids their answers, tells everyone of them who ever heard of the event, and gives their seats to people who wait.
 */
async function takeOff(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  gone: readonly rsvps.Invitee[],
  hold?: Hold,
): Promise<number[]> {
  const facts = { ...(await factsOf(tx, event)), hold };
  const silenced: number[] = [];
  const before = await rsvps.invitees(tx, event.id);
  for (const invitee of gone) {
    const row = await rsvps.setState(tx, invitee.id, 'uninvited', {});
    const first = await letters.cancelUnsent(tx, event.id, ['invitation', 'invitation-host'], row.personId);
    const others = await letters.cancelUnsent(tx, event.id, kindsToCancel, row.personId);
    silenced.push(...[...first, ...others].map(({ id }) => id));
    if (!(await withUnsentInvitation(tx, event.id, first)).has(row.personId))
      await sendEventLetter(ctx, tx, facts, { ...invitee, ...row }, { kind: 'uninvited' });
  }
  await fillFreeSeats(ctx, tx, facts);
  const [last] = gone.slice(-1);
  if (last) await tellOfQuorum(ctx, tx, facts, before, `${last.personId}:${last.revision}`);
  return silenced;
}
