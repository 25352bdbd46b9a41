// Tables with more seats than there are tables: transversal designs over one field, one upon another. Point (column c, x)
// sits in round m at table x + m·a + j·m², with j and a the quotient and remainder of c by the number of tables. Two
// points of one j meet once at most, as in a transversal design; two of different j where a polynomial of degree two
// is zero, so twice at most. The people of one table are spread over the tables of any other round as flat as they
// can be, since the columns of one j all go to different ones: that is the pigeonhole bound.
import type { Design } from './design.ts';
import { galoisField } from './galois-field.ts';

/** The design for prime powers of tables and more seats than tables; column 0 stays, and no other does from three rounds on. */
export function stackedColumns(tables: number, seats: number, rounds: number): Design | undefined {
  const field = seats > tables ? galoisField(tables) : undefined;
  if (!field) return undefined;
  const points = tables * seats;
  const known = Math.min(rounds, tables);
  const tableOf = new Int32Array(known * points);
  const columnOf = Int32Array.from({ length: points }, (_, point) => Math.floor(point / tables));
  for (let round = 0; round < known; round += 1)
    for (let point = 0; point < points; point += 1) {
      const [column, x] = [columnOf[point]!, point % tables];
      const block = Math.floor(column / tables) % tables;
      const turn = field.multiply(round, column % tables);
      const bend = field.multiply(block, field.multiply(round, round));
      tableOf[round * points + point] = field.add(x, field.add(turn, bend));
    }
  const name = `transversal designs over GF(${tables}), one upon another`;
  return { name, tables, rounds: known, points, tableOf, columnOf };
}
