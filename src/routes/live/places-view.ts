// The seating at a move, on the projector: who goes to which table.
import type { Db } from '../../database/open.ts';
import type { LiveNow } from '../../domain/live/now.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { walkedIn } from '../../store/tables/attendees.ts';
import * as plans from '../../store/tables/plans.ts';
import { shortNamesOnPaper } from '../tables/room-view.ts';

/** Most names that can be read from the last row; of more only the number at each table is shown. */
const mostNames = 90;

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
  const isNamed = movers.length <= mostNames;
  return [...Map.groupBy(movers, ({ to }) => to)]
    .toSorted(([one], [other]) => one - other)
    .map(([table, all]) => ({
      table,
      names: isNamed ? all.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)) : [],
      count: all.length,
    }));
}
