// First plans to search from: everybody who keeps a table at one, and seats from exact designs that come near.
import type { Spending } from '../effort.ts';
import type { Random } from '../random.ts';
import { leastScore } from './bounds/bounds.ts';
import { columnDesign, fullDesign } from './designs/catalogue.ts';
import type { Design } from './designs/design.ts';
import { fittedSeats } from './fit.ts';
import { type Hall, hallOf } from './hall.ts';
import { relabel, seatsOfPoints } from './relabel.ts';
import { pointsOfPeople } from './role-points.ts';
import { unevenness } from './room.ts';
import { type Score, type Seats, scoreOf } from './score.ts';
import { keptTables, seatsAt, unitTables } from './unit-tables.ts';
import { reaches, weightsOf } from './weights.ts';
import type { TablesWishes } from './wishes.ts';

/** How many choices of tables for hosts and seats that do not move are tried besides the usual one. */
export const variants = 8;

/** The hall, and a table for everybody who keeps one. */
export function hallWithUnits(wishes: TablesWishes, variant: number): { hall: Hall; kept: Int32Array } {
  const hall = hallOf(wishes);
  const { tables } = unitTables(hall, variant);
  if (tables) return { hall, kept: keptTables(hall, tables) };
  const pinned = unevenHall(wishes, hall, variant);
  return {
    hall: pinned,
    kept: keptTables(
      pinned,
      pinned.units.map(({ table }) => table),
    ),
  };
}

/** The most even of a few halls in which units sit where seats allow, though sizes could be more even without them. */
function unevenHall(wishes: TablesWishes, hall: Hall, variant: number): Hall {
  const seats = seatsAt(wishes, hall);
  const halls = Array.from({ length: variants }, (_, more) => unitTables(hall, variant + more, seats).tables)
    .filter((tables) => tables !== undefined)
    .map((tables) => hallOf(wishes, tables));
  const value = (one: Hall) => unevenness(one, one.rounds, one.tables, one.frozen);
  return halls.reduce((best, one) => (value(one) < value(best) ? one : best));
}

/** A score that breaks nothing: bounds for it are bounds for plans that break nothing. */
export const keptAll: Score = {
  apart: 0,
  together: 0,
  mix: 0,
  repeatedMeetings: 0,
  seasonMeetings: 0,
  repeats: 0,
  departments: 0,
  hosts: 0,
  moved: 0,
};

/** Seats from the exact designs that come near this hall, their people exchanged for the sake of the wishes. */
export function designedPlans(
  hall: Hall,
  kept: Int32Array,
  random: Random,
  spending: Spending,
): [string, Seats][] {
  if (hall.frozen > 0) return [];
  const weights = weightsOf(hall, true);
  const plans: [string, Seats][] = [];
  for (const design of designsFor(hall)) {
    const personAt = pointsOfPeople(hall, kept, design, random);
    if (!personAt) continue;
    if (exchangesHelp(hall, design, personAt, spending))
      relabel(hall, design, weights, personAt, random, spending);
    const seats = fittedSeats(hall, kept, seatsOfPoints(hall, design, personAt), random);
    plans.push([design.rounds < hall.rounds ? `${design.name}, then search` : design.name, seats]);
    if (scoreOf(hall, seats).seasonMeetings === 0) break;
  }
  return plans;
}

/** Whether anything but repeats is amiss with people where they are: a wish, the mix, a department, a lock. */
function exchangesHelp(hall: Hall, design: Design, personAt: Int32Array, spending: Spending): boolean {
  const seats = seatsOfPoints(hall, design, personAt);
  const score = scoreOf(hall, seats);
  const least = leastScore(hall, keptAll, spending.isOver);
  const unlocked = hall.fixed.some((table, at) => table >= 0 && seats[at]! >= 0 && seats[at] !== table);
  return unlocked || !reaches(hall, { ...score, seasonMeetings: 0 }, least);
}

/** Designs for tables as large as the largest here: in columns first, since columns keep sides and hosts. */
function designsFor(hall: Hall): Design[] {
  const seats = Math.max(...hall.chairs);
  const columns = columnDesign(hall.tables, seats, hall.rounds);
  const full = hall.people === hall.tables * seats ? fullDesign(hall.tables, seats, hall.rounds) : undefined;
  return [columns, full].filter(
    (design, index, all): design is Design =>
      design !== undefined &&
      design.points >= hall.people &&
      design.rounds * 2 >= hall.rounds &&
      (index === 0 || design.name !== all[0]?.name || design.rounds > all[0].rounds),
  );
}
