// Departments and likes as columns: continuous ones, whole by themselves once everybody has a trend.
import { addColumn, addRow, type Entry } from '../programme.ts';
import { type Model, oncePerPlace, type Place } from './model.ts';
import type { Assignment } from './options.ts';
import type { Question } from './question.ts';
import { likedPairs } from './soft.ts';

/** A soft goal: what is to be counted, and the values of its columns for an assignment. */
export interface SoftGoal {
  entries: Entry[];
  fill: (values: Float64Array, assignment: Assignment) => void;
}

/**
 * Pairs of one department with one trend: the first of a department there costs nothing, the second 1, the third 2,
 * and so on, so that fewest pairs are least cost (the cost is convex, so the cheap ones are taken first).
 */
export function departmentGoal({ programme, byTrend }: Model, { agents, trends }: Question): SoftGoal {
  const entries: Entry[] = [];
  const steps: { here: Place[]; columns: number[] }[] = [];
  for (const [trend, places] of byTrend.entries())
    for (const here of byDepartment(places, agents)) {
      const most = Math.min(here.length, trends[trend]!.most);
      if (most < 2) continue;
      const columns = Array.from({ length: most }, () => addColumn(programme, { integer: false }));
      addRow(programme, 0, 0, [...oncePerPlace(here), ...columns.map((column): Entry => [column, -1])]);
      for (const [before, column] of columns.entries()) if (before > 0) entries.push([column, before]);
      steps.push({ here, columns });
    }
  return {
    entries,
    fill(values) {
      for (const { here, columns } of steps) {
        const size = here.filter(({ column }) => values[column] === 1).length;
        for (const [index, column] of columns.entries()) values[column] = index < size ? 1 : 0;
      }
    },
  };
}

function byDepartment(places: readonly Place[], agents: Question['agents']): Place[][] {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const { department } = agents[place.agent]!;
    if (department !== undefined) groups.set(department, [...(groups.get(department) ?? []), place]);
  }
  return [...groups.values()];
}

/** Pairs who like to be together and are: a column for every trend both can have, 1 at most where both have it. */
export function likesGoal({ programme, byAgent }: Model, question: Question): SoftGoal {
  const entries: Entry[] = [];
  const shared: { a: number; b: number; trend: number; column: number }[] = [];
  for (const [a, b] of likedPairs(question))
    for (const one of byAgent[a]!) {
      const other = byAgent[b]!.find(({ trend }) => trend === one.trend);
      if (!other) continue;
      const column = addColumn(programme, { integer: false });
      for (const place of [one, other])
        addRow(programme, 0, 1, [
          [place.column, 1],
          [column, -1],
        ]);
      entries.push([column, 1]);
      shared.push({ a, b, trend: one.trend, column });
    }
  return {
    entries,
    fill(values, assignment) {
      for (const { a, b, trend, column } of shared)
        values[column] = assignment[a] === trend && assignment[b] === trend ? 1 : 0;
    },
  };
}
