import fs from 'node:fs';
import path from 'node:path';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { openFolder } from './folder.ts';

// Run as a program of its own at the first start: fills a folder with an empty database, down to the disk. The database
// is the ready-made one of PGlite's own package: initdb in WebAssembly took 240 MB more, and seconds.

async function fillFolder(folder: string): Promise<void> {
  const pglite = await openFolder(folder, await dataDir());
  await pglite.close();
  const entries = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  // All at once: one after the other each of the thousand waits for the disk, which took seconds.
  await Promise.all(['', ...entries].map((entry) => syncToDisk(path.join(folder, entry))));
}

export async function syncToDisk(file: string): Promise<void> {
  if (process.platform === 'win32' && fs.statSync(file).isDirectory()) return;
  await using opened = await fs.promises.open(file);
  await opened.sync();
}

if (import.meta.main) {
  process.once('disconnect', () => process.exit(1)); // whoever wanted the folder is gone
  try {
    await fillFolder(process.argv[2]!);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
