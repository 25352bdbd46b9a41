// Several dates out of many, everybody on at most one: a mixed-integer programme with whole dates and continuous
// attendance, which is whole by itself once the dates are (sides within dates are a laminar family, so the rows are
// those of a network; Hoffman and Kruskal 1956). Places first, then yes before maybe, one goal after another.
import { leastConflict } from '../conflict.ts';
import {
  addColumn,
  addRow,
  type Entry,
  type Goal,
  type Limits,
  newProgramme,
  openSolver,
  optimiseInStages,
  type Programme,
  type Stage,
} from '../programme.ts';
import { type Random, shuffle } from '../random.ts';
import { type Board, type Counted, orderOf, type Places, saysOf } from './board.ts';

/** A programme and what its columns stand for. */
interface Model {
  programme: Programme;
  /** By date number, −1 where a date cannot be chosen. */
  dateColumn: Int32Array;
  /** A guest's place on a date, with what they said. */
  places: { person: number; date: number; yes: boolean; column: number }[];
  /** One where somebody who is always needed said yes to every chosen date. */
  sure: number[];
}

/** What the programme came to; `conflict` names wishes that contradict each other where no choice keeps them. */
export interface ProgrammeResult {
  places: Places | undefined;
  goals: Goal[];
  proven: boolean;
  nodes: number;
  conflict: string[];
}

/** The best choice among `dates`; where as many are given as are to be chosen, only the places are decided. */
export async function bestPlaces(
  board: Board,
  dates: readonly number[],
  random: Random,
  limits: Limits,
  onProgress: (part: Counted, value: number, bound: number) => void,
): Promise<ProgrammeResult> {
  const fixed = dates.length === board.choose;
  const model = modelOf(board, dates, random, fixed);
  const stages = orderOf(board).map((part) => stageOf(board, model, part));
  const already = { seniors: alwaysSeniors(board), attendees: board.always.length, yes: 0 };
  const solver = await openSolver(model.programme, limits);
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, ({ name }, value, bound) =>
      onProgress(name as Counted, value + already[name as Counted], bound + already[name as Counted]),
    );
    return {
      places: values && placesOf(board, model, values),
      goals: goals.map(({ name, value, bound }) => ({
        name,
        value: value + already[name as Counted],
        bound: bound + already[name as Counted],
      })),
      proven: state === 'optimal',
      nodes: solver.nodes,
      conflict: state === 'infeasible' ? await leastConflict(model.programme, limits) : [],
    };
  } finally {
    solver.close();
  }
}

const alwaysSeniors = ({ always, senior }: Board) => always.filter((person) => senior[person]).length;

function stageOf({ senior }: Board, { places, sure }: Model, part: Counted): Stage {
  const counted = places.filter(({ person, yes }) =>
    part === 'seniors' ? senior[person] : part === 'yes' ? yes : true,
  );
  const entries = counted.map(({ column }): Entry => [column, 1]);
  if (part === 'yes') entries.push(...sure.map((column): Entry => [column, 1]));
  return { name: part, sense: 1, entries };
}

function placesOf({ people, dates }: Board, { dateColumn, places }: Model, values: Float64Array): Places {
  const dateOf = new Int32Array(people).fill(-1);
  for (const { person, date, column } of places) if (values[column]! > 0.5) dateOf[person] = date;
  const every = Array.from({ length: dates }, (_, date) => date);
  return {
    chosen: every.filter((date) => dateColumn[date]! >= 0 && values[dateColumn[date]!] === 1),
    dateOf,
  };
}

/** Columns come in an order drawn by chance, so that nobody gains by where they stand in the list. */
function modelOf(board: Board, dates: readonly number[], random: Random, fixed: boolean): Model {
  const programme = newProgramme();
  const dateColumn = new Int32Array(board.dates).fill(-1);
  for (const date of shuffle([...dates], random))
    dateColumn[date] = addColumn(programme, { lower: fixed ? 1 : 0 });
  const chances = board.guests.flatMap((person) =>
    dates.filter((date) => saysOf(board, person, date) > 0).map((date) => ({ person, date })),
  );
  const places = shuffle(chances, random).map(({ person, date }) => ({
    person,
    date,
    yes: saysOf(board, person, date) === 2,
    column: addColumn(programme, { integer: fixed }),
  }));
  const model: Model = { programme, dateColumn, places, sure: [] };
  addRow(
    programme,
    board.choose,
    board.choose,
    dates.map((date): Entry => [dateColumn[date]!, 1]),
    `${board.choose} dates are to be chosen`,
  );
  for (const { date, column } of places)
    addRow(programme, 0, 1, [
      [dateColumn[date]!, 1],
      [column, -1],
    ]);
  for (const date of dates) addDate(board, model, date);
  addPeople(board, model, dates);
  return model;
}

/** Quorum and size of a date, where it is chosen. */
function addDate(board: Board, { programme, dateColumn, places }: Model, date: number): void {
  const { senior, always, slots } = board;
  const { talents, seniors, least, most } = slots[date]!;
  const here = places.filter((place) => place.date === date);
  const row = (side: boolean | undefined, wanted: number, wish: string) => {
    const ofSide = (person: number) => side === undefined || senior[person] === side;
    const open = wanted - always.filter(ofSide).length;
    if (open <= 0) return;
    const entries = here.filter(({ person }) => ofSide(person)).map(({ column }): Entry => [column, 1]);
    addRow(programme, 0, Number.POSITIVE_INFINITY, [...entries, [dateColumn[date]!, -open]], wish);
  };
  row(false, talents, `every date needs ${talents} talents`);
  row(true, seniors, `every date needs ${seniors} seniors`);
  row(undefined, least, `every date needs ${least} people`);
  if (most - always.length >= here.length) return;
  const entries = here.map(({ column }): Entry => [column, 1]);
  const room: Entry = [dateColumn[date]!, always.length - most];
  addRow(
    programme,
    Number.NEGATIVE_INFINITY,
    0,
    [...entries, room],
    `no date has room for more than ${most}`,
  );
}

function addPeople(
  board: Board,
  { programme, dateColumn, places, sure }: Model,
  dates: readonly number[],
): void {
  const own = Array.from({ length: board.people }, (): Entry[] => []);
  for (const { person, column } of places) own[person]!.push([column, 1]);
  for (const person of board.guests) {
    const needed = board.once.includes(person);
    const wish = needed ? `${board.wishes.people[person]!.name} is needed once` : undefined;
    addRow(programme, needed ? 1 : 0, 1, own[person]!, wish);
  }
  for (const person of board.always) {
    const column = addColumn(programme, { integer: false });
    sure.push(column);
    for (const date of dates)
      if (saysOf(board, person, date) < 2)
        addRow(programme, 0, 1, [
          [column, 1],
          [dateColumn[date]!, 1],
        ]);
  }
}
