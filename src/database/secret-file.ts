import fs from 'node:fs';
import path from 'node:path';
import { CannotOpen } from './cannot-open.ts';

// The file that holds the secret of this deployment, beside the database and never in it; for its owner's eyes only.

export interface SecretFile {
  path: string;
  /** The secret, and a new one that was about to take its place when the process died. */
  read(): string[];
  /** Makes the file where there is none; null where another process was faster or it is there already. */
  create(secret: string): string | null;
  /** Puts a new secret beside the one in use, on the disk for good. */
  prepare(secret: string): void;
  /** Makes the prepared secret the one in use, or forgets it. */
  settle(prepared: 'takes over' | 'is dropped'): void;
}

/** Gives the secret's file of this folder, which may not be there yet. */
export function secretFileIn(dataDir: string): SecretFile {
  const file = path.join(dataDir, 'secret');
  const next = `${file}.next`;
  return {
    path: file,
    read: () => [file, next].flatMap((one) => readOwn(one) ?? []),
    create: (secret) => orSayWhy(file, () => (createWhole(file, secret) ? secret : null)),
    prepare: (secret) =>
      orSayWhy(file, () => {
        fs.rmSync(next, { force: true });
        createWhole(next, secret);
      }),
    settle(prepared) {
      if (prepared === 'takes over') renameIfThere(next, file);
      else fs.rmSync(next, { force: true });
      syncFolder(dataDir);
    },
  };
}

/** Two processes may do so at once: the second finds it done. */
function renameIfThere(from: string, to: string): void {
  try {
    fs.renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readOwn(file: string): string | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CannotOpen('secret', `${file} cannot be read: ${(error as Error).message}`);
  }
  if (text === '')
    throw new CannotOpen('secret', `${file} is empty. Put the secret of this database back into it.`);
  if (process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0) fs.chmodSync(file, 0o600);
  return text;
}

/** Writes the whole file or none: a reader never finds half of it. False where it is there already. */
function createWhole(file: string, secret: string): boolean {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, `${secret}\n`, { flag: 'wx', mode: 0o600, flush: true });
  try {
    fs.linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
  syncFolder(folder);
  return true;
}

/** Makes names in a folder outlive a power cut; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(folder, 'r');
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

function orSayWhy<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const why = (error as Error).message;
    throw new CannotOpen(
      'secret',
      `${file} cannot be written: ${why}. Set DATA_DIR to a folder that can be, or set SECRET.`,
    );
  }
}
