import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as people from '../../store/people/people.ts';
import { type Actor, note } from '../audit/note.ts';

/** Makes somebody the facilitator of an event, in place of the former one, or takes the role back. */
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
      throw new Refusal('conflict', '{name} has left. Choose somebody else.', { name: person.name });
    if (!does && event.facilitatorId !== personId) return;
    await events.change(tx, eventId, { facilitatorId: does ? personId : null });
    const act = does ? 'made-facilitator' : 'no-longer-facilitator';
    await note(ctx, tx, { by, act, about: person });
  });
}
