// How long the thread that answers pages is held up by a list of 5,000 people in 5 MB: chosen, looked at, confirmed and imported.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runImport } from '../src/actions/people/import.ts';
import { openDatabase } from '../src/database/open.ts';
import { openCluster } from '../tests/support/databases/postgres-server.ts';
import { testSlot } from '../tests/support/nameless/slot.ts';
import { worldOn } from '../tests/support/world.ts';

const { values } = parseArgs({ options: { home: { type: 'string', default: 'server' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'flipside-import-'));
const cluster = openCluster();
const url = values.home === 'server' ? await cluster.start() : undefined;
const database = await openDatabase({ url, dataDir: folder, log: () => {} });
await database.migrate();
await database.sql.unsafe('CREATE TABLE queue_of_tests (id serial, job text, data jsonb)');
const world = await worldOn(database, testSlot(database.home, { folder }), {});

const header = 'name,email,side,department,title,manager,notes\n';
const notes = 'some words and more of them '.repeat(30);
const line = (n: number) =>
  `Person ${n} Lind,person.${n}@halden.example,${n % 3 ? 'talent' : 'senior'},Treasury,Head of ${n},${n % 7 ? `person.${n - (n % 7)}@halden.example` : ''},${notes}\n`;
const list = (first: number) =>
  Buffer.from(header + Array.from({ length: 4999 }, (_, n) => line(first + n)).join(''));

const rows: Record<string, string | number>[] = [];
/** Processor time of this thread in milliseconds: what a busy machine does in between does not count. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function heldUp<T>(what: string, act: () => Promise<T>): Promise<T> {
  let [longest, before, isDone] = [0, spent(), false];
  const turn = () => {
    const now = spent();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const began = spent();
  const done = await act();
  isDone = true;
  await wait(20);
  rows.push({ what, 'longest turn, ms': Math.round(longest), 'all, ms': Math.round(spent() - began) });
  return done;
}

const ida = await world.browserOf(world.organiser);
await ida.get('/people/import');
await heldUp('nothing', () => wait(1000));
for (const round of [1, 2, 3]) {
  const bytes = list(round * 100_000);
  const sent = await heldUp(`${round}: the file is chosen`, () =>
    ida.upload('/people/import', { name: 'file', fileName: 'people.csv', bytes }),
  );
  const at = String(sent.headers.location);
  if (sent.statusCode !== 303)
    throw new Error(
      sent.body
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .slice(0, 600),
    );
  await heldUp(`${round}: the preview`, () => ida.get(at));
  await heldUp(`${round}: confirmed`, () => ida.post(`${at}/confirmation`));
  await heldUp(`${round}: the work`, () => runImport(world.ctx, Number(at.split('/').at(-1))));
}
console.table(rows);
await world.app.close();
await database.close();
await cluster.stop();
rmSync(folder, { recursive: true, force: true });
