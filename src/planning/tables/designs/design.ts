// Exact designs: a plan for nameless points in which no two points meet twice, or where tables are larger than
// their number, none more often than twice and all as flat as can be.

/** Points in rounds at tables, all tables of one size; who meets whom depends on points alone. */
export interface Design {
  /** Name of the design in the literature, for the plan's `method`. */
  name: string;
  tables: number;
  rounds: number;
  points: number;
  /** tableOf[round · points + point], 0 to tables − 1. */
  tableOf: Int32Array;
  /**
   * Column of each point, where each point has one and every table, in every round, has exactly one point of each
   * column. Column 0 then stays at its tables. Whole columns can be left empty or given to a side.
   */
  columnOf?: Int32Array;
}

/** The first `rounds` rounds of a design. */
export function firstRounds(design: Design, rounds: number): Design {
  return { ...design, rounds, tableOf: design.tableOf.slice(0, rounds * design.points) };
}

/** A design from its rounds, each a list of tables, each a list of points. */
export function designOf(name: string, points: number, rounds: readonly (readonly number[])[][]): Design {
  const tableOf = new Int32Array(rounds.length * points);
  for (const [round, tables] of rounds.entries())
    for (const [table, seated] of tables.entries())
      for (const point of seated) tableOf[round * points + point] = table;
  return { name, tables: rounds[0]?.length ?? 0, rounds: rounds.length, points, tableOf };
}
