// A format of the house's own, and one that was edited after an event had been made from it.
import { addFormat, newestVersion, saveFormat } from '../../../src/actions/run-of-show/formats.ts';
import type { FormatContent } from '../../../src/domain/run-of-show/format.ts';
import type { House } from '../demo-house.ts';

/** Edits the format of an event in its first block, how it runs and its days; returns the pages that show both. */
export async function editFormatOf(
  { ctx }: House,
  event: { id: number; format: string; organiserId: number },
): Promise<string[]> {
  const { content } = (await ctx.db.transaction((tx) => newestVersion(ctx, tx, event.format)))!;
  const [first, ...others] = content.blocks;
  const edited: FormatContent = {
    ...content,
    blocks: [{ ...first!, minutes: first!.minutes + 5 }, ...others],
    howItRuns: 'We eat, listen and walk.',
    deadlines: { ...content.deadlines, answers: content.deadlines.answers + 1 },
  };
  const by = event.organiserId;
  const own = await addFormat(ctx, { ...content, name: 'Walk and learn' }, { by });
  await saveFormat(ctx, event.format, edited, { by, fields: () => ({}) });
  return [`/events/${event.id}/format`, `/formats/${event.format}`, `/formats/${own}`];
}
