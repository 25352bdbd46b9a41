// Designs whose points stand in columns, one of each column at every table: transversal designs.
// Point (column i, x) sits in round m at table x + d(m, i); two points of different columns meet where
// y − x = d(m, i) − d(m, j), so they meet at most once when the differences of any two columns are all
// different: d is then a difference matrix (Beth, Jungnickel and Lenz, Design Theory, VIII; for d(m, i) = m·a_i
// over a field, Bose 1938). Points of one column never meet; where the table size divides the column they are
// seated among themselves afterwards, by the same means one size smaller.

import type { Design } from './design.ts';
import { bankedMatrix } from './difference-bank.ts';
import type { DifferenceMatrix } from './difference-matrix.ts';
import { galoisField } from './galois-field.ts';

/** The design of a difference matrix: `rows` rounds, `columns` seats at each of `size` tables; column 0 is still. */
export function designOfMatrix(matrix: DifferenceMatrix): Design {
  const { size, rows, columns } = matrix;
  const points = size * columns;
  const tableOf = new Int32Array(rows * points);
  const columnOf = new Int32Array(points);
  for (let column = 0; column < columns; column += 1)
    for (let x = 0; x < size; x += 1) {
      const point = column * size + x;
      columnOf[point] = column;
      for (let row = 0; row < rows; row += 1)
        tableOf[row * points + point] = matrix.add(x, matrix.entries[row * columns + column]!);
    }
  return { name: matrix.name, tables: size, rounds: rows, points, tableOf, columnOf };
}

/** A difference matrix over `size` tables with `columns` columns and as many rows as known, at least `rows` if it can. */
export function differenceMatrix(size: number, columns: number, rows: number): DifferenceMatrix | undefined {
  const field = columns <= size ? galoisField(size) : undefined;
  if (field)
    return {
      name: `transversal design over GF(${size})`,
      ...shape(size, size, columns, (row, column) => field.multiply(row, column)),
      add: field.add,
    };
  const banked = bankedMatrix(size, columns);
  const multiples = multiplesApart(size, columns);
  if (banked && (banked.rows >= rows || banked.rows >= multiples)) return banked;
  if (multiples < 1) return undefined;
  return {
    name: `difference matrix over Z_${size}`,
    ...shape(size, multiples, columns, (row, column) => (row * column) % size),
    add: (a, b) => (a + b) % size,
  };
}

/**
 * How many rows m = 0, 1, … of m · i over Z_size keep the differences of any two columns apart:
 * (m − m')(i − j) is a multiple of `size` first where m − m' is size over its largest divisor below `columns`.
 */
function multiplesApart(size: number, columns: number): number {
  if (columns > size) return 0;
  let divisor = Math.max(1, columns - 1);
  while (size % divisor !== 0) divisor -= 1;
  return size / divisor;
}

function shape(size: number, rows: number, columns: number, entry: (row: number, column: number) => number) {
  const entries = new Int32Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) entries[row * columns + column] = entry(row, column);
  return { size, rows, columns, entries };
}
