// Repairs for one missing person or table: the fewest moves that make the plan right again, ready beforehand.
import type { Effort } from '../effort.ts';
import { randomFrom } from '../random.ts';
import { hallWithUnits } from './beginnings.ts';
import { faultsOf } from './faults.ts';
import { fittedSeats } from './fit.ts';
import type { Hall } from './hall.ts';
import { type Seats, scoreOf } from './score.ts';
import { searchPlan } from './search-plan.ts';
import { type Attendee, type RoundLists, type TablesWishes, tablesOf } from './wishes.ts';

/** One move: a person, from which table, to which, in which round. */
export type Move = [person: string, from: string, to: string, round: number];

/** Swaps in the search for one repair: for the few people of whom every plan is looked at, and for more. */
const stepsForFew = 400;
const steps = 80;
const few = 12;

/**
 * The moves for everybody who may be missing, by id, and for every table that may be dropped, by `table:` and its id.
 * Where no plan is possible, or no time was left, there is no entry.
 */
export function repairsOf(
  wishes: TablesWishes,
  rounds: readonly RoundLists[],
  effort: Effort,
): Record<string, Move[]> {
  const repairs: Record<string, Move[]> = {};
  const isOver = () => effort.signal?.aborted === true || effort.isOver?.() === true;
  const held = wishes.past?.length ?? 0;
  const known: TablesWishes = {
    ...wishes,
    previous: rounds,
    keep: 'seats',
    absence: undefined,
    anyway: true,
  };
  const add = (key: string, changed: () => TablesWishes) => {
    if (isOver()) return;
    const moves = movesFor(changed(), effort);
    if (moves) repairs[key] = moves;
  };
  for (const person of wishes.people)
    if (rounds.slice(held).some((round) => round.some((table) => table.includes(person.id))))
      add(person.id, () => withoutPerson(known, person.id, held));
  for (const [index, { id }] of tablesOf(wishes).entries())
    if (rounds.slice(held).some((round) => round[index]!.length > 0))
      add(`table:${id}`, () => withoutTable(known, id, index, rounds.slice(held), held));
  return repairs;
}

/** A repair moves nobody for the sake of soft wishes. */
const withoutSoft = { prefers: [], rather: [], balance: undefined };

/** The wishes when somebody is not there in the rounds to come. */
function withoutPerson(wishes: TablesWishes, id: string, held: number): TablesWishes {
  const { people, apart = [], together = [], locks = [], met = [] } = wishes;
  const was = wishes.past?.some((round) => round.some((table) => table.includes(id)));
  const gone = ({ host, stays, ...person }: Attendee): Attendee => ({ ...person, from: 1, until: held });
  const others = <Pair extends readonly [string, string, ...unknown[]]>(pairs: readonly Pair[]) =>
    pairs.filter(([a, b]) => a !== id && b !== id);
  return {
    ...wishes,
    people: was
      ? people.map((person) => (person.id === id ? gone(person) : person))
      : people.filter((person) => person.id !== id),
    apart: others(apart),
    together: others(together),
    met: others(met),
    locks: locks.filter(({ person }) => person !== id),
    sittingOut: wishes.sittingOut?.map((ids) => ids.filter((one) => one !== id)),
    ...withoutSoft,
  };
}

/** The wishes when a table is dropped: those who keep it are guests, and its locks are gone. */
function withoutTable(
  wishes: TablesWishes,
  id: string,
  index: number,
  rounds: readonly RoundLists[],
  held: number,
): TablesWishes {
  const there = new Set(rounds.flatMap((round) => round[index]!));
  const released = ({ host, stays, ...person }: Attendee): Attendee => person;
  return {
    ...wishes,
    people: wishes.people.map((person) =>
      there.has(person.id) && (person.host || person.stays) ? released(person) : person,
    ),
    locks: (wishes.locks ?? []).filter(({ table }) => table !== id),
    closed: [...(wishes.closed ?? []).filter(({ table }) => table !== id), { table: id, from: held + 1 }],
    ...withoutSoft,
  };
}

/** The fewest moves found; undefined where nobody can be seated so. */
function movesFor(wishes: TablesWishes, effort: Effort): Move[] | undefined {
  if (wishes.people.length === 0 || faultsOf(wishes).length > 0) return undefined;
  const { hall, kept } = hallWithUnits(wishes, 0);
  const seats = fittedSeats(hall, kept, hall.previous!, randomFrom(effort.seed));
  const score = scoreOf(hall, seats);
  const isRight = score.moved === 0 && score.mix === 0 && score.apart === 0 && score.together === 0;
  if (isRight) return [];
  const iterations = hall.people <= few ? stepsForFew : steps;
  const { isOver, signal } = effort;
  const work = searchPlan(wishes, {
    seed: effort.seed,
    iterations,
    ...(isOver ? { isOver } : {}),
    ...(signal ? { signal } : {}),
  });
  return movesIn(wishes, work.hall, work.seats);
}

function movesIn(wishes: TablesWishes, hall: Hall, seats: Seats): Move[] {
  const tables = tablesOf(wishes);
  const moves: Move[] = [];
  for (let at = hall.frozen * hall.people; at < seats.length; at += 1) {
    const [from, to] = [hall.previous![at]!, seats[at]!];
    if (from < 0 || to < 0 || from === to) continue;
    const person = wishes.people[at % hall.people]!.id;
    moves.push([person, tables[from]!.id, tables[to]!.id, Math.floor(at / hall.people) + 1]);
  }
  return moves;
}
