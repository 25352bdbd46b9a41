import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { CannotOpen } from './cannot-open.ts';

// One process per folder: PGlite has no lock of its own, and two writers lose rows and in the end the folder.

export interface FolderLock {
  release(): Promise<void>;
}

const pidFileIn = (folder: string) => path.join(folder, 'flipside.pid');

/** Takes the folder for this process. A dead process's lock counts for nothing. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const real = fs.realpathSync(folder);
  return process.platform === 'linux' ? lockBySocket(real) : lockByPidFile(real);
}

// The kernel frees an abstract socket in the moment its process dies, however it dies. A container has abstract
// names of its own, though, so a socket in the folder says to other containers that somebody is there.
async function lockBySocket(folder: string): Promise<FolderLock> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 40);
  const lock = await listen(`\0flipside-${name}`).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? held(folder, pidIn(folder)) : error;
  });
  const sign = path.join(folder, 'flipside.sock');
  if (await somebodyAt(sign)) {
    await close(lock);
    throw held(folder, pidIn(folder));
  }
  fs.rmSync(sign, { force: true });
  const signServer = fitsInAddress(sign) ? await listen(sign) : undefined;
  fs.writeFileSync(pidFileIn(folder), `${process.pid}\n`);
  return {
    async release() {
      fs.rmSync(pidFileIn(folder), { force: true });
      if (signServer) await close(signServer);
      await close(lock);
    },
  };
}

/** The system cuts off longer ones. */
export const fitsInAddress = (file: string) => Buffer.byteLength(file) <= 100;

async function listen(address: string): Promise<net.Server> {
  const server = net.createServer((caller) => caller.destroy());
  server.listen({ path: address, exclusive: true });
  await once(server, 'listening');
  return server.unref();
}

const close = (server: net.Server) => new Promise((resolve) => server.close(resolve));

async function somebodyAt(sign: string): Promise<boolean> {
  if (!fs.existsSync(sign)) return false;
  const caller = net.connect(sign);
  try {
    await once(caller, 'connect');
    return true;
  } catch {
    return false; // nobody: its process is dead
  } finally {
    caller.destroy();
  }
}

export async function lockByPidFile(folder: string): Promise<FolderLock> {
  const file = pidFileIn(folder);
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      fs.writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
      return { release: async () => fs.rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = pidIn(folder);
    if (pid !== undefined && isAlive(pid)) throw held(folder, pid);
    setAside(file);
  }
  throw held(folder, pidIn(folder));
}

// Renamed before it is removed, so that of two who find a dead lock only one removes it.
function setAside(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    fs.rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function pidIn(folder: string): number | undefined {
  try {
    return Number.parseInt(fs.readFileSync(pidFileIn(folder), 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process of this number runs on this machine. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function held(folder: string, pid: number | undefined): CannotOpen {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new CannotOpen(
    'held',
    `Flipside is already running on ${folder}: ${who} holds it. ` +
      'Stop that one first, or set DATA_DIR to another folder.',
  );
}
