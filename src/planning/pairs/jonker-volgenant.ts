// The heaviest set of pairs between rows and columns, each in as many pairs as it has room for: shortest augmenting
// paths with prices, as Jonker and Volgenant ("A shortest augmenting path algorithm for dense and sparse linear
// assignment problems", Computing 38, 1987), in the form for unequal sides by Crouse ("On implementing 2D rectangular
// assignment algorithms", IEEE TAES 52, 2016), with room for more than one pair at rows and columns.
import type { Spending } from '../effort.ts';

/** Possible pairs and their worth: `gain` is [row · columns + column], above 0, and 0 where there may be no pair. */
export interface Trade {
  rows: number;
  columns: number;
  rowRoom: ArrayLike<number>;
  columnRoom: ArrayLike<number>;
  gain: Float64Array;
}

/** 1 where a pair is made, and whether the budget lasted: then no other set gains more. */
export interface Heaviest {
  made: Uint8Array;
  finished: boolean;
}

/** A trade on the way; nodes are rows, then columns. Reduced costs of what can still be changed are never below 0. */
interface Flow extends Trade {
  made: Uint8Array;
  /** Pairs made at each column. */
  filled: Int32Array;
  price: Float64Array;
  distance: Float64Array;
  before: Int32Array;
  settled: Uint8Array;
  /** The price of having no partner. */
  aloneP: number;
}

/**
 * The pairs with the greatest sum of gains; a step of the budget is one shortest path. Gains must be whole numbers whose
 * sum is below 2⁵³, then all sums are exact.
 */
export function heaviestPairs(trade: Trade, spending: Spending): Heaviest {
  const flow = flowOf(trade);
  for (let row = 0; row < trade.rows; row += 1)
    for (let unit = 0; unit < trade.rowRoom[row]!; unit += 1) {
      if (!spending.step()) return { made: completed(flow), finished: false };
      const end = shortestPath(flow, row);
      if (!augment(flow, row, end)) break;
    }
  return { made: flow.made, finished: true };
}

function flowOf(trade: Trade): Flow {
  const { rows, columns, gain } = trade;
  const nodes = rows + columns;
  const price = new Float64Array(nodes);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      price[row] = Math.max(price[row]!, gain[row * columns + column]!);
  return {
    ...trade,
    made: new Uint8Array(rows * columns),
    filled: new Int32Array(columns),
    price,
    distance: new Float64Array(nodes),
    before: new Int32Array(nodes),
    settled: new Uint8Array(nodes),
    aloneP: 0,
  };
}

/** The node at which the cheapest way to one more pair from `start` ends: a column with room, or a row left alone. */
function shortestPath(flow: Flow, start: number): number {
  const { rows, price, distance, before, settled } = flow;
  distance.fill(Number.POSITIVE_INFINITY);
  settled.fill(0);
  before.fill(-1);
  distance[start] = 0;
  let [end, cheapest] = [-1, Number.POSITIVE_INFINITY];
  for (;;) {
    const node = nearest(flow);
    if (node < 0 || distance[node]! >= cheapest) break;
    settled[node] = 1;
    const isEnd = node < rows || flow.filled[node - rows]! < flow.columnRoom[node - rows]!;
    const whole = distance[node]! + price[node]! - flow.aloneP;
    if (isEnd && whole < cheapest) [end, cheapest] = [node, whole];
    if (node < rows) relaxColumns(flow, node);
    else relaxRows(flow, node - rows);
  }
  for (let node = 0; node < price.length; node += 1) price[node]! += Math.min(distance[node]!, cheapest);
  flow.aloneP += cheapest;
  return end;
}

function nearest({ distance, settled }: Flow): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (let node = 0; node < distance.length; node += 1)
    if (settled[node] === 0 && distance[node]! < least) [best, least] = [node, distance[node]!];
  return best;
}

/** From a row to every column it has no pair with. */
function relaxColumns(
  { rows, columns, gain, made, price, distance, before, settled }: Flow,
  row: number,
): void {
  const base = distance[row]! + price[row]!;
  for (let column = 0; column < columns; column += 1) {
    const at = row * columns + column;
    if (gain[at] === 0 || made[at] === 1 || settled[rows + column] === 1) continue;
    const there = base - gain[at]! - price[rows + column]!;
    if (there < distance[rows + column]!) {
      distance[rows + column] = there;
      before[rows + column] = row;
    }
  }
}

/** From a column back to the rows it has a pair with, whose pair is then undone. */
function relaxRows(
  { rows, columns, gain, made, price, distance, before, settled }: Flow,
  column: number,
): void {
  const base = distance[rows + column]! + price[rows + column]!;
  for (let row = 0; row < rows; row += 1) {
    const at = row * columns + column;
    if (made[at] === 0 || settled[row] === 1) continue;
    const there = base + gain[at]! - price[row]!;
    if (there < distance[row]!) {
      distance[row] = there;
      before[row] = rows + column;
    }
  }
}

/** Changes the pairs along the way to `end`; false where the row stays alone with nothing changed. */
function augment(flow: Flow, start: number, end: number): boolean {
  const { rows, columns, made, filled, before } = flow;
  if (end === start) return false;
  if (end >= rows) filled[end - rows]! += 1;
  for (let node = end; node !== start; node = before[node]!) {
    const [row, column] = node < rows ? [node, before[node]! - rows] : [before[node]!, node - rows];
    made[row * columns + column] = node < rows ? 0 : 1;
  }
  return true;
}

/** The pairs made so far, with any more there is room for, the greatest gain of each row first. */
function completed({ rows, columns, rowRoom, columnRoom, gain, made, filled }: Flow): Uint8Array {
  for (let row = 0; row < rows; row += 1) {
    let room = rowRoom[row]!;
    for (let column = 0; column < columns; column += 1) room -= made[row * columns + column]!;
    const order = Array.from({ length: columns }, (_, column) => column)
      .filter((column) => gain[row * columns + column]! > 0 && made[row * columns + column] === 0)
      .sort((a, b) => gain[row * columns + b]! - gain[row * columns + a]!);
    for (const column of order) {
      if (room === 0) break;
      if (filled[column]! >= columnRoom[column]!) continue;
      made[row * columns + column] = 1;
      filled[column]! += 1;
      room -= 1;
    }
  }
  return made;
}
