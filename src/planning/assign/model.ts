// An assignment as a mixed-integer programme: a column for every agent and trend they may have, and a row for every wish.
import { addColumn, addRow, type Entry, newProgramme, type Programme } from '../programme.ts';
import { type Random, shuffle } from '../random.ts';
import { type Assignment, type Option, optionsOf } from './options.ts';
import { canClose, leastOpen, type Question } from './question.ts';
import type { AssignWishes, Trend } from './wishes.ts';

/** A column that is 1 where an agent has a trend. */
export interface Place extends Option {
  agent: number;
  column: number;
}

/** A programme and what its columns stand for. */
export interface Model {
  programme: Programme;
  places: Place[];
  byAgent: Place[][];
  byTrend: Place[][];
  /** The column that says whether a trend is open, by trend, where it can close. */
  open: Map<number, number>;
  /** The column with the smaller size of open trends, where sizes are even. */
  size: number | undefined;
}

/** Columns come in an order drawn by chance, so that nobody gains by where they stand in the list. */
export function modelOf(question: Question, random: Random): Model {
  const programme = newProgramme();
  const { agents, trends } = question;
  const options = optionsOf(question).flatMap((own, agent) => own.map((option) => ({ ...option, agent })));
  const places = shuffle(options, random).map((option) => ({ ...option, column: addColumn(programme) }));
  const byAgent = agents.map((): Place[] => []);
  const byTrend = trends.map((): Place[] => []);
  for (const place of places) {
    byAgent[place.agent]!.push(place);
    byTrend[place.trend]!.push(place);
  }
  const model: Model = { programme, places, byAgent, byTrend, open: new Map(), size: undefined };
  for (const [agent, own] of byAgent.entries()) {
    addRow(programme, 0, 1, oncePerPlace(own));
    const { name, lock } = agents[agent]!;
    if (lock !== undefined)
      addRow(programme, 1, 1, oncePerPlace(own), `${name} is locked to ${nameOf(question, lock)}`);
  }
  for (const index of trends.keys()) addTrend(model, question, index);
  if (question.even) addEven(model, question);
  addPairs(model, question);
  return model;
}

export const oncePerPlace = (places: readonly Place[]) => places.map(({ column }): Entry => [column, 1]);

const nameOf = ({ trends }: AssignWishes, id: string) => trends.find((trend) => trend.id === id)!.name;

/** The assignment in values of the columns. */
export function assignmentOf({ agents }: AssignWishes, { places }: Model, values: Float64Array): Assignment {
  const assignment = new Int32Array(agents.length).fill(-1);
  for (const { agent, trend, column } of places) if (values[column] === 1) assignment[agent] = trend;
  return assignment;
}

/** The values of the columns for an assignment. */
export function valuesFor({ programme, places, open, size }: Model, assignment: Assignment): Float64Array {
  const values = new Float64Array(programme.columns.length);
  const sizes = new Map<number, number>();
  for (const trend of assignment) if (trend >= 0) sizes.set(trend, (sizes.get(trend) ?? 0) + 1);
  for (const { agent, trend, column } of places) values[column] = assignment[agent] === trend ? 1 : 0;
  for (const [trend, column] of open) values[column] = sizes.has(trend) ? 1 : 0;
  if (size !== undefined && sizes.size > 0) values[size] = Math.min(...sizes.values());
  return values;
}

/** Room, the least number or nobody, and skills of one trend. */
function addTrend({ programme, byTrend, open }: Model, question: Question, index: number): void {
  const trend = question.trends[index]!;
  const places = byTrend[index]!;
  const { name, least = 0, most, skills = [] } = trend;
  addRow(programme, 0, most, oncePerPlace(places), `${name} takes at most ${most}`);
  if (index === question.opened)
    addRow(programme, leastOpen(trend), Number.POSITIVE_INFINITY, oncePerPlace(places));
  const column = needsOpening(question, trend) ? addColumn(programme) : undefined;
  if (column !== undefined) open.set(index, column);
  // Zero or more than `by` times open, where the trend can close; else `by` or more.
  const atLeast = (by: number, entries: Entry[], wish: string) => {
    if (column === undefined) addRow(programme, by, Number.POSITIVE_INFINITY, entries, wish);
    else addRow(programme, 0, Number.POSITIVE_INFINITY, [...entries, [column, -by]], wish);
  };
  if (column !== undefined)
    for (const place of places)
      addRow(programme, Number.NEGATIVE_INFINITY, 0, [
        [place.column, 1],
        [column, -1],
      ]);
  if (least > 0)
    atLeast(
      least,
      oncePerPlace(places),
      `${name} is to have at least ${least} (${places.length} can be there)`,
    );
  for (const skill of new Set(skills)) {
    const able = places.filter(({ agent }) => question.agents[agent]!.skills?.includes(skill));
    atLeast(1, oncePerPlace(able), `${name} is to have someone with ${skill} (${able.length} can be there)`);
  }
}

const needsOpening = ({ even }: Question, trend: Trend) =>
  canClose(trend) && ((trend.least ?? 0) > 0 || (trend.skills ?? []).length > 0 || even === true);

/** Every open trend has a size, drawn by one column, or one more. */
function addEven(model: Model, { trends }: Question): void {
  const { programme, byTrend, open } = model;
  const most = Math.max(0, ...byTrend.map((places, trend) => Math.min(places.length, trends[trend]!.most)));
  const size = addColumn(programme, { upper: most });
  model.size = size;
  const wish = 'teams are to be of even size';
  for (const [trend, places] of byTrend.entries()) {
    const column = open.get(trend);
    const ifOpen: Entry[] = column === undefined ? [] : [[column, -most]];
    addRow(programme, Number.NEGATIVE_INFINITY, 1, [...oncePerPlace(places), [size, -1]], wish);
    const below = column === undefined ? 0 : -most;
    addRow(
      programme,
      below,
      Number.POSITIVE_INFINITY,
      [...oncePerPlace(places), [size, -1], ...ifOpen],
      wish,
    );
  }
}

/** Pairs who are to be together have the same trend, or none; pairs who are to be apart never do. */
function addPairs({ programme, byAgent }: Model, question: Question): void {
  const numberOf = new Map(question.agents.map(({ id }, index) => [id, index]));
  const pairs = (list: AssignWishes['apart']) =>
    (list ?? []).map(([a, b]) => [numberOf.get(a)!, numberOf.get(b)!] as const);
  const at = (agent: number, trend: number) =>
    oncePerPlace(byAgent[agent]!.filter((place) => place.trend === trend));
  const names = (a: number, b: number) => `${question.agents[a]!.name} and ${question.agents[b]!.name}`;
  for (const [a, b] of pairs(question.together))
    for (const trend of new Set([...byAgent[a]!, ...byAgent[b]!].map((place) => place.trend))) {
      const minus = at(b, trend).map(([column]): Entry => [column, -1]);
      addRow(programme, 0, 0, [...at(a, trend), ...minus], `${names(a, b)} are to be together`);
    }
  for (const [a, b] of pairs(question.apart))
    for (const { trend } of byAgent[a]!)
      if (at(b, trend).length > 0)
        addRow(programme, 0, 1, [...at(a, trend), ...at(b, trend)], `${names(a, b)} are to be apart`);
}
