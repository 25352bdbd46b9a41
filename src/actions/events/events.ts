import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type Consequence, consequenceOf, isToldOf } from '../../domain/events/changes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as entries from '../../store/letters/entries.ts';
import * as letters from '../../store/letters/letters.ts';
import { answerAtPublication } from '../guests/answer.ts';
import { fillFreeSeats } from '../guests/free-seats.ts';
import { decidedAnew } from '../guests/go-ahead.ts';
import { strikeStopped } from '../guests/invitation-stops.ts';
import { kindsToCancel, lockChangeable, putOnList, refusePast } from '../guests/list.ts';
import { refuseTooSmall } from '../guests/seats.ts';
import {
  type EventFacts,
  factsBefore,
  factsOf,
  sendEventLetter,
  sendInvitation,
} from '../letters/about-event.ts';
import { tellFacilitator, tellFacilitatorOfChange, tellFacilitatorOfEnd } from '../letters/facilitator.ts';
import { changedAnswers, changedValues, openHold, recordUndo, type Undo } from '../letters/holds.ts';
import { skipDue } from '../letters/reminders.ts';
import { ensureKeys } from '../questions/slips.ts';
import { keepLength, lengthOfRun } from '../run-of-show/length.ts';
import { refusePastDeadlines } from './deadlines.ts';
import type { EventPlan } from './plan.ts';
import { hostIds, setTopics } from './topics.ts';

export { invite, uninvite, uninviteMany } from '../guests/list.ts';
export { draft, draftSeries } from './drafts.ts';
export type { EventPlan, NewDraft } from './plan.ts';

/** Letters that can be taken back for ten seconds wait for that long. */
export interface Posting {
  held?: boolean;
}

/** Date and answers settled just before an event is published. */
export interface Prepared {
  event: events.Event;
  /** In the order in which seats are given. */
  answers: readonly { personId: number; said: 'yes' | 'maybe' }[];
}

export interface Preparing {
  prepare?: (tx: Tx, draft: events.Event) => Promise<Prepared>;
}

/**
 * Sends every person on the list one letter with their own link and a calendar invitation; who has said yes to this very
 * date gets a seat, or a place on the waiting list, in its place.
 */
export async function publish(
  ctx: Context,
  eventId: number,
  { held = false, prepare }: Posting & Preparing = {},
): Promise<void> {
  // Another organiser may have deleted the draft.
  orNotFound(await events.find(ctx.db, eventId), 'event');
  await ensureKeys(ctx, eventId);
  await ctx.db.transaction(async (tx) => {
    const draft = orNotFound(await events.lock(tx, eventId), 'event');
    if (draft.state === 'published') return;
    if (draft.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    await strikeStopped(tx, draft);
    const { event, answers } = (await prepare?.(tx, draft)) ?? { event: draft, answers: [] };
    if ((await rsvps.invitees(tx, eventId)).length === 0)
      throw new Refusal('invalid', 'Nobody is on the list yet. Choose whom to invite first.', {}, '');
    refusePast(event, ctx.now());
    refusePastDeadlines(ctx, event);
    const now = ctx.now();
    const published = await events.change(tx, eventId, {
      state: 'published',
      publishedAt: now,
      ...(await frozenLength(tx, event, now)),
    });
    await rsvps.markInvited(tx, eventId, now);
    const hold = held ? await openHold(ctx, tx, eventId, 'publication') : undefined;
    const facts = { ...(await factsOf(tx, published)), hold };
    const before = await rsvps.invitees(tx, eventId);
    await inviteAll(ctx, tx, facts, answers);
    await tellFacilitator(ctx, tx, facts);
    if (!hold) return;
    // Writing the first letters sets the organiser's address of the calendar entries.
    const after = orNotFound(await events.find(tx, eventId), 'event');
    await recordUndo(tx, hold, after, {
      values: changedValues(draft, after),
      answers: await changedAnswers(tx, eventId, before),
    });
  });
}

/** Freezes the length that guests will know, as the run of show is now. */
const frozenLength = async (tx: Tx, event: events.Event, revisedAt: Temporal.Instant) => ({
  revisedAt,
  announcedMinutes: await lengthOfRun(tx, event),
});

/** Notes the answers that were given already, and writes the invitation to everyone else. */
async function inviteAll(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  answers: Prepared['answers'],
): Promise<void> {
  const answered = await answerAtPublication(ctx, tx, facts, answers);
  for (const invitee of await rsvps.invitees(tx, facts.event.id))
    if (!answered.has(invitee.personId)) await sendInvitation(ctx, tx, facts, invitee);
}

/** Refuses, under the event's lock, a plan that was made from an older state of it. */
export interface Comparing {
  isCurrent?: (tx: Tx, event: events.Event) => Promise<void>;
}

/** Saves a changed plan. A new time or place of a published event raises SEQUENCE and goes to everyone it concerns. */
export async function change(
  ctx: Context,
  eventId: number,
  plan: EventPlan,
  { held = false, isCurrent }: Posting & Comparing = {},
): Promise<Consequence> {
  return ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    await isCurrent?.(tx, event);
    refuseTooSmall(await rsvps.invitees(tx, event.id), plan);
    const facts = await factsOf(tx, event);
    const { minutes } = facts;
    const consequence = consequenceOf({ ...event, minutes }, { ...plan, minutes });
    const goesOut = event.state === 'published' && (consequence.moved || consequence.relocated);
    if (event.state === 'published' && consequence.moved) refusePast(plan, ctx.now());
    const { topics, ...values } = plan;
    const sequence = goesOut ? await nextSequence(tx, event) : event.sequence;
    const changed = await events.change(tx, eventId, {
      ...values,
      ...decidedAnew(event, plan, consequence),
      capacity: plan.seniorCapacity + plan.talentCapacity,
      revisedAt: ctx.now(),
      sequence,
      ...(goesOut && consequence.moved && { timeSequence: sequence }),
    });
    const was = await readPlanState(tx, eventId, changed);
    await setTopics(tx, changed, topics, ctx.now());
    const hold = held && goesOut ? await openHold(ctx, tx, eventId, 'change') : undefined;
    const after = { ...(await factsOf(tx, changed)), hold };
    const silenced = goesOut ? await tellOfChange(ctx, tx, facts, after, consequence) : [];
    if (goesOut) await skipDue(tx, changed, ctx.now());
    const added = await putOnList(ctx, tx, changed, await hostIds(tx, topics), hold);
    await fillFreeSeats(ctx, tx, after);
    if (hold) {
      const values = changedValues(event, changed);
      await recordUndo(tx, hold, changed, { ...(await undoing(tx, eventId, was)), values, added, silenced });
    }
    return consequence;
  });
}

