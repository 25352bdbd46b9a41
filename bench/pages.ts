// How fast the event page and the question wall are, as a ratio to a bare route with one query and a page of the same
// size, in the same run and process: seconds differ from machine to machine, ratios hardly do.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { openCluster, postgresPrograms, postgresUser } from '../tests/support/databases/postgres-server.ts';

interface Site {
  site: string;
  floor: string;
  slug: string;
  cookie: string;
  rss: number;
}

const seconds = Number(process.env.SECONDS_EACH ?? 4);
const rounds = Number(process.env.ROUNDS ?? 3);

async function perSecond(url: string, cookie?: string): Promise<number> {
  const headers = cookie ? { cookie } : {};
  const result = await autocannon({ url, headers, connections: 8, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 200, ${result.errors} failed`);
  return result.requests.average;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function sizeOf(url: string, cookie: string): Promise<number> {
  const response = await fetch(url, { headers: { cookie } });
  return (await response.arrayBuffer()).byteLength;
}

/** Floor and page in turn, so that a noisy neighbour troubles both. */
async function compare(site: Site, path: string) {
  const page = `${site.site}${path}`;
  const bytes = await sizeOf(page, site.cookie);
  const floor = `${site.floor}/?bytes=${bytes}`;
  const floors: number[] = [];
  const pages: number[] = [];
  await perSecond(page, site.cookie);
  for (let round = 0; round < rounds; round++) {
    floors.push(await perSecond(floor));
    pages.push(await perSecond(page, site.cookie));
  }
  return {
    kilobytes: (bytes / 1024).toFixed(1),
    floor: median(floors),
    page: median(pages),
    ratio: median(pages) / median(floors),
  };
}

async function run(home: string, databaseUrl: string | undefined): Promise<void> {
  const child = fork(join(import.meta.dirname, 'pages-server.ts'), {
    env: { ...process.env, ...(databaseUrl ? { BENCH_DATABASE_URL: databaseUrl } : {}) },
  });
  const site = await new Promise<Site>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Site));
    child.once('exit', (code) => reject(new Error(`The site ended with ${code}`)));
  });
  for (const [name, path] of [
    ['event page', `/e/${site.slug}`],
    ['question wall', `/e/${site.slug}/questions`],
  ] as const) {
    const { kilobytes, floor, page, ratio } = await compare(site, path);
    rows.push({
      home,
      page: name,
      kB: kilobytes,
      'floor/s': Math.round(floor),
      'page/s': Math.round(page),
      ratio: Number(ratio.toFixed(2)),
    });
  }
  child.removeAllListeners('exit');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('close');
  await gone;
}

const rows: Record<string, string | number>[] = [];
await run('PGlite', undefined);
if (process.env.TEST_DATABASE_URL || (postgresPrograms() && postgresUser())) {
  const cluster = openCluster();
  await run('PostgreSQL', await cluster.start()).finally(() => cluster.stop());
} else
  console.log(
    'PostgreSQL: not measured, no server on this machine (apt-get install postgresql, or set TEST_DATABASE_URL)',
  );
console.table(rows);
console.log(rows.map((row) => `${row.home} ${row.page} ${row.ratio}`).join(', '));
