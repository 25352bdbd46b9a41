// How long the thread that answers pages is held up while 600 people are seated in another one, and in this one for
// comparison: the longest time between two turns of the event loop, one millisecond being the least it can be. What the
// machine itself does to an idle process is measured in turn: on a busy one that is the larger part.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { seatEveryone } from '../src/planning/tables/seat-everyone.ts';
import { planInWorker } from '../src/planning/worker.ts';
import { realLife } from './tables-events.ts';

const wishes = realLife(600, 84, 5, 1);
const effort = { seed: 1, iterations: 20_000 };

async function longestStall(name: string, plan: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await wait(200);
  delay.enable();
  await wait(50);
  const begin = performance.now();
  await plan();
  const seconds = (performance.now() - begin) / 1000;
  await wait(50);
  delay.disable();
  const milliseconds = (value: number) => Number((value / 1e6).toFixed(1));
  rows.push({
    where: name,
    'longest, ms': milliseconds(delay.max),
    '99.9 %, ms': milliseconds(delay.percentile(99.9)),
    'seating, s': Number(seconds.toFixed(1)),
  });
}

const rows: Record<string, string | number>[] = [];
for (const turn of [1, 2, 3]) {
  await longestStall(`nothing at work, turn ${turn}`, () => wait(1000));
  await longestStall(`in a worker, turn ${turn}`, () => planInWorker('tables', wishes, effort));
}
await longestStall('in this thread', async () => seatEveryone(wishes, effort));
console.table(rows);
