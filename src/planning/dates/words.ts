// Puts the result of a choice of dates into sentences.
import {
  type Board,
  type Counted,
  type Counts,
  counted,
  countsOf,
  missingAt,
  orderOf,
  type Places,
  peopleAt,
  saysOf,
} from './board.ts';

/** Names in a sentence. */
export const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Words for each count: the people, and what they have. */
const kinds: Record<Counted, [who: string, what: string]> = {
  group: ['people of the group', 'a place'],
  groupYes: ['people of the group', 'a place they said yes to'],
  seniors: ['seniors', 'a place'],
  attendees: ['people', 'a place'],
  yes: ['people', 'a place they said yes to'],
};

/** How far the planner is. */
export function progressInWords(part: Counted, all: number, value: number, bound: number): string {
  const [who, what] = kinds[part];
  const so = `${value} of ${all} ${who} have ${what}`;
  return value >= bound
    ? `${so}; no choice has more.`
    : `${so}; no choice has more than ${Math.min(all, bound)}.`;
}

/** A goal that may not be reached, in a sentence. */
export const openInWords = ({ name, value, bound }: { name: string; value: number; bound: number }) =>
  `Another choice might give more than ${value} ${kinds[name as Counted].join(' ')}, but not more than ${bound}.`;

/** Why these dates: what they give, whether more is possible, and what the most popular dates would give. */
export function reasonFor(
  board: Board,
  places: Places,
  goals: readonly { name: string; value: number; bound: number }[],
  popular: { dates: readonly number[]; places: Places | undefined } | undefined,
): string {
  const counts = countsOf(board, places);
  const names = (dates: readonly number[]) => listed(dates.map((date) => board.slots[date]!.name));
  const open = goals.find(({ value, bound }) => value < bound);
  const proof = open
    ? openInWords(open)
    : `No other choice of ${board.choose === 1 ? 'one date' : `${board.choose} dates`} does better.`;
  return [
    `${names(places.chosen)} ${places.chosen.length === 1 ? 'gives' : 'give'} ${inCounts(board, counts)}; ${board.people} were asked.`,
    proof,
    ...ofPopular(board, places, popular, names),
  ].join(' ');
}

const inCounts = ({ wishes }: Board, { attendees, seniors, yes, group, groupYes }: Counts) => {
  const ofGroup = wishes.group?.length
    ? `, ${group} of the group of ${new Set(wishes.group).size}, ${groupYes} of them after a yes`
    : '';
  return `${counted(attendees, 'person')} a place, ${counted(seniors, 'senior')} among them, ${yes} after a yes${ofGroup}`;
};

function ofPopular(
  board: Board,
  places: Places,
  popular: { dates: readonly number[]; places: Places | undefined } | undefined,
  names: (dates: readonly number[]) => string,
): string[] {
  if (!popular || popular.dates.join() === places.chosen.join()) return [];
  const one = popular.dates.length === 1;
  const head = `The ${one ? 'date' : 'dates'} most people can come on, ${names(popular.dates)},`;
  if (!popular.places) {
    const missing = popular.dates.flatMap((date) => missingAt(board, date));
    return [`${head} cannot be held${one ? '' : ' together'}.`, ...missing];
  }
  const [counts, other] = [countsOf(board, places), countsOf(board, popular.places)];
  const part = orderOf(board).find((name) => counts[name] !== other[name]);
  return [`${head} would give ${part ? inCounts(board, other) : 'the same numbers'}.`];
}

/** Why somebody has the place they have, or none. */
export function reasonOf(board: Board, places: Places, person: number): string {
  const { wishes, slots, always } = board;
  const { name } = wishes.people[person]!;
  const says = (date: number) => (saysOf(board, person, date) === 2 ? 'a yes' : 'a maybe');
  if (always.includes(person)) return `${name} is needed at every date.`;
  const date = places.dateOf[person]!;
  if (date >= 0) return `${name} has a place on ${slots[date]!.name}, after ${says(date)}.`;
  const can = slots.map((_, other) => other).filter((other) => saysOf(board, person, other) > 0);
  if (can.length === 0) return `${name} can come on none of the dates.`;
  const chosen = can.filter((other) => places.chosen.includes(other));
  const list = (dates: readonly number[]) => listed(dates.map((other) => slots[other]!.name));
  if (chosen.length === 0)
    return `${name} can come on ${list(can)}, which ${can.length === 1 ? 'was' : 'were'} not chosen.`;
  const full = chosen.filter((other) => peopleAt(board, places, other).length >= slots[other]!.most);
  return full.length === chosen.length
    ? `${name} could come on ${list(full)}, full with ${listed(full.map((other) => String(slots[other]!.most)))}.`
    : `${name} could come on ${list(chosen)}, but the places there are needed otherwise.`;
}
