// How long it takes from a facilitator's press until those who follow have the question, and what they cost in memory.
// The aims are 50 ms at the median for 500, and 400 MB for 2,000. Printed, never a test: machines differ; clients and
// server share this one.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCluster, postgresPrograms, postgresUser } from '../tests/support/databases/postgres-server.ts';
import { freePort } from '../tests/support/process.ts';
import { print } from './measured.ts';

const rounds = Number(process.env.ROUNDS ?? 20);

interface Follower {
  /** Settles when the next question on the table has arrived here; milliseconds on this process's clock. */
  next(): Promise<number>;
  leave(): void;
}

async function follow(port: number, path: string): Promise<Follower> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  let told = (_at: number) => {};
  let begun = () => {};
  let rest = '';
  const open = new Promise<void>((resolve) => {
    begun = resolve;
  });
  socket.setEncoding('latin1').on('data', (text: string) => {
    rest = (rest + text).slice(-3000);
    if (rest.includes('event: beat')) begun();
    if (!rest.includes('data-question="')) return;
    rest = '';
    told(performance.now());
  });
  socket.on('error', () => {});
  socket.write(
    `GET ${path}/changes?at=999999999 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n\r\n`,
  );
  await open;
  const next = () =>
    new Promise<number>((resolve) => {
      told = resolve;
    });
  return { next, leave: () => socket.destroy() };
}

const ask = async (server: ChildProcess, message: string) => {
  server.send(message);
  return ((await once(server, 'message')) as [{ rss: number }])[0].rss;
};

async function measure(home: string, url: string | undefined) {
  const port = await freePort();
  const env = { ...process.env, BENCH_BASE_URL: `http://127.0.0.1:${port}`, BENCH_DATABASE_URL: url };
  const server = fork(join(import.meta.dirname, 'live-server.ts'), {
    env: url ? env : { ...env, BENCH_DATABASE_URL: undefined },
    execArgv: ['--max-semi-space-size=4'],
  });
  const [{ links }] = (await once(server, 'message')) as [{ links: string[] }];
  const followers: Follower[] = [await follow(port, links[0]!)];
  const alone = await ask(server, 'weigh');
  const rows = [];
  for (const many of [500, 2000]) {
    while (followers.length < many)
      followers.push(await follow(port, links[followers.length % links.length]!));
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const all = followers.map(({ next }) => next());
      const from = performance.now();
      server.send('show');
      took.push(...(await Promise.all(all)).map((at) => at - from));
      await wait(250);
    }
    const rss = await ask(server, 'weigh');
    rows.push([home, many, mb(rss), mb(rss - alone), ms(took, 0.5), ms(took, 0.95), ms(took, 1)]);
  }
  for (const { leave } of followers) leave();
  server.send('stop');
  await once(server, 'exit');
  return rows;
}

const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
const ms = (values: number[], at: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))]!.toFixed(1);

const rows = await measure('PGlite', undefined);
if (process.env.TEST_DATABASE_URL || (postgresPrograms() && postgresUser())) {
  const cluster = openCluster();
  rows.push(...(await measure('PostgreSQL', await cluster.start())));
  await cluster.stop();
}
print(['home', 'clients', 'MB', 'MB for them', 'median ms', '95 % ms', 'slowest ms'], rows);
process.exit(0);
