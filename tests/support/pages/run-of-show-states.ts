// A run of show that ends later than announced, has a fixed start that does not fit, and a block led by a guest.
import { editRun } from '../../../src/actions/run-of-show/edit.ts';
import * as events from '../../../src/store/events/events.ts';
import * as people from '../../../src/store/people/people.ts';
import type { House } from '../demo-house.ts';

export async function runLate({ ctx }: House): Promise<string[]> {
  const event = (await events.all(ctx.db)).find(({ slug }) => slug === 'winter-round')!;
  const margareta = (await people.active(ctx.db, 'senior')).find(({ name }) => name.startsWith('Margareta'))!;
  await editRun(ctx, event.id, { personId: event.organiserId }, (blocks) => ({
    kind: 'saved',
    blocks: blocks.map((block) => {
      if (block.title === 'Harvest') return { ...block, ledBy: null, ledById: margareta.id };
      return block.title === 'Drinks' ? { ...block, minutes: block.minutes + 5, fixedAt: '18:05' } : block;
    }),
  }));
  return [`/events/${event.id}/run?after=0`];
}
