// The best free place for one person, while nobody else moves.
import { type Attendee, hostedIn, isThere } from './attendance.ts';
import { tablesOf } from './facts.ts';
import type { Seats } from './plan.ts';
import { type Evening, isOpenTable, pairKey } from './wishes.ts';

/**
 * Finds a table for somebody in each round, nobody else moving: hosts at their own; else away from bosses and people they
 * are to be apart from, where seats are free, with people they are to be with, then where their side is scarce, then where
 * they meet the most new people, then at the smallest table. No seat in rounds that have begun or in which they are not there.
 */
export function bestPlace(evening: Evening, seats: Seats, person: Attendee): number[] {
  const others = { ...evening, people: evening.people.filter(({ id }) => id !== person.id) };
  const room = tablesOf(others, seats);
  const met = new Set<number>();
  const stays = evening.wishes.some(({ kind, personId }) => kind === 'stays' && personId === person.id);
  const found: number[] = [];
  for (const [round, tables] of room.entries()) {
    if (round < (evening.held ?? 0) || !isThere(person, round + 1)) {
      found.push(0);
      continue;
    }
    const kept = tableOf(evening, person, round) ?? (stays ? found.find((table) => table > 0) : undefined);
    const candidates = kept ? [kept] : usedOrAll(evening, tables, round + 1);
    const table = best(candidates, (one) => costOf(evening, person, tables.get(one) ?? [], met));
    found.push(table);
    for (const { id } of tables.get(table) ?? []) met.add(id);
  }
  return found;
}

/** The table that is settled: a host's own, or that of a lock. */
function tableOf(evening: Evening, person: Attendee, round: number): number | undefined {
  const { wishes, tables } = evening;
  const { id } = person;
  const host = hostedIn(person, round + 1);
  const isThereFor = (table: number) => table <= tables && isOpenTable(evening, table, round + 1);
  if (host !== null && isThereFor(host)) return host;
  const lock = wishes.find(
    (wish) =>
      wish.kind === 'lock' && wish.personId === id && (wish.round === null || wish.round === round + 1),
  );
  return lock?.tableNumber && isThereFor(lock.tableNumber) ? lock.tableNumber : undefined;
}

/** Tables at which people sit; all of them where nobody does, or where these are full. */
function usedOrAll(
  evening: Evening,
  room: ReadonlyMap<number, readonly Attendee[]>,
  round: number,
): number[] {
  const { tables, mostSeats } = evening;
  const all = Array.from({ length: tables }, (_, table) => table + 1).filter((table) =>
    isOpenTable(evening, table, round),
  );
  const used = all.filter((table) => room.has(table));
  const hasRoom = (table: number) => mostSeats === null || room.get(table)!.length < mostSeats;
  return used.some(hasRoom) ? used : all;
}

function costOf(evening: Evening, person: Attendee, list: readonly Attendee[], met: ReadonlySet<number>) {
  const { wishes, mostSeats } = evening;
  const pairs = (kind: 'apart' | 'together') =>
    new Set(
      wishes.flatMap(({ kind: one, personId, otherId }) =>
        one !== kind ? [] : personId === person.id ? [otherId] : otherId === person.id ? [personId] : [],
      ),
    );
  const [apart, together] = [pairs('apart'), pairs('together')];
  const share =
    evening.people.filter(({ side }) => side === person.side).length / Math.max(1, evening.people.length);
  const isBoss = (one: Attendee) => one.managerId === person.id || person.managerId === one.id;
  const count = (is: (one: Attendee) => boolean) => list.filter(is).length;
  const before = (one: Attendee) => evening.met.get(pairKey(one.id, person.id)) ?? 0;
  return [
    count((one) => apart.has(one.id) || (isBoss(one) && !together.has(one.id))),
    mostSeats !== null && list.length >= mostSeats ? 1 : 0,
    -count((one) => together.has(one.id)),
    Math.max(0, count((one) => one.side === person.side) + 1 - Math.ceil((list.length + 1) * share)),
    list.reduce((sum, one) => sum + (met.has(one.id) ? 1 : 0) + before(one), 0),
    list.length,
    count((one) => one.department !== '' && one.department === person.department),
  ];
}

function best(tables: readonly number[], cost: (table: number) => readonly number[]): number {
  const priced = tables.map((table) => ({ table, cost: cost(table) }));
  priced.sort((a, b) => {
    const at = a.cost.findIndex((value, part) => value !== b.cost[part]);
    return at < 0 ? a.table - b.table : a.cost[at]! - b.cost[at]!;
  });
  return priced[0]!.table;
}
