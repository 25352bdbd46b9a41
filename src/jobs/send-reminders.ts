import { sendDue } from '../actions/letters/reminders.ts';
import type { Context } from '../context.ts';
import * as reminders from '../store/letters/reminders.ts';

/** Writes the planned letters that are due, event by event; what goes wrong at one event does not keep the others waiting. */
export async function sendReminders(ctx: Context): Promise<number> {
  let written = 0;
  const failed: unknown[] = [];
  for (const eventId of await reminders.eventsAhead(ctx.db, ctx.now())) {
    try {
      written += await sendDue(ctx, eventId);
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `Reminders of ${failed.length} events went wrong`);
  return written;
}
