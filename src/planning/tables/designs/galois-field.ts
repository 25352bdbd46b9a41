// Arithmetic in the finite field of q elements, the ground that exact seating designs stand on.
// Elements are the numbers 0 to q − 1, read in base p as polynomials over Z_p, q = p^k
// (Lidl and Niederreiter, Finite Fields, chapter 2).

/** The field of `size` elements; 0 and 1 are its zero and one, `primitive` generates all but zero. */
export interface GaloisField {
  readonly size: number;
  readonly primitive: number;
  add(a: number, b: number): number;
  subtract(a: number, b: number): number;
  multiply(a: number, b: number): number;
  /** `a` to the power of `exponent` ≥ 0. */
  power(a: number, exponent: number): number;
}

/** The prime and exponent of q = p^k, or undefined where q is no prime power. */
export function primePower(q: number): { prime: number; exponent: number } | undefined {
  if (!Number.isInteger(q) || q < 2) return undefined;
  let prime = 2;
  while (q % prime !== 0 && prime * prime <= q) prime += 1;
  if (q % prime !== 0) prime = q;
  let exponent = 0;
  for (let rest = q; rest > 1; rest /= prime) {
    if (rest % prime !== 0) return undefined;
    exponent += 1;
  }
  return { prime, exponent };
}

/** The field of q elements; undefined where q is no prime power. */
export function galoisField(q: number): GaloisField | undefined {
  const parts = primePower(q);
  if (!parts) return undefined;
  const digits = (value: number) => digitsOf(value, parts.prime, parts.exponent);
  const add = (a: number, b: number) => combine(digits(a), digits(b), 1, parts.prime);
  const subtract = (a: number, b: number) => combine(digits(a), digits(b), parts.prime - 1, parts.prime);
  const powers = powersOfPrimitive(q, parts.prime, parts.exponent);
  const logarithm = new Int32Array(q);
  for (let exponent = 0; exponent < q - 1; exponent += 1) logarithm[powers[exponent]!] = exponent;
  const multiply = (a: number, b: number) =>
    a === 0 || b === 0 ? 0 : powers[(logarithm[a]! + logarithm[b]!) % (q - 1)]!;
  const power = (a: number, exponent: number) => {
    if (exponent === 0) return 1;
    return a === 0 ? 0 : powers[(logarithm[a]! * exponent) % (q - 1)]!;
  };
  return { size: q, primitive: powers[1 % (q - 1)]!, add, subtract, multiply, power };
}

function digitsOf(value: number, prime: number, length: number): number[] {
  const digits: number[] = [];
  for (let place = 0, rest = value; place < length; place += 1, rest = Math.floor(rest / prime))
    digits.push(rest % prime);
  return digits;
}

/** a + times · b, digit by digit modulo the prime. */
function combine(a: readonly number[], b: readonly number[], times: number, prime: number): number {
  let value = 0;
  for (let place = a.length - 1; place >= 0; place -= 1)
    value = value * prime + ((a[place]! + times * b[place]!) % prime);
  return value;
}

/** The q − 1 powers of a primitive element, beginning with 1: tries x (or a number) under every monic modulus. */
function powersOfPrimitive(q: number, prime: number, exponent: number): Int32Array {
  if (q === 2) return Int32Array.of(1);
  for (let candidate = 1; candidate < q; candidate += 1) {
    const powers =
      exponent === 1
        ? walk(q, (value) => (value * candidate) % prime)
        : walk(q, (value) => timesX(value, digitsOf(candidate, prime, exponent), q, prime));
    if (powers) return powers;
  }
  throw new Error(`There is no primitive element of ${q}.`);
}

/** Steps from 1 until 1 comes back; the powers, if that took exactly q − 1 steps. */
function walk(q: number, next: (value: number) => number): Int32Array | undefined {
  const powers = new Int32Array(q - 1);
  let value = 1;
  for (let exponent = 0; exponent < q - 1; exponent += 1) {
    powers[exponent] = value;
    value = next(value);
    if (value === 0 || (value === 1) !== (exponent === q - 2)) return undefined;
  }
  return powers;
}

/** x · value, where x^k is replaced by the polynomial whose digits are `tail`. */
function timesX(value: number, tail: readonly number[], q: number, prime: number): number {
  const top = Math.floor((value * prime) / q);
  const shifted = (value * prime) % q;
  return combine(digitsOf(shifted, prime, tail.length), tail, top, prime);
}
