// The seating at a move, on the projector: who goes to which table.
import type { Db } from '../../database/open.ts';
import type { LiveNow } from '../../domain/live/now.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { walkedIn } from '../../store/tables/attendees.ts';
import * as plans from '../../store/tables/plans.ts';
import { shortNamesOnPaper } from '../tables/room-view.ts';

/** Tables side by side on the narrowest projector, and lines of text that fit below each other on any. */
const side = 5;
const mostLines = 19;

/** Lines that the names of all tables take; where they are too many only the number of people is shown. */
function linesOf(tables: readonly PlaceAtMove[]): number {
  let lines = 0;
  for (let n = 0; n < tables.length; n += side)
    lines += 3 + 1.2 * Math.max(...tables.slice(n, n + side).map(({ names }) => names.length));
  return lines;
}

/** Says how large the names can be: where they take half of the screen, half as large again. */
export const placesSize = (tables: readonly PlaceAtMove[]): 'large' | 'usual' =>
  linesOf(tables) <= mostLines / 1.5 ? 'large' : 'usual';

/** A table and those who come to it for the next round. */
export interface PlaceAtMove {
  table: number;
  names: string[];
  count: number;
}

/** Lists the tables with those who move to them; null where no plan is published or no round follows. */
export async function placesAtMove(
  db: Db,
  shared: SharedPage,
  { nextRound, lastRound }: LiveNow,
): Promise<PlaceAtMove[] | null> {
  if (!shared.hasTables || nextRound === null) return null;
  const { published } = await plans.bothOf(db, shared.event.id);
  if (!published) return null;
  const seats = (await plans.seatsOf(db, [published.id])).get(published.id) ?? new Map<number, number[]>();
  const people = [...shared.invitees, ...(await walkedIn(db, shared.event.id))];
  const names = shortNamesOnPaper(people);
  const movers = [...seats].flatMap(([id, tables]) => {
    const to = tables[nextRound - 1] ?? 0;
    const from = lastRound === null ? 0 : (tables[lastRound - 1] ?? 0);
    return to === 0 || to === from || !names.has(id) ? [] : [{ name: names.get(id)!, to }];
  });
  const tables = [...Map.groupBy(movers, ({ to }) => to)]
    .toSorted(([one], [other]) => one - other)
    .map(([table, all]) => ({
      table,
      names: all.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
      count: all.length,
    }));
  return linesOf(tables) <= mostLines ? tables : tables.map((one) => ({ ...one, names: [] }));
}
