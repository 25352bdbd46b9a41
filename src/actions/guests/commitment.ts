import type { Context } from '../../context.ts';
import * as replies from '../../store/calendar/replies.ts';
import * as answers from '../../store/guests/answers.ts';
import * as commitment from '../../store/guests/commitment.ts';
import { note } from '../audit/note.ts';

/** How long commitment by person is kept; months. */
const keptMonths = 24;

/** The first day of which commitment is still kept: 24 months ago. */
export function commitmentSince(now: Temporal.Instant): Temporal.PlainDate {
  return now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: keptMonths });
}

/** Forgets who answered what, who came and why not, after 24 months; that somebody had a seat stays, for the totals. */
export async function forgetOldCommitment(ctx: Context): Promise<void> {
  const since = commitmentSince(ctx.now());
  const at = since.toZonedDateTime('UTC').toInstant();
  await ctx.db.transaction(async (tx) => {
    const removed = await answers.removeBefore(tx, at);
    await replies.removeBefore(tx, at);
    await commitment.forgetCommitment(tx, since.toString());
    if (removed > 0) await note(ctx, tx, { by: 'program', act: 'forgot-commitment' });
  });
}
