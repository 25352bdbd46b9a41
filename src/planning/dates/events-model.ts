// Events, dates and people as a mixed-integer programme: an event has one date, a date one event at most, and people come
// to any event they can, or to one. Attendance is whole by itself once events have dates: people who come once and sides
// within dates are two laminar families (Edmonds 1970).
import { addColumn, addRow, type Entry, newProgramme, type Programme } from '../programme.ts';
import { type Random, shuffle } from '../random.ts';
import { type Counted, counted, countsIn, saysOf } from './board.ts';
import { datesOf, type EventPlaces, type EventsBoard, eventName } from './events-board.ts';

/** A programme and what its columns stand for. */
export interface EventsModel {
  programme: Programme;
  held: { event: number; date: number; column: number }[];
  places: { person: number; date: number; column: number }[];
}

const infinite = Number.POSITIVE_INFINITY;

/** The model; with `given` dates of the events are fixed and people whole. */
export function eventsModelOf(asked: EventsBoard, random: Random, given?: readonly number[]): EventsModel {
  const { board, events } = asked;
  const programme = newProgramme();
  const pairs = events.flatMap((_, event) =>
    datesOf(asked, event)
      .filter((date) => !given || given[event] === date)
      .map((date) => ({ event, date })),
  );
  const held = shuffle(pairs, random).map((pair) => ({ ...pair, column: addColumn(programme) }));
  const dates = [...new Set(held.map(({ date }) => date))];
  const chances = dates.flatMap((date) =>
    board.wishes.people.flatMap((_, person) => (saysOf(board, person, date) > 0 ? [{ person, date }] : [])),
  );
  const places = shuffle(chances, random).map((chance) => ({
    ...chance,
    column: addColumn(programme, { integer: given !== undefined }),
  }));
  const model = { programme, held, places };
  for (const [event, wish] of events.entries())
    addRow(
      programme,
      1,
      1,
      ones(held.filter((one) => one.event === event)),
      `${eventName(wish)} needs a date`,
    );
  for (const date of dates) addDate(asked, model, date);
  addPeople(asked, model);
  return model;
}

const ones = (some: readonly { column: number }[], by = 1) => some.map(({ column }): Entry => [column, by]);

/** One event at most on a date; people there only if there is one; quorum, size and those the event needs. */
function addDate(
  { board, needs }: EventsBoard,
  { programme, held, places }: EventsModel,
  date: number,
): void {
  const here = held.filter((one) => one.date === date);
  const coming = places.filter((one) => one.date === date);
  const { name, talents, seniors, least, most } = board.slots[date]!;
  addRow(programme, 0, 1, ones(here));
  for (const place of coming) {
    addRow(programme, 0, infinite, [...ones(here), [place.column, -1]]);
    const needing = here.filter(({ event }) => needs[event]!.includes(place.person));
    if (needing.length > 0) addRow(programme, 0, infinite, [[place.column, 1], ...ones(needing, -1)]);
  }
  const ofSide = (side: boolean) => coming.filter(({ person }) => board.senior[person] === side);
  const atLeast = (among: typeof coming, count: number, wish: string) => {
    if (count > 0) addRow(programme, 0, infinite, [...ones(among), ...ones(here, -count)], wish);
  };
  atLeast(ofSide(false), talents, `${name} needs ${counted(talents, 'talent')}`);
  atLeast(ofSide(true), seniors, `${name} needs ${counted(seniors, 'senior')}`);
  atLeast(coming, least, `${name} needs at least ${least}`);
  if (most < coming.length)
    addRow(programme, -infinite, 0, [...ones(coming), ...ones(here, -most)], `${name} has room for ${most}`);
}

function addPeople({ board, once }: EventsBoard, { programme, places }: EventsModel): void {
  for (const [person, { name }] of board.wishes.people.entries()) {
    const own = ones(places.filter((one) => one.person === person));
    if (once && own.length > 1) addRow(programme, 0, 1, own, `${name} comes to one event at most`);
    if (board.once.includes(person)) addRow(programme, 1, infinite, own, `${name} is needed once`);
  }
}

/** The entries of a goal: places, of whom it counts, after what it counts. */
export function placesIn({ board }: EventsBoard, { places }: EventsModel, part: Counted): Entry[] {
  const { who, says } = countsIn(board, part);
  return ones(places.filter(({ person, date }) => who(person) && saysOf(board, person, date) >= says));
}

/** The dates of the events and the people there, as the columns have it. */
export function placesFrom({ events }: EventsBoard, model: EventsModel, values: Float64Array): EventPlaces {
  const isIn = ({ column }: { column: number }) => values[column]! > 0.5;
  const dateOf = events.map((_, event) => model.held.find((one) => one.event === event && isIn(one))!.date);
  const at = new Map(dateOf.map((date): [number, number[]] => [date, []]));
  for (const place of model.places) if (isIn(place)) at.get(place.date)!.push(place.person);
  for (const people of at.values()) people.sort((a, b) => a - b);
  return { dateOf, at };
}
