// Assignment where trends take a least number or nobody, want skills, or agents are to be together or apart: a
// mixed-integer programme, the parts of the rule being maximised one after another (lexicographic optimisation; for
// lower quotas and closing see Arulselvan and others, Many-to-one matchings with lower quotas, Algorithmica 2018).
import { leastConflict } from '../conflict.ts';
import {
  addColumn,
  addRow,
  type Entry,
  type Goal,
  type Limits,
  newProgramme,
  openSolver,
  type Programme,
} from '../programme.ts';
import { type Random, shuffle } from '../random.ts';
import { optimiseInStages, type Stage } from '../stages.ts';
import { type Assignment, type Option, optionsOf, partsOf, tiersOf } from './options.ts';
import type { AssignWishes, Rule, Trend } from './wishes.ts';

/** A column that is 1 where an agent has a trend. */
interface Place extends Option {
  agent: number;
  column: number;
}

/** A programme and what its columns stand for. */
interface Model {
  programme: Programme;
  places: Place[];
  /** The column that says whether a trend is open, by trend, where it can close. */
  open: Map<number, number>;
}

/** What the programme came to; `conflict` is there, naming wishes that contradict each other, where nothing can be. */
export interface ProgrammeResult {
  assignment: Assignment | undefined;
  goals: Goal[];
  proven: boolean;
  nodes: number;
  conflict?: string[];
}

/** The best assignment by a rule that keeps every wish, as far as the limits allow. */
export async function bestByProgramme(
  wishes: AssignWishes,
  rule: Rule,
  random: Random,
  limits: Limits,
  start: Assignment | undefined,
  onProgress: (part: string, value: number, bound: number) => void,
): Promise<ProgrammeResult> {
  const { programme, places, open } = modelOf(wishes, random);
  const stages = partsOf(rule, tiersOf(wishes)).map(
    ({ name, counts, sense }): Stage => ({
      name,
      sense,
      limit: () => (sense > 0 ? wishes.agents.length : 0),
      entries: places.filter(({ tier }) => counts(tier)).map(({ column }): Entry => [column, 1]),
    }),
  );
  const from = start && valuesFor({ programme, places, open }, start);
  const solver = await openSolver(programme, { ...limits, start: from });
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, (stage, value, bound) =>
      onProgress(stage.name, value, bound),
    );
    return {
      assignment: values && assignmentOf(wishes, places, values),
      goals,
      proven: state === 'optimal',
      nodes: solver.nodes,
      ...(state === 'infeasible' && { conflict: await leastConflict(programme, limits) }),
    };
  } finally {
    solver.close();
  }
}

function assignmentOf({ agents }: AssignWishes, places: readonly Place[], values: Float64Array): Assignment {
  const assignment = new Int32Array(agents.length).fill(-1);
  for (const { agent, trend, column } of places) if (values[column] === 1) assignment[agent] = trend;
  return assignment;
}

function valuesFor({ programme, places, open }: Model, assignment: Assignment): Float64Array {
  const values = new Float64Array(programme.columns.length);
  const having = new Set(assignment);
  for (const { agent, trend, column } of places) values[column] = assignment[agent] === trend ? 1 : 0;
  for (const [trend, column] of open) values[column] = having.has(trend) ? 1 : 0;
  return values;
}

/** Columns come in an order drawn by chance, so that nobody gains by where they stand in the list. */
function modelOf(wishes: AssignWishes, random: Random): Model {
  const programme = newProgramme();
  const options = optionsOf(wishes).flatMap((own, agent) => own.map((option) => ({ ...option, agent })));
  const places = shuffle(options, random).map((option) => ({ ...option, column: addColumn(programme) }));
  const byAgent = wishes.agents.map((): Place[] => []);
  const byTrend = wishes.trends.map((): Place[] => []);
  for (const place of places) {
    byAgent[place.agent]!.push(place);
    byTrend[place.trend]!.push(place);
  }
  for (const [agent, own] of byAgent.entries()) {
    addRow(programme, 0, 1, ones(own));
    const { name, lock } = wishes.agents[agent]!;
    if (lock !== undefined)
      addRow(programme, 1, 1, ones(own), `${name} is locked to ${nameOf(wishes, lock)}`);
  }
  const open = new Map<number, number>();
  for (const [trend, own] of byTrend.entries()) {
    const column = addTrend(programme, wishes, wishes.trends[trend]!, own);
    if (column !== undefined) open.set(trend, column);
  }
  addPairs(programme, wishes, byAgent);
  return { programme, places, open };
}

const ones = (places: readonly Place[]) => places.map(({ column }): Entry => [column, 1]);

const nameOf = ({ trends }: AssignWishes, id: string) => trends.find((trend) => trend.id === id)!.name;

/** Room, the least number or nobody, and skills of one trend; returns the column that opens it, if it can close. */
function addTrend(
  programme: Programme,
  wishes: AssignWishes,
  trend: Trend,
  places: readonly Place[],
): number | undefined {
  const { name, least = 0, most, mayClose = false, skills = [] } = trend;
  addRow(programme, 0, most, ones(places), `${name} takes at most ${most}`);
  const closes = mayClose || least === 0;
  const open = closes && (least > 0 || skills.length > 0) ? addColumn(programme) : undefined;
  // Zero or more than `by` times open, where the trend can close; else `by` or more.
  const atLeast = (by: number, entries: Entry[], wish: string) => {
    if (open === undefined) addRow(programme, by, Number.POSITIVE_INFINITY, entries, wish);
    else addRow(programme, 0, Number.POSITIVE_INFINITY, [...entries, [open, -by]], wish);
  };
  if (open !== undefined)
    for (const { column } of places)
      addRow(programme, Number.NEGATIVE_INFINITY, 0, [
        [column, 1],
        [open, -1],
      ]);
  if (least > 0)
    atLeast(least, ones(places), `${name} is to have at least ${least} (${places.length} can be there)`);
  for (const skill of new Set(skills)) {
    const able = places.filter(({ agent }) => wishes.agents[agent]!.skills?.includes(skill));
    atLeast(1, ones(able), `${name} is to have somebody with ${skill} (${able.length} can be there)`);
  }
  return open;
}

/** Pairs who are to be together have the same trend, or none; pairs who are to be apart never do. */
function addPairs(programme: Programme, wishes: AssignWishes, byAgent: readonly Place[][]): void {
  const numberOf = new Map(wishes.agents.map(({ id }, index) => [id, index]));
  const pairs = (list: AssignWishes['apart']) =>
    (list ?? []).map(([a, b]) => [numberOf.get(a)!, numberOf.get(b)!] as const);
  const at = (agent: number, trend: number) => ones(byAgent[agent]!.filter((place) => place.trend === trend));
  const names = (a: number, b: number) => `${wishes.agents[a]!.name} and ${wishes.agents[b]!.name}`;
  for (const [a, b] of pairs(wishes.together))
    for (const trend of new Set([...byAgent[a]!, ...byAgent[b]!].map((place) => place.trend))) {
      const minus = at(b, trend).map(([column]): Entry => [column, -1]);
      addRow(programme, 0, 0, [...at(a, trend), ...minus], `${names(a, b)} are to be together`);
    }
  for (const [a, b] of pairs(wishes.apart))
    for (const { trend } of byAgent[a]!)
      if (at(b, trend).length > 0)
        addRow(programme, 0, 1, [...at(a, trend), ...at(b, trend)], `${names(a, b)} are to be apart`);
}
