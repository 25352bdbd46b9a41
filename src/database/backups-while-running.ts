import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import { backUp } from './backup.ts';
import { CannotRestore, endOf } from './dump.ts';
import { fitsInAddress } from './folder-lock.ts';

// One process holds the folder of the embedded database, so another that wants a backup asks it for one, by a
// socket file inside the folder: who may read the folder may ask.

const socketIn = (dataDir: string) => path.join(dataDir, 'backup.sock');

/** Writes a backup for whoever asks; returns how to stop. */
export async function offerBackups(sql: postgres.Sql, dataDir: string): Promise<() => Promise<void>> {
  const address = socketIn(dataDir);
  // Windows has no such sockets: there, and in a folder with a very long name, Flipside is stopped for a backup.
  if (process.platform === 'win32' || !fitsInAddress(address)) return async () => {};
  fs.rmSync(address, { force: true }); // a dead process's: the folder is ours
  const server = net.createServer((caller) => {
    caller.on('error', () => caller.destroy());
    hand(sql, dataDir, caller).catch(() => caller.destroy());
  });
  server.listen(address);
  await once(server, 'listening');
  fs.chmodSync(address, 0o600);
  server.unref();
  return async () => void server.close();
}

// First to a file, as the transaction holds the whole database while it is read and a caller may be slow.
async function hand(sql: postgres.Sql, dataDir: string, caller: net.Socket): Promise<void> {
  const file = path.join(dataDir, `backup.${randomUUID()}`);
  try {
    await backUp(sql, file);
    await using written = await fs.promises.open(file);
    await pipeline(written.createReadStream({ autoClose: false }), caller);
  } finally {
    fs.rmSync(file, { force: true });
  }
}

/** Asks the process that holds the folder for a backup; returns how many rows. */
export async function askForBackup(dataDir: string, file: string): Promise<number> {
  const holder = net.connect(socketIn(dataDir));
  try {
    await once(holder, 'connect');
  } catch {
    throw new CannotRestore(
      'Flipside is running on this folder and gives no backup. Stop it, then try again.',
    );
  }
  try {
    await pipeline(holder, fs.createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
    return endOf(file).rows;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') fs.rmSync(file, { force: true });
    throw error;
  }
}
