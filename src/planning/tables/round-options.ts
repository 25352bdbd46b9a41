// All seatings of one round of a small event that break the fewest wishes, each pair of people a bit.
import { areCoHosts, type Hall } from './hall.ts';
import { mixFault } from './mix.ts';

/** One seating of a round. */
export interface Option {
  /** The table of everybody, −1 where somebody is not here. */
  seats: Int8Array;
  /** Wishes broken, people badly mixed, and moves where these go before repeats. */
  value: readonly [number, number, number];
  /** The pairs that meet, a bit each; co-hosts are left out. */
  pairs: Int32Array;
  /** Repeats of earlier meetings: of rounds held and of earlier events. */
  cost: number;
  /** Whether another option of this list is the same but for the names of interchangeable people. */
  isEquivalent: boolean;
}

/** Seatings looked at in one round before it gives up. */
const mostSeatings = 400_000;

/** The options of a round; undefined where there are more than `most`, or too many seatings. Units must be fixed. */
export function roundOptions(hall: Hall, round: number, most: number): Option[] | undefined {
  const here = Array.from(
    hall.present.subarray(round * hall.people, (round + 1) * hall.people).keys(),
  ).filter((person) => hall.present[round * hall.people + person] === 1);
  const walk: Walk = {
    hall,
    round,
    // Units with a place come first: so tables nobody is fixed to are interchangeable as long as they are empty.
    here: here.toSorted(
      (a, b) => Number(placeOf(hall, round, b) >= 0) - Number(placeOf(hall, round, a) >= 0),
    ),
    seats: new Int8Array(hall.people).fill(-1),
    seated: new Int32Array(hall.tables),
    before: pairCosts(hall),
    seen: 0,
    best: [Number.POSITIVE_INFINITY, 0, 0],
    found: new Map(),
    classes: classesOf(hall),
    signatures: new Set(),
  };
  place(walk, 0);
  if (walk.seen > mostSeatings || walk.found.size > most) return undefined;
  return [...walk.found.values()].map((option) => ({ ...option, isEquivalent: isEquivalent(walk, option) }));
}

interface Walk {
  hall: Hall;
  round: number;
  here: readonly number[];
  seats: Int8Array;
  seated: Int32Array;
  before: Int32Array;
  seen: number;
  best: readonly [number, number, number];
  found: Map<string, Omit<Option, 'isEquivalent'>>;
  classes: Int32Array;
  signatures: Set<string>;
}

const placeOf = (hall: Hall, round: number, person: number) => hall.fixed[round * hall.people + person]!;

function place(walk: Walk, index: number): void {
  const { hall, round, here, seats, seated } = walk;
  if (walk.seen > mostSeatings) return;
  if (index === here.length) {
    walk.seen += 1;
    if (sizesFit(walk)) consider(walk);
    return;
  }
  const person = here[index]!;
  const fixed = placeOf(hall, round, person);
  for (let table = 0; table < hall.tables; table += 1) {
    const at = round * hall.tables + table;
    if ((fixed >= 0 && fixed !== table) || seated[table]! >= hall.chairs[at]!) continue;
    if (fixed < 0 && seated[table] === 0 && !isFirstEmpty(walk, table)) continue;
    seats[person] = table;
    seated[table]! += 1;
    place(walk, index + 1);
    seats[person] = -1;
    seated[table]! -= 1;
  }
}

/** Whether this is the first of the empty tables of its size, which are interchangeable where no known plan tells them apart. */
function isFirstEmpty({ hall, round, seated }: Walk, table: number): boolean {
  if (hall.seatsFirst) return true;
  const kind = (at: number) => hall.chairs[at]! * 2 + hall.mayLackOne[at]!;
  for (let other = 0; other < table; other += 1)
    if (seated[other] === 0 && kind(round * hall.tables + other) === kind(round * hall.tables + table))
      return false;
  return true;
}

/** Whether no table lacks more than it may: as many chairs are empty as must, one a table at most. */
function sizesFit({ hall, round, seated }: Walk): boolean {
  for (let table = 0; table < hall.tables; table += 1) {
    const at = round * hall.tables + table;
    if (seated[table]! < hall.chairs[at]! - hall.mayLackOne[at]!) return false;
  }
  return true;
}

