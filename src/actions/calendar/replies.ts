import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { readUid } from '../../domain/calendar/own-uid.ts';
import {
  aboutWhom,
  answerIn,
  clamped,
  isAbout,
  isTooOldToConfirm,
  type ReceivedAttendee,
  type ReceivedReply,
  sameAddress,
  verdictOn,
  type Writer,
  withAddressesOfToday,
} from '../../domain/calendar/replies.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { DeadLink, orNotFound, Refusal, wrongLink } from '../../refusal.ts';
import * as replies from '../../store/calendar/replies.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { addressesSentTo, entryOf } from '../../store/letters/entries.ts';
import { answer } from '../guests/answer.ts';
import { type EventFacts, factsOf } from '../letters/about-event.ts';
import { hashSecret } from '../sign-in/secrets.ts';
import { type MeetingReplyOutcome, takeMeetingReply } from '../teams/meeting-answers.ts';
import { askByLink, passOn, proposedTime, sayNotCounted } from './reply-letters.ts';

/** Outcome of one VEVENT of a reply: a kept one, or the reason why nothing was kept. */
export type ReplyOutcome =
  | replies.CalendarReply['outcome']
  | MeetingReplyOutcome
  | 'known already'
  | 'asked often enough';

/**
 * Takes an answer that came back from a calendar, also about a team's meeting: counted as one pressed on the page where the writer is proved, asked
 * about at the invited address where not, passed on to the organiser where it proposes something. Never adds an event
 * or a guest.
 */
export async function takeReply(
  ctx: Context,
  reply: ReceivedReply,
  writer: Writer,
  receivedAt: Temporal.Instant,
): Promise<ReplyOutcome> {
  const { eventUid, personId } = readUid(reply.uid);
  const eventId = await replies.eventOfUid(ctx.db, eventUid);
  if (eventId === null) return takeMeetingReply(ctx, reply, writer, receivedAt);
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (!isAbout(reply, instantOf(event.startsAt, event.timeZone))) return 'another meeting';
    const invitees = entryOwners(await rsvps.invitees(tx, eventId), personId);
    const about = aboutWhom(
      await namingToday(tx, eventId, reply, invitees),
      writer,
      invitees.map(({ email }) => sameAddress(email)),
    );
    const who = invitees.find(({ email }) => sameAddress(email) === about?.address);
    if (!about || !who || event.state === 'draft') return 'nobody invited';
    const facts = await factsOf(tx, event);
    const sent = (await entryOf(tx, event.id, who.personId))?.sequence ?? event.sequence;
    const row = rowOf(clamped(reply, sent), about, event, who, receivedAt, ctx.now());
    if (!about.proved) return askByLink(ctx, tx, facts, who, row);
    return row.kind === 'answer'
      ? countAnswer(ctx, tx, facts, who, row)
      : passOnOnce(ctx, tx, facts, who, row, about.attendee);
  });
}

/** People whose entry a reply can be about: the one its UID names; else everyone, of two behind one address first whose entry has the event's UID. */
function entryOwners(invitees: readonly rsvps.Invitee[], personId: number | null): rsvps.Invitee[] {
  if (personId !== null) return invitees.filter((one) => one.personId === personId && one.hasOwnUids);
  return invitees.toSorted((a, b) => Number(a.hasOwnUids) - Number(b.hasOwnUids));
}

/** Puts today's address in place of the one the invitation went to, which replies name. */
async function namingToday(
  tx: Tx,
  eventId: number,
  reply: ReceivedReply,
  invitees: readonly rsvps.Invitee[],
): Promise<ReceivedReply> {
  const today = new Map(invitees.map(({ personId, email }) => [personId, sameAddress(email)]));
  const known = new Set(today.values());
  if (reply.attendees.every(({ address }) => known.has(address))) return reply;
  const former = (await addressesSentTo(tx, eventId)).flatMap(({ personId, email }) => {
    const [address, now] = [sameAddress(email), today.get(personId)];
    return now === undefined || known.has(address) ? [] : [[address, now] as const];
  });
  return withAddressesOfToday(reply, new Map(former));
}

function rowOf(
  reply: ReceivedReply,
  { attendee, proved }: { attendee: ReceivedAttendee; proved: boolean },
  event: events.Event,
  who: rsvps.Invitee,
  receivedAt: Temporal.Instant,
  createdAt: Temporal.Instant,
): replies.NewCalendarReply {
  const { sequence, stamp, recurrenceAt } = reply;
  const isDelegation = attendee.partstat === 'DELEGATED';
  const kind = reply.method === 'COUNTER' ? 'proposal' : isDelegation ? 'delegation' : 'answer';
  const order = { eventId: event.id, personId: who.personId, sequence, stamp, recurrenceAt };
  const isProposal = kind === 'proposal';
  return {
    ...order,
    kind,
    proved,
    said: kind === 'answer' ? answerIn(attendee.partstat) : null,
    outcome: 'told',
    ...(isProposal ? proposedTime(reply, event.timeZone) : {}),
    words: isDelegation ? attendee.delegatedTo.join(', ') : reply.words,
    receivedAt,
    createdAt,
  };
}

