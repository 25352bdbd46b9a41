// npm run soak: mixed traffic against the program itself with faults drawn by a seed; fails where anything that was
// acknowledged is lost or there twice, or a rule is broken.
import { parseArgs } from 'node:util';
import type { Home } from './plan.ts';
import { isWell, reportOf } from './report.ts';
import { soak } from './run.ts';

const { values } = parseArgs({
  options: {
    /** On each home. */
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '20261129' },
    home: { type: 'string', default: 'both' },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error('--minutes and --seed are numbers');
if (!['embedded', 'postgres', 'both'].includes(values.home))
  throw new Error('--home is embedded, postgres or both');
const homes: Home[] = values.home === 'both' ? ['embedded', 'postgres'] : [values.home as Home];
const titles = { embedded: 'Embedded database', postgres: 'PostgreSQL' };
console.log(`The faults are drawn from the seed ${seed}.`);
let isAllWell = true;
for (const home of homes) {
  const outcome = await soak({
    home,
    seed,
    seconds: minutes * 60,
    say: (line) => console.log(`${titles[home]} ${line}`),
  });
  console.log(reportOf(titles[home], outcome));
  isAllWell = isWell(outcome) && isAllWell;
}
process.exit(isAllWell ? 0 : 1);
