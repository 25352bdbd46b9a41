// Mixed-integer programmes, solved by HiGHS (Huangfu and Hall, Mathematical Programming Computation 2018).
// Objectives are whole numbers. Every solution is checked again in whole numbers before it is believed.
import type { Highs, HighsCallbackMap, Model } from 'highs';
import loader from 'highs';

/** One part of what is optimised: its value, and the best it could be while the parts before it stay. */
export interface Goal {
  name: string;
  value: number;
  bound: number;
}

/** Columns x with lower ≤ x ≤ upper, and rows lower ≤ Σ by · x ≤ upper. */
export interface Programme {
  columns: { lower: number; upper: number; integer: boolean }[];
  rows: Row[];
}

/** A row; those with a `wish`, a sentence, can be named where no solution exists. */
export interface Row {
  lower: number;
  upper: number;
  entries: readonly Entry[];
  wish?: string | undefined;
}

/** A column and its coefficient. */
export type Entry = readonly [column: number, by: number];

/** Result of maximising one objective; `value` and `values` are missing where no solution is known yet. */
export interface Solved {
  state: 'optimal' | 'stopped' | 'infeasible';
  /** The columns, whole where they are to be whole. */
  values?: Float64Array;
  value?: number;
  /** No solution has more than this. */
  bound: number;
}

/** Hears of value and bound on the way. */
export type ProgressListener = (value: number, bound: number) => void;

/** A programme being solved; `close` gives its memory back. */
export interface Solver {
  /** Maximises a whole-numbered objective, known to be `most` at most, under everything required so far. */
  maximise(objective: readonly Entry[], most?: number, onProgress?: ProgressListener): Solved;
  /** Any solution at all, looked for at one root whatever the limits. */
  anything(): Solved;
  /** Adds a row for all that follows. */
  require(row: Row): void;
  /** Nodes of search trees opened so far. */
  readonly nodes: number;
  close(): void;
}

/** When to stop, looked at between the solver's steps, and how many nodes of search trees to open at most. */
export interface Limits {
  stop: () => boolean;
  nodes: number;
  seed: number;
  /** Values of all columns to start from. */
  start?: Float64Array | undefined;
}

/** An empty programme. */
export const newProgramme = (): Programme => ({ columns: [], rows: [] });

/** Adds a column and returns its number; binary unless told otherwise. */
export function addColumn(programme: Programme, { lower = 0, upper = 1, integer = true } = {}): number {
  return programme.columns.push({ lower, upper, integer }) - 1;
}

/** Adds lower ≤ Σ ≤ upper. */
export function addRow(
  programme: Programme,
  lower: number,
  upper: number,
  entries: readonly Entry[],
  wish?: string,
): void {
  programme.rows.push({ lower, upper, entries, wish });
}

// The package types its ES module as if it were CommonJS; the default export is the function itself.
const loadHighs = loader as unknown as () => Promise<Highs>;
let loaded: Promise<Highs> | undefined;

const tolerance = 1e-6;

/** A model with HiGHS and what is needed to run it and to check it. */
interface Work {
  highs: Highs;
  model: Model;
  programme: Programme;
  limits: Limits;
  rows: Row[];
  best: Float64Array | undefined;
  nodes: number;
}

/** Hands a programme to the solver; the programme may not be changed afterwards. */
export async function openSolver({ columns, rows }: Programme, limits: Limits): Promise<Solver> {
  // HiGHS wants a column; one that is always zero changes nothing.
  const programme = { columns: columns.length > 0 ? columns : [{ lower: 0, upper: 0, integer: true }], rows };
  loaded ??= loadHighs();
  const highs = await loaded;
  const model = highs.createModel(modelOf(highs, programme));
  model.options.set({
    output_flag: false,
    mip_rel_gap: 0,
    // The objectives are whole: a bound less than one above the value proves it.
    mip_abs_gap: 0.99,
    // This heuristic hears nobody who wants to stop, for seconds at a time.
    mip_heuristic_run_root_reduced_cost: false,
    random_seed: Math.abs(limits.seed) % 2147483647,
  });
  const work: Work = {
    highs,
    model,
    programme,
    limits,
    rows: [...rows],
    best: limits.start && believed(programme, rows, limits.start),
    nodes: 0,
  };
  return solverOf(work);
}

function solverOf(work: Work): Solver {
  const { highs, model, limits } = work;
  return {
    maximise: (objective, most, onProgress) => maximise(work, objective, most, onProgress),
    anything() {
      work.limits = { ...limits, stop: () => false, nodes: work.nodes + 100 };
      const found = maximise(work, []);
      work.limits = limits;
      return found;
    },
    require(row) {
      work.rows.push(row);
      const [indices, values] = [row.entries.map(([column]) => column), row.entries.map(([, by]) => by)];
      model.addRow(toSolver(highs, row.lower), toSolver(highs, row.upper), { indices, values });
    },
    get nodes() {
      return work.nodes;
    },
    close: () => model.dispose(),
  };
}

