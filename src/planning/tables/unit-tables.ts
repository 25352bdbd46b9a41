// Tables for people who keep one of the planner's choice: a search in depth over units, the cheapest table first.
import { randomFrom } from '../random.ts';
import type { Hall } from './hall.ts';
import { isOpen, type TablesWishes, tablesOf } from './wishes.ts';

/** Nodes of the search before it gives up. */
const mostNodes = 20_000;

/** A table for every unit, or why there is none. */
export type UnitTables = { tables: Int32Array } | { tables: undefined; proven: boolean };

/**
 * The table of each unit, so that there is room in every round and no two teams of hosts share one. Variant 0 keeps
 * people where they know to sit, and else goes where the fewest sit still; other variants are by chance.
 * With `seats` the room is what tables hold at most, [round · tables + table]; without, the chairs of the hall.
 */
export function unitTables(hall: Hall, variant: number, seats?: Int32Array): UnitTables {
  const state = begin(hall, variant, seats);
  const order = [...hall.units.keys()].filter((unit) => hall.units[unit]!.table < 0);
  order.sort((a, b) => urgency(hall, b) - urgency(hall, a));
  const found = place(state, order, 0);
  return found ? { tables: state.tables } : { tables: undefined, proven: state.nodes < mostNodes };
}

/** Teams of hosts first, the larger ones before the smaller. */
const urgency = ({ units }: Hall, unit: number) => units[unit]!.people.length * 2 + Number(units[unit]!.host);

interface State {
  hall: Hall;
  /** The table of each unit so far, or −1. */
  tables: Int32Array;
  /** Seats left, [round · tables + table]. */
  left: Int32Array;
  /** People who stay at each table so far. */
  still: Int32Array;
  /** Whether a table has its hosts. */
  hosted: Uint8Array;
  /** Seats that must stay empty in each round at tables that may lack one; 0 where sizes are not given. */
  mustLack: Int32Array;
  cost: (unit: number, table: number) => number;
  nodes: number;
}

function begin(hall: Hall, variant: number, seats: Int32Array | undefined): State {
  const left = Int32Array.from(seats ?? hall.chairs);
  const hosted = new Uint8Array(hall.tables);
  const still = new Int32Array(hall.tables);
  for (const unit of hall.units) if (unit.table >= 0) still[unit.table]! += unit.people.length;
  for (let at = hall.frozen * hall.people; at < hall.fixed.length; at += 1)
    if (hall.fixed[at]! >= 0) left[Math.floor(at / hall.people) * hall.tables + hall.fixed[at]!]! -= 1;
  for (const unit of hall.units) if (unit.host && unit.table >= 0) hosted[unit.table] = 1;
  return {
    hall,
    tables: Int32Array.from(hall.units, ({ table }) => table),
    left,
    still,
    hosted,
    mustLack: seats ? new Int32Array(hall.rounds) : hall.empty,
    cost: costs(hall, variant),
    nodes: 0,
  };
}

function place(state: State, order: readonly number[], index: number): boolean {
  if (index === order.length) return true;
  const unit = order[index]!;
  const { hall, tables } = state;
  const priced = Array.from({ length: hall.tables }, (_, table) => ({
    table,
    cost: state.cost(unit, table) + state.still[table]!,
  }));
  for (const { table } of priced.toSorted((a, b) => a.cost - b.cost || a.table - b.table)) {
    if (hall.units[unit]!.host && state.hosted[table] === 1) continue;
    state.nodes += 1;
    if (state.nodes >= mostNodes) return false;
    const fits = sit(state, unit, table, 1);
    tables[unit] = table;
    if (fits && place(state, order, index + 1)) return true;
    sit(state, unit, table, -1);
    tables[unit] = -1;
  }
  return false;
}

