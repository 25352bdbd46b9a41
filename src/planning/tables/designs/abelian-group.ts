// Finite abelian groups as products of cyclic ones, Z_a × Z_b × …, on the numbers 0 to size − 1.

/** A group by its moduli; elements are mixed-radix numbers, the first modulus turning slowest. */
export interface AbelianGroup {
  readonly size: number;
  readonly name: string;
  add(a: number, b: number): number;
  subtract(a: number, b: number): number;
}

/** The product of the cyclic groups of these orders; sums and differences are looked up in tables. */
export function abelianGroup(moduli: readonly number[]): AbelianGroup {
  const size = moduli.reduce((product, modulus) => product * modulus, 1);
  const combine = (a: number, b: number, sign: 1 | -1) => {
    let [value, weight, restA, restB] = [0, 1, a, b];
    for (const modulus of moduli.toReversed()) {
      value += weight * (((restA % modulus) + sign * (restB % modulus) + modulus) % modulus);
      [weight, restA, restB] = [weight * modulus, Math.floor(restA / modulus), Math.floor(restB / modulus)];
    }
    return value;
  };
  const sums = new Int32Array(size * size);
  const differences = new Int32Array(size * size);
  for (let a = 0; a < size; a += 1)
    for (let b = 0; b < size; b += 1) {
      sums[a * size + b] = combine(a, b, 1);
      differences[a * size + b] = combine(a, b, -1);
    }
  return {
    size,
    name: moduli.map((modulus) => `Z_${modulus}`).join(' × '),
    add: (a, b) => sums[a * size + b]!,
    subtract: (a, b) => differences[a * size + b]!,
  };
}
