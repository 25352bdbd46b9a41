// Plans that survive the day: thin tables of the plan without odds and of the plan with them, the bound, and how far
// 2,000 simulated evenings are from the number that is computed. The checker shares no code with the planner.
import { randomFrom } from '../src/planning/random.ts';
import { seatEveryone } from '../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../src/planning/tables/wishes.ts';
import { measured, print } from './measured.ts';
import { repeatsIn, simulated } from './robust-checker.ts';
import { evening, sizes } from './robust-events.ts';

const iterations = Number(process.env.ITERATIONS ?? 20_000);
const evenings = 2000;
const without = ({ absence, ...wishes }: TablesWishes): TablesWishes => wishes;

const rows: (string | number)[][] = [];
const ratios: number[] = [];
for (const [people, tables, rounds] of sizes)
  for (let seed = 1; seed <= 5; seed += 1) {
    const wishes = evening(people, tables, rounds, seed);
    const plain = seatEveryone(without(wishes), { seed, iterations });
    const own = await measured(() => seatEveryone(wishes, { seed, iterations }));
    const before = simulated(wishes, plain.rounds, evenings, randomFrom(seed));
    const { expected, rounds: plan } = own.answer;
    const after = simulated(wishes, plan, evenings, randomFrom(seed + 1));
    const ratio = expected!.thinTables / before.exact;
    ratios.push(ratio);
    rows.push([
      `${people} people, ${tables} tables, ${rounds} rounds, seed ${seed}`,
      before.exact.toFixed(3),
      expected!.thinTables.toFixed(3),
      ratio.toFixed(2),
      expected!.bound.toFixed(3),
      `${repeatsIn(plan)} (${repeatsIn(plain.rounds)})`,
      `${after.mean.toFixed(3)}, ${(Math.abs(after.mean - expected!.thinTables) / after.error).toFixed(1)} σ`,
      own.cpu,
    ]);
  }
print(
  ['evening', 'thin without odds', 'with odds', 'ratio', 'bound', 'Σ C(m, 2)', '2,000 evenings', 'CPU s'],
  rows,
);
console.log(
  `On average ${(ratios.reduce((sum, one) => sum + one, 0) / ratios.length).toFixed(3)} of the thin tables.`,
);
