// The wishes in numbers: who can come when, and what every date needs.
import type { DatesWishes } from './wishes.ts';

/** A date in numbers; those who are needed always are counted in. */
export interface Slot {
  name: string;
  talents: number;
  seniors: number;
  least: number;
  most: number;
}

/** People and dates by number. */
export interface Board {
  wishes: DatesWishes;
  people: number;
  dates: number;
  choose: number;
  /** says[person · dates + date]: 0 no, 1 maybe, 2 yes. */
  says: Uint8Array;
  senior: boolean[];
  /** Whether somebody is of the group. */
  group: boolean[];
  /** People needed at every chosen date. */
  always: number[];
  /** People who must have a place on one of them. */
  once: number[];
  /** All others and those of `once`. */
  guests: number[];
  slots: Slot[];
}

/** A choice of dates, and the date of every guest, −1 for none; who is always needed is at every date. */
export interface Places {
  chosen: number[];
  dateOf: Int32Array;
}

/** Counts of a choice of dates. */
export interface Counts {
  /** People of the group, and those of them with a yes. */
  group: number;
  groupYes: number;
  seniors: number;
  attendees: number;
  yes: number;
}

export type Counted = keyof Counts;

/** The wishes as a board. */
export function boardOf(wishes: DatesWishes): Board {
  const { people, dates } = wishes;
  const says = new Uint8Array(people.length * dates.length);
  const weight = { no: 0, maybe: 1, yes: 2 };
  for (const [person, { answers }] of people.entries())
    for (const [date, { id }] of dates.entries())
      says[person * dates.length + date] = weight[answers[id] ?? 'no'];
  const numbers = people.map((_, person) => person);
  return {
    wishes,
    people: people.length,
    dates: dates.length,
    choose: wishes.choose ?? 1,
    says,
    senior: people.map(({ side }) => side === 'senior'),
    group: people.map(({ id }) => wishes.group?.includes(id) === true),
    always: numbers.filter((person) => people[person]!.needed === 'always'),
    once: numbers.filter((person) => people[person]!.needed === 'once'),
    guests: numbers.filter((person) => people[person]!.needed !== 'always'),
    slots: dates.map(({ id, name = id, quorum, least, most }) => ({
      name,
      talents: quorum?.talent ?? wishes.quorum?.talent ?? 0,
      seniors: quorum?.senior ?? wishes.quorum?.senior ?? 0,
      least: least ?? wishes.least ?? 0,
      most: most ?? wishes.most ?? Number.POSITIVE_INFINITY,
    })),
  };
}

/** Returns somebody's answer to a date: 0 no, 1 maybe, 2 yes. */
export const saysOf = ({ says, dates }: Board, person: number, date: number) => says[person * dates + date]!;

/** Lists the counts in the order in which they are compared. */
export const orderOf = ({ wishes }: Board): Counted[] => [
  ...(wishes.group?.length ? (['group', 'groupYes'] as const) : []),
  ...(wishes.first === 'seniors' ? (['seniors'] as const) : []),
  'attendees',
  'yes',
];

/** Whether a person counts in a part at all, and what they have to say to count. */
export function countsIn(
  { senior, group }: Board,
  part: Counted,
): { who: (person: number) => boolean; says: 1 | 2 } {
  const says = part === 'yes' || part === 'groupYes' ? 2 : 1;
  if (part === 'seniors') return { who: (person) => senior[person]!, says };
  if (part === 'group' || part === 'groupYes') return { who: (person) => group[person]!, says };
  return { who: () => true, says };
}

/** Counts the people who could count in a part. */
export function allOf(board: Board, part: Counted): number {
  const { who } = countsIn(board, part);
  return board.senior.filter((_, person) => who(person)).length;
}

/** Counts in the order they count. */
export const valuesOf = (board: Board, counts: Counts): number[] =>
  orderOf(board).map((part) => counts[part]);

/** The people of a date, by number. */
export function peopleAt({ people, always }: Board, { chosen, dateOf }: Places, date: number): number[] {
  const here = Array.from({ length: people }, (_, person) => person);
  return here.filter(
    (person) => dateOf[person] === date || (chosen.includes(date) && always.includes(person)),
  );
}

/** Everybody with a place counted once; a yes is somebody who said yes to every date they have a place on. */
export function countsOf(board: Board, { chosen, dateOf }: Places): Counts {
  const counts = { group: 0, groupYes: 0, seniors: 0, attendees: 0, yes: 0 };
  for (let person = 0; person < board.people; person += 1) {
    const dates = board.always.includes(person) ? chosen : chosen.filter((date) => dateOf[person] === date);
    if (dates.length === 0) continue;
    counts.attendees += 1;
    counts.seniors += board.senior[person] ? 1 : 0;
    const isYes = dates.every((date) => saysOf(board, person, date) === 2);
    counts.yes += isYes ? 1 : 0;
    counts.group += board.group[person] ? 1 : 0;
    counts.groupYes += board.group[person] && isYes ? 1 : 0;
  }
  return counts;
}

/** A number of somebody, one or more. */
export const counted = (count: number, who: 'talent' | 'senior' | 'person') =>
  `${count} ${count === 1 ? who : who === 'person' ? 'people' : `${who}s`}`;

/** One sentence for everything a date lacks by itself, whatever else is chosen; none where it can be held. */
export function missingAt(board: Board, date: number): string[] {
  const { wishes, slots, always, once, choose } = board;
  const { name, talents, seniors, least, most } = slots[date]!;
  const needed = choose === 1 ? [...always, ...once] : always;
  const coming = wishes.people.map((_, person) => person).filter((person) => saysOf(board, person, date) > 0);
  const here = coming.filter((person) => board.senior[person]).length;
  const lacks = needed
    .filter((person) => saysOf(board, person, date) === 0)
    .map((person) => `${wishes.people[person]!.name} is needed and cannot come on ${name}.`);
  const short = (has: number, wants: number, who: 'talent' | 'senior' | 'person') =>
    has < wants ? [`${name} needs ${counted(wants, who)}, but ${has} can come.`] : [];
  if (least > most) return [`${name} needs at least ${least} and has room for ${most}.`];
  return [
    ...lacks,
    ...short(coming.length - here, talents, 'talent'),
    ...short(here, seniors, 'senior'),
    ...short(coming.length, least, 'person'),
    ...(roomNeeded(board, date, needed) > most
      ? [
          `${name} has room for ${most}, but those needed and the quorum are ${roomNeeded(board, date, needed)}.`,
        ]
      : []),
  ];
}

/** The fewest people a date can be held with. */
function roomNeeded({ slots, senior }: Board, date: number, needed: readonly number[]): number {
  const seniors = needed.filter((person) => senior[person]).length;
  const { talents: talentsWanted, seniors: seniorsWanted, least } = slots[date]!;
  return Math.max(least, Math.max(seniors, seniorsWanted) + Math.max(needed.length - seniors, talentsWanted));
}
