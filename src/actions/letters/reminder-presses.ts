import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { Refusal } from '../../refusal.ts';
import { removeHeldPress } from '../../store/letters/presses.ts';

/** One press that reminds people: the name its e-mails have in common, and how many go out. */
export interface ReminderPress {
  press: string;
  count: number;
}

type Kind = 'ground-rules' | 'rank-trends' | 'choose-dates' | 'pair-wishes';

/** Takes back what one press wrote, while it has not left. Throws a Refusal ('conflict') once it is on its way. */
export async function takeBackPress(ctx: Context, kind: Kind, press: string): Promise<void> {
  await ctx.db.transaction((tx) => takeBackPressIn(ctx, tx, kind, press));
}

/** Does so in the caller's transaction. */
export async function takeBackPressIn(ctx: Context, tx: Tx, kind: Kind, press: string): Promise<void> {
  if ((await removeHeldPress(tx, kind, press, ctx.now())) > 0) return;
  throw new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
}
