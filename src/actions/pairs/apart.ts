import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';

/** Keeps two people from being proposed to each other. */
export async function keepPeopleApart(
  ctx: Context,
  by: number,
  roundId: number,
  one: number,
  other: number,
): Promise<void> {
  if (one === other) throw new Refusal('invalid', 'Name two different people.', {}, 'other');
  await ctx.db.transaction(async (tx) => {
    orNotFound(await rounds.lock(tx, roundId), 'page');
    await wishes.keepApart(tx, { roundId, personId: one, otherId: other, setBy: 'organiser' });
    await rounds.change(tx, roundId, { changedById: by });
  });
}

/** Lets two people meet again whom an organiser had kept apart. */
export async function letMeet(
  ctx: Context,
  by: number,
  roundId: number,
  one: number,
  other: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await rounds.lock(tx, roundId), 'page');
    await wishes.removeApart(tx, roundId, one, other);
    await rounds.change(tx, roundId, { changedById: by });
  });
}