function consider(walk: Walk): void {
  const value = brokenBy(walk);
  const order = compare(value, walk.best);
  if (order > 0) return;
  if (order < 0) {
    walk.best = value;
    walk.found.clear();
  }
  const { pairs, cost } = pairsOf(walk);
  const key = pairs.join();
  if (!walk.found.has(key)) walk.found.set(key, { seats: Int8Array.from(walk.seats), value, pairs, cost });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function brokenBy({ hall, round, here, seats, seated }: Walk): [number, number, number] {
  const sits = (person: number) => seats[person]!;
  let [wishes, mix, moved] = [0, 0, 0];
  for (const [a, b] of hall.apart) if (sits(a) >= 0 && sits(a) === sits(b)) wishes += 1;
  for (const [a, b] of hall.together) if (sits(a) >= 0 && sits(b) >= 0 && sits(a) !== sits(b)) wishes += 1;
  if (hall.quotas) {
    const seniors = new Int32Array(hall.tables);
    for (const person of here) seniors[sits(person)]! += hall.senior[person]!;
    for (let table = 0; table < hall.tables; table += 1)
      mix += mixFault(hall.quotas[round]!, seated[table]!, seniors[table]!);
  }
  for (const person of hall.seatsFirst ? here : []) {
    const before = hall.previous![round * hall.people + person]!;
    if (before >= 0 && before !== sits(person)) moved += 1;
  }
  return [wishes, mix, moved];
}

/** Meetings of each pair at earlier events and in rounds that are held, [a · people + b] for a < b; −1 for co-hosts. */
function pairCosts(hall: Hall): Int32Array {
  const costs = new Int32Array(hall.people ** 2);
  for (let a = 0; a < hall.people; a += 1)
    for (let b = a + 1; b < hall.people; b += 1) {
      let count = hall.met?.[a * hall.people + b] ?? 0;
      for (let round = 0; round < hall.frozen; round += 1) {
        const table = hall.past[round * hall.people + a]!;
        if (table >= 0 && table === hall.past[round * hall.people + b]) count += 1;
      }
      costs[a * hall.people + b] = areCoHosts(hall, a, b) ? -1 : count;
    }
  return costs;
}

const bitsOfWord = 32;

function pairsOf({ hall, here, seats, before }: Walk): { pairs: Int32Array; cost: number } {
  const pairs = new Int32Array(Math.ceil(hall.people ** 2 / 2 / bitsOfWord) + 1);
  let cost = 0;
  for (const a of here)
    for (const b of here) {
      if (a >= b || seats[a] !== seats[b] || before[a * hall.people + b]! < 0) continue;
      const bit = (b * (b - 1)) / 2 + a;
      pairs[bit >> 5]! |= 1 << (bit & 31);
      cost += before[a * hall.people + b]!;
    }
  return { pairs, cost };
}

/** People who can change names in every plan have one number; all others have one of their own. */
function classesOf(hall: Hall): Int32Array {
  const special = new Set([...hall.apart.flat(), ...hall.together.flat()]);
  const names = new Map<string, number>();
  return Int32Array.from({ length: hall.people }, (_, person) => {
    const presence = [];
    let fixed =
      hall.frozen > 0 || hall.met !== undefined || hall.previous !== undefined || special.has(person);
    for (let at = person; at < hall.present.length; at += hall.people) {
      presence.push(hall.present[at]);
      fixed ||= hall.fixed[at]! >= 0;
    }
    const name = fixed ? `p${person}` : `${hall.senior[person]} ${presence.join('')}`;
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  });
}

function isEquivalent({ hall, here, classes, signatures }: Walk, { seats }: { seats: Int8Array }): boolean {
  const tables = Array.from({ length: hall.tables }, (): number[] => []);
  for (const person of here) tables[seats[person]!]!.push(classes[person]!);
  const signature = tables
    .map((table) => table.toSorted((a, b) => a - b).join())
    .toSorted()
    .join('|');
  if (signatures.has(signature)) return true;
  signatures.add(signature);
  return false;
}
