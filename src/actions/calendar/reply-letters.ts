import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { mostAskedToConfirm, mostCausedADay, type ReceivedReply } from '../../domain/calendar/replies.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { isLate } from '../../domain/guests/answer-deadline.ts';
import { nextTellingHour, showsTime } from '../../domain/guests/moments.ts';
import type { AboutAnEvent } from '../../domain/letters/facts.ts';
import type { Refusal } from '../../refusal.ts';
import * as replies from '../../store/calendar/replies.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import * as attempts from '../../store/sign-in/attempts.ts';
import { type EventFacts, letterEvent } from '../letters/about-event.ts';
import { confirmToken } from '../letters/links.ts';
import { sendLetter } from '../letters/send.ts';
import { hashSecret, newSecret } from '../sign-in/secrets.ts';

/** Asks the invited address, never the writer's, whether the answer is theirs; three times a day at most. */
export async function askByLink(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: Invitee,
  row: replies.NewCalendarReply,
): Promise<'asked' | 'asked often enough' | 'known already'> {
  if (row.kind === 'answer' && isSaidAlready(who, row.said)) return 'known already';
  if (await isOften(ctx, tx, who.personId)) return 'asked often enough';
  const number = newSecret(ctx, 16);
  const tokenHash = hashSecret(confirmToken(ctx, number));
  const id = await replies.add(tx, { ...row, outcome: 'asked', tokenHash });
  if (id === null) return 'known already';
  await sendLetter(ctx, tx, {
    key: `answer-question:${id}`,
    kind: 'answer-question',
    to: { id: who.personId, name: who.name, email: who.email },
    eventId: facts.event.id,
    facts: {
      ...about(facts, who),
      kind: 'answer-question',
      what: row.kind,
      said: row.said ?? null,
      number,
    },
  });
  return 'asked';
}

function isSaidAlready({ state }: Invitee, said: replies.NewCalendarReply['said']): boolean {
  if (said === 'yes') return state === 'coming' || state === 'waiting';
  return state === (said === 'maybe' ? 'maybe' : 'declined');
}

async function isOften(ctx: Context, tx: Tx, personId: number): Promise<boolean> {
  const hour = ctx.now().round({ smallestUnit: 'hour', roundingMode: 'trunc' });
  const ofPerson = await attempts.increment(tx, `reply-question:${personId}`, dayOf(ctx.now()));
  if (ofPerson > mostAskedToConfirm.aDay) return true;
  return (await attempts.increment(tx, 'reply-question', hour)) > mostAskedToConfirm.anHour;
}

function dayOf(now: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / 86_400_000) * 86_400_000);
}

/** Counts one e-mail more that this guest's calendar causes; true where the day's share is used up. */
async function hasCausedEnough(
  ctx: Context,
  tx: Tx,
  kind: 'proposal' | 'not-counted',
  { event }: EventFacts,
  { personId }: Invitee,
): Promise<boolean> {
  const key = `reply-${kind}:${event.id}:${personId}`;
  return (await attempts.increment(tx, key, dayOf(ctx.now()))) > mostCausedADay;
}

/** Tells the organiser that somebody proposes another time or sends somebody else; the event's page shows each of them. */
export async function passOn(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: Invitee,
  row: replies.NewCalendarReply & { id: number },
): Promise<void> {
  if (await hasCausedEnough(ctx, tx, 'proposal', facts, who)) return;
  const { event, organiser } = facts;
  const proposed = row.proposedStart
    ? { start: row.proposedStart, minutes: row.proposedMinutes ?? null }
    : null;
  await sendLetter(ctx, tx, {
    key: `proposal:${row.id}`,
    kind: 'proposal',
    to: { id: event.organiserId, name: organiser.name, email: organiser.email },
    eventId: event.id,
    notBefore: tellingTime(event, ctx.now()),
    facts: {
      ...about(facts, who),
      recipient: { name: organiser.name },
      personalUrl: `${ctx.baseUrl}/events/${event.id}`,
      // A reply to this letter goes to the guest.
      organiser: who.name,
      organiserEmail: who.email,
      kind: 'proposal',
      what: row.kind,
      who: who.name,
      proposed,
      note: row.words ?? '',
    },
  });
}

/** At once, or at the next telling hour where its minute is not for organisers to know. */
function tellingTime(event: EventFacts['event'], now: Temporal.Instant): Temporal.Instant | undefined {
  return showsTime(event, { late: isLate(event, now) }) ? undefined : nextTellingHour(now, event.timeZone);
}

/** Tells a guest whose calendar now shows an answer that could not be taken, and why. */
export async function sayNotCounted(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  who: Invitee,
  { id, said, refusal }: { id: number; said: string; refusal: Refusal },
): Promise<void> {
  // A cancelled event needs no letter: the calendar shows it.
  if (facts.event.state !== 'published' || (await hasCausedEnough(ctx, tx, 'not-counted', facts, who)))
    return;
  await sendLetter(ctx, tx, {
    key: `answer-not-counted:${id}`,
    kind: 'answer-not-counted',
    to: { id: who.personId, name: who.name, email: who.email },
    eventId: facts.event.id,
    facts: {
      ...about(facts, who),
      kind: 'answer-not-counted',
      said,
      why: { sentence: refusal.sentence, values: refusal.params },
    },
  });
}

function about(facts: EventFacts, who: Invitee): Omit<AboutAnEvent, 'personalUrl'> {
  return {
    recipient: { name: who.name },
    organisation: facts.organisation,
    organiser: facts.organiser.name,
    organiserEmail: facts.organiser.email,
    event: letterEvent(facts),
  };
}

/** The time a COUNTER names, as wall time in the event's zone and minutes; nothing where it names none. */
export function proposedTime(
  { start, end }: Pick<ReceivedReply, 'start' | 'end'>,
  timeZone: string,
): { proposedStart: string; proposedMinutes: number | null } {
  if (!start) return { proposedStart: '', proposedMinutes: null };
  const minutes = end ? Math.round((end.epochMilliseconds - start.epochMilliseconds) / 60_000) : 0;
  const isSensible = minutes > 0 && minutes <= 7 * 24 * 60;
  return { proposedStart: wallTimeOf(start, timeZone), proposedMinutes: isSensible ? minutes : null };
}
