// Others who sit out: somebody who does takes the seat of somebody who may instead, in one round, or two people exchange
// the rounds in which they do. Both only as long as everybody sits out in turn.
import type { Random } from '../../random.ts';
import { type Hall, hallOf } from '../hall.ts';
import type { Seats } from '../score.ts';
import type { TablesWishes } from '../wishes.ts';
import { isInTurn, type Turns } from './sitting-out.ts';

/** A plan in which others sit out. */
export interface Exchanged {
  wishes: TablesWishes;
  hall: Hall;
  seats: Seats;
}

/** Draws until an exchange is in turn, so often at most. */
const mostDraws = 50;

/** Whether the planner chose somebody who sits out, and may choose another: known seats stay as they are. */
export const mayExchange = ({ choseWhoSitsOut, sizesChosen, seatsFirst }: Hall) =>
  choseWhoSitsOut && !sizesChosen && !seatsFirst;

/** Somebody who sits out in a round comes to a table, and somebody who sits there goes. */
interface Exchange {
  round: number;
  comes: number;
  goes: number;
}

type Out = readonly ReadonlySet<number>[];

/** The same plan after an exchange by chance; undefined where none was drawn that is in turn. */
export function otherTurns(plan: Exchanged, turns: Turns, random: Random): Exchanged | undefined {
  const { wishes, hall } = plan;
  const numberOf = new Map(wishes.people.map(({ id }, index) => [id, index]));
  const out = wishes.sittingOut!.map((ids) => new Set(ids.map((id) => numberOf.get(id)!)));
  const rounds = [...out.keys()].filter((round) => round >= hall.frozen && out[round]!.size > 0);
  for (let draw = 0; draw < mostDraws; draw += 1) {
    const exchanges = drawn(rounds, out, turns, random);
    if (!exchanges.every((one) => isPossible(plan, out, turns, one))) continue;
    const next = out.map((now, round) => changed(now, round, exchanges));
    const found = isInTurn(turns, next) && planOf(plan, next, exchanges);
    if (found) return found;
  }
  return undefined;
}

const anyOf = <One>(all: Iterable<One>, random: Random): One => {
  const list = [...all];
  return list[random.below(list.length)]!;
};

/** In one round, or between two: then the other person sits out where the first does now. */
function drawn(rounds: readonly number[], out: Out, { may }: Turns, random: Random): Exchange[] {
  const round = anyOf(rounds, random);
  const comes = anyOf(out[round]!, random);
  const others = random.below(2) === 0 ? [] : rounds.filter((one) => one !== round);
  if (others.length === 0) return [{ round, comes, goes: anyOf(may[round]!, random) }];
  const second = anyOf(others, random);
  const goes = anyOf(out[second]!, random);
  return [
    { round, comes, goes },
    { round: second, comes: goes, goes: comes },
  ];
}

/** Whether the one who goes has a seat and may sit out; those who keep a table keep it. */
function isPossible({ hall, seats }: Exchanged, out: Out, { may }: Turns, { round, comes, goes }: Exchange) {
  const isFree = hall.unitOf[comes]! < 0 && hall.unitOf[goes]! < 0;
  const isSeated = seats[round * hall.people + goes]! >= 0;
  return isFree && isSeated && may[round]!.has(goes) && out[round]!.has(comes);
}

function changed(now: ReadonlySet<number>, round: number, exchanges: readonly Exchange[]): Set<number> {
  const next = new Set(now);
  for (const one of exchanges)
    if (one.round === round) {
      next.delete(one.comes);
      next.add(one.goes);
    }
  return next;
}

/** The plan in wishes and a hall of its own; undefined where its room is another. */
function planOf(
  { wishes, hall, seats }: Exchanged,
  out: Out,
  exchanges: readonly Exchange[],
): Exchanged | undefined {
  const sittingOut = out.map((now) =>
    [...now].sort((a, b) => a - b).map((person) => wishes.people[person]!.id),
  );
  const next = { ...wishes, sittingOut };
  const other = hallOf(next);
  if (!other.chairs.every((chairs, at) => chairs === hall.chairs[at])) return undefined;
  const moved = Int32Array.from(seats);
  for (const { round, comes, goes } of exchanges) {
    const at = round * hall.people;
    moved[at + comes] = moved[at + goes]!;
    moved[at + goes] = -1;
  }
  return { wishes: next, hall: other, seats: moved };
}
