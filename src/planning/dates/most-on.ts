// The most that given dates give, quickly: everybody who can come, less what quorum and size cost in any case. Places are
// filled one person after another along augmenting paths (Kuhn 1955).
import { type Board, type Counts, countsOf, type Places, saysOf } from './board.ts';
import { asksOf } from './model.ts';

/** Counts that no places on these dates exceed; undefined where quorum and size cannot be kept there. */
export function mostOn(board: Board, chosen: readonly number[]): Counts | undefined {
  const { guests, senior, people } = board;
  const most = countsOf(board, everybody(board, chosen));
  const asks = chosen.map((date) => asksOf(board, date));
  const lost = { sides: 0, all: 0 };
  for (const [index, { side, room }] of (asks[0] ?? []).entries()) {
    const open = asks.map((ask) => Math.max(0, ask[index]!.open));
    const counted = guests.filter((person) => side === undefined || senior[person] === side);
    if (room) {
      const hold = filled(
        open.map((one) => Math.min(one, people)),
        counted,
        canCome(board, chosen),
      );
      most.attendees = Math.min(most.attendees, hold + board.always.length);
      most.yes = Math.min(most.yes, most.attendees);
      continue;
    }
    const wanted = open.reduce((sum, one) => sum + one, 0);
    if (wanted === 0) continue;
    if (filled(open, counted, canCome(board, chosen)) < wanted) return undefined;
    // Each place that only somebody with a yes elsewhere can fill costs a yes.
    const missing = wanted - filled(open, counted, agrees(board, chosen));
    lost[side === undefined ? 'all' : 'sides'] += missing;
  }
  return { ...most, yes: Math.min(most.yes, most.attendees) - Math.max(lost.sides, lost.all) };
}

/** Everybody on a chosen date, one they said yes to if there is one. */
function everybody(board: Board, chosen: readonly number[]): Places {
  const dateOf = new Int32Array(board.people).fill(-1);
  for (const person of board.guests)
    for (const says of [1, 2]) {
      const date = chosen.find((one) => saysOf(board, person, one) >= says);
      if (date !== undefined) dateOf[person] = date;
    }
  return { chosen: [...chosen], dateOf };
}

/** Tells on which of the chosen dates, by their place among them, somebody can come. */
function canCome(board: Board, chosen: readonly number[]) {
  return (person: number) => [...chosen.keys()].filter((index) => saysOf(board, person, chosen[index]!) > 0);
}

/** The same with dates after a maybe only for those who said yes to none. */
function agrees(board: Board, chosen: readonly number[]) {
  const can = canCome(board, chosen);
  return (person: number) => {
    const yes = can(person).filter((index) => saysOf(board, person, chosen[index]!) === 2);
    return yes.length > 0 ? yes : can(person);
  };
}

/** Counts the places of dates that can be filled with people, each on one date. */
function filled(
  places: readonly number[],
  people: readonly number[],
  datesOf: (person: number) => readonly number[],
): number {
  const options = new Map(people.map((person) => [person, datesOf(person)]));
  const here = places.map((): number[] => []);
  const seat = (person: number, seen: Set<number>): boolean => {
    for (const date of options.get(person)!) {
      if (seen.has(date)) continue;
      seen.add(date);
      const own = here[date]!;
      const free = own.length < places[date]!;
      const leaving = free ? -1 : own.findIndex((other) => seat(other, seen));
      if (!free && leaving < 0) continue;
      if (free) own.push(person);
      else own[leaving] = person;
      return true;
    }
    return false;
  };
  return people.filter((person) => seat(person, new Set())).length;
}
