import type { Context } from '../../context.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as list from '../../store/people/list.ts';
import { sinceChangeNotice } from '../letters/waiting-since-change.ts';

/** The head of every settings page: programme, number of people, and which tab is the current one. */
export async function settingsHead(ctx: Context, here: string) {
  const waitingSince = await sinceChangeNotice(ctx);
  const programme = await programmes.current(ctx.db);
  return { here, programme: programme?.name ?? '', people: await list.everyone(ctx.db), waitingSince };
}
