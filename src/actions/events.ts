import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { type Consequence, consequenceOf, hearsOf } from '../domain/event-changes.ts';
import { slugOf } from '../domain/slugs.ts';
import { canBeGiven } from '../domain/trend.ts';
import { comingBySide } from '../domain/waiting-list.ts';
import { instantOf } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as teams from '../store/event-teams.ts';
import * as events from '../store/events.ts';
import * as letters from '../store/letters.ts';
import * as rsvps from '../store/rsvps.ts';
import * as trends from '../store/trends.ts';
import { before, type EventFacts, factsOf, sendEventLetter, sendInvitation } from './event-letters.ts';
import { personalToken, personalTokenHash } from './personal-links.ts';
import { fillFreeSeats, yesesOf } from './rsvps.ts';

/** What an organiser decides about an event, apart from its format and its guests. */
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

/** Puts people on the event's list; once it is published each of them gets the invitation as things stand now. */
async function putOnList(ctx: Context, tx: Tx, event: events.Event, personIds: number[]): Promise<void> {
  const invitedAt = event.state === 'published' ? ctx.now() : null;
  const rows = [...new Set(personIds)].map((personId) => ({
    eventId: event.id,
    personId,
    tokenHash: personalTokenHash(personalToken(ctx, event.id, personId)),
    invitedAt,
  }));
  const fresh = await rsvps.invite(tx, rows);
  if (event.state !== 'published' || fresh.length === 0) return;
  const facts = await factsOf(tx, event);
  const ids = new Set(fresh.map((row) => row.personId));
  for (const invitee of await rsvps.invitees(tx, event.id)) {
    if (ids.has(invitee.personId)) await sendInvitation(ctx, tx, facts, invitee);
  }
}

/** Sends every person on the list one letter with their own link and a calendar invitation. */
export async function publish(ctx: Context, eventId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'published') return;
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    const invitees = await rsvps.invitees(tx, eventId);
    if (invitees.length === 0)
      throw new Refusal('invalid', 'Nobody is on the list yet. Choose whom to invite first.');
    refusePast(event, ctx.now());
    const now = ctx.now();
    const published = await events.change(tx, eventId, {
      state: 'published',
      publishedAt: now,
      revisedAt: now,
    });
    await rsvps.markInvited(tx, eventId, now);
    const facts = await factsOf(tx, published);
    for (const invitee of invitees) await sendInvitation(ctx, tx, facts, invitee);
  });
}

function refusePast(event: Pick<events.Event, 'startsAt' | 'timeZone'>, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(instantOf(event.startsAt, event.timeZone), now) <= 0) {
    throw new Refusal('invalid', 'The event starts in the past. Give it a date to come.', {}, 'date');
  }
}

/** Saves a changed plan. A new time or place of a published event raises SEQUENCE and goes to everyone it concerns. */
export async function change(ctx: Context, eventId: number, plan: EventPlan): Promise<Consequence> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    await refuseTooSmall(tx, event, plan);
    const facts = await factsOf(tx, event);
    const consequence = consequenceOf(
      { ...event, minutes: facts.minutes },
      { ...plan, minutes: facts.minutes },
    );
    const goesOut = event.state === 'published' && (consequence.moved || consequence.relocated);
    if (event.state === 'published' && consequence.moved) refusePast(plan, ctx.now());
    const { topics, ...values } = plan;
    const changed = await events.change(tx, eventId, {
      ...values,
      capacity: plan.seniorCapacity + plan.talentCapacity,
      revisedAt: ctx.now(),
      sequence: event.sequence + (goesOut ? 1 : 0),
    });
    await setTopics(tx, eventId, topics);
    const after = await factsOf(tx, changed);
    if (goesOut) await tellOfChange(ctx, tx, facts, after, consequence);
    await putOnList(ctx, tx, changed, await hostIds(tx, topics));
    await fillFreeSeats(ctx, tx, after);
    return consequence;
  });
}

