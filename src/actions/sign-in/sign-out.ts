import type { Context } from '../../context.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import { note } from '../audit/note.ts';

/** Ends every session of a person, in all their browsers. */
export async function signOutEverywhere(ctx: Context, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await sessions.removeOf(tx, personId);
    await note(ctx, tx, { by: personId, act: 'signed-out-everywhere' });
  });
}
