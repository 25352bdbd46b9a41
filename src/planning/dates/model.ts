// Dates and people as a mixed-integer programme, in two depths. Guests are either spread over dates, a column for
// each chance, or only covered: one column says that some chosen date suits them, which is all that matters where
// neither quorum nor size binds (the maximal covering location problem; Church and ReVelle 1974). Dates are whole,
// attendance is continuous: once dates are chosen it is whole by itself, as sides within dates are a laminar family
// (Hoffman and Kruskal 1956).
import { addColumn, addRow, type Entry, newProgramme, type Programme } from '../programme.ts';
import { type Random, shuffle } from '../random.ts';
import { type Board, type Counted, counted, countsIn, type Places, saysOf } from './board.ts';

/** `covered` spreads nobody; `spread` those whom a quorum or size can bind; `given` everybody, over given dates. */
export type Depth = 'covered' | 'spread' | 'given';

/** A programme and what its columns stand for. */
export interface Model {
  programme: Programme;
  /** By date number, −1 where a date cannot be chosen. */
  dateColumn: Int32Array;
  /** The chances of guests who are spread. */
  chances: { person: number; date: number; column: number }[];
  /** Terms that sum to 1 where a person has a place, and where they have one after a yes; by person. */
  attends: Entry[][];
  agrees: Entry[][];
}

const infinite = Number.POSITIVE_INFINITY;

/** The model over `dates`; columns come in an order drawn by chance, so that nobody gains by where they stand. */
export function modelOf(board: Board, dates: readonly number[], depth: Depth, random: Random): Model {
  const programme = newProgramme();
  const model: Model = {
    programme,
    dateColumn: new Int32Array(board.dates).fill(-1),
    chances: [],
    attends: Array.from({ length: board.people }, (): Entry[] => []),
    agrees: Array.from({ length: board.people }, (): Entry[] => []),
  };
  const lower = depth === 'given' ? 1 : 0;
  for (const date of shuffle([...dates], random)) model.dateColumn[date] = addColumn(programme, { lower });
  const chosen = dates.map((date): Entry => [model.dateColumn[date]!, 1]);
  addRow(programme, board.choose, board.choose, chosen, `${board.choose} dates are to be chosen`);
  const isSpread = depth === 'covered' ? () => false : depth === 'given' ? () => true : boundBy(board, dates);
  for (const person of shuffle([...board.guests], random))
    if (isSpread(person)) spread(board, model, person, shuffle([...dates], random), depth === 'given');
    else cover(board, model, person, dates);
  for (const person of board.always) agreeAlways(board, model, person, dates);
  addNeeded(board, model);
  if (depth === 'covered') addTotals(board, model, dates);
  else for (const date of dates) addDate(board, model, date);
  return model;
}

/** Finds the people bound by the quorum of a side or the size of a date. */
function boundBy({ slots, senior }: Board, dates: readonly number[]): (person: number) => boolean {
  const any = (binds: (slot: Board['slots'][number]) => boolean) => dates.some((date) => binds(slots[date]!));
  const all = any(({ least, most }) => least > 0 || most < infinite);
  const [seniors, talents] = [any((slot) => slot.seniors > 0), any((slot) => slot.talents > 0)];
  return (person) => all || (senior[person] ? seniors : talents);
}

/** A column for each date a guest can come on, at most one of them 1. */
function spread(
  board: Board,
  { programme, dateColumn, chances, attends, agrees }: Model,
  person: number,
  dates: readonly number[],
  integer: boolean,
): void {
  for (const date of dates) {
    const says = saysOf(board, person, date);
    if (says === 0) continue;
    const column = addColumn(programme, { integer });
    chances.push({ person, date, column });
    attends[person]!.push([column, 1]);
    if (says === 2) agrees[person]!.push([column, 1]);
    addRow(programme, 0, 1, [
      [dateColumn[date]!, 1],
      [column, -1],
    ]);
  }
  if (attends[person]!.length > 1) addRow(programme, 0, 1, attends[person]!);
}

/** One column for a place on any date that suits a guest, another for one they said yes to. */
function cover(board: Board, model: Model, person: number, dates: readonly number[]): void {
  const { programme, dateColumn } = model;
  const suits = (least: number) => dates.filter((date) => saysOf(board, person, date) >= least);
  const columnFor = (some: readonly number[]) => {
    const column = addColumn(programme, { integer: false });
    addRow(programme, 0, infinite, [...some.map((date): Entry => [dateColumn[date]!, 1]), [column, -1]]);
    return column;
  };
  const [can, yes] = [suits(1), suits(2)];
  if (can.length === 0) return;
  const place = columnFor(can);
  model.attends[person] = [[place, 1]];
  if (yes.length === can.length) model.agrees[person] = [[place, 1]];
  else if (yes.length > 0) {
    const agreed = columnFor(yes);
    model.agrees[person] = [[agreed, 1]];
    addRow(programme, 0, 1, [
      [place, 1],
      [agreed, -1],
    ]);
  }
}

