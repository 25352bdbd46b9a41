// Flipside as a process of its own, started the way `npm start` starts it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { formToken } from '../../src/web/tokens.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Flipside {
  port: number;
  baseUrl: string;
  pid: number;
  /** All it has printed so far. */
  output(): string;
  /** The address in the line that offers to set it up, if it printed one. */
  setUpLink(): string;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** A form as our own page would send it; `link` is the token of a personal link, or the cookie the form is bound to. Throws when the connection breaks. */
  post(
    path: string,
    fields: Record<string, string>,
    link: string,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** Sends the signal and gives the exit code once it is gone; null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export type Settings = Record<string, string>;

/** SECRET of processes on a PostgreSQL server, unless they have a folder of their own. */
export const secretOfTests = 'for the tests only, known to everybody';

const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Node's arguments in this script of package.json, flags and imports included: what `npm start` runs, say. */
export function argumentsOf(script: 'start' | 'demo'): string[] {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const [node, ...args] = scripts[script].split(' ');
  if (node !== 'node' || /["'$&|;<>]/.test(scripts[script]))
    throw new Error(`npm run ${script} is more than node with arguments: ${scripts[script]}`);
  return args;
}

/** Starts it exactly as `npm start` does, with these settings and nothing else of this machine's own; does not wait. */
export function spawnFlipside(settings: Settings) {
  const { PATH = '', HOME = '', TZ = '', NODE_COMPILE_CACHE = '' } = process.env;
  const isOnServer = settings.DATABASE_URL !== undefined && settings.DATA_DIR === undefined;
  const own = { LOG_LEVEL: 'error', ...(isOnServer && { SECRET: secretOfTests }) };
  const dataDir = settings.DATA_DIR ?? fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-data-'));
  const cache = NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE };
  const env = { PATH, HOME, ...(TZ ? { TZ } : {}), ...cache, ...own, ...settings, DATA_DIR: dataDir };
  const child = spawn(process.execPath, argumentsOf('start'), {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  let output = '';
  const gone = once(child, 'close').then(([code]) => {
    living.delete(child);
    if (!settings.DATA_DIR) fs.rmSync(dataDir, { recursive: true, force: true });
    return code as number | null;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return { child, gone, output: () => output };
}

/** Starts it and waits until it says where it is. Throws with all it printed when it gives up instead. */
export async function startFlipside(settings: Settings): Promise<Flipside> {
  const port = Number(settings.PORT ?? (await freePort()));
  const baseUrl = settings.BASE_URL ?? `http://localhost:${port}`;
  const { child, gone, output } = spawnFlipside({ PORT: String(port), BASE_URL: baseUrl, ...settings });
  const printed = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      if (output().includes('Flipside is at')) resolve();
    });
  });
  await Promise.race([printed, gone.then(() => giveUp(output()))]);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
  const send = (options: http.RequestOptions, body?: string) =>
    request(
      {
        host: '127.0.0.1',
        port,
        agent,
        ...options,
        headers: { host: new URL(baseUrl).host, ...options.headers },
      },
      body,
    );
  return {
    port,
    baseUrl,
    pid: child.pid!,
    output,
    setUpLink: () => /https?:\S+\/setup\/\S+/.exec(output())?.[0] ?? '',
    get: (address, headers = {}) => send({ path: address, headers }),
    post: (address, fields, link, more = {}) => {
      const body = new URLSearchParams({ _token: formToken(link), ...fields }).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        origin: baseUrl,
        'sec-fetch-site': 'same-origin',
        ...more,
      };
      return send({ path: address, method: 'POST', headers }, body);
    },
    async stop(signal = 'SIGTERM') {
      agent.destroy();
      child.kill(signal);
      return gone;
    },
  };
}

function giveUp(output: string): never {
  throw new Error(`Flipside did not start:\n${output}`);
}

async function request(options: http.RequestOptions, body?: string): Promise<Reply> {
  const sent = http.request(options).end(body);
  const [answer] = (await once(sent, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return { status: answer.statusCode!, headers: answer.headers, body: text };
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
