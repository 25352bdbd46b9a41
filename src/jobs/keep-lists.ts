import { releaseKeptSeats } from '../actions/guests/answer.ts';
import { tellToDecide } from '../actions/guests/go-ahead.ts';
import type { Context } from '../context.ts';

/** What an event's list asks for as time goes by: kept seats that lapse, and the day on which somebody says go. */
export async function keepLists(ctx: Context): Promise<void> {
  await releaseKeptSeats(ctx);
  await tellToDecide(ctx);
}