/** Takes or gives back the seats of a unit at a table; whether there is room for it and for empty chairs. */
function sit(state: State, unit: number, table: number, by: 1 | -1): boolean {
  const { hall, left, mustLack } = state;
  let fits = true;
  state.still[table]! += by * hall.units[unit]!.people.length;
  if (hall.units[unit]!.host) state.hosted[table] = by > 0 ? 1 : 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    for (const person of hall.units[unit]!.people) {
      const at = round * hall.people + person;
      if (hall.present[at] === 1 && hall.fixed[at]! < 0) left[round * hall.tables + table]! -= by;
    }
    fits &&= left[round * hall.tables + table]! >= 0;
    if (fits && by > 0 && mustLack[round]! > 0) fits = canLack(state, round);
  }
  return fits;
}

/** Whether as many tables as must can still have an empty chair. */
function canLack({ hall, left, mustLack }: State, round: number): boolean {
  let count = 0;
  for (let at = round * hall.tables; at < (round + 1) * hall.tables; at += 1)
    if (hall.mayLackOne[at] === 1 && left[at]! > 0) count += 1;
  return count >= mustLack[round]!;
}

/** Returns a table's cost for a unit: tables of people it knows cost less, of people to be kept apart from more. */
function costs(hall: Hall, variant: number): (unit: number, table: number) => number {
  const random = randomFrom(variant);
  const known = knownTables(hall);
  const pull = wishPull(hall);
  const chance = hall.units.map(() => Int32Array.from({ length: hall.tables }, () => random.below(1200)));
  return (unit, table) => {
    const taste = pull[unit * hall.tables + table]!;
    if (variant > 0) return chance[unit]![table]! + taste;
    const weight = hall.seatsFirst ? 3000 : 30;
    return taste - weight * known[unit * hall.tables + table]!;
  };
}

/** In how many rounds the people of a unit sit at a table in the plan they know, or sat there last. */
function knownTables(hall: Hall): Int32Array {
  const known = new Int32Array(hall.units.length * hall.tables);
  const add = (unit: number, table: number) => {
    if (table >= 0 && table < hall.tables) known[unit * hall.tables + table]! += 1;
  };
  for (const [unit, { people }] of hall.units.entries())
    for (const person of people) {
      for (let round = hall.frozen; hall.previous && round < hall.rounds; round += 1)
        add(unit, hall.previous[round * hall.people + person]!);
      if (hall.frozen > 0 && !hall.previous) add(unit, hall.past[(hall.frozen - 1) * hall.people + person]!);
    }
  return known;
}

/** 1000 for everybody fixed at the table whom the unit is kept apart from, −100 for everybody it is to be with. */
function wishPull(hall: Hall): Int32Array {
  const pull = new Int32Array(hall.units.length * hall.tables);
  const add = (one: number, other: number, by: number) => {
    const unit = hall.unitOf[one]!;
    if (unit < 0) return;
    const tables = new Set<number>();
    for (let at = hall.frozen * hall.people + other; at < hall.fixed.length; at += hall.people)
      tables.add(hall.fixed[at]!);
    for (const table of tables) if (table >= 0) pull[unit * hall.tables + table]! += by;
  };
  const both = (pairs: Hall['apart'], by: number) => {
    for (const [a, b] of pairs) {
      add(a, b, by);
      add(b, a, by);
    }
  };
  both(hall.apart, 1000);
  both(hall.together, -100);
  return pull;
}

/** The table of everybody in a unit, −1 for all others. */
export function keptTables(hall: Hall, tables: ArrayLike<number>): Int32Array {
  const kept = new Int32Array(hall.people).fill(-1);
  for (const [unit, { people }] of hall.units.entries())
    for (const person of people) kept[person] = tables[unit]!;
  return kept;
}

/** The most people at each table of each round, [round · tables + table], whatever the others do. */
export function seatsAt(wishes: TablesWishes, hall: Hall): Int32Array {
  const tables = tablesOf(wishes);
  return Int32Array.from({ length: hall.rounds * hall.tables }, (_, at) => {
    const [round, table] = [Math.floor(at / hall.tables), at % hall.tables];
    return isOpen(wishes, table, round) ? (tables[table]!.seats ?? hall.people) : 0;
  });
}
