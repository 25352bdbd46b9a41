// The wishes a plan breaks, each with a sentence: proved where no plan can keep them, with the wishes that exclude each
// other, or else as what was not found.
import { type Hall, hasAlternatives, nowhere } from './hall.ts';
import { inWords, listed, namesIn, roundsSaid } from './names.ts';
import { type Pairs, type RoundWishes, roundFits } from './possible.ts';
import { apartBroken, type Seats, togetherBroken } from './score.ts';
import type { TablesWishes } from './wishes.ts';

/** A wish that is broken; rounds count from 1. `proven`: no plan keeps all wishes, and the sentence says why. */
export interface Broken {
  wish: 'apart' | 'together' | 'lock' | 'host';
  people: string[];
  table?: string;
  rounds: number[];
  proven: boolean;
  sentence: string;
}

/** A pair and the rounds in which its wish is broken, counted from 0. */
interface BrokenPair {
  wish: 'apart' | 'together';
  pair: readonly [number, number];
  rounds: number[];
}

/** Wishes for which a reason is looked for; of more it is only said that they are broken. */
const mostReasons = 12;
/** Looks at the clock while reasons are looked for: a large room has too many ways to look at all. */
const mostLooks = 2000;

/** Every pair that sits as it should not in a round to come. `proven`: no plan breaks fewer wishes than this one. */
export function brokenWishes(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  proven: boolean,
  isOver: () => boolean,
): Broken[] {
  const pairs = [
    ...grouped(
      'apart',
      apartBroken(hall, seats).filter(({ round }) => round >= hall.frozen),
    ),
    ...grouped('together', togetherBroken(hall, seats)),
  ];
  let looks = 0;
  const isSpent = () => {
    looks += 1;
    return looks > mostLooks || isOver();
  };
  return pairs.map((one, index): Broken => {
    const reason = index < mostReasons ? reasonFor(wishes, hall, one, isSpent) : undefined;
    return {
      wish: one.wish,
      people: one.pair.map((person) => wishes.people[person]!.id),
      rounds: one.rounds.map((round) => round + 1),
      proven: reason !== undefined || proven,
      sentence: reason ?? (proven ? unavoidable(wishes, one) : notFound(wishes, one)),
    };
  });
}

function grouped(
  wish: BrokenPair['wish'],
  broken: readonly { round: number; pair: readonly [number, number] }[],
): BrokenPair[] {
  const found = new Map<string, BrokenPair>();
  for (const { round, pair } of broken) {
    const one = found.get(pair.join()) ?? { wish, pair, rounds: [] };
    one.rounds.push(round);
    found.set(pair.join(), one);
  }
  return [...found.values()];
}

function unavoidable(wishes: TablesWishes, { wish, pair, rounds }: BrokenPair): string {
  const names = namesIn(wishes).people(pair);
  const sit = wish === 'apart' ? 'sit together' : 'sit apart';
  const when = roundsSaid(rounds.map((round) => round + 1));
  return `No plan can keep all wishes: ${names} ${sit} in ${when} here, and every plan breaks as many.`;
}

function notFound(wishes: TablesWishes, { wish, pair }: BrokenPair): string {
  return `No plan found keeps ${namesIn(wishes).people(pair)} ${wish}.`;
}

/** Why a wish cannot be kept: the fewest wishes, this one among them, that no round can keep together. */
function reasonFor(
  wishes: TablesWishes,
  hall: Hall,
  { wish, pair, rounds }: BrokenPair,
  isOver: () => boolean,
): string | undefined {
  // With others sitting out, or seats kept elsewhere, the round might keep them all.
  if (hasAlternatives(hall)) return undefined;
  const all: RoundWishes = { apart: hall.apart, together: hall.together };
  for (const round of rounds) {
    if (roundFits(hall, round, all, isOver) !== 'no') continue;
    const core = coreOf(hall, round, all, { wish, pair }, isOver);
    if (core) return sentenceOf(wishes, hall, round, core);
  }
  return undefined;
}

interface One {
  wish: 'apart' | 'together';
  pair: readonly [number, number];
}

const isSame = (a: One, b: One) => a.wish === b.wish && a.pair.join() === b.pair.join();

const asWishes = (core: readonly One[]): RoundWishes => ({
  apart: core.filter(({ wish }) => wish === 'apart').map(({ pair }) => pair),
  together: core.filter(({ wish }) => wish === 'together').map(({ pair }) => pair),
});

