// All exact designs Flipside knows, by tables, seats and rounds.
import { designOfMatrix, differenceMatrix } from './columns.ts';
import { designOfStarter, pointDigits } from './cyclic-starter.ts';
import { type Design, firstRounds } from './design.ts';
import { hermitianTables, tablesOfFour } from './kirkman.ts';
import { stackedColumns } from './stacked-columns.ts';
import { starterEntries } from './starter-entries.ts';

/** The design in columns for `tables` tables of `seats`, with as many rounds as known but no more than `rounds`. */
export function columnDesign(tables: number, seats: number, rounds: number): Design | undefined {
  if (seats < 1 || tables < 1) return undefined;
  if (seats > tables) return stackedColumns(tables, seats, rounds);
  const matrix = differenceMatrix(tables, seats, rounds);
  if (!matrix) return undefined;
  const design = designOfMatrix(matrix);
  return design.rounds > rounds ? firstRounds(design, rounds) : design;
}

/** The design in which nobody meets twice for full tables with most rounds, up to `rounds`, in columns or not. */
export function fullDesign(tables: number, seats: number, rounds: number): Design {
  const columns = seats > tables ? undefined : columnDesign(tables, seats, rounds);
  let best: Design = columns ?? oneRound(tables, seats);
  const consider = (make: () => Design | undefined) => {
    if (best.rounds >= rounds) return;
    const design = make();
    if (design && design.rounds > best.rounds) best = design;
  };
  consider(() => splitColumns(tables, seats));
  consider(() => (seats === 4 ? tablesOfFour((4 * tables - 1) / 3) : undefined));
  consider(() => (hermitianOrder(tables, seats) ? hermitianTables(seats - 1) : undefined));
  consider(() => keptStarter(tables, seats));
  return best.rounds > rounds ? firstRounds(best, rounds) : best;
}

/** Everybody somewhere, once. */
function oneRound(tables: number, seats: number): Design {
  const points = tables * seats;
  const tableOf = Int32Array.from({ length: points }, (_, point) => Math.floor(point / seats));
  return { name: 'one round', tables, rounds: 1, points, tableOf };
}

/** q + 1 seats at q² − q + 1 tables: the numbers of the Hermitian curve of order q. */
function hermitianOrder(tables: number, seats: number): boolean {
  const q = seats - 1;
  return q >= 2 && tables === q * q - q + 1;
}

/** Rounds in columns, and then more in which every column, of `tables` people, is seated by itself. */
function splitColumns(tables: number, seats: number): Design | undefined {
  if (seats < 2 || tables % seats !== 0) return undefined;
  const outer = columnDesign(tables, seats, Number.POSITIVE_INFINITY);
  if (!outer) return undefined;
  const inner = fullDesign(tables / seats, seats, Number.POSITIVE_INFINITY);
  const { points } = outer;
  const tableOf = new Int32Array((outer.rounds + inner.rounds) * points);
  tableOf.set(outer.tableOf);
  for (let round = 0; round < inner.rounds; round += 1)
    for (let point = 0; point < points; point += 1) {
      const column = outer.columnOf![point]!;
      const within = inner.tableOf[round * inner.points + (point % tables)]!;
      tableOf[(outer.rounds + round) * points + point] = (column * tables) / seats + within;
    }
  const name = `${outer.name}, columns split`;
  return { name, tables, rounds: outer.rounds + inner.rounds, points, tableOf };
}

function keptStarter(tables: number, seats: number): Design | undefined {
  for (const line of starterEntries.trim().split('\n')) {
    const [g, s, turn, bases] = line.split(' ').map(Number) as [number, number, number, number];
    if (g !== tables || s !== seats) continue;
    const points = Array.from(line.split(' ')[4]!, (digit) => pointDigits.indexOf(digit));
    return designOfStarter({ tables, seats, turn, bases, still: (tables * seats) % turn }, points);
  }
  return undefined;
}
