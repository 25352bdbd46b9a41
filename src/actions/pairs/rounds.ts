import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { roundBounds } from '../../domain/pairs/arrangement.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as people from '../../store/people/people.ts';

/** A round as an organiser plans it. */
export interface RoundPlan {
  wishesUntil: string;
  startsOn: string;
  meetings: number;
  minutes: number;
  months: number;
  trios: boolean;
}

/** Begins a round of pairs in the season that is on. Throws a Refusal ('conflict') while one has not ended. */
export async function beginRound(ctx: Context, by: number, plan: RoundPlan): Promise<rounds.Round> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    checkPlan(ctx, programme.timeZone, plan);
    if (await rounds.lockOpen(tx, programme.id))
      throw new Refusal('conflict', 'Pairs have been begun already. Open Pairs to see them.');
    return rounds.add(tx, { programmeId: programme.id, ...plan, changedById: by, createdAt: ctx.now() });
  });
}

/** Changes the plan of a round that has not been published. */
export async function changeRound(
  ctx: Context,
  by: number,
  roundId: number,
  seen: number,
  plan: RoundPlan,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, roundId, seen);
    const programme = orNotFound(await programmes.current(tx), 'page');
    checkPlan(ctx, programme.timeZone, plan);
    await rounds.change(tx, round.id, { ...plan, changedById: by });
  });
}

function checkPlan(ctx: Context, timeZone: string, { wishesUntil, startsOn, ...plan }: RoundPlan): void {
  const today = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate();
  if (Temporal.PlainDate.compare(wishesUntil, today) < 0)
    throw new Refusal('invalid', 'The last day of wishes has passed. Choose a later one.', {}, 'wishesUntil');
  if (Temporal.PlainDate.compare(startsOn, wishesUntil) <= 0)
    throw new Refusal(
      'invalid',
      'Meetings start after the last day of wishes. Choose a later day.',
      {},
      'startsOn',
    );
  for (const name of ['meetings', 'minutes', 'months'] as const) {
    const { least, most } = roundBounds[name];
    if (plan[name] < least || plan[name] > most)
      throw new Refusal('invalid', 'Write a number from {least} to {most}.', { least, most }, name);
  }
}

/** The round, held; refused ('conflict') where another organiser has changed it since the page was read. */
export async function lockRound(tx: Tx, roundId: number, seen: number): Promise<rounds.Round> {
  const round = orNotFound(await rounds.lock(tx, roundId), 'page');
  if (round.endedAt !== null) throw new Refusal('conflict', 'This round of pairs has ended.');
  if (round.revision !== seen)
    throw new Refusal(
      'conflict',
      'Another organiser has changed this in the meantime. Look at it as it is now, then try again.',
    );
  return round;
}

/** Takes everybody of one side, or these people, into the round. Returns how many came. */
export async function takePart(
  ctx: Context,
  by: number,
  roundId: number,
  seen: number,
  who: { side: 'talent' | 'senior' } | { ids: readonly number[] },
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, roundId, seen);
    const chosen =
      'side' in who ? await people.active(tx, who.side) : await people.findMany(tx, [...who.ids]);
    const ids = chosen
      .filter(({ disabledAt, side }) => disabledAt === null && side !== null)
      .map(({ id }) => id);
    const added = await wishes.add(tx, round.id, ids);
    await rounds.change(tx, round.id, { changedById: by });
    return added;
  });
}
