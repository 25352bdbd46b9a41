import type { Context } from '../../context.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import * as events from '../../store/events/events.ts';
import { factsOf } from '../letters/about-event.ts';
import { fillFreeSeats } from './free-seats.ts';
import { lockChangeable } from './list.ts';

/** One seat more than planned for a side; the one who has waited longest there moves up to it and hears of it. */
export async function addSeat(ctx: Context, eventId: number, side: Side): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    const more = side === 'senior' ? 'seniorCapacity' : 'talentCapacity';
    const changed = await events.change(tx, eventId, {
      [more]: event[more] + 1,
      capacity: event.capacity + 1,
      revisedAt: ctx.now(),
    });
    if (changed.state === 'published') await fillFreeSeats(ctx, tx, await factsOf(tx, changed));
  });
}
