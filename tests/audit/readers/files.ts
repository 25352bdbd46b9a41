// The files that Flipside keeps beside its database.
import { type Dirent, readdirSync } from 'node:fs';
import path from 'node:path';

/** Paths of all files in the folder; those of the embedded database, thousands of them, are not even listed. */
export function filesBeside(folder: string): string[] {
  const isFile = (one: Dirent) => one.isFile();
  const pathOf = (one: Dirent) => path.join(one.parentPath, one.name);
  const entries = readdirSync(folder, { withFileTypes: true });
  const folders = entries.filter((one) => one.isDirectory() && one.name !== 'database').map(pathOf);
  const below = folders.flatMap((at) => readdirSync(at, { withFileTypes: true, recursive: true }));
  return [...entries, ...below].filter(isFile).map(pathOf);
}