/** A SEQUENCE above all that any guest was sent (RFC 5546 2.1.4). */
export async function nextSequence(tx: Tx, { id, sequence }: events.Event): Promise<number> {
  return 1 + Math.max(sequence, await entries.highestSequence(tx, id));
}

/** Reads all that a change may alter besides the event's own columns; its length follows a new start. */
async function readPlanState(tx: Tx, eventId: number, changed: events.Event) {
  await keepLength(tx, changed);
  return { topics: await events.topicsOf(tx, eventId), invitees: await rsvps.invitees(tx, eventId) };
}

async function undoing(
  tx: Tx,
  eventId: number,
  { topics, invitees }: Awaited<ReturnType<typeof readPlanState>>,
): Promise<Pick<Undo, 'topics' | 'answers'>> {
  return {
    topics: topics.map(({ trendId, teamId }) => ({ trendId, teamId })),
    answers: await changedAnswers(tx, eventId, invitees),
  };
}

/** Tells everyone whom a change concerns; returns the e-mails that were not sent because of it. */
export async function tellOfChange(
  ctx: Context,
  tx: Tx,
  old: EventFacts,
  facts: EventFacts,
  consequence: Consequence,
): Promise<number[]> {
  // Letters that still wait would tell of the old time; people who have not heard at all get the invitation anew.
  const first = await letters.cancelUnsent(tx, facts.event.id, ['invitation', 'invitation-host']);
  const others = await letters.cancelUnsent(tx, facts.event.id, ['moved']);
  const unheard = new Set(first.map(({ personId }) => personId));
  for (const invitee of await rsvps.invitees(tx, facts.event.id)) {
    if (unheard.has(invitee.personId) && invitee.state !== 'declined')
      await sendInvitation(ctx, tx, facts, invitee);
    else if (isToldOf(invitee.state, consequence)) {
      const answer = invitee.state === 'uninvited' ? 'invited' : invitee.state;
      await sendEventLetter(ctx, tx, facts, invitee, { kind: 'moved', before: factsBefore(old), answer });
    }
  }
  await tellFacilitatorOfChange(ctx, tx, facts, old);
  return [...first, ...others].map(({ id }) => id);
}

/** Cancels the event: everyone whose calendar may hold it is told to remove it, whatever they answered (RFC 5546 3.2.5). */
export async function cancel(
  ctx: Context,
  eventId: number,
  reason: string,
  { held = false }: Posting = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'cancelled') return;
    const now = ctx.now();
    const wasPublished = event.state === 'published';
    const cancelled = await events.change(tx, eventId, {
      state: 'cancelled',
      cancelledAt: now,
      revisedAt: now,
      sequence: await nextSequence(tx, event),
    });
    const silenced = await letters.cancelUnsent(tx, eventId, [
      'invitation',
      'invitation-host',
      ...kindsToCancel,
    ]);
    if (!wasPublished) return;
    const hold = held ? await openHold(ctx, tx, eventId, 'cancellation') : undefined;
    const facts = { ...(await factsOf(tx, cancelled)), hold };
    const holders = await entries.holders(tx, eventId);
    for (const guest of await rsvps.everListed(tx, eventId)) {
      if (holders.has(guest.personId))
        await sendEventLetter(ctx, tx, facts, guest, { kind: 'cancelled', reason });
    }
    silenced.push(...(await tellFacilitatorOfEnd(ctx, tx, facts)));
    const undo = { values: changedValues(event, cancelled), silenced: silenced.map(({ id }) => id) };
    if (hold) await recordUndo(tx, hold, cancelled, undo);
  });
}
