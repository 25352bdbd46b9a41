// Several events that need dates, in numbers.
import { type Board, boardOf, missingAt } from './board.ts';
import type { DatesWishes, EventWish } from './wishes.ts';

/** Events by number, each with the dates it can be held on and the people it needs. */
export interface EventsBoard {
  board: Board;
  events: readonly EventWish[];
  /** The numbers of those needed, by event; who is always needed is needed at each. */
  needs: number[][];
  /** The sentences about what is missing for each event on each date; undefined where the date is not among its dates. */
  missing: (string[] | undefined)[][];
  /** Everybody comes to one event at most. */
  once: boolean;
}

/** The wishes for several events as a board. */
export function eventsBoardOf(wishes: DatesWishes): EventsBoard {
  const events = wishes.events ?? [];
  const board = boardOf({ ...wishes, choose: events.length });
  const numberOf = new Map(wishes.people.map(({ id }, person) => [id, person]));
  const needs = events.map((event) => [
    ...new Set([...(event.needs ?? []).map((id) => numberOf.get(id)!), ...board.always]),
  ]);
  const missing = events.map((event, index) =>
    wishes.dates.map(({ id }, date) =>
      event.dates === undefined || event.dates.includes(id)
        ? missingAt({ ...board, choose: 1, once: [], always: needs[index]! }, date)
        : undefined,
    ),
  );
  return { board, events, needs, missing, once: wishes.once === true };
}

/** The name of an event. */
export const eventName = ({ id, name = id }: EventWish) => name;

/** The dates an event can be held on by itself. */
export const datesOf = ({ missing }: EventsBoard, event: number): number[] =>
  missing[event]!.flatMap((lacks, date) => (lacks?.length === 0 ? [date] : []));

/** The date of every event, and the people at each date. */
export interface EventPlaces {
  dateOf: number[];
  /** By date number. */
  at: Map<number, number[]>;
}