async function refuseTooSmall(tx: Tx, event: events.Event, plan: EventPlan): Promise<void> {
  const coming = comingBySide(yesesOf(await rsvps.invitees(tx, event.id)));
  if (plan.seniorCapacity < coming.senior) {
    throw new Refusal(
      'invalid',
      '{n} senior managers have said yes already. Keep at least {n} seats for them.',
      { n: coming.senior },
      'seniors',
    );
  }
  if (plan.talentCapacity < coming.talent) {
    throw new Refusal(
      'invalid',
      '{n} young talents have said yes already. Keep at least {n} seats for them.',
      { n: coming.talent },
      'talents',
    );
  }
}

async function tellOfChange(
  ctx: Context,
  tx: Tx,
  old: EventFacts,
  facts: EventFacts,
  consequence: Consequence,
): Promise<void> {
  // Letters that still wait would tell of the old time; whoever has not heard at all gets the invitation anew.
  const unheard = new Set(await letters.cancelUnsent(tx, facts.event.id, ['invitation', 'invitation-host']));
  await letters.cancelUnsent(tx, facts.event.id, ['moved']);
  for (const invitee of await rsvps.invitees(tx, facts.event.id)) {
    if (unheard.has(invitee.personId)) await sendInvitation(ctx, tx, facts, invitee);
    else if (hearsOf(invitee.state, consequence)) {
      const answer = invitee.state === 'uninvited' ? 'invited' : invitee.state;
      await sendEventLetter(ctx, tx, facts, invitee, { kind: 'moved', before: before(old), answer });
    }
  }
}

/** Calls the event off: everyone who heard of it and did not say no gets a cancellation for their calendar. */
export async function cancel(ctx: Context, eventId: number, reason: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'cancelled') return;
    const now = ctx.now();
    const wasPublished = event.state === 'published';
    const cancelled = await events.change(tx, eventId, {
      state: 'cancelled',
      cancelledAt: now,
      revisedAt: now,
      sequence: event.sequence + 1,
    });
    const unheard = new Set(await letters.cancelUnsent(tx, eventId, ['invitation', 'invitation-host']));
    await letters.cancelUnsent(tx, eventId, ['moved', 'waiting', 'seat-free', 'confirmed']);
    if (!wasPublished) return;
    const facts = await factsOf(tx, cancelled);
    for (const invitee of await rsvps.invitees(tx, eventId)) {
      if (invitee.state === 'declined' || unheard.has(invitee.personId)) continue;
      await sendEventLetter(ctx, tx, facts, invitee, { kind: 'cancelled', reason });
    }
  });
}

/** Puts more people on the list; of a published event they get their invitation at once. */
export async function invite(ctx: Context, eventId: number, personIds: number[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    if (event.state === 'published') refusePast(event, ctx.now());
    await putOnList(ctx, tx, event, personIds);
  });
}

/** Takes somebody off the list: their calendar entry goes, their seat is free, and only they hear of it. */
export async function uninvite(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.state === 'draft') return rsvps.removeMany(tx, eventId, [personId]);
    if (event.state === 'cancelled')
      throw new Refusal('conflict', 'This event is cancelled. Plan a new one instead.');
    const invitee = orNotFound(
      (await rsvps.invitees(tx, eventId)).find((one) => one.personId === personId),
      'person',
    );
    const row = await rsvps.setState(tx, invitee.id, 'uninvited', {});
    const unheard = await letters.cancelUnsent(tx, eventId, ['invitation', 'invitation-host'], personId);
    // RFC 5546 2.1.4: every CANCEL carries a higher SEQUENCE; so does whatever invites this person again.
    const raised = await events.change(tx, eventId, { sequence: event.sequence + 1 });
    const facts = await factsOf(tx, raised);
    if (unheard.length === 0)
      await sendEventLetter(ctx, tx, facts, { ...invitee, ...row }, { kind: 'uninvited' });
    await fillFreeSeats(ctx, tx, facts);
  });
}
