// Starters of cyclic designs that a symmetry leaves as they are: few enough for all to be tried, one after another.
// A symmetry multiplies every point of a circle and exchanges circles and still points; tables then come in orbits, and
// an orbit is taken or left as a whole (designs with a prescribed group of automorphisms; Kramer and Mesner, "t-designs
// on hypergraphs", Discrete Mathematics 15, 1976). Orbits that cover every point once are found by backtracking, the
// point with fewest choices first (Knuth, "Dancing links", 2000).
import type { Spending } from '../../effort.ts';
import { type Random, shuffle } from '../../random.ts';
import { pairClasses, type Starter, type StarterShape } from './cyclic-starter.ts';

/** Point x of circle i goes to multiplier · x of circle circles[i], still point k to still[k]. */
export interface Symmetry {
  multiplier: number;
  circles: readonly number[];
  still: readonly number[];
}

/** Tables that go into one another, the points they seat, and the classes of pairs that meet there. */
interface Orbit {
  tables: number[][];
  points: number[];
  classes: number[];
}

interface Cover {
  points: number;
  bases: number;
  /** The orbits that seat a point. */
  through: Orbit[][];
  /** Whether a point has its seat, [base · points + point], and a class of pairs has met. */
  seated: Uint8Array;
  met: Uint8Array;
  chosen: [base: number, orbit: Orbit][];
}

/** A starter the symmetry leaves as it is, or undefined where there is none or the budget is spent (a step a choice). */
export function symmetricStarter(
  shape: StarterShape,
  symmetry: Symmetry,
  random: Random,
  spending: Spending,
): Starter | undefined {
  const points = shape.tables * shape.seats;
  const { classOf, count } = pairClasses(points, shape.turn, shape.still);
  const image = imageOf(shape, symmetry);
  const through: Orbit[][] = Array.from({ length: points }, () => []);
  for (const table of possibleTables(points, shape.seats, classOf)) {
    const orbit = orbitOf(table, image, points, classOf);
    if (orbit) for (const point of orbit.points) through[point]!.push(orbit);
  }
  for (const orbits of through) shuffle(orbits, random);
  const cover: Cover = {
    points,
    bases: shape.bases,
    through,
    seated: new Uint8Array(shape.bases * points),
    met: new Uint8Array(count.length),
    chosen: [],
  };
  if (!complete(cover, spending)) return undefined;
  const ofBase = (base: number) => cover.chosen.filter(([one]) => one === base);
  return Int32Array.from(
    [...Array(shape.bases).keys()].flatMap(ofBase).flatMap(([, orbit]) => orbit.tables.flat()),
  );
}

/** Returns the image of each point under the symmetry. */
function imageOf({ tables, seats, turn, still }: StarterShape, symmetry: Symmetry): number[] {
  const circled = tables * seats - still;
  return Array.from({ length: tables * seats }, (_, point) =>
    point >= circled
      ? circled + symmetry.still[point - circled]!
      : symmetry.circles[Math.floor(point / turn)]! * turn + (((point % turn) * symmetry.multiplier) % turn),
  );
}

/** All sets of points that may share a table: no pair that never meets, no two pairs of one class. */
function possibleTables(points: number, seats: number, classOf: Int32Array): number[][] {
  const found: number[][] = [];
  const grow = (table: number[], classes: number[]) => {
    if (table.length === seats) found.push(table);
    else
      for (let point = (table.at(-1) ?? -1) + 1; point < points; point += 1) {
        const more = [...classes, ...table.map((other) => classOf[point * points + other]!)];
        if (!more.includes(0) && new Set(more).size === more.length) grow([...table, point], more);
      }
  };
  grow([], []);
  return found;
}

/** The orbit of a table that comes first in it, where no two of its tables share a point or a class of pairs. */
function orbitOf(table: number[], image: number[], points: number, classOf: Int32Array): Orbit | undefined {
  const sorted = (list: number[]) => list.toSorted((a, b) => a - b);
  const isBefore = (a: number[], b: number[]) => {
    const at = a.findIndex((point, index) => point !== b[index]);
    return at >= 0 && a[at]! < b[at]!;
  };
  const tables = [table];
  for (let next = sorted(table.map((point) => image[point]!)); next.join() !== table.join(); ) {
    if (isBefore(next, table)) return undefined;
    tables.push(next);
    next = sorted(next.map((point) => image[point]!));
  }
  const all = tables.flat();
  const classes = tables.flatMap((one) =>
    one.flatMap((a, index) => one.slice(0, index).map((b) => classOf[a * points + b]!)),
  );
  const isOnce = (list: number[]) => new Set(list).size === list.length;
  return isOnce(all) && isOnce(classes) ? { tables, points: all, classes } : undefined;
}

const fits = ({ seated, met, points }: Cover, base: number, orbit: Orbit) =>
  orbit.points.every((point) => seated[base * points + point] === 0) &&
  orbit.classes.every((kind) => met[kind] === 0);

/** Seats everybody who has no seat, going back where nothing fits; true once everybody has one. */
function complete(cover: Cover, spending: Spending): boolean {
  const place = hardest(cover);
  if (place < 0) return true;
  const base = Math.floor(place / cover.points);
  for (const orbit of cover.through[place % cover.points]!) {
    if (!fits(cover, base, orbit)) continue;
    if (!spending.step()) return false;
    mark(cover, base, orbit, 1);
    cover.chosen.push([base, orbit]);
    if (complete(cover, spending)) return true;
    cover.chosen.pop();
    mark(cover, base, orbit, 0);
  }
  return false;
}

function mark({ seated, met, points }: Cover, base: number, orbit: Orbit, to: 0 | 1): void {
  for (const point of orbit.points) seated[base * points + point] = to;
  for (const kind of orbit.classes) met[kind] = to;
}

/** The point of a base round without a seat that fewest orbits fit, or −1 where everybody has one. */
function hardest(cover: Cover): number {
  let [place, fewest] = [-1, Number.POSITIVE_INFINITY];
  for (let one = 0; one < cover.seated.length && fewest > 0; one += 1) {
    if (cover.seated[one] === 1) continue;
    const base = Math.floor(one / cover.points);
    let choices = 0;
    for (const orbit of cover.through[one % cover.points]!) {
      if (choices >= fewest) break;
      if (fits(cover, base, orbit)) choices += 1;
    }
    if (choices < fewest) [place, fewest] = [one, choices];
  }
  return place;
}