/** Leaves out wishes, in pieces that get smaller, as long as the rest is impossible; undefined if `last` can go too. */
function coreOf(
  hall: Hall,
  round: number,
  all: RoundWishes,
  last: One,
  isOver: () => boolean,
): One[] | undefined {
  const list = (wish: One['wish'], pairs: Pairs) => pairs.map((pair): One => ({ wish, pair }));
  let core = [...list('apart', all.apart), ...list('together', all.together)].filter(
    (one) => !isSame(one, last),
  );
  const isImpossible = (some: readonly One[]) => roundFits(hall, round, asWishes(some), isOver) === 'no';
  if (isImpossible(core)) {
    // The others alone cannot be: this one matters only if some of them are kept instead.
    core = withoutOther(core, last, isImpossible);
    if (!isImpossible([...core, last])) return undefined;
  }
  for (let piece = Math.ceil(core.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2))
    for (let from = 0; from < core.length; ) {
      const rest = [...core.slice(0, from), ...core.slice(from + piece)];
      if (isImpossible([...rest, last])) core = rest;
      else from += piece;
    }
  return [...core, last];
}

/** The wishes about people of `last`, and then as many of the others as are possible together. */
function withoutOther(
  core: readonly One[],
  last: One,
  isImpossible: (some: readonly One[]) => boolean,
): One[] {
  const near = ({ pair }: One) => pair.some((person) => last.pair.includes(person));
  const kept: One[] = [];
  for (const one of [...core.filter(near), ...core.filter((other) => !near(other))].slice(0, 200))
    if (!isImpossible([...kept, one])) kept.push(one);
  return kept;
}

/** The sentence about wishes that no round can keep together. */
function sentenceOf(wishes: TablesWishes, hall: Hall, round: number, core: readonly One[]): string {
  const { apart, together } = asWishes(core);
  const names = namesIn(wishes);
  const phrases = [
    ...groupsOf(together).map((people) => `${names.people(people)} together`),
    ...apartPhrases(apart, names.people),
  ];
  const tables = openTables(hall, round);
  const where = together.length === 0 ? ` at ${inWords(tables)} table${tables === 1 ? '' : 's'}` : '';
  const bare = { ...hall, fixed: hall.fixed.map(() => nowhere), units: [] };
  const withLocks =
    roundFits(bare, round, { apart, together }, () => false) === 'no'
      ? ''
      : `, ${becauseOf(hall, round, core, names)}`;
  const size =
    together.length > 0 && withLocks === ''
      ? `, where no table has more than ${largest(hall, round)} people`
      : '';
  return `No plan can keep ${listed(phrases)}${where} in round ${round + 1}${withLocks}${size}.`;
}

/** The locks of these people, if they are enough to make it impossible; else locks and hosts in general. */
function becauseOf(
  hall: Hall,
  round: number,
  core: readonly One[],
  names: ReturnType<typeof namesIn>,
): string {
  const people = new Set(core.flatMap(({ pair }) => pair));
  const own = hall.fixed.map((table, at) => (people.has(at % hall.people) ? table : nowhere));
  const alone = roundFits({ ...hall, fixed: own, units: [] }, round, asWishes(core), () => false) === 'no';
  const fixed = [...people].filter((person) => own[round * hall.people + person]! >= 0);
  if (!alone || fixed.length === 0 || fixed.length > 4) return 'with hosts and locks as they are';
  const table = (person: number) => names.table(own[round * hall.people + person]!);
  return `with ${listed(fixed.map((person) => `${names.person(person)} at table ${table(person)}`))}`;
}

function openTables(hall: Hall, round: number): number {
  return hall.chairs.subarray(round * hall.tables, (round + 1) * hall.tables).filter((seats) => seats > 0)
    .length;
}

const largest = (hall: Hall, round: number) =>
  Math.max(...hall.chairs.subarray(round * hall.tables, (round + 1) * hall.tables));

/** People who hang together by pairs. */
function groupsOf(pairs: Pairs): number[][] {
  const groups: number[][] = [];
  for (const [a, b] of pairs) {
    const found = groups.filter((group) => group.includes(a) || group.includes(b));
    const joined = [...new Set([...found.flat(), a, b])];
    for (const group of found) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups;
}

/** "Ada, Bo and Cy apart" where all of them are; "Ines apart from Ada and Bo" for pairs with one person in all. */
function apartPhrases(pairs: Pairs, people: (indices: readonly number[]) => string): string[] {
  if (pairs.length === 0) return [];
  const all = [...new Set(pairs.flat())].toSorted((a, b) => a - b);
  if (pairs.length === (all.length * (all.length - 1)) / 2) return [`${people(all)} apart`];
  const centre = all.find((person) => pairs.every((pair) => pair.includes(person)));
  if (centre !== undefined)
    return [`${people([centre])} apart from ${people(all.filter((one) => one !== centre))}`];
  return pairs.map((pair) => `${people(pair)} apart`);
}
