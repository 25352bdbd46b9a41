// The fewest people who must sit elsewhere than in the plan they know: by round, over all ways to size and mix the
// tables, counting for each table those of each side who are too many there. A dynamic programme over the tables;
// its states are how many tables lack a chair and how many seniors sit at the tables so far.
import { type Hall, nowhere } from '../hall.ts';
import { seniorsHere } from './composition.ts';

/** The least of all plans with these sizes, and with this mix where `mixed`; 0 without a plan people know. */
export function leastMoves(hall: Hall, mixed: boolean): number {
  let moves = 0;
  for (let round = hall.frozen; hall.previous && round < hall.rounds; round += 1)
    moves += movesOfRound(hall, round, mixed);
  return moves;
}

/** Who sits where they sat, by side, [table · 2 + senior], and how many cannot. */
function stayingIn(hall: Hall, round: number): { staying: Int32Array; forced: number } {
  const staying = new Int32Array(hall.tables * 2);
  let forced = 0;
  for (let person = 0; person < hall.people; person += 1) {
    const at = round * hall.people + person;
    const before = hall.previous![at]!;
    if (hall.present[at] === 0 || before < 0) continue;
    const elsewhere = hall.forced[at] !== nowhere && hall.forced[at] !== before;
    if (elsewhere || before >= hall.tables) forced += 1;
    else staying[before * 2 + hall.senior[person]!]! += 1;
  }
  return { staying, forced };
}

function movesOfRound(hall: Hall, round: number, mixed: boolean): number {
  const { staying, forced } = stayingIn(hall, round);
  const empty = hall.empty[round]!;
  const seniors = seniorsHere(hall, round);
  const width = seniors + 1;
  let states = new Float64Array((empty + 1) * width).fill(Number.POSITIVE_INFINITY);
  states[0] = 0;
  for (let table = 0; table < hall.tables; table += 1)
    states = addTable(hall, round, table, mixed, staying, states, width);
  const least = states[empty * width + seniors]!;
  return forced + (Number.isFinite(least) ? least : 0);
}

/** All ways to size and mix one more table. */
function addTable(
  hall: Hall,
  round: number,
  table: number,
  mixed: boolean,
  staying: Int32Array,
  states: Float64Array,
  width: number,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(states.length).fill(Number.POSITIVE_INFINITY);
  const at = round * hall.tables + table;
  const quota = mixed ? hall.quotas?.[round] : undefined;
  const [talents, seniors] = [staying[table * 2]!, staying[table * 2 + 1]!];
  for (let lacks = 0; lacks <= hall.mayLackOne[at]!; lacks += 1) {
    const people = hall.chairs[at]! - lacks;
    if (people < 0) continue;
    for (
      let count = quota ? quota.least[people]! : 0;
      count <= (quota ? quota.most[people]! : people);
      count += 1
    ) {
      const leaving = Math.max(0, seniors - count) + Math.max(0, talents - (people - count));
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
