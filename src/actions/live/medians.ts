import type { Context } from '../../context.ts';
import { withMedians } from '../../domain/live/minutes.ts';
import { orNotFound } from '../../refusal.ts';
import { mediansOf } from '../../store/live/medians.ts';
import { newestVersion, saveFormat } from '../run-of-show/formats.ts';

/** Gives a format the median minutes of its sessions, as its next version; events that are planned keep theirs. */
export async function takeMedians(ctx: Context, slug: string, by: number): Promise<void> {
  const { content } = orNotFound(await ctx.db.transaction((tx) => newestVersion(ctx, tx, slug)), 'page');
  const blocks = withMedians(content.blocks, await mediansOf(ctx.db, slug));
  await saveFormat(ctx, slug, { ...content, blocks }, { by, fields: () => ({}) });
}
