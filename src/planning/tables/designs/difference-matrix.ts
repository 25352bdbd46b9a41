// Difference matrices: what designs in columns are made from.

/** An abelian group on 0 to size − 1 and a matrix over it, `entries[row · columns + column]`. */
export interface DifferenceMatrix {
  name: string;
  size: number;
  rows: number;
  columns: number;
  entries: Int32Array;
  add(a: number, b: number): number;
}
