import * as programmes from '../../store/events/programmes.ts';
import * as list from '../../store/people/list.ts';
import type { Visit } from '../../web/visit.ts';
import { sinceChangeNotice } from '../letters/waiting-since-change.ts';

/** The head of every settings page: programme, number of people, and which tab is the current one. */
export async function settingsHead(visit: Visit, here: string) {
  const { ctx } = visit;
  const waitingSince = await sinceChangeNotice(visit);
  const programme = await programmes.current(ctx.db);
  return { here, programme: programme?.name ?? '', people: await list.everyone(ctx.db), waitingSince };
}
