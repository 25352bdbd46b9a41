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
  for (let table = 0; table < hall.tables; table += 1)
    states = addTable(hall, round, table, mixed, { staying, arriving }, states, width);
  const least = states[empty * width + seniors]!;
  return forced + (Number.isFinite(least) ? least : 0);
}

/** All ways to size and mix one more table. */
function addTable(
  hall: Hall,
  round: number,
  table: number,
  mixed: boolean,
  sides: Pick<Staying, 'staying' | 'arriving'>,
  states: Float64Array,
  width: number,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(states.length).fill(Number.POSITIVE_INFINITY);
  const at = round * hall.tables + table;
  const quota = mixed ? hall.quotas?.[round] : undefined;
  const [talents, seniors] = [0, 1].map((side) => ({
    staying: sides.staying[table * 2 + side]!,
    arriving: sides.arriving[table * 2 + side]!,
  })) as [Side, Side];
  for (let lacks = 0; lacks <= hall.mayLackOne[at]!; lacks += 1) {
    const people = hall.chairs[at]! - lacks;
    if (people < 0) continue;
    for (
      let count = quota ? quota.least[people]! : 0;
      count <= (quota ? quota.most[people]! : people);
      count += 1
    ) {
      const leaving = tooMany(seniors, count) + tooMany(talents, people - count);
      if (leaving === Number.POSITIVE_INFINITY) continue;
      const shift = lacks * width + count;
      for (let state = 0; state + shift < next.length; state += 1) {
        // A sum of seniors beyond all there are would run into the next row.
        if ((state % width) + count >= width || states[state] === Number.POSITIVE_INFINITY) continue;
        next[state + shift] = Math.min(next[state + shift]!, states[state]! + leaving);
      }
    }
  }
  return next;
}

type Side = { staying: number; arriving: number };

/** How many of a side must leave a table that has `seats` for them; infinite where not even those who come fit. */
const tooMany = ({ staying, arriving }: Side, seats: number) =>
  arriving > seats ? Number.POSITIVE_INFINITY : Math.max(0, staying + arriving - seats);
