import type { Context } from '../context.ts';
import type { Tx } from '../database/open.ts';
import { keptUntil } from '../domain/answer-deadline.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as letters from '../store/letters.ts';
import * as people from '../store/people.ts';
import * as rsvps from '../store/rsvps.ts';
import { type EventFacts, factsOf, sendInvitation } from './event-letters.ts';
import { personalToken, personalTokenHash } from './personal-links.ts';
import { fillFreeSeats, type How, lockAnswer, noteAnswer, refuseTooLate } from './rsvps.ts';

/**
 * Sends somebody else of the same side instead: the first one has said no, the other gets an invitation of their own. A seat
 * that was taken is kept for them for two days; whoever only waited passes on no place in line, so that the list stays fair.
 */
export async function nameSubstitute(
  ctx: Context,
  eventId: number,
  personId: number,
  substituteId: number,
  how: How = { way: 'page' },
): Promise<{ name: string; seatKept: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const { event, mine } = await lockAnswer(tx, eventId, personId);
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    const other = orNotFound(await people.find(tx, substituteId), 'person');
    refuseAsSubstitute(mine, other, await rsvps.find(tx, eventId, other.id), facts);
    await noteAnswer(tx, event, mine, 'substitute', how, ctx.now());
    await rsvps.setState(tx, mine.id, 'declined', { answeredAt: ctx.now() });
    const seatKept = mine.state === 'coming' || mine.seatKeptUntil !== null;
    await inviteInstead(ctx, tx, facts, mine, other.id, seatKept);
    await fillFreeSeats(ctx, tx, facts);
    return { name: other.name, seatKept };
  });
}

const refused = {
  self: 'Name somebody else: this is the person who was invited.',
  disabled: '{name} has left. Name somebody else.',
  side: {
    senior: '{name} is a young talent. This seat is for a senior manager: name one of them.',
    talent: '{name} is a senior manager. This seat is for a young talent: name one of them.',
  },
  coming: '{name} is coming already. Name somebody else.',
  waiting: '{name} is on the waiting list, which is first come, first served. Name somebody else.',
  declined: '{name} has said they can’t come. Name somebody else.',
  kept: '{name} stands in for somebody already. Name somebody else.',
  uninvited: '{name} was taken off the list. Write to {organiser}, or name somebody else.',
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
