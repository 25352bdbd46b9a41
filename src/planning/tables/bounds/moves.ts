// The fewest people who must sit elsewhere than in the plan they know: by round, over all ways to size and mix the
// tables, counting for each table those of each side who are too many there. A dynamic programme over the tables;
// its states are how many tables lack a chair and how many seniors sit at the tables so far.
import { type Hall, nowhere } from '../hall.ts';
import { seniorsHere } from './composition.ts';

/** The most states of the programme that are looked at for the sake of those who keep a table. */
const mostStates = 4_000_000;

/** The least of all plans with these sizes, and with this mix where `mixed`; 0 without a plan people know. */
export function leastMoves(hall: Hall, mixed: boolean): number {
  if (!hall.previous) return 0;
  let least = movesWith(hall, mixed, new Set(), nowhere);
  const free = hall.units.filter(({ table }) => table < 0);
  const states = hall.tables * (Math.max(...hall.empty) + 1) * (hall.people + 1);
  if (free.length * hall.tables * hall.rounds * states > mostStates) return least;
  // Whatever table a unit keeps, it costs at least what it costs while all others sit where they like.
  for (const { people } of free) {
    const unit = new Set(people);
    const moves = Array.from({ length: hall.tables }, (_, table) => movesWith(hall, mixed, unit, table));
    least = Math.max(least, Math.min(...moves));
  }
  return least;
}

/** The least moves where the people of one unit sit at a table in every round. */
function movesWith(hall: Hall, mixed: boolean, unit: ReadonlySet<number>, table: number): number {
  let moves = 0;
  for (let round = hall.frozen; round < hall.rounds; round += 1)
    moves += movesOfRound(hall, round, mixed, stayingIn(hall, round, unit, table));
  return moves;
}

/** People by side, [table · 2 + senior], who sit there already or come for sure, and how many must move. */
interface Staying {
  staying: Int32Array;
  arriving: Int32Array;
  forced: number;
}

function stayingIn(hall: Hall, round: number, unit: ReadonlySet<number>, unitTable: number): Staying {
  const found: Staying = {
    staying: new Int32Array(hall.tables * 2),
    arriving: new Int32Array(hall.tables * 2),
    forced: 0,
  };
  for (let person = 0; person < hall.people; person += 1) {
    const at = round * hall.people + person;
    const before = hall.previous![at]!;
    if (hall.present[at] === 0) continue;
    const place = unit.has(person) ? unitTable : hall.fixed[at]!;
    const moves = before >= 0 && ((place >= 0 && place !== before) || before >= hall.tables);
    if (moves) found.forced += 1;
    if (place >= 0 && place !== before) found.arriving[place * 2 + hall.senior[person]!]! += 1;
    else if (before >= 0 && !moves) found.staying[before * 2 + hall.senior[person]!]! += 1;
  }
  return found;
}

/** The least moves of one round; where not everybody fits as named, only those who are sure to move. */
function movesOfRound(hall: Hall, round: number, mixed: boolean, { staying, arriving, forced }: Staying) {
  const empty = hall.empty[round]!;
  const seniors = seniorsHere(hall, round);
  const width = seniors + 1;
  let states = new Float64Array((empty + 1) * width).fill(Number.POSITIVE_INFINITY);
  states[0] = 0;
  const ways = Array.from({ length: hall.tables }, (_, table) => waysToFill(hall, round, table, mixed));
  const windows = windowsOf(ways, empty, seniors);
  for (let table = 0; table < hall.tables; table += 1)
    states = addTable(ways[table]!, sidesAt(table, staying, arriving), windows[table]!, states, width);
  const least = states[empty * width + seniors]!;
  return forced + (Number.isFinite(least) ? least : 0);
}

/** One way to fill a table: without a chair or with all, and from `least` to `most` seniors. */
interface Way {
  lacks: number;
  people: number;
  least: number;
  most: number;
}

function waysToFill(hall: Hall, round: number, table: number, mixed: boolean): Way[] {
  const at = round * hall.tables + table;
  const quota = mixed ? hall.quotas?.[round] : undefined;
  const ways: Way[] = [];
  for (let lacks = 0; lacks <= hall.mayLackOne[at]!; lacks += 1) {
    const people = hall.chairs[at]! - lacks;
    if (people < 0) continue;
    ways.push({
      lacks,
      people,
      least: quota ? quota.least[people]! : 0,
      most: quota ? quota.most[people]! : people,
    });
  }
  return ways;
}

/** Chairs lacking and seniors seated before a table, from and to: what can come about, and lead to where all are seated. */
interface Window {
  lacks: [from: number, to: number];
  seniors: [from: number, to: number];
}

function windowsOf(ways: readonly Way[][], empty: number, seniors: number): Window[] {
  const lacking = ways.map((some) => Math.max(0, ...some.map(({ lacks }) => lacks)));
  const least = ways.map((some) => Math.min(...some.map((way) => way.least)));
  const most = ways.map((some) => Math.max(...some.map((way) => way.most)));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  let [lackingLeft, leastLeft, mostLeft] = [sum(lacking), sum(least), sum(most)];
  let [lacksBefore, leastBefore, mostBefore] = [0, 0, 0];
  return ways.map((_, table): Window => {
    const window: Window = {
      lacks: [Math.max(0, empty - lackingLeft), Math.min(empty, lacksBefore)],
      seniors: [
        Math.max(0, leastBefore, seniors - mostLeft),
        Math.min(seniors, mostBefore, seniors - leastLeft),
      ],
    };
    lackingLeft -= lacking[table]!;
    leastLeft -= least[table]!;
    mostLeft -= most[table]!;
    lacksBefore += lacking[table]!;
    leastBefore += least[table]!;
    mostBefore += most[table]!;
    return window;
  });
}

const sidesAt = (table: number, staying: Int32Array, arriving: Int32Array) =>
  [0, 1].map((side) => ({ staying: staying[table * 2 + side]!, arriving: arriving[table * 2 + side]! })) as [
    Side,
    Side,
  ];

/** All ways to size and mix one more table. */
function addTable(
  ways: readonly Way[],
  [talents, seniors]: readonly [Side, Side],
  window: Window,
  states: Float64Array,
  width: number,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(states.length).fill(Number.POSITIVE_INFINITY);
  const lastRow = states.length / width - 1;
  const [from, to] = window.seniors;
  for (const { lacks, people, least, most } of ways)
    for (let count = least; count <= most; count += 1) {
      const leaving = tooMany(seniors, count) + tooMany(talents, people - count);
      if (leaving === Number.POSITIVE_INFINITY) continue;
      // A sum of seniors beyond all there are would run into the next row.
      const last = Math.min(to, width - 1 - count);
      for (let row = window.lacks[0]; row <= Math.min(window.lacks[1], lastRow - lacks); row += 1) {
        const shift = lacks * width + count;
        for (let state = row * width + from; state <= row * width + last; state += 1) {
          const moves = states[state]! + leaving;
          if (moves < next[state + shift]!) next[state + shift] = moves;
        }
      }
    }
  return next;
}

type Side = { staying: number; arriving: number };

/** How many of a side must leave a table that has `seats` for them; infinite where not even those who come fit. */
const tooMany = ({ staying, arriving }: Side, seats: number) =>
  arriving > seats ? Number.POSITIVE_INFINITY : Math.max(0, staying + arriving - seats);
