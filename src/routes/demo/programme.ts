import { z } from 'zod';
import { eventsAtStake, removeDemo } from '../../actions/demo/demo.ts';
import { prepareSetUp } from '../../actions/sign-in/set-up.ts';
import type { Context } from '../../context.ts';
import { Refusal } from '../../refusal.ts';
import * as demoRows from '../../store/demo/rows.ts';
import * as people from '../../store/people/people.ts';
import type { Viewer } from '../../web/person.ts';
import { press } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';

/** The demo programme is marked as such, and one press takes it away. */
export function demoProgrammeRoutes(at: Pages): void {
  at.post('/demo-programme/removal', 'organiser', press(removal, remove));
}

/**
 * Returns the notice about the demo programme for an organiser's list of events; null where there is none to remove.
 */
export async function demoNotice(ctx: Context, viewer: Viewer): Promise<{ atStake: string[] } | null> {
  if (!viewer.isOrganiser || ctx.demo || !(await demoRows.exist(ctx.db))) return null;
  return { atStake: await eventsAtStake(ctx.db) };
}

const removal = z.object({ withOwnEvents: z.literal('yes').optional() });

async function remove({ ctx, viewer }: SignedInVisit, { withOwnEvents }: z.output<typeof removal>) {
  if (ctx.demo)
    throw new Refusal('conflict', 'All of this is the demo. It is gone once Flipside is stopped.');
  const byId = viewer.id;
  await removeDemo(ctx, { byId, withOwnEvents: withOwnEvents === 'yes' });
  if (await people.find(ctx.db, byId)) return '/events?said=demo-gone';
  // The demo's organiser goes with it, and sets the site up as themselves where nobody else runs it.
  const setUpLink = await prepareSetUp(ctx);
  return setUpLink ? new URL(setUpLink).pathname : '/';
}
