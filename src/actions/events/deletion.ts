import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { type Actor, note } from '../audit/note.ts';
import type { Comparing } from './events.ts';

/** Deletes a draft that nobody was ever told of, with all that belongs to it. Refuses ('conflict') any other event. */
export async function deleteDraft(
  ctx: Context,
  eventId: number,
  by: Actor,
  { isCurrent }: Comparing = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.publishedAt !== null)
      throw new Refusal('conflict', 'Its guests have been told of {name}, so it stays. You can cancel it.', {
        name: event.name,
      });
    await isCurrent?.(tx, event);
    await events.remove(tx, eventId);
    await note(ctx, tx, { by, act: 'deleted-draft', about: event.name });
  });
}
