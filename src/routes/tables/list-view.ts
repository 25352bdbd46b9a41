// A plan as a list of people, with the columns that the command line reads and writes.
import type { TablesOfEvent } from '../../actions/tables/evening.ts';
import type { Seats } from '../../domain/tables/plan.ts';
import type { WishKind } from '../../domain/tables/wishes.ts';

/** An event's tables with the seats and addresses of its people. */
export interface PlanToList {
  tables: TablesOfEvent;
  seats: Seats;
  addresses: ReadonlyMap<number, string>;
}

const columns = ['Name', 'E-mail', 'Side', 'Department', 'Manager', 'Host', 'Stays', 'From', 'Until'];
const wishColumns = ['Apart', 'Together', 'Lock'];

/** Returns the list's header and a row for each person. Tables are numbers; no seat is an empty cell. */
export function listOf({ tables, seats, addresses }: PlanToList): { header: string[]; rows: string[][] } {
  const { people, schedule, rounds } = tables;
  const callOf = callsIn(people, addresses);
  const wished = wishesIn(tables, callOf);
  const header = [...columns, ...wishColumns, ...schedule.map(({ number }) => `Round ${number}`)];
  const rows = people.map(({ id, name, side, department, managerId, host, from, until }) => [
    name,
    callOf(id).address,
    side,
    department,
    managerId === null ? '' : callOf(managerId).call,
    host === null ? '' : String(host),
    wished(id, 'stays'),
    from === undefined || from === 1 ? '' : String(from),
    until === undefined || until >= rounds ? '' : String(until),
    ...(['apart', 'together', 'lock'] as const).map((kind) => wished(id, kind)),
    ...schedule.map((_, round) => String(seats.get(id)?.[round] || '')),
  ]);
  return { header, rows };
}

/**
 * Returns how a list calls people: by address, and by name where two have one address, since the command line tells rows
 * apart by it. Managers who do not come are called by their address.
 */
function callsIn(people: TablesOfEvent['people'], addresses: ReadonlyMap<number, string>) {
  const counts = new Map<string, number>();
  const keyOf = (id: number) => (addresses.get(id) ?? '').toLowerCase();
  for (const { id } of people) counts.set(keyOf(id), (counts.get(keyOf(id)) ?? 0) + 1);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id: number): { address: string; call: string } => {
    const address = (counts.get(keyOf(id)) ?? 0) > 1 ? '' : (addresses.get(id) ?? '');
    return { address, call: address || (names.get(id) ?? '') };
  };
}

/** Returns the cell of a wish in a person's row; a pair is in the row of one of the two. */
function wishesIn(
  { wishes, people }: TablesOfEvent,
  callOf: (id: number) => { call: string },
): (id: number, kind: WishKind) => string {
  const here = new Set(people.map(({ id }) => id));
  const own = Map.groupBy(
    wishes.filter(({ otherId }) => otherId === null || here.has(otherId)),
    ({ personId, kind }) => `${personId} ${kind}`,
  );
  // A column that has nothing but 1 and empty cells is read as yes and no; the lock says that it is table 1.
  const isOneTable = people.every(({ host }) => host === null || host === 1);
  const first = new Set(people.flatMap(({ id, host }) => (isOneTable && host === 1 ? [id] : [])));
  return (id, kind) => {
    const mine = own.get(`${id} ${kind}`) ?? [];
    if (kind === 'stays') return mine.length > 0 ? 'yes' : '';
    if (kind !== 'lock') return mine.map(({ otherId }) => callOf(otherId!).call).join(' | ');
    const locks = mine.map(({ tableNumber, round }) =>
      round === null ? String(tableNumber) : `${tableNumber}: ${round}`,
    );
    return [...(first.has(id) ? ['1'] : []), ...locks].join(' | ');
  };
}
