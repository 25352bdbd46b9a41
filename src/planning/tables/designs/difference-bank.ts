// The difference matrices Flipside keeps, for numbers of tables that are no prime power.
import { abelianGroup } from './abelian-group.ts';
import { differenceEntries } from './difference-entries.ts';
import type { DifferenceMatrix } from './difference-matrix.ts';

interface Kept {
  moduli: readonly number[];
  size: number;
  rows: number;
  columns: number;
  digits: string;
}

const bank: readonly Kept[] = differenceEntries
  .trim()
  .split('\n')
  .map((line) => {
    const [group, rows, columns, digits] = line.split(' ') as [string, string, string, string];
    const moduli = group.split('x').map(Number);
    return { moduli, size: moduli.reduce((a, b) => a * b, 1), rows: +rows, columns: +columns, digits };
  });

/** The matrix over `size` elements with at least this many columns, cut to them, and the most rows; undefined where none is kept. */
export function bankedMatrix(size: number, columns: number): DifferenceMatrix | undefined {
  const kept = bank
    .filter((one) => one.size === size && one.columns >= columns)
    .toSorted((one, two) => two.rows - one.rows)[0];
  if (!kept) return undefined;
  const group = abelianGroup(kept.moduli);
  const entries = new Int32Array(kept.rows * columns);
  for (let row = 0; row < kept.rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      entries[row * columns + column] = Number.parseInt(kept.digits[row * kept.columns + column]!, 36);
  return {
    name: `difference matrix over ${group.name}`,
    size,
    rows: kept.rows,
    columns,
    entries,
    add: group.add,
  };
}
