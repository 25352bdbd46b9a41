// All choices of dates, one date after another chosen or left out (branch and bound): a choice that cannot cover as many
// as the best one does is not looked at. Quorum and size are left to those who place people on the dates of a whole
// choice, so what is said here is a bound with or without them.
import { type Board, type Counted, countsIn, orderOf, saysOf } from './board.ts';
import { type Cover, type CoverBound, coverBound, coverOf, exclude, include } from './cover.ts';
import { asksOf } from './model.ts';

/** A part of what is counted, as a cover, and the number in it that is there in any case. */
interface Counting {
  name: Counted;
  cover: Cover;
  already: number;
}

/** People who have to be covered: by so many for each date. */
interface Need {
  cover: Cover;
  byDate: readonly number[];
  fixed: number;
}

/** The search where it is. */
interface Branching {
  board: Board;
  chosen: number[];
  goals: Counting[];
  needs: Need[];
  /** The values to be beaten, goal after goal; undefined before the first choice. */
  toBeat: () => readonly number[] | undefined;
  /** Takes one step; false where no more may be taken. */
  step: () => boolean;
}

/** Yields complete choices of dates that may beat the best so far; all of them, unless `step` ended the search. */
export function* choicesOf(
  board: Board,
  dates: readonly number[],
  toBeat: Branching['toBeat'],
  step: () => boolean,
  onBound: (most: number) => void,
): Generator<number[]> {
  const branching: Branching = {
    board,
    chosen: [],
    goals: goalsOf(board, dates),
    needs: needsOf(board, dates),
    toBeat,
    step,
  };
  onBound(firstBound(branching, dates));
  yield* look(branching, dates);
}

/** Rounds of prices before the search. */
const firstRounds = 20;

/** The most of the first goal that any choice has. The search begins with the prices there were: it does better so. */
function firstBound({ board, goals, toBeat }: Branching, dates: readonly number[]): number {
  const [{ cover, already }] = goals as [Counting];
  const room = guestRoom(board, [], dates);
  const prices = Float64Array.from(cover.price);
  let most = Number.POSITIVE_INFINITY;
  for (let round = 0; round < firstRounds; round += 1)
    most = Math.min(most, coverBound(cover, dates, board.choose, (toBeat()?.[0] ?? 0) + 1 - already).most);
  cover.price.set(prices);
  return Math.min(room, most) + already;
}

/** A cover by the dates that may be chosen. */
function covering(
  board: Board,
  dates: readonly number[],
  covers: (person: number, date: number) => boolean,
): Cover {
  const among = new Set(dates);
  return coverOf(board.people, board.dates, (person, date) => among.has(date) && covers(person, date));
}

function goalsOf(board: Board, dates: readonly number[]): Counting[] {
  const isGuest = guestsOf(board);
  return orderOf(board).map((name) => {
    const { who, says } = countsIn(board, name);
    const already = board.always.filter(who).length;
    return {
      name,
      cover: covering(
        board,
        dates,
        (person, date) => isGuest(person) && who(person) && saysOf(board, person, date) >= says,
      ),
      already,
    };
  });
}

function guestsOf({ guests }: Board): (person: number) => boolean {
  const among = new Set(guests);
  return (person) => among.has(person);
}

/** In all, as many of a side, or of everybody, as the chosen dates ask for; and everybody who is needed once. */
function needsOf(board: Board, dates: readonly number[]): Need[] {
  const isGuest = guestsOf(board);
  const can = (person: number, date: number) => saysOf(board, person, date) > 0;
  const asks = board.slots.map((_, date) => asksOf(board, date));
  const needs = asks[0]!.flatMap(({ side, room }, index): Need[] => {
    const byDate = asks.map((ask) => Math.max(0, ask[index]!.open));
    if (room || byDate.every((open) => open === 0)) return [];
    const counts = (person: number) =>
      isGuest(person) && (side === undefined || board.senior[person] === side);
    const cover = covering(board, dates, (person, date) => counts(person) && can(person, date));
    return [{ cover, byDate, fixed: 0 }];
  });
  if (board.once.length === 0) return needs;
  const once = new Set(board.once);
  const cover = covering(board, dates, (person, date) => once.has(person) && can(person, date));
  return [...needs, { cover, byDate: asks.map(() => 0), fixed: once.size }];
}

