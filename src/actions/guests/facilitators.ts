import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as people from '../../store/people/people.ts';
import { type Actor, note } from '../audit/note.ts';
import { factsOf } from '../letters/about-event.ts';
import { tellOfRole } from '../letters/facilitator.ts';

/**
 * Makes somebody the facilitator of an event, in place of the former one, or takes the role back. Once the invitations are
 * out both hear of it by e-mail; of a draft the facilitator hears with them.
 */
export async function appoint(
  ctx: Context,
  eventId: number,
  personId: number,
  does: boolean,
  by: Actor,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const person = orNotFound(await people.find(tx, personId), 'person');
    if (does && person.disabledAt !== null)
      throw new Refusal('conflict', '{name} has left. Choose someone else.', { name: person.name });
    if (does === (event.facilitatorId === personId)) return;
    const changed = await events.change(tx, eventId, { facilitatorId: does ? personId : null });
    await tellOfLead(ctx, tx, { before: event, after: changed }, by);
    const act = does ? 'made-facilitator' : 'no-longer-facilitator';
    await note(ctx, tx, { by, act, about: person });
  });
}

/** Tells the new facilitator and the former one, but for the person who pressed. */
async function tellOfLead(
  ctx: Context,
  tx: Tx,
  { before, after }: { before: events.Event; after: events.Event },
  by: Actor,
): Promise<void> {
  if (after.state !== 'published' || isOver(after, ctx.now())) return;
  const facts = await factsOf(tx, after);
  for (const [personId, leads] of [
    [before.facilitatorId, false],
    [after.facilitatorId, true],
  ] as const)
    if (personId !== null && personId !== by) await tellOfRole(ctx, tx, facts, personId, leads);
}
