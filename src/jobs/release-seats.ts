import { offerFreeSeats, releaseKeptSeats } from '../actions/guests/free-seats.ts';
import { askForDecisions } from '../actions/guests/go-ahead.ts';
import { sayNoSeatCameFree } from '../actions/guests/no-seat.ts';
import { tellTheDay } from '../actions/guests/organiser-day.ts';
import { keepPairs } from '../actions/pairs/answering.ts';
import { keepChemistry } from '../actions/pairs/chemistry.ts';
import { tellLateSteps } from '../actions/teams/late-steps.ts';
import { askTheNext } from '../actions/teams/place-asks.ts';
import { followDoor, writeDownPresentations } from '../actions/teams/presentations.ts';
import type { Context } from '../context.ts';

/**
 * Writes down who presented at events that are over, releases kept seats that have lapsed, offers those that came free
 * late, tells those who waited to the end, asks for the decision when its day has come, for every event, tells organisers
 * in the morning what happened the day before and which steps of teams are late, asks the next person about a place
 * in a team that nobody took in time, and tells people who would both like to go on talking.
 */
export async function releaseSeatsAndAskForDecisions(ctx: Context): Promise<void> {
  await writeDownPresentations(ctx);
  await followDoor(ctx);
  await releaseKeptSeats(ctx);
  await offerFreeSeats(ctx);
  await sayNoSeatCameFree(ctx);
  await askForDecisions(ctx);
  await tellTheDay(ctx);
  await tellLateSteps(ctx);
  await askTheNext(ctx);
  await keepPairs(ctx);
  await keepChemistry(ctx);
}
