import { runSeating } from '../actions/tables/seating.ts';
import type { Context } from '../context.ts';

/** Seats everybody at an event; where it was pressed again meanwhile, the later press counts. */
export async function seatEveryone(ctx: Context, data: { eventId: number; run: string }): Promise<void> {
  await runSeating(ctx, data);
}
