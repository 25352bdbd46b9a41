import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { everyQuestionOf } from '../../store/questions/wall.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { openHold, recordUndo } from '../letters/holds.ts';
import { whyNobodyIsAsked } from '../letters/planned.ts';

const kind = 'wondering';

/** The senior managers who may come and have not been asked for a question by letter yet. */
export async function seniorsNotAsked(db: Db, eventId: number): Promise<rsvps.Invitee[]> {
  const asked = new Set(await letters.recipients(db, eventId, kind));
  return (await rsvps.invitees(db, eventId)).filter(
    ({ side, state, personId, remindersOffAt }) =>
      side === 'senior' && state !== 'declined' && remindersOffAt === null && !asked.has(personId),
  );
}

/**
 * Asks each senior manager by letter to send a question or pick one, and says so on the event's pages; it can be taken
 * back for ten seconds. Refused before the invitations, at weekends, once it begins, and where everybody was asked.
 * Returns how many letters.
 */
export async function askEveryone(ctx: Context, eventId: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    await refuseUnlessOpen(event, ctx.now());
    const to = await seniorsNotAsked(tx, eventId);
    if (to.length === 0)
      throw new Refusal('conflict', 'Every senior manager who may come was asked already.');
    const changed = await events.change(tx, eventId, {
      questionRules: { ...rulesOf(event), everyoneAsks: true },
    });
    const hold = await openHold(ctx, tx, eventId, 'reminder');
    const facts = { ...(await factsOf(tx, changed)), hold };
    const count = await onTheWall(tx, eventId);
    for (const invitee of to) {
      const answer =
        invitee.state === 'uninvited' || invitee.state === 'declined' ? 'invited' : invitee.state;
      await sendEventLetter(ctx, tx, facts, invitee, { kind, questions: count, answer });
    }
    await recordUndo(tx, hold, changed, {});
    return to.length;
  });
}

async function refuseUnlessOpen(event: events.Event, now: Temporal.Instant): Promise<void> {
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Only people who are invited can be asked. Send the invitations first.');
  if (Temporal.Instant.compare(now, instantOf(event.startsAt, event.timeZone)) >= 0)
    throw new Refusal('conflict', 'The event has begun. Ask in the room instead.');
  const why = await whyNobodyIsAsked(event, now);
  if (why === 'weekend')
    throw new Refusal('conflict', 'Nobody is asked by e-mail at the weekend. Send it on Monday.');
  if (why === 'holiday')
    throw new Refusal(
      'conflict',
      'Nobody is asked by e-mail on a public holiday. Send it on the next working day.',
    );
}

async function onTheWall(tx: Tx, eventId: number): Promise<number> {
  return (await everyQuestionOf(tx, eventId)).filter(({ state }) => state === 'wall').length;
}
