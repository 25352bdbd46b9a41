// Searches the difference matrices and cyclic starters that Flipside keeps, and writes the two files of them.
//   node bench/tables-bank.ts            everything: half an hour or so
//   node bench/tables-bank.ts 10 12      the difference matrices for 10 and 12 tables; all others stay
// By seed and iterations, so that two runs write the same.
import fs from 'node:fs';
import { spend } from '../src/planning/effort.ts';
import { randomFrom } from '../src/planning/random.ts';
import { abelianGroup } from '../src/planning/tables/designs/abelian-group.ts';
import { findStarter, pointDigits } from '../src/planning/tables/designs/cyclic-starter.ts';
import { findDifferenceMatrix } from '../src/planning/tables/designs/difference-search.ts';
import { symmetricStarter } from '../src/planning/tables/designs/symmetric-starter.ts';

const folder = new URL('../src/planning/tables/designs/', import.meta.url);
const only = process.argv.slice(2).map(Number);

/** Groups to try for each number of tables that is no prime power. */
const groups: number[][][] = [
  [[6]],
  [[10]],
  [[12], [6, 2]],
  [[14]],
  [[15]],
  [[18], [6, 3]],
  [[20], [10, 2]],
  [[21]],
  [[22]],
  [[24], [12, 2], [6, 2, 2]],
  [[26]],
  [[28], [14, 2]],
  [[30]],
];

interface Known {
  moduli: number[];
  rows: number;
  columns: number;
  paired: boolean;
  tries: number;
}

/** Shapes known to have a plan that only a longer search finds. */
const known: Known[] = [
  { moduli: [10], rows: 5, columns: 9, paired: false, tries: 20 },
  { moduli: [10], rows: 8, columns: 7, paired: false, tries: 20 },
  { moduli: [12], rows: 9, columns: 7, paired: false, tries: 40 },
  { moduli: [6, 2], rows: 8, columns: 8, paired: false, tries: 20 },
  { moduli: [6, 2], rows: 12, columns: 6, paired: false, tries: 60 },
  { moduli: [15], rows: 15, columns: 5, paired: true, tries: 20 },
];

/** Tables, seats, turn and base rounds of the cyclic designs. */
const starters = [
  [5, 3, 7, 1],
  [6, 3, 4, 2],
  [6, 4, 7, 1],
  [6, 5, 6, 1],
  [7, 3, 5, 2],
  [8, 3, 11, 1],
  [9, 4, 11, 1],
  [10, 3, 14, 1],
] as const;

/**
 * Shapes that swaps do not solve, with a symmetry that leaves few enough choices: tables, seats, turn, base rounds,
 * still.
 */
const symmetric = [
  { shape: [8, 4, 5, 2, 2], symmetry: { multiplier: 2, circles: [1, 2, 3, 0, 5, 4], still: [1, 0] } },
  { shape: [11, 4, 14, 1, 2], symmetry: { multiplier: 9, circles: [1, 2, 0], still: [0, 1] } },
  { shape: [12, 4, 15, 1, 3], symmetry: { multiplier: 1, circles: [1, 2, 0], still: [1, 2, 0] } },
] as const;

const sizeOf = (moduli: readonly number[]) => moduli.reduce((product, modulus) => product * modulus, 1);
const digits = (list: ArrayLike<number>) => Array.from(list, (value) => value.toString(36)).join('');

interface Matrix {
  moduli: number[];
  rows: number;
  entries: Int32Array;
}

function tryMatrix({ moduli, rows, columns, paired, tries }: Known): Matrix | undefined {
  for (let seed = 1; seed <= tries; seed += 1) {
    const spending = spend({ seed, iterations: 20_000 }, 0);
    const shape = { rows, columns, paired };
    const entries = findDifferenceMatrix(abelianGroup(moduli), shape, randomFrom(seed), spending);
    if (entries) return { moduli, rows, entries };
  }
  return undefined;
}

/** The matrix with most rows, from `rows` up, two tries for every step, and a long try for what is known. */
function tallest(choices: number[][], columns: number, rows: number): Matrix | undefined {
  let best: Matrix | undefined;
  for (const one of known)
    if (
      one.columns === columns &&
      one.rows >= rows &&
      choices.some((moduli) => moduli.join() === one.moduli.join())
    )
      best = tryMatrix(one) ?? best;
  for (let wanted = (best?.rows ?? rows - 1) + 1; wanted <= sizeOf(choices[0]!); wanted += 1) {
    let found: Matrix | undefined;
    for (const moduli of choices)
      for (const paired of [true, false])
        found ??= tryMatrix({ moduli, rows: wanted, columns, paired, tries: 2 });
    if (!found) break;
    best = found;
  }
  return best;
}

function matrices(): string[] {
  const lines: string[] = [];
  for (const choices of groups) {
    const size = sizeOf(choices[0]!);
    if (only.length > 0 && !only.includes(size)) {
      lines.push(
        ...kept('difference-entries.ts').filter(
          (line) => sizeOf(line.split(' ')[0]!.split('x').map(Number)) === size,
        ),
      );
      continue;
    }
    let rows = 2;
    for (let columns = Math.min(size, 10); columns >= 3; columns -= 1) {
      const best = tallest(choices, columns, rows);
      if (!best) continue;
      rows = best.rows + 1;
      lines.push(`${best.moduli.join('x')} ${best.rows} ${columns} ${digits(best.entries)}`);
      console.log(lines.at(-1));
    }
  }
  return lines;
}

function bases(): string[] {
  if (only.length > 0) return kept('starter-entries.ts');
  return [...starters.map(bySwaps), ...symmetric.map(bySymmetry)];
}

function bySymmetry({ shape, symmetry }: (typeof symmetric)[number]): string {
  const [tables, seats, turn, count, still] = shape;
  for (let seed = 1; ; seed += 1) {
    const whole = { tables, seats, turn, bases: count, still };
    const spending = spend({ seed, iterations: 50_000 }, 0);
    const starter = symmetricStarter(whole, symmetry, randomFrom(seed), spending);
    if (starter) return starterLine([tables, seats, turn, count], starter);
  }
}

const starterLine = (numbers: readonly number[], starter: ArrayLike<number>) =>
  `${numbers.join(' ')} ${Array.from(starter, (point) => pointDigits[point]).join('')}`;

function bySwaps([tables, seats, turn, count]: (typeof starters)[number]): string {
  const shape = { tables, seats, turn, bases: count, still: (tables * seats) % turn };
  for (let seed = 1; ; seed += 1) {
    const starter = findStarter(shape, randomFrom(seed), spend({ seed, iterations: 20_000 }, 0));
    if (starter) return starterLine([tables, seats, turn, count], starter);
  }
}

const kept = (file: string) =>
  fs.readFileSync(new URL(file, folder), 'utf8').split('`')[1]!.trim().split('\n');

function write(file: string, opening: string, name: string, lines: readonly string[]): void {
  fs.writeFileSync(
    new URL(file, folder),
    `${opening}\nexport const ${name} = \`\n${lines.join('\n')}\n\`;\n`,
  );
}

write(
  'difference-entries.ts',
  '// Difference matrices found by bench/tables-bank.ts, one a line: moduli of the group, rows, columns, and the\n// entries row by row, a digit of base 36 each. Fewer columns or rows of a matrix are a matrix too.\n',
  'differenceEntries',
  matrices(),
);
write(
  'starter-entries.ts',
  '// Starters found by bench/tables-bank.ts, one a line: tables, seats, turn, base rounds, and the points of the\n// base rounds table by table, a digit each: 0 to 9, a to z, A to Z.\n',
  'starterEntries',
  bases(),
);