function* look(branching: Branching, undecided: readonly number[]): Generator<number[]> {
  const { board, chosen, step } = branching;
  const left = board.choose - chosen.length;
  if (undecided.length < left || !step()) return;
  if (left === 0 || undecided.length === left) {
    yield [...chosen, ...undecided.slice(0, left)].toSorted((a, b) => a - b);
    return;
  }
  const seen = boundsOf(branching, undecided, left);
  if (!seen) return;
  const { never, surely, open } = seen;
  if (never.size + surely.size > 0) {
    if (surely.size > left || [...surely].some((date) => never.has(date))) return;
    const rest = undecided.filter((date) => !never.has(date) && !surely.has(date));
    yield* within(branching, [...surely], [...never], () => look(branching, rest));
    return;
  }
  const tried = datesToTry(open, undecided);
  for (const [index, date] of tried.entries()) {
    const before = tried.slice(0, index);
    const rest = undecided.filter((one) => one !== date && !before.includes(one));
    yield* within(branching, [date], before, () => look(branching, rest));
  }
  const rest = undecided.filter((one) => !tried.includes(one));
  yield* within(branching, [], tried, () => look(branching, rest));
}

/** Goes on with some dates chosen and some left out, and takes that back afterwards. */
function* within(
  { chosen, goals, needs }: Branching,
  inside: readonly number[],
  outside: readonly number[],
  goOn: () => Generator<number[]>,
): Generator<number[]> {
  const covers = [...goals, ...needs].map(({ cover }) => cover);
  const decide = (by: 1 | -1) => {
    for (const cover of covers) {
      for (const date of inside) include(cover, date, by);
      for (const date of outside) exclude(cover, date, by);
    }
  };
  decide(1);
  chosen.push(...inside);
  yield* goOn();
  chosen.length -= inside.length;
  decide(-1);
}

/** Dates decided by bounds, and the covers that still matter; undefined where nothing here can be better. */
function boundsOf(branching: Branching, undecided: readonly number[], left: number) {
  const { board, chosen, goals, needs, toBeat } = branching;
  const [never, surely, open] = [new Set<number>(), new Set<number>(), [] as Cover[]];
  const take = (bound: CoverBound) => {
    for (const date of bound.never) never.add(date);
    for (const date of bound.surely) surely.add(date);
  };
  for (const { cover, byDate, fixed } of needs) {
    const least = undecided.map((date) => byDate[date]!).toSorted((a, b) => a - b);
    const needed =
      fixed +
      [...chosen.map((date) => byDate[date]!), ...least.slice(0, left)].reduce((sum, one) => sum + one, 0);
    const bound = coverBound(cover, undecided, left, needed);
    if (bound.most < needed) return undefined;
    take(bound);
  }
  const beaten = toBeat();
  for (const [index, { name, cover, already }] of goals.entries()) {
    open.push(cover);
    if (!beaten) continue;
    const isLast = index === goals.length - 1;
    const { says } = countsIn(board, name);
    const there = says === 2 ? agreeing(board, name, chosen) : already;
    const needed = beaten[index]! + (isLast ? 1 : 0) - there;
    const bound = coverBound(cover, undecided, left, needed);
    const most = Math.min(bound.most, guestRoom(board, chosen, undecided));
    if (most < needed) return undefined;
    take(bound);
    if (most > needed) break;
  }
  return { never, surely, open };
}

/** Counts people needed always who said yes to every chosen date. */
const agreeing = (board: Board, part: Counted, chosen: readonly number[]) =>
  board.always
    .filter(countsIn(board, part).who)
    .filter((person) => chosen.every((date) => saysOf(board, person, date) === 2)).length;

/** The most guests all chosen dates can hold. */
function guestRoom(
  { slots, always, choose }: Board,
  chosen: readonly number[],
  undecided: readonly number[],
): number {
  const rooms = undecided.map((date) => slots[date]!.most).toSorted((a, b) => b - a);
  const all = [...chosen.map((date) => slots[date]!.most), ...rooms.slice(0, choose - chosen.length)];
  return all.reduce((sum, room) => sum + room - always.length, 0);
}

/** So many dates of one person are tried one after another; where the person can come on more, the best one alone. */
const fewDates = 6;

/** The dates of the person who can come on fewest of them, the worthiest first; or the worthiest of all. */
function datesToTry(open: readonly Cover[], undecided: readonly number[]): number[] {
  let hardest: { cover: Cover; person: number; count: number } | undefined;
  for (const cover of open) {
    if (hardest && hardest.count <= fewDates) break;
    for (const [person, count] of cover.open.entries())
      if (count > 0 && cover.covered[person] === 0 && count < (hardest?.count ?? Number.POSITIVE_INFINITY))
        hardest = { cover, person, count };
  }
  const worth = (date: number) => open.reduce((sum, cover) => sum + cover.worth[date]!, 0);
  const can = hardest
    ? undecided.filter((date) => hardest.cover.on[date]!.includes(hardest.person))
    : [...undecided];
  const sorted = can.toSorted((a, b) => worth(b) - worth(a));
  return sorted.slice(0, sorted.length > fewDates ? 1 : sorted.length);
}
