// One date: every date is looked at, with the best people it has room for (a laminar matroid, so taking the best
// first is best; Edmonds 1971).
import { type Random, shuffle } from '../random.ts';
import { type Board, countsOf, missingAt, orderOf, type Places, saysOf } from './board.ts';

/** The best single date, or undefined where none can be held; equals are decided by chance. */
export function bestDate(board: Board, random: Random): Places | undefined {
  const order = orderOf(board);
  let best: Places | undefined;
  const dates = Array.from({ length: board.dates }, (_, date) => date);
  for (const date of shuffle(dates, random)) {
    if (missingAt(board, date).length > 0) continue;
    const places = { chosen: [date], dateOf: guestsOf(board, date, random) };
    const [counts, before] = [countsOf(board, places), best && countsOf(board, best)];
    const differs = order.find((part) => counts[part] !== before?.[part]);
    if (!before || (differs && counts[differs] > before[differs])) best = places;
  }
  return best;
}

/**
 * Chooses a date's guests: those needed first, then the quorum of each side, then everybody there is room for; a yes
 * before a maybe.
 */
function guestsOf(board: Board, date: number, random: Random): Int32Array {
  const { people, senior, group, always, once, guests, slots, wishes } = board;
  const { talents, seniors, most } = slots[date]!;
  const can = shuffle(
    guests.filter((person) => saysOf(board, person, date) > 0),
    random,
  ).toSorted(
    (a, b) => Number(group[b]) - Number(group[a]) || saysOf(board, b, date) - saysOf(board, a, date),
  );
  const taken = new Set(can.filter((person) => once.includes(person)));
  const missing = (side: boolean, wanted: number) =>
    wanted - [...taken, ...always].filter((person) => senior[person] === side).length;
  const take = (from: readonly number[], count: number) => {
    for (const person of from.filter((one) => !taken.has(one)).slice(0, Math.max(0, count)))
      taken.add(person);
  };
  const ofSide = (side: boolean) => can.filter((person) => senior[person] === side);
  take(ofSide(true), missing(true, seniors));
  take(ofSide(false), missing(false, talents));
  const left = () => most - always.length - taken.size;
  take(
    can.filter((person) => group[person]),
    left(),
  );
  if (wishes.first === 'seniors') take(ofSide(true), left());
  take(can, left());
  return Int32Array.from({ length: people }, (_, person) => (taken.has(person) ? date : -1));
}
