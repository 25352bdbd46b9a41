import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { keptUntil } from '../../domain/guests/answer-deadline.ts';
import {
  isNamedAlready,
  substituteLetters,
  type WhyNoSubstitute,
  whyNoSubstitute,
} from '../../domain/guests/substitutes.ts';
import { minutesToWait, windowStart } from '../../domain/sign-in/sign-in-limits.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as answers from '../../store/guests/answers.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as people from '../../store/people/people.ts';
import * as attempts from '../../store/sign-in/attempts.ts';
import { type EventFacts, factsOf, sendInvitation } from '../letters/about-event.ts';
import { outdatedByAnswer } from '../letters/answer-letters.ts';
import { personalToken, personalTokenHash } from '../sign-in/personal-links.ts';
import { type AnswerSource, isOwnAct, lockAnswer, noteAnswer, refuseTooLate } from './answer.ts';
import { fillFreeSeats } from './free-seats.ts';
import { tellOfHost } from './organiser-news.ts';
import { removeCalendarEntry } from './removed-entry.ts';

/**
 * Sends somebody else of the same side instead: the first one has said no, the other gets an invitation of their own. A seat
 * that was taken is kept for them for two days; someone who only waited passes on no place in line, so that the list
 * stays fair. The same name again changes nothing. Refuses ('conflict') guests who sent or are a substitute already, or
 * have said no.
 */
export async function nameSubstitute(
  ctx: Context,
  eventId: number,
  personId: number,
  substituteId: number,
  how: AnswerSource = { way: 'page' },
): Promise<{ name: string; seatKept: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const { event, mine } = await lockAnswer(tx, eventId, personId);
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    const other = orNotFound(await people.find(tx, substituteId), 'person');
    const theirs = await rsvps.find(tx, eventId, other.id);
    const namings = await answers.namings(tx, eventId);
    if (mine.state === 'declined' && isNamedAlready(personId, other.id, namings))
      return { name: other.name, seatKept: (theirs?.seatKeptUntil ?? null) !== null };
    const refusal = how.way !== 'organiser' && refusalToName(facts.organiser, whyNoSubstitute(mine, namings));
    if (refusal) throw refusal;
    if ((await stops.among(tx, event.programmeId, [other.id])).size > 0)
      throw new Refusal('invalid', refused.stopped, { name: other.name }, 'substitute');
    refuseAsSubstitute(mine, other, theirs, facts);
    if (how.way !== 'organiser') await countLetter(ctx, tx, personId);
    await noteAnswer(tx, event, mine, { substituteId: other.id }, how, ctx.now());
    await letters.cancelUnsent(tx, eventId, outdatedByAnswer, personId);
    const declined = await rsvps.setState(tx, mine.id, 'declined', { answeredAt: ctx.now() });
    await removeCalendarEntry(ctx, tx, facts, { ...mine, ...declined });
    const seatKept = mine.state === 'coming' || mine.seatKeptUntil !== null;
    await inviteInstead(ctx, tx, facts, mine, other.id, seatKept);
    await fillFreeSeats(ctx, tx, facts);
    if (!isOwnAct(how, event)) await tellOfHost(ctx, tx, facts, mine, other.name);
    return { name: other.name, seatKept };
  });
}

const mayNotName = {
  'sent-one': 'You’ve already sent someone in your place. If they can’t come either, write to {organiser}.',
  'is-one':
    'You were named to come in someone else’s place, so you can’t name another person. If you can’t come, say no and write to {organiser}.',
  'said-no':
    'You’ve said you can’t come, so your seat is no longer yours to give. If you know who could come instead, write to {organiser}.',
} as const satisfies Record<WhyNoSubstitute, string>;

function refusalToName({ name }: { name: string }, why: WhyNoSubstitute | null): Refusal | null {
  return why && new Refusal('conflict', mayNotName[why], { organiser: name });
}

/** Returns the Refusal a guest would get for naming a substitute; null where they may name one. */
export async function whyGuestCannotName(
  db: Db,
  eventId: number,
  personId: number,
  organiser: { name: string },
): Promise<Refusal | null> {
  const mine = orNotFound(await rsvps.find(db, eventId, personId), 'event');
  return refusalToName(organiser, whyNoSubstitute(mine, await answers.namings(db, eventId)));
}

/** Counts an e-mail that is about to be written; refused, it is not counted, since the transaction ends. */
async function countLetter({ now }: Context, tx: Tx, personId: number): Promise<void> {
  const limit = substituteLetters;
  const count = await attempts.increment(tx, `substitute-letter:${personId}`, windowStart(limit, now()));
  const wait = minutesToWait(limit, count, now());
  if (wait === 0) return;
  throw new Refusal(
    'invalid',
    'You’ve named {most} people within an hour. Try again in {n} minutes, or write to the organiser.',
    { most: limit.most, n: wait },
    'substitute',
  );
}

const refused = {
  self: 'Choose someone else: this is the person who was invited.',
  disabled: '{name} has left. Choose someone else.',
  stopped: '{name} can’t be invited. Choose someone else.',
  side: {
    senior: '{name} is a young talent. This seat is for a senior manager: name one of them.',
    talent: '{name} is a senior manager. This seat is for a young talent: name one of them.',
  },
  coming: '{name} is coming already. Choose someone else.',
  waiting: '{name} is on the waiting list, which is first come, first served. Choose someone else.',
  declined: '{name} has said they can’t come. Choose someone else.',
  kept: '{name} is coming for someone else already. Choose someone else.',
  uninvited: '{name} was taken off the list. Write to {organiser}, or choose someone else.',
} as const;

function refuseAsSubstitute(
  mine: rsvps.Invitee,
  other: people.Person,
  theirs: rsvps.Rsvp | null,
  { organiser }: EventFacts,
): void {
  const no = (sentence: string) =>
    new Refusal('invalid', sentence, { name: other.name, organiser: organiser.name }, 'substitute');
  if (other.id === mine.personId) throw no(refused.self);
  if (other.disabledAt !== null) throw no(refused.disabled);
  if (other.side !== mine.side) throw no(refused.side[mine.side]);
  if (theirs === null || theirs.state === 'maybe') return;
  if (theirs.state !== 'invited') throw no(refused[theirs.state]);
  if (theirs.seatKeptUntil !== null) throw no(refused.kept);
}

async function inviteInstead(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  mine: rsvps.Invitee,
  personId: number,
  seatKept: boolean,
): Promise<void> {
  const { event } = facts;
  const now = ctx.now();
  const tokenHash = personalTokenHash(personalToken(ctx, event.id, personId));
  await rsvps.invite(tx, [{ eventId: event.id, personId, tokenHash, invitedAt: now }]);
  const row = orNotFound(await rsvps.find(tx, event.id, personId), 'person');
  const change = seatKept ? { inPlaceOfId: mine.personId, seatKeptUntil: keptUntil(event, now) } : {};
  await rsvps.setState(tx, row.id, 'invited', change);
  await letters.cancelUnsent(tx, event.id, ['invitation', 'invitation-host'], personId);
  const invitee = (await rsvps.invitees(tx, event.id)).find((one) => one.personId === personId)!;
  await sendInvitation(ctx, tx, facts, invitee);
}
