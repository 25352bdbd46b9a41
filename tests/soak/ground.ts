// The program really started, on a home of its own, with a mail server that takes or fails as it is told.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Fault as MailFault, openMailServer } from '../faults/mail-server.ts';
import { openOwnServer } from '../support/databases/postgres-server.ts';
import { type Flipside, freePort, type Settings, secretOfTests, startFlipside } from '../support/process.ts';
import type { Home } from './plan.ts';

export interface Arrived {
  to: string;
  messageId: string;
  at: number;
}

export interface Ground {
  home: Home;
  settings: Settings;
  /** The process of this moment; the next one after it was killed or stopped. */
  flipside: Flipside;
  server: Awaited<ReturnType<typeof openOwnServer>> | undefined;
  mail: { mood: MailFault; arrived: Arrived[]; newest: Map<string, string>; url: string };
  /** Bytes of memory of the program: early on, now, and the most. */
  memory: { begin: number; end: number; most: number };
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function openGround(home: Home): Promise<Ground> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-soak-'));
  const server = home === 'postgres' ? await openOwnServer() : undefined;
  const mail = {
    mood: 'take' as MailFault,
    arrived: [] as Arrived[],
    newest: new Map<string, string>(),
    url: '',
  };
  const taking = await openMailServer(
    () => mail.mood,
    ({ to, messageId, bytes }) => {
      mail.arrived.push({ to, messageId, at: Date.now() });
      mail.newest.set(to, bytes);
      taking.taken.length = 0;
    },
  );
  mail.url = taking.url;
  const port = String(await freePort());
  const settings: Settings = {
    PORT: port,
    BASE_URL: `http://localhost:${port}`,
    DATA_DIR: folder,
    SECRET: secretOfTests,
    SMTP_URL: mail.url,
    MAIL_FROM: 'reverse-mentoring@halden.example',
    TRUSTED_PROXIES: '127.0.0.1',
    ...(server && { DATABASE_URL: server.url }),
  };
  const ground: Ground = {
    home,
    settings,
    flipside: undefined as unknown as Flipside,
    server,
    mail,
    memory: { begin: 0, end: 0, most: 0 },
    async start() {
      ground.flipside = await startFlipside(settings);
    },
    async close() {
      await ground.flipside?.stop('SIGKILL');
      await taking.close();
      await server?.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
  return ground;
}

/** Reads how much memory the program has; 0 where it is not there. */
export function measure(ground: Ground): void {
  const bytes = memoryOf(ground.flipside.pid);
  if (bytes === 0) return;
  const { memory } = ground;
  memory.end = bytes;
  memory.begin ||= bytes;
  memory.most = Math.max(memory.most, bytes);
}

function memoryOf(pid: number): number {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  } catch {
    return 0;
  }
}

export function isAlive({ flipside }: Ground): boolean {
  return memoryOf(flipside.pid) > 0;
}
