// The flattest spread: the least Σ C(m, 2) when meetings must be shared out over pairs. By convexity every next
// meeting goes to a pair that met least; a pair with `before` meetings and room for `room` more offers them at a cost
// of before, before + 1, … each (Jensen's inequality in whole numbers).

/** Pairs as they stand before sharing out. */
export interface PairStock {
  /** kinds[before · 64 + room]: pairs that have met `before` times and can meet `room` times more. */
  kinds: number[];
  /** Σ C(m, 2) already there. */
  cost: number;
}

/** No pairs yet. */
export const emptyStock = (): PairStock => ({ kinds: [], cost: 0 });

/** More rounds than there can be. */
const mostRoom = 64;

/** How many meetings can be had at the cost of c repeats each, [c]. */
function offersOf({ kinds }: PairStock): number[] {
  const offers: number[] = [];
  kinds.forEach((pairs, kind) => {
    const [before, room] = [Math.floor(kind / mostRoom), kind % mostRoom];
    for (let cost = before; cost < before + room; cost += 1) offers[cost] = (offers[cost] ?? 0) + pairs;
  });
  return offers;
}

/** Adds a pair that has met `before` times and can meet `room` times more. */
export function addPair(stock: PairStock, before: number, room: number): void {
  stock.cost += (before * (before - 1)) / 2;
  const kind = before * mostRoom + room;
  stock.kinds[kind] = (stock.kinds[kind] ?? 0) + 1;
}

/** The least Σ C(m, 2) after `meetings` more; all that can be had where there is not room for so many. */
export function flattest(stock: PairStock, meetings: number): number {
  const offers = offersOf(stock);
  let [left, cost] = [meetings, stock.cost];
  for (let repeats = 0; repeats < offers.length && left > 0; repeats += 1) {
    const taken = Math.min(left, offers[repeats] ?? 0);
    cost += taken * repeats;
    left -= taken;
  }
  return cost;
}

/** The least Σ C(n, 2) of `people` shared out over `cells`. */
export function flattestCells(people: number, cells: number): number {
  if (cells === 0) return 0;
  const low = Math.floor(people / cells);
  const more = people % cells;
  return (cells - more) * ((low * (low - 1)) / 2) + more * ((low * (low + 1)) / 2);
}
