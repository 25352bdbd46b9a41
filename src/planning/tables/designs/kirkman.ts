// Balanced Kirkman arrangements: everybody meets everybody exactly once, as rounds of tables.
// Both are by Bose. R. C. Bose, "On the construction of balanced incomplete block designs", 1939: 3q + 1 people at
// tables of four, q = 4t + 1 a prime power. R. C. Bose, "On the application of finite projective geometry for
// deriving a certain series of balanced Kirkman arrangements", 1959: q³ + 1 people at tables of q + 1, from the
// points of a Hermitian curve, one round for each other point of a tangent.
import { type Design, designOf } from './design.ts';
import { type GaloisField, galoisField, primePower } from './galois-field.ts';

/** Tables of four for 3q + 1 people over q rounds; undefined unless q = 4t + 1 is a prime power. */
export function tablesOfFour(q: number): Design | undefined {
  const field = q % 4 === 1 ? galoisField(q) : undefined;
  if (!field) return undefined;
  const rounds = Array.from({ length: q }, (_, shift) => baseOfFour(field).map(moveBy(field, shift)));
  return designOf(`Bose's tables of four, GF(${q})`, 3 * q + 1, rounds);
}

/** The first round: {∞, 0, 0, 0} and, with x primitive, {±x^i in one part, ±x^(i+t) in the next}. */
function baseOfFour(field: GaloisField): number[][] {
  const q = field.size;
  const quarter = (q - 1) / 4;
  const point = (element: number, part: number) => (part % 3) * q + element;
  const power = (exponent: number) => field.power(field.primitive, exponent);
  const tables = [[3 * q, point(0, 0), point(0, 1), point(0, 2)]];
  for (let part = 0; part < 3; part += 1)
    for (let i = 0; i < quarter; i += 1)
      tables.push([
        point(power(i), part),
        point(power(i + 2 * quarter), part),
        point(power(i + quarter), part + 1),
        point(power(i + 3 * quarter), part + 1),
      ]);
  return tables;
}

function moveBy(field: GaloisField, shift: number) {
  const q = field.size;
  return (table: readonly number[]) =>
    table.map((point) => (point === 3 * q ? point : Math.floor(point / q) * q + field.add(point % q, shift)));
}

/** Tables of q + 1 for q³ + 1 people over q² rounds; undefined unless q is a prime power. */
export function hermitianTables(q: number): Design | undefined {
  if (!primePower(q)) return undefined;
  const field = galoisField(q * q)!;
  const plane = projectivePoints(field);
  const bar = (a: number) => field.power(a, q);
  // ⟨u, v⟩ = u0·v0^q + u1·v1^q + u2·v2^q; the curve is ⟨u, u⟩ = 0, the polar line of u is ⟨v, u⟩ = 0.
  const form = (u: readonly number[], v: readonly number[]) =>
    [0, 1, 2].reduce((sum, place) => field.add(sum, field.multiply(u[place]!, bar(v[place]!))), 0);
  const curve = plane.filter((point) => form(point, point) === 0);
  const start = curve[0]!;
  const centres = plane.filter((point) => form(point, start) === 0 && form(point, point) !== 0);
  const rounds = centres.map((centre) => tablesThrough(field, curve, centre, form));
  return designOf(`Bose's arrangement on the Hermitian curve over GF(${q * q})`, curve.length, rounds);
}

/** The curve split by the lines through `centre`: secants as they are, and all touching points as one table. */
function tablesThrough(
  field: GaloisField,
  curve: readonly number[][],
  centre: readonly number[],
  form: (u: readonly number[], v: readonly number[]) => number,
): number[][] {
  const tables = new Map<string, number[]>();
  for (const [index, point] of curve.entries()) {
    const line = form(point, centre) === 0 ? 'touching' : normal(field, cross(field, point, centre)).join();
    tables.set(line, [...(tables.get(line) ?? []), index]);
  }
  return [...tables.values()];
}

function cross(field: GaloisField, u: readonly number[], v: readonly number[]): number[] {
  const part = (i: number, j: number) =>
    field.subtract(field.multiply(u[i]!, v[j]!), field.multiply(u[j]!, v[i]!));
  return [part(1, 2), part(2, 0), part(0, 1)];
}

/** The multiple of a vector whose first entry that is not zero is one. */
function normal(field: GaloisField, vector: readonly number[]): number[] {
  const lead = vector.find((entry) => entry !== 0)!;
  const inverse = field.power(lead, field.size - 2);
  return vector.map((entry) => field.multiply(entry, inverse));
}

function projectivePoints(field: GaloisField): number[][] {
  const elements = Array.from({ length: field.size }, (_, element) => element);
  return [
    ...elements.flatMap((x) => elements.map((y) => [1, x, y])),
    ...elements.map((y) => [0, 1, y]),
    [0, 0, 1],
  ];
}
