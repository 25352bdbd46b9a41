// Cost of the strangest CSV files of 5 MB, as a ratio to the same bytes of ordinary rows in the same run; and how long
// the thread that answers pages is held up while each is read in its thread. Held up: the longest time between two turns
// of the event loop, the least of three tries, since a busy machine only adds to it; what it does to an idle process is
// beside it, and so is the processor time that the page thread spent on the whole file.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { readCsv } from '../src/web/csv.ts';
import { readCsvFile } from '../src/web/read-files.ts';

const weight = 5 * 1024 * 1024;
const header = 'name,email,side,department,title,notes\n';
const row = 'Ada Lind,ada.lind@halden.example,senior,Treasury,Head of treasury,';
const ordinary = (length: number) => `${(row + 'notes '.repeat(length)).slice(0, length - 1)}\n`;
const filled = (piece: string, start = '') =>
  Buffer.from(start + piece.repeat(Math.floor((weight - start.length) / piece.length)));

const files: Record<string, Buffer> = {
  'ordinary rows': Buffer.from(header + ordinary(1048).repeat(4999)),
  'blank lines': filled('\n'),
  'blank lines between two rows': Buffer.concat([
    filled('\n', `${header}Ada\n`).subarray(0, -4),
    Buffer.from('Bo\n'),
  ]),
  'lines of a space': filled(' \n'),
  'one line of commas': filled(','),
  'rows of commas': filled(',,,,,,\n'),
  'rows of commas and a last cell': filled(`${','.repeat(999)}x\n`, header),
  'one line of letters': filled('x'),
  'quotation marks': filled('"'),
  'empty quoted cells': filled('""\n'),
  'rows of one letter': filled('x\n'),
  '200 columns, empty rows': Buffer.from(`${Array(200).fill('c').join(',')}\n${'x\n'.repeat(4999)}`),
  '5,000 rows of 50 cells': Buffer.from(
    `${Array(50).fill('c').join(',')}\n${`${'some words,'.repeat(49)}x\n`.repeat(4900)}`,
  ),
  'rows in quotation marks': Buffer.from(`"a,b"\n${`"${',x'.repeat(24)}"\n`.repeat(4999)}`),
  'control characters': filled('\u0001'),
};

const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

function costOf(bytes: Buffer): number {
  const times = [1, 2, 3].map(() => {
    const begin = performance.now();
    readCsv(bytes);
    return performance.now() - begin;
  });
  return median(times);
}

async function leastOf3<T extends number>(measure: () => Promise<T>): Promise<number> {
  return Math.min(await measure(), await measure(), await measure());
}

async function spentHere(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return Math.round((user + system) / 1000);
}

async function heldUp(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await wait(100);
  delay.enable();
  await wait(20);
  await work();
  await wait(20);
  delay.disable();
  return Number((delay.max / 1e6).toFixed(1));
}

await readCsvFile(files['ordinary rows']!);
const base = costOf(files['ordinary rows']!);
const rows = [];
for (const [file, bytes] of Object.entries(files)) {
  rows.push({
    file,
    'cost, ordinary rows = 1': Number((costOf(bytes) / base).toFixed(2)),
    'page thread held up, ms': await leastOf3(() => heldUp(() => readCsvFile(bytes))),
    'idle beside it, ms': await leastOf3(() => heldUp(() => wait(300))),
    'page thread at work, ms': await leastOf3(() => spentHere(() => readCsvFile(bytes))),
  });
}
console.table(rows);
