import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { openDatabase } from '../../../src/database/open.ts';

// A throw-away PostgreSQL server, or the one of TEST_DATABASE_URL.

export interface Cluster {
  /** Starts it once; gives the address of its template database, migrated and empty. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Finds the server's programs where Debian, Homebrew and the official installers put them; the newest version first.
 */
export function postgresPrograms(): string | undefined {
  const versions = list('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
  const brewed = list('/opt/homebrew/opt')
    .filter((name) => name.startsWith('postgresql@'))
    .map((name) => `/opt/homebrew/opt/${name}/bin`);
  const paths = (process.env.PATH ?? '').split(path.delimiter);
  const newest = [...versions, ...brewed].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return [...newest, ...paths].find((folder) => fs.existsSync(path.join(folder, 'initdb')));
}

/** The user to run the server as: it refuses to run as root. */
export function postgresUser(): { uid?: number; gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function list(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

/** Names of this run's databases start with this. */
const prefix = `flipside_${process.pid}_`;

export function openCluster(): Cluster {
  let running: { url: string; stop(): Promise<void> } | undefined;
  return {
    async start() {
      const given = process.env.TEST_DATABASE_URL;
      running = given ? { url: given, stop: async () => {} } : await startServer();
      return makeTemplate(running.url);
    },
    async stop() {
      if (running && process.env.TEST_DATABASE_URL) await dropDatabases(running.url);
      await running?.stop();
    },
  };
}

async function makeTemplate(url: string): Promise<string> {
  const name = `${prefix}template`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const template = withDatabase(url, name);
  const database = await openDatabase({ url: template, dataDir: '' });
  await database.migrate();
  await database.close();
  return template;
}

async function dropDatabases(url: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const rows = await admin`select datname from pg_database where starts_with(datname, ${prefix})`;
  for (const { datname } of rows) await admin.unsafe(`drop database ${datname} with (force)`);
  await admin.end();
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** A server of its own for a test that stops it, migrated and empty. */
export async function openOwnServer() {
  let server = await startServer();
  const url = await makeTemplate(server.url);
  return {
    url,
    /** 'fast' ends every session at once, 'immediate' as if the machine had crashed. */
    async stop(mode: 'fast' | 'immediate') {
      const [pid] = fs.readFileSync(path.join(server.data, 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await server.gone;
    },
    async start() {
      server = await startServer(server);
    },
    close: () => server.stop(),
  };
}

/** Starts a server on a new folder, or again on the folder and port of one that ended. */
async function startServer(before?: { folder: string; port: number }) {
  const programs = postgresPrograms();
  const user = postgresUser();
  if (!programs || !user) throw new Error('No PostgreSQL server on this machine');
  const folder = before?.folder ?? newServerFolder(programs, user);
  const data = path.join(folder, 'data');
  const port = before?.port ?? (await freePort());
  const server = run(programs, ['-D', data, '-p', `${port}`, ...settings], user, folder);
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgres://flipside@127.0.0.1:${port}/postgres`;
  await answers(url, server);
  return {
    url,
    folder,
    data,
    port,
    gone,
    async stop() {
      server.stdin?.end();
      await gone;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newServerFolder(programs: string, user: { uid?: number; gid?: number }): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-postgresql-'));
  if (user.uid !== undefined) fs.chownSync(folder, user.uid, user.gid!);
  execFileSync(
    path.join(programs, 'initdb'),
    [
      '-D',
      path.join(folder, 'data'),
      '-U',
      'flipside',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { ...user, cwd: folder, stdio: 'pipe' },
  );
  return folder;
}

const settings = [
  '-h',
  '127.0.0.1',
  '-k',
  '',
  '-F',
  '-c',
  'max_connections=300',
  '-c',
  'shared_buffers=64MB',
];

// The shell stops the server when its input ends, which it also does when the test run is killed, and ends with the server.
const untilInputEnds =
  'exec 3<&0; "$0" "$@" < /dev/null 3<&- & server=$!; (cat <&3 > /dev/null; kill -INT $server 2> /dev/null) & wait $server';

function run(programs: string, parameters: string[], user: object, cwd: string): ChildProcess {
  return spawn('sh', ['-c', untilInputEnds, path.join(programs, 'postgres'), ...parameters], {
    ...user,
    cwd,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const client = postgres(url, { max: 1, connect_timeout: 2, backoff: false });
    try {
      await client`select 1`;
      return;
    } catch {
      if (server.exitCode !== null) break;
      await pause(50);
    } finally {
      await client.end({ timeout: 1 });
    }
  }
  throw new Error('The throw-away PostgreSQL server does not answer');
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
