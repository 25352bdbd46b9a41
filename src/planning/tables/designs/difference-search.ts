// Finds difference matrices: rows × columns over an abelian group so that the differences of any two columns,
// row by row, are all different. The first row and column are zero, so every other column is a partial permutation.
// Minimises the equal differences Σ C(count, 2) with a tabu list on entries (Glover 1989). Where rows are to come
// in pairs r and −r (columns are then odd functions), only half of them are searched, and d counts as −d.
import type { Spending } from '../../effort.ts';
import type { Random } from '../../random.ts';
import type { AbelianGroup } from './abelian-group.ts';

interface Search {
  group: AbelianGroup;
  /** classOf[d]: differences that may occur only once between them. */
  classOf: Int32Array;
  rows: number;
  columns: number;
  /** entries[row · columns + column]. */
  entries: Int32Array;
  /** count[(i · columns + j) · size + d], i < j: rows in which column i minus column j is d. */
  count: Int32Array;
  cost: number;
  /** Until when an entry may not take a value again: tabu[(row · columns + column) · size + value]. */
  tabu: Int32Array;
}

/** The entries of a difference matrix, row after row, or undefined once the budget is spent; `paired` as above. */
export function findDifferenceMatrix(
  group: AbelianGroup,
  shape: { rows: number; columns: number; paired: boolean },
  random: Random,
  spending: Spending,
): Int32Array | undefined {
  const search = begin(group, shape.paired ? Math.floor(shape.rows / 2) : shape.rows, shape, random);
  let best = search.cost;
  while (search.cost > 0 && spending.step()) {
    improve(search, spending.iterations, best, shape.paired ? 0 : 1, random);
    best = Math.min(best, search.cost);
  }
  if (search.cost > 0) return undefined;
  return shape.paired ? withNegatives(search, shape.rows) : search.entries;
}

function begin(
  group: AbelianGroup,
  rows: number,
  { columns, paired }: { columns: number; paired: boolean },
  random: Random,
): Search {
  const entries = new Int32Array(rows * columns);
  for (let row = paired ? 0 : 1; row < rows; row += 1)
    for (let column = 1; column < columns; column += 1)
      entries[row * columns + column] = random.below(group.size);
  const classOf = Int32Array.from({ length: group.size }, (_, d) =>
    paired ? Math.min(d, group.subtract(0, d)) : d,
  );
  const count = new Int32Array(columns * columns * group.size);
  // A difference that is its own negative would come twice, from a row and from its pair.
  if (paired)
    for (let at = 0; at < count.length; at += 1)
      if (group.subtract(0, at % group.size) === at % group.size) count[at] = 1;
  const tabu = new Int32Array(rows * columns * group.size);
  const search: Search = { group, classOf, rows, columns, entries, count, cost: 0, tabu };
  for (let row = 0; row < rows; row += 1)
    for (let i = 0; i < columns; i += 1)
      for (let j = i + 1; j < columns; j += 1) search.cost += count[cell(search, row, i, j)]!++;
  return search;
}

/** The rows found, their negatives, and the row of zeros where one more is wanted. */
function withNegatives({ entries, group }: Search, rows: number): Int32Array {
  const all = [...entries, ...entries.map((entry) => group.subtract(0, entry))];
  const columns = entries.length / Math.floor(rows / 2);
  return Int32Array.from(rows % 2 === 1 ? [...new Array<number>(columns).fill(0), ...all] : all);
}

function cell(search: Search, row: number, i: number, j: number): number {
  const { columns, entries, group, classOf } = search;
  const [low, high] = i < j ? [i, j] : [j, i];
  const difference = group.subtract(entries[row * columns + low]!, entries[row * columns + high]!);
  return (low * columns + high) * group.size + classOf[difference]!;
}

/** Writes the cost of each value of the entry at (row, column) into `costs`; returns its share of the present cost. */
function costsOf(search: Search, row: number, column: number, costs: Int32Array): number {
  const { columns, entries, count, group, classOf } = search;
  const { size } = group;
  const own = entries[row * columns + column]!;
  costs.fill(0);
  for (let other = 0; other < columns; other += 1) {
    if (other === column) continue;
    const fixed = entries[row * columns + other]!;
    const base = (Math.min(column, other) * columns + Math.max(column, other)) * size;
    for (let value = 0; value < size; value += 1) {
      const difference = column < other ? group.subtract(value, fixed) : group.subtract(fixed, value);
      const here = column < other ? group.subtract(own, fixed) : group.subtract(fixed, own);
      const kind = classOf[difference]!;
      costs[value]! += count[base + kind]! - (kind === classOf[here] ? 1 : 0);
    }
  }
  return costs[own]!;
}

/** Changes one entry: the best change that is not tabu or beats `best`, ties by chance. */
function improve(search: Search, iteration: number, best: number, firstRow: number, random: Random): void {
  const { rows, columns, entries, tabu, group } = search;
  const costs = new Int32Array(group.size);
  let [chosen, value, gain, ties] = [-1, 0, Number.POSITIVE_INFINITY, 0];
  for (let row = firstRow; row < rows; row += 1)
    for (let column = 1; column < columns; column += 1) {
      const at = row * columns + column;
      const present = costsOf(search, row, column, costs);
      if (present === 0) continue;
      for (let candidate = 0; candidate < group.size; candidate += 1) {
        const by = costs[candidate]! - present;
        if (candidate === entries[at] || by > gain) continue;
        if (tabu[at * group.size + candidate]! > iteration && search.cost + by >= best) continue;
        ties = by < gain ? 1 : ties + 1;
        if (ties === 1 || random.below(ties) === 0) [chosen, value, gain] = [at, candidate, by];
      }
    }
  if (chosen >= 0) assign(search, chosen, value, iteration + 6 + random.below(10 + columns));
}

function assign(search: Search, at: number, value: number, tabuUntil: number): void {
  const { columns, entries, count, group, tabu } = search;
  const row = Math.floor(at / columns);
  const column = at % columns;
  for (let other = 0; other < columns; other += 1)
    if (other !== column) search.cost -= --count[cell(search, row, column, other)]!;
  tabu[at * group.size + entries[at]!] = tabuUntil;
  entries[at] = value;
  for (let other = 0; other < columns; other += 1)
    if (other !== column) search.cost += count[cell(search, row, column, other)]!++;
}
