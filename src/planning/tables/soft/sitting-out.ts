// Sitting out in turn, where seats are too few. Nobody does twice before everybody has who is here and may; hosts and
// people with a lock never do. Those who have sat out least often go first; among these the ones who sat out in the
// plan people know, then the side of which more are here for those who stay, then chance.
import { type Random, randomFrom, shuffle } from '../../random.ts';
import { type Attendee, isOpen, presenceOf, type TablesWishes, tablesOf } from '../wishes.ts';

/** The wishes with who sits out in each round, or why that cannot be. */
export interface InTurn {
  wishes: TablesWishes;
  faults: string[];
}

/** Chooses who sits out in every round to come, for wishes whose ids are all known. */
export function inTurn(wishes: TablesWishes, seed: number): InTurn {
  if (!wishes.sitOut) return { wishes, faults: [] };
  const random = randomFrom(seed);
  const held = wishes.past?.length ?? 0;
  const turns = new Map(wishes.people.map(({ id }) => [id, outBefore(wishes, id)]));
  const locked = lockedPeople(wishes);
  const sittingOut: string[][] = [];
  const faults: string[] = [];
  for (let round = 0; round < wishes.rounds; round += 1) {
    const here = wishes.people.filter((person) => isHere(wishes, person, round));
    const over = round < held ? 0 : here.length - seatsIn(wishes, round);
    const may = here.filter(({ id, host }) => !host && !locked.has(id));
    if (over > may.length) faults.push(tooFew(round, here.length, here.length - over, may.length));
    const out = over > 0 ? chosen(wishes, round, here, may, turns, random).slice(0, over) : [];
    for (const id of out) turns.set(id, turns.get(id)! + 1);
    sittingOut.push(out);
  }
  return { wishes: { ...wishes, sittingOut }, faults };
}

/** People who may sit out in each round to come, and how often everybody did in those held; all by number. */
export interface Turns {
  may: readonly ReadonlySet<number>[];
  before: Int32Array;
}

/** Returns who may sit out, for wishes whose ids are all known. */
export function turnsOf(wishes: TablesWishes): Turns {
  const locked = lockedPeople(wishes);
  const may = Array.from({ length: wishes.rounds }, (_, round) => {
    const mine = wishes.people.flatMap((person, index) =>
      isHere(wishes, person, round) && !person.host && !locked.has(person.id) ? [index] : [],
    );
    return new Set(mine);
  });
  return { may, before: Int32Array.from(wishes.people, ({ id }) => outBefore(wishes, id)) };
}

/** Whether nobody sits out twice before everybody has who is here and may. */
export function isInTurn({ may, before }: Turns, out: readonly ReadonlySet<number>[]): boolean {
  const turns = Int32Array.from(before);
  return out.every((now, round) => {
    let most = 0;
    for (const person of now) {
      if (!may[round]!.has(person)) return false;
      most = Math.max(most, turns[person]!);
    }
    if (now.size === 0) return true;
    for (const person of may[round]!) if (!now.has(person) && turns[person]! < most) return false;
    for (const person of now) turns[person]! += 1;
    return true;
  });
}

const lockedPeople = ({ locks = [] }: TablesWishes) => new Set(locks.map(({ person }) => person));

function tooFew(round: number, people: number, seats: number, may: number): string {
  return `Round ${round + 1} has ${people} people for ${seats} seats, and only ${may} of them may sit out: hosts and people with a lock never do.`;
}

function isHere({ rounds }: TablesWishes, person: Attendee, round: number): boolean {
  const [from, until] = presenceOf(person, rounds);
  return round >= from && round <= until;
}

/** Rounds already held in which somebody was here and had no seat. */
function outBefore(wishes: TablesWishes, id: string): number {
  const person = wishes.people.find((one) => one.id === id)!;
  return (wishes.past ?? []).filter(
    (tables, round) => isHere(wishes, person, round) && !tables.some((table) => table.includes(id)),
  ).length;
}

/** The seats of a round; endless where a table has no number of them. */
function seatsIn(wishes: TablesWishes, round: number): number {
  return tablesOf(wishes)
    .filter((_, table) => isOpen(wishes, table, round))
    .reduce((sum, { seats }) => sum + (seats ?? Number.POSITIVE_INFINITY), 0);
}

/** Everybody who may sit out, those who are to do so first. */
function chosen(
  { previous }: TablesWishes,
  round: number,
  here: readonly Attendee[],
  may: readonly Attendee[],
  turns: ReadonlyMap<string, number>,
  random: Random,
): string[] {
  const known = previous?.[round]?.flat();
  const isOut = new Set(known ? may.filter(({ id }) => !known.includes(id)).map(({ id }) => id) : []);
  const left = { talent: 0, senior: 0 };
  for (const { side } of here) left[side] += 1;
  // The k-th of a side to go has the place (k − ½) / people of that side: both sides shrink alike.
  const gone = { talent: 0, senior: 0 };
  const order = shuffle([...may], random).map(({ id, side }) => {
    gone[side] += 1;
    return { id, place: (gone[side] - 0.5) / left[side] };
  });
  return order
    .toSorted(
      (a, b) =>
        turns.get(a.id)! - turns.get(b.id)! ||
        Number(isOut.has(b.id)) - Number(isOut.has(a.id)) ||
        a.place - b.place,
    )
    .map(({ id }) => id);
}
