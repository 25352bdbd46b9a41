import { createHash } from 'node:crypto';
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

// The kernel frees an abstract socket in the moment its process dies, however it dies.
async function lockBySocket(folder: string): Promise<FolderLock> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 40);
  const server = net.createServer((caller) => caller.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? held(folder, pidIn(folder)) : error);
    });
    server.listen({ path: `\0flipside-${name}`, exclusive: true }, resolve);
  });
  server.unref();
  fs.writeFileSync(pidFileIn(folder), `${process.pid}\n`);
  return {
    async release() {
      fs.rmSync(pidFileIn(folder), { force: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
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

function isAlive(pid: number): boolean {
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
