// How long the thread that answers pages is held up by a list of 5,000 people in 5 MB: chosen, looked at, confirmed and
// imported. Processor time of that thread between two turns of its event loop, so that what a busy machine does in
// between does not count; the first line is an idle second. The browser is another thread.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { runImport } from '../src/actions/people/import.ts';
import { openDatabase } from '../src/database/open.ts';
import { openCluster } from '../tests/support/databases/postgres-server.ts';
import { testSlot } from '../tests/support/nameless/slot.ts';
import { worldOn } from '../tests/support/world.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: { home: { type: 'string', default: 'server' } },
});
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

/** A browser in a thread of its own, which sends one request after the other. */
const browser = new Worker(
  `const { parentPort } = require('node:worker_threads');
  const { request } = require('node:http');
  parentPort.on('message', async ({ port, path, method, headers, body, file }) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(file?.fields ?? {})) form.append(name, value);
    if (file) form.append('file', new File([file.bytes], 'people.csv'));
    const made = new Response(file ? form : body);
    const type = made.headers.get('content-type');
    const bytes = Buffer.from(await made.arrayBuffer());
    const more = body || file ? { 'content-type': body ? 'application/x-www-form-urlencoded' : type, 'content-length': bytes.length } : {};
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers, ...more } }, async (answer) => {
      let text = '';
      for await (const piece of answer) text += piece;
      parentPort.postMessage({ status: answer.statusCode, location: answer.headers.location, text: text.slice(0, 2000) });
    });
    sent.end(bytes);
  });`,
  { eval: true },
);
interface Got {
  status: number;
  location?: string;
  text: string;
}
interface Request {
  method?: string;
  body?: string;
  file?: { fields: Record<string, string>; bytes: Buffer };
}
async function send(path: string, request: Request = {}): Promise<Got> {
  browser.postMessage({ port, path, headers, method: 'GET', ...request });
  const [got] = (await once(browser, 'message')) as [Got];
  if (got.status >= 400) throw new Error(`${path}: ${got.status} ${got.text}`);
  return got;
}

const ida = await world.browserOf(world.organiser);
await ida.get('/people/import');
await world.app.listen({ port: 0, host: '127.0.0.1' });
const { port } = world.app.server.address() as AddressInfo;
const origin = new URL(world.ctx.baseUrl);
const headers = {
  host: origin.host,
  origin: origin.origin,
  cookie: [...ida.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  'sec-fetch-site': 'same-origin',
};
const token = { _token: ida.token() };

await heldUp('nothing', () => wait(1000));
for (const round of [1, 2, 3]) {
  const file = { fields: token, bytes: list(round * 100_000) };
  const sent = await heldUp(`${round}: the file is chosen`, () =>
    send('/people/import', { method: 'POST', file }),
  );
  const at = sent.location!;
  await heldUp(`${round}: the preview`, () => send(at));
  const body = new URLSearchParams(token).toString();
  await heldUp(`${round}: confirmed`, () => send(`${at}/confirmation`, { method: 'POST', body }));
  await heldUp(`${round}: the work`, () => runImport(world.ctx, Number(at.split('/').at(-1))));
}
await browser.terminate();
console.table(rows);
await world.app.close();
await database.close();
await cluster.stop();
rmSync(folder, { recursive: true, force: true });
