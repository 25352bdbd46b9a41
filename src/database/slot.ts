import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CannotOpen } from './cannot-open.ts';
import { syncToDisk } from './fill-folder.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';

// A slot is a file of one size that belongs to one process: two copies of what came in between two ticks, written in
// turn, so that one of them is whole whenever the process dies. It is filled at the start and never grows, so its size
// and its time tell nothing. Slots of processes that are gone are taken over by those that live.

const usualSize = 256 * 1024;
const fileIn = (folder: string) => path.join(folder, 'slot');

export interface OpenSlot {
  size: number;
  write(copy: 0 | 1, bytes: Buffer, asIf: Temporal.Instant): Promise<void>;
  abandoned(): Promise<Abandoned[]>;
  /** Gives it up; removed where nothing in it is needed any more, else left for another process. */
  close(options: { remove: boolean }): Promise<void>;
}

interface Abandoned {
  copies: Buffer[];
  remove(): Promise<void>;
  release(): Promise<void>;
}

/** Makes a slot for this process below the data folder. Throws `CannotOpen` with a sentence where it cannot be used. */
export async function openSlot(dataDir: string, size = usualSize): Promise<OpenSlot> {
  try {
    const slots = path.join(dataDir, 'slots');
    const folder = path.join(slots, randomBytes(8).toString('hex'));
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder);
    fs.writeFileSync(fileIn(folder), randomBytes(2 * size), { mode: 0o600, flush: true });
    await syncToDisk(folder);
    return slotIn(slots, folder, lock, size);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotOpen(
      'folder',
      `The data folder ${dataDir} cannot be used: ${why}. Set DATA_DIR to another.`,
    );
  }
}

function slotIn(slots: string, folder: string, lock: FolderLock, size: number): OpenSlot {
  return {
    size,
    async write(copy, bytes, asIf) {
      await using file = await fs.promises.open(fileIn(folder), 'r+');
      await file.write(bytes, 0, size, copy * size);
      const time = asIf.epochMilliseconds / 1000;
      await file.utimes(time, time);
      await file.sync();
    },
    abandoned: () => abandonedIn(slots, folder, size),
    async close({ remove }) {
      if (remove) fs.rmSync(fileIn(folder), { force: true });
      await lock.release();
      if (remove) fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function abandonedIn(slots: string, own: string, size: number): Promise<Abandoned[]> {
  const found: Abandoned[] = [];
  for (const name of fs.readdirSync(slots)) {
    const folder = path.join(slots, name);
    if (folder === own || !fs.existsSync(fileIn(folder))) continue;
    const lock = await lockFolder(folder).catch(() => null);
    if (!lock) continue;
    // Another process may have removed it while we asked for the lock.
    if (fs.existsSync(fileIn(folder))) found.push(abandonedSlot(folder, lock, size));
    else await lock.release();
  }
  return found;
}

function abandonedSlot(folder: string, lock: FolderLock, size: number): Abandoned {
  const bytes = fs.readFileSync(fileIn(folder));
  return {
    copies: [bytes.subarray(0, size), bytes.subarray(size, 2 * size)],
    async remove() {
      fs.rmSync(fileIn(folder), { force: true });
      await lock.release();
      fs.rmSync(folder, { recursive: true, force: true });
    },
    release: () => lock.release(),
  };
}

/** A small file that is replaced as a whole: after a crash it is the old one or the new one. */
export function keyFile(file: string) {
  return {
    async read(): Promise<Buffer | null> {
      return fs.existsSync(file) ? fs.readFileSync(file) : null;
    },
    async write(bytes: Buffer): Promise<void> {
      const unfinished = `${file}.${process.pid}`;
      fs.writeFileSync(unfinished, bytes, { mode: 0o600, flush: true });
      fs.renameSync(unfinished, file);
      await syncToDisk(path.dirname(file));
    },
  };
}
