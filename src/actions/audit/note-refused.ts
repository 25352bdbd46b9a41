import type { Context } from '../../context.ts';
import * as people from '../../store/people.ts';
import { note } from './note.ts';

type RefusedAct = 'wrong-code' | 'too-many-codes' | 'too-many-emails' | 'link-elsewhere';

/**
 * Notes a refusal at the door of sign-in with the person whose address was typed. An address that nobody here has is not
 * written down: so strangers put no words into the log, and either way costs the same. A number is who is signed in.
 */
export async function noteRefused(ctx: Context, act: RefusedAct, who: string | number | null): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const person = typeof who === 'number' ? null : await people.findByEmail(tx, who ?? '');
    const which = person ? ({ act, about: person } as const) : ({ act: `${act}-unknown` } as const);
    await note(ctx, tx, { by: typeof who === 'number' ? who : 'stranger', ...which });
  });
}
