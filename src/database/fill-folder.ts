import fs from 'node:fs';
import path from 'node:path';
import { openFolder } from './folder.ts';

// Run as a program of its own at the first start: fills a folder with an empty database, down to the disk.

async function fillFolder(folder: string): Promise<void> {
  const pglite = await openFolder(folder);
  await pglite.close();
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    syncToDisk(path.join(folder, entry));
  }
  syncToDisk(folder);
}

export function syncToDisk(file: string): void {
  if (process.platform === 'win32' && fs.statSync(file).isDirectory()) return;
  const descriptor = fs.openSync(file, 'r');
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
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