async function countAnswer(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: rsvps.Invitee,
  row: replies.NewCalendarReply,
): Promise<ReplyOutcome> {
  const { event } = facts;
  const sent = (await entryOf(tx, event.id, who.personId))?.sequence ?? event.sequence;
  const before = (await replies.provedBefore(tx, event.id, who.personId, 'answer'))
    .filter(({ recurrenceAt }) => String(recurrenceAt) === String(row.recurrenceAt ?? null))
    .map((one) => clamped(one, sent));
  const { timeSequence } = event;
  const known = { timeSequence, before, answeredAt: who.answeredAt, receivedAt: row.receivedAt };
  const standing = verdictOn(row, known);
  const outcome = standing === 'counts' ? 'counted' : standing;
  const id = await replies.add(tx, { ...row, outcome });
  if (id === null) return 'known already';
  if (outcome !== 'counted') return outcome;
  const refusal = await answerUnlessRefused(ctx, tx, row);
  if (!refusal) {
    await passOnWords(ctx, tx, facts, who, { ...row, id });
    return 'counted';
  }
  await replies.settle(tx, id, ctx.now(), 'too-late');
  await sayNotCounted(ctx, tx, facts, who, { id, said: row.said!, refusal });
  return 'too-late';
}

/** Passes on to the organiser what a guest wrote beside an answer. */
async function passOnWords(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: rsvps.Invitee,
  row: replies.NewCalendarReply & { id: number },
): Promise<void> {
  if (row.words) await passOn(ctx, tx, facts, who, row);
}

/** The same way as an answer on the page, so that seats, the waiting list and letters hold. */
async function answerUnlessRefused(
  ctx: Context,
  tx: Tx,
  { eventId, personId, said }: Pick<replies.NewCalendarReply, 'eventId' | 'personId' | 'said'>,
): Promise<Refusal | null> {
  try {
    await answer({ ...ctx, db: tx as unknown as Db }, eventId, personId, said!, { way: 'calendar' });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function passOnOnce(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: rsvps.Invitee,
  row: replies.NewCalendarReply,
  attendee: Pick<ReceivedAttendee, 'delegatedTo'>,
): Promise<ReplyOutcome> {
  const id = await replies.add(tx, { ...row, words: row.words || attendee.delegatedTo.join(', ') });
  if (id === null) return 'known already';
  await passOn(ctx, tx, facts, who, { ...row, id });
  return 'told';
}

/** Whether the link that asks about this reply was pressed, in the days in which it opens anything. */
export function isConfirmed(ctx: Pick<Context, 'now'>, reply: replies.CalendarReply | null): boolean {
  return reply?.outcome === 'confirmed' && !isTooOldToConfirm(reply.createdAt, ctx.now());
}

/** A reply whose link was pressed in time and not before; throws a Refusal ('not-found', 'gone') otherwise. */
export function confirmable(
  ctx: Pick<Context, 'now'>,
  reply: replies.CalendarReply | null,
): replies.CalendarReply {
  if (!reply) throw wrongLink();
  const asked = reply;
  if (asked.settledAt !== null || isTooOldToConfirm(asked.createdAt, ctx.now()))
    throw new DeadLink(
      'This link has ended',
      'It was used, or it is more than 7 days old. Your invitation e-mail has a link to the event.',
    );
  return asked;
}

/** Whether an answer was to a time that the event no longer has. */
export function isOvertaken(
  { kind, sequence }: Pick<replies.CalendarReply, 'kind' | 'sequence'>,
  { timeSequence }: Pick<events.Event, 'timeSequence'>,
): boolean {
  return kind === 'answer' && sequence < timeSequence;
}

/**
 * Takes a reply asked about by link as the invited person's own: it counts from now, or goes to the organiser. Throws a
 * Refusal where it can no longer count.
 */
export async function confirmReply(ctx: Context, token: string): Promise<replies.CalendarReply> {
  return ctx.db.transaction(async (tx) => {
    const found = orNotFound(await replies.findByToken(tx, hashSecret(token)), 'page');
    const event = orNotFound(await events.lock(tx, found.eventId), 'event');
    const asked = confirmable(ctx, await replies.lockByToken(tx, hashSecret(token)));
    if (isOvertaken(asked, event))
      throw new Refusal('conflict', 'The event has been moved since. Look at the new time and answer there.');
    await replies.settle(tx, asked.id, ctx.now(), 'confirmed');
    if (asked.kind === 'answer') {
      const refusal = await answerUnlessRefused(ctx, tx, asked);
      if (refusal) throw refusal;
    }
    const who = orNotFound(
      (await rsvps.invitees(tx, event.id)).find(({ personId }) => personId === asked.personId) ?? null,
      'event',
    );
    if (asked.kind === 'answer') {
      await passOnWords(ctx, tx, await factsOf(tx, event), who, asked);
      return asked;
    }
    const { id: _, tokenHash: __, ...row } = asked;
    const proved = { ...row, proved: true, outcome: 'told' as const, settledAt: null };
    await passOnOnce(ctx, tx, await factsOf(tx, event), who, proved, { delegatedTo: [] });
    return asked;
  });
}

/** The organiser has seen to a proposal: it no longer stands on the event's page. */
export async function settleProposal(ctx: Context, eventId: number, replyId: number): Promise<void> {
  const open = await replies.openProposals(ctx.db, eventId);
  if (open.some(({ id }) => id === replyId)) await replies.settle(ctx.db, replyId, ctx.now());
}