const toSolver = (highs: Highs, bound: number) =>
  Number.isFinite(bound) ? bound : Math.sign(bound) * highs.infinity;

function modelOf(highs: Highs, { columns, rows }: Programme) {
  const starts = [0];
  for (const { entries } of rows) starts.push(starts.at(-1)! + entries.length);
  const { continuous, integer } = highs.constants.variableType;
  return {
    numCols: columns.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: new Float64Array(columns.length),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => toSolver(highs, upper)),
    rowLower: rows.map(({ lower }) => toSolver(highs, lower)),
    rowUpper: rows.map(({ upper }) => toSolver(highs, upper)),
    integrality: columns.map((column) => (column.integer ? integer : continuous)),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(rows.flatMap(({ entries }) => entries.map(([column]) => column))),
      values: Float64Array.from(rows.flatMap(({ entries }) => entries.map(([, by]) => by))),
    },
  };
}

function maximise(
  work: Work,
  objective: readonly Entry[],
  known = Number.POSITIVE_INFINITY,
  onProgress?: ProgressListener,
): Solved {
  const { highs, model, programme, limits } = work;
  const most = objective.reduce((sum, [column, by]) => {
    const { lower, upper } = programme.columns[column]!;
    return sum + Math.max(by * lower, by * upper);
  }, 0);
  const before = solved(work, objective, Math.min(known, most));
  if (before.state === 'optimal' || limits.stop() || work.nodes >= limits.nodes) return before;
  const costs = new Float64Array(programme.columns.length);
  for (const [column, by] of objective) costs[column]! += by;
  model.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs);
  model.options.set({ mip_max_nodes: Math.min(2147483647, limits.nodes - work.nodes) });
  if (work.best) model.setSolution({ colValue: work.best });
  model.run(callbacksOf(work, onProgress));
  work.nodes += Math.max(1, Number(model.info.get('mip_node_count')));
  if (model.getModelStatus() === highs.constants.modelStatus.infeasible && !work.best)
    return { state: 'infeasible', bound: Number.NaN };
  const found = believed(programme, work.rows, model.getSolution().colValue);
  if (found && (!work.best || worthOf(objective, found) >= worthOf(objective, work.best))) work.best = found;
  const dual = Number(model.info.get('mip_dual_bound'));
  const bound = Number.isFinite(dual) ? Math.floor(dual + tolerance) : most;
  return solved(work, objective, Math.min(known, most, bound));
}

/** Returns the value of an objective. */
export const worthOf = (objective: readonly Entry[], values: Float64Array) =>
  Math.round(objective.reduce((sum, [column, by]) => sum + by * values[column]!, 0));

/** The best known by an objective, where none can have more than `most`. */
function solved({ best }: Work, objective: readonly Entry[], most: number): Solved {
  if (!best) return { state: 'stopped', bound: most };
  const value = worthOf(objective, best);
  return { state: value >= most ? 'optimal' : 'stopped', values: best, value, bound: Math.max(most, value) };
}

function callbacksOf({ highs, limits }: Work, onProgress?: ProgressListener): HighsCallbackMap {
  const { mipInterrupt, simplexInterrupt, ipmInterrupt, mipLogging } = highs.constants.callbackType;
  const interrupt = (event: { interrupt(): void }) => {
    if (limits.stop()) event.interrupt();
    return undefined;
  };
  return {
    [mipInterrupt]: interrupt,
    [simplexInterrupt]: interrupt,
    [ipmInterrupt]: interrupt,
    [mipLogging]({ data }) {
      const [value, bound] = [Number(data.mip_primal_bound), Number(data.mip_dual_bound)];
      if (Math.abs(value) < 1e15 && Math.abs(bound) < 1e15)
        onProgress?.(Math.round(value), Math.floor(bound + tolerance));
      return undefined;
    },
  };
}

/** The solution with whole columns made whole, or undefined where it then breaks a row or a column's bounds. */
function believed(programme: Programme, rows: readonly Row[], found: Float64Array): Float64Array | undefined {
  if (found.length !== programme.columns.length) return undefined;
  const values = Float64Array.from(found, (value, column) =>
    programme.columns[column]!.integer ? Math.round(value) : value,
  );
  const inside = (value: number, lower: number, upper: number) =>
    value >= lower - 10 * tolerance && value <= upper + 10 * tolerance;
  const holds =
    values.every((value, column) => {
      const { lower, upper } = programme.columns[column]!;
      return inside(value, lower, upper);
    }) &&
    rows.every(({ lower, upper, entries }) =>
      inside(
        entries.reduce((sum, [column, by]) => sum + by * values[column]!, 0),
        lower,
        upper,
      ),
    );
  return holds ? values : undefined;
}
