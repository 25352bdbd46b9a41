// Credit is kept: once an event was held, who presented what is written down.
import type { Context } from '../../context.ts';
import * as events from '../../store/events/events.ts';
import * as presentations from '../../store/teams/presentations.ts';

/** Days after it is written down within which presses at the door that arrive late still count. */
const daysDoorCounts = 7;

/**
 * Writes down, for each event that is over, the members of the teams at its tables and whether they were there. Leaving a
 * team or the organisation later changes nothing of it. Call it before somebody is taken out of a team.
 */
export async function writeDownPresentations(ctx: Context): Promise<void> {
  for (const eventId of await presentations.eventsToWrite(ctx.db, ctx.now()))
    await ctx.db.transaction(async (tx) => {
      await events.lock(tx, eventId);
      // Another process may have done it meanwhile.
      if ((await presentations.eventsToWrite(tx, ctx.now(), eventId)).length === 0) return;
      await presentations.writeDown(tx, eventId, ctx.now());
    });
}

/** Lets presses at the door that arrived after an event's end count for those who presented there. */
export async function followDoor(ctx: Context): Promise<void> {
  await presentations.followDoor(ctx.db, ctx.now().subtract({ hours: 24 * daysDoorCounts }));
}
