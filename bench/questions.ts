// How many questions without a name are taken in a second, as a ratio to a route that only inserts a row; and how fast
// a wall of 1,000 questions is, as a ratio to the floor of bench/pages.ts.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { openCluster, postgresPrograms, postgresUser } from '../tests/support/databases/postgres-server.ts';

interface Site {
  site: string;
  floor: string;
  asked: string[][];
  wall: string;
  cookie: string;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Each body once, eight at a time; how many were answered in a second. */
async function sent(url: string, bodies: string[], headers: Record<string, string> = {}): Promise<number> {
  let next = 0;
  const started = performance.now();
  let failed = 0;
  const hand = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      await answer.arrayBuffer();
      if (!answer.ok) failed++;
    }
  };
  await Promise.all(Array.from({ length: 8 }, hand));
  if (failed > 0) throw new Error(`${failed} of ${bodies.length} were refused at ${url}`);
  return (bodies.length * 1000) / (performance.now() - started);
}

async function asking({ site, floor, asked }: Site) {
  const [warm, ...rounds] = asked;
  const headers = { 'sec-fetch-site': 'same-origin' };
  await sent(`${floor}/insert`, warm!);
  await sent(`${site}/anon/questions`, warm!, headers);
  const bare: number[] = [];
  const taken: number[] = [];
  for (const bodies of rounds) {
    bare.push(await sent(`${floor}/insert`, bodies));
    taken.push(await sent(`${site}/anon/questions`, bodies, headers));
  }
  return { what: 'asked without a name', floor: median(bare), ours: median(taken) };
}

async function reading({ site, floor, wall, cookie }: Site) {
  const url = `${site}/e/${wall}/questions`;
  const { byteLength } = await (await fetch(url, { headers: { cookie } })).arrayBuffer();
  const duration = Number(process.env.SECONDS_EACH ?? 4);
  const perSecond = async (address: string, headers = {}) => {
    const result = await autocannon({ url: address, headers, connections: 8, duration });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${address} failed`);
    return result.requests.average;
  };
  await perSecond(url, { cookie });
  const floors: number[] = [];
  const pages: number[] = [];
  for (let round = 0; round < Number(process.env.ROUNDS ?? 3); round++) {
    floors.push(await perSecond(`${floor}/?bytes=${byteLength}`));
    pages.push(await perSecond(url, { cookie }));
  }
  const kilobytes = (byteLength / 1024).toFixed(0);
  return { what: `wall of 1,000, ${kilobytes} kB`, floor: median(floors), ours: median(pages) };
}

const rows: Record<string, string | number>[] = [];

async function run(home: string, databaseUrl: string | undefined): Promise<void> {
  const child = fork(join(import.meta.dirname, 'questions-server.ts'), {
    env: { ...process.env, ...(databaseUrl ? { BENCH_DATABASE_URL: databaseUrl } : {}) },
  });
  const site = await new Promise<Site>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Site));
    child.once('exit', (code) => reject(new Error(`The site ended with ${code}`)));
  });
  for (const { what, floor, ours } of [await asking(site), await reading(site)])
    rows.push({
      home,
      what,
      'floor/s': Math.round(floor),
      'ours/s': Math.round(ours),
      ratio: Number((ours / floor).toFixed(2)),
    });
  child.removeAllListeners('exit');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('close');
  await gone;
}

await run('PGlite', undefined);
if (process.env.TEST_DATABASE_URL || (postgresPrograms() && postgresUser())) {
  const cluster = openCluster();
  await run('PostgreSQL', await cluster.start()).finally(() => cluster.stop());
} else console.log('PostgreSQL: not measured, no server on this machine (apt-get install postgresql)');
console.table(rows);
