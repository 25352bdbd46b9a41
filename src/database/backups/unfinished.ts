import fs from 'node:fs';
import path from 'node:path';
import { isAlive } from '../folder-lock.ts';

// A backup is written under a name that says it is unfinished, and gets its own when it is whole and on the disk. What a
// killed one left is removed by the next backup into the same folder.

/** Names the file that this process writes and that becomes `file`. */
export const unfinishedName = (file: string) => `${file}.unfinished-${process.pid}`;
const left = /\.unfinished-(\d+)$/;

/** Hands out the name to write to, then gives the file its own. Nothing stays when it fails. */
export async function withUnfinished<T>(file: string, write: (unfinished: string) => Promise<T>): Promise<T> {
  refuseTaken(file);
  removeLeft(path.dirname(file));
  const unfinished = unfinishedName(file);
  try {
    const result = await write(unfinished);
    refuseTaken(file);
    fs.renameSync(unfinished, file);
    return result;
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
}

function refuseTaken(file: string): void {
  if (fs.existsSync(file))
    throw Object.assign(new Error(`EEXIST: ${file} is there already`), { code: 'EEXIST' });
}

function removeLeft(folder: string): void {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const name of names) {
    const pid = left.exec(name)?.[1];
    const file = path.join(folder, name);
    if (pid !== undefined && !isAlive(Number(pid))) removeIfOurs(file);
  }
}

/** Removes an unfinished backup; nobody else's file is touched, whatever its name. */
export function removeIfOurs(file: string): void {
  if (left.test(file) && fs.existsSync(file) && beginsAsOurs(file)) fs.rmSync(file, { force: true });
}

function beginsAsOurs(file: string): boolean {
  const start = 'Flipside backup ';
  const descriptor = fs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(start.length);
    const read = fs.readSync(descriptor, bytes);
    return read === 0 || bytes.toString('latin1') === start;
  } finally {
    fs.closeSync(descriptor);
  }
}
