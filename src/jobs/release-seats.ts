import { releaseKeptSeats } from '../actions/guests/answer.ts';
import { askForDecisions } from '../actions/guests/go-ahead.ts';
import type { Context } from '../context.ts';

/** Releases kept seats that have lapsed, and asks for the decision when its day has come, for every event. */
export async function releaseSeatsAndAskForDecisions(ctx: Context): Promise<void> {
  await releaseKeptSeats(ctx);
  await askForDecisions(ctx);
}
