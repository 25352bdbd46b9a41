import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type Consequence, consequenceOf, isToldOf } from '../../domain/events/changes.ts';
import { slugOf } from '../../domain/events/slugs.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as teams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as entries from '../../store/letters/entries.ts';
import * as letters from '../../store/letters/letters.ts';
import * as trends from '../../store/trends/trends.ts';
import { fillFreeSeats } from '../guests/answer.ts';
import { decidedAnew } from '../guests/go-ahead.ts';
import { kindsToCancel, lockChangeable, putOnList, refusePast } from '../guests/list.ts';
import { refuseTooSmall } from '../guests/seats.ts';
import { before, type EventFacts, factsOf, sendEventLetter, sendInvitation } from '../letters/about-event.ts';
import { changedAnswers, changedValues, openHold, recordUndo, type Undo } from '../letters/holds.ts';
import { skipDue } from '../letters/reminders.ts';
import { ensureKeys } from '../questions/slips.ts';

export { invite, uninvite, uninviteMany } from '../guests/list.ts';

/** An organiser's decisions about an event, apart from its format and its guests. */
export interface EventPlan {
  name: string;
  headline: string;
  lede: string;
  startsAt: string;
  timeZone: string;
  place: string;
  joinUrl: string;
  access: string;
  seniorCapacity: number;
  talentCapacity: number;
  answerBy: string | null;
  guestListShown: boolean;
  /** Whether people who said no to an earlier event of this format may ask for an invitation. */
  openAfterNo?: boolean;
  /** Fewer of a side than this are too few, and the day 'YYYY-MM-DD' on which that is decided. */
  seniorQuorum?: number;
  talentQuorum?: number;
  decideOn?: string | null;
  topics: { trendId: number; teamId: number | null }[];
}

export interface NewDraft extends EventPlan {
  formKey: string;
  programmeId: number;
  organiserId: number;
  format: string;
  shape: events.Event['shape'];
  blocks: readonly events.Block[];
  guestIds: number[];
}

/** Makes a complete draft that nobody has heard of; the same form sent twice makes one. Returns the event. */
export async function draft(ctx: Context, plan: NewDraft): Promise<events.Event> {
  return ctx.db.transaction(async (tx) => {
    const { topics, blocks, guestIds, ...values } = plan;
    const now = ctx.now();
    const added = await events.add(tx, {
      ...values,
      slug: await freeSlug(tx, plan.name),
      capacity: plan.seniorCapacity + plan.talentCapacity,
      state: 'draft',
      uid: `${uuidFrom(ctx.random(16))}@${new URL(ctx.baseUrl).hostname}`,
      revisedAt: now,
      createdAt: now,
    });
    if (!added) return orNotFound(await events.findByFormKey(tx, plan.formKey), 'event');
    await events.replaceBlocks(tx, added.id, blocks);
    await setTopics(tx, added.id, topics);
    await putOnList(ctx, tx, added, [...guestIds, ...(await hostIds(tx, topics))]);
    return added;
  });
}

/** RFC 9562 version 4, from bytes that came in. */
function uuidFrom(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

async function freeSlug(tx: Tx, name: string): Promise<string> {
  const slug = slugOf(name, 'event');
  const taken = new Set(await events.slugsLike(tx, slug));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** A trend that is parked or merged at this moment does not slip onto a table; one that is there already stays. */
async function setTopics(tx: Tx, eventId: number, topics: EventPlan['topics']): Promise<void> {
  const here = new Set((await events.topicsOf(tx, eventId)).map(({ trendId }) => trendId));
  const added = topics.flatMap(({ trendId }) => (here.has(trendId) ? [] : [trendId]));
  const gone = (await trends.lock(tx, added)).find((trend) => !canBeGiven(trend));
  if (gone) {
    throw new Refusal(
      'invalid',
      '“{trend}” was parked or merged meanwhile. Choose the teams again.',
      { trend: gone.sentence },
      'teams',
    );
  }
  await events.setTopics(tx, eventId, topics);
}

function hostIds(tx: Tx, topics: EventPlan['topics']): Promise<number[]> {
  return teams.membersOf(
    tx,
    topics.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  );
}

/** Letters that can be taken back for ten seconds wait for that long. */
export interface Posting {
  held?: boolean;
}

/** Sends every person on the list one letter with their own link and a calendar invitation. */
export async function publish(ctx: Context, eventId: number, { held = false }: Posting = {}): Promise<void> {
  await ensureKeys(ctx, eventId);
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'published') return;
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    const invitees = await rsvps.invitees(tx, eventId);
    if (invitees.length === 0)
      throw new Refusal('invalid', 'Nobody is on the list yet. Choose whom to invite first.', {}, '');
    refusePast(event, ctx.now());
    const now = ctx.now();
    const published = await events.change(tx, eventId, {
      state: 'published',
      publishedAt: now,
      revisedAt: now,
    });
    await rsvps.markInvited(tx, eventId, now);
    const hold = held ? await openHold(ctx, tx, eventId, 'publication') : undefined;
    const facts = { ...(await factsOf(tx, published)), hold };
    for (const invitee of invitees) await sendInvitation(ctx, tx, facts, invitee);
    if (!hold) return;
    // Writing the first letters sets the organiser's address of the calendar entries.
    const after = orNotFound(await events.find(tx, eventId), 'event');
    await recordUndo(tx, hold, after, { values: changedValues(event, after) });
  });
}

/** Saves a changed plan. A new time or place of a published event raises SEQUENCE and goes to everyone it concerns. */
export async function change(
  ctx: Context,
  eventId: number,
  plan: EventPlan,
  { held = false }: Posting = {},
): Promise<Consequence> {
  return ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
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
    const was = await readPlanState(tx, eventId);
    await setTopics(tx, eventId, topics);
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
async function nextSequence(tx: Tx, { id, sequence }: events.Event): Promise<number> {
  return 1 + Math.max(sequence, await entries.highestSequence(tx, id));
}

/** Reads all that a change may alter besides the event's own columns. */
async function readPlanState(tx: Tx, eventId: number) {
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

async function tellOfChange(
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
      await sendEventLetter(ctx, tx, facts, invitee, { kind: 'moved', before: before(old), answer });
    }
  }
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
    const undo = { values: changedValues(event, cancelled), silenced: silenced.map(({ id }) => id) };
    if (hold) await recordUndo(tx, hold, cancelled, undo);
  });
}