/** Counts a person always needed as agreeing where they said yes to every chosen date. */
function agreeAlways(board: Board, model: Model, person: number, dates: readonly number[]): void {
  const column = addColumn(model.programme, { integer: false });
  model.agrees[person] = [[column, 1]];
  for (const date of dates)
    if (saysOf(board, person, date) < 2)
      addRow(model.programme, 0, 1, [
        [column, 1],
        [model.dateColumn[date]!, 1],
      ]);
}

function addNeeded({ once, wishes }: Board, { programme, attends }: Model): void {
  for (const person of once)
    addRow(programme, 1, 1, attends[person]!, `${wishes.people[person]!.name} is needed once`);
}

/** Returns how many guests a date asks for: of a side, or of everybody. */
export function asksOf({ slots, always, senior }: Board, date: number) {
  const { talents, seniors, least, most } = slots[date]!;
  const sitting = always.filter((person) => senior[person]).length;
  return [
    {
      side: false,
      open: talents - (always.length - sitting),
      wish: `every date needs ${counted(talents, 'talent')}`,
    },
    { side: true, open: seniors - sitting, wish: `every date needs ${counted(seniors, 'senior')}` },
    { side: undefined, open: least - always.length, wish: `every date needs at least ${least}` },
    {
      side: undefined,
      open: most - always.length,
      wish: `no date has room for more than ${most}`,
      room: true,
    },
  ];
}

/** Quorum and size of a date, where it is chosen. */
function addDate(board: Board, { programme, dateColumn, chances }: Model, date: number): void {
  for (const { side, open, wish, room } of asksOf(board, date)) {
    const here = chances
      .filter(
        (chance) => chance.date === date && (side === undefined || board.senior[chance.person] === side),
      )
      .map(({ column }): Entry => [column, 1]);
    const needs: Entry = [dateColumn[date]!, -open];
    if (room && open < here.length) addRow(programme, -infinite, 0, [...here, needs], wish);
    if (!room && open > 0) addRow(programme, 0, infinite, [...here, needs], wish);
  }
}

/**
 * Limits the total where nobody is spread: as many people as the chosen dates need in all, and not more than they hold.
 */
function addTotals(board: Board, { programme, dateColumn, attends }: Model, dates: readonly number[]): void {
  for (const [index, { side, room }] of asksOf(board, dates[0]!).entries()) {
    const guests = board.guests.filter((person) => side === undefined || board.senior[person] === side);
    const all = guests.flatMap((person) => attends[person]!);
    const asks = dates.map((date) => [date, asksOf(board, date)[index]!.open] as const);
    const needs = asks.map(([date, open]): Entry => [dateColumn[date]!, room ? -open : -Math.max(0, open)]);
    if (room && asks.every(([, open]) => open < infinite))
      addRow(programme, -infinite, 0, [...all, ...needs]);
    if (!room && asks.some(([, open]) => open > 0)) addRow(programme, 0, infinite, [...all, ...needs]);
  }
}

/** The entries of a goal. */
export function entriesOf(board: Board, { attends, agrees }: Model, part: Counted): Entry[] {
  const { who, says } = countsIn(board, part);
  return (says === 2 ? agrees : attends).flatMap((own, person) => (who(person) ? own : []));
}

/** The dates a solution chooses, and where those who are spread have their places. */
export function placesOf(
  { people, dates }: Board,
  { dateColumn, chances }: Model,
  values: Float64Array,
): Places {
  const dateOf = new Int32Array(people).fill(-1);
  for (const { person, date, column } of chances) if (values[column]! > 0.5) dateOf[person] = date;
  const every = Array.from({ length: dates }, (_, date) => date);
  return {
    chosen: every.filter((date) => dateColumn[date]! >= 0 && values[dateColumn[date]!] === 1),
    dateOf,
  };
}

/** The columns of a model where these dates are chosen and guests have these places. */
export function startFrom(board: Board, model: Model, { chosen, dateOf }: Places): Float64Array {
  const values = new Float64Array(model.programme.columns.length);
  for (const date of chosen) values[model.dateColumn[date]!] = 1;
  for (const { person, date, column } of model.chances) values[column] = dateOf[person] === date ? 1 : 0;
  const spreadOut = new Set(model.chances.map(({ person }) => person));
  for (let person = 0; person < board.people; person += 1) {
    if (spreadOut.has(person)) continue;
    const own = board.always.includes(person) ? chosen : chosen.filter((date) => dateOf[person] === date);
    const agreed = own.length > 0 && own.every((date) => saysOf(board, person, date) === 2);
    for (const [column] of model.agrees[person]!) values[column] = agreed ? 1 : 0;
    for (const [column] of model.attends[person]!) values[column] = own.length > 0 ? 1 : 0;
  }
  return values;
}
