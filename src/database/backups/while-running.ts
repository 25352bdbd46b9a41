import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import type postgres from 'postgres';
import { CannotRestore } from '../dump.ts';
import { fitsInAddress } from '../folder-lock.ts';
import { copyFolder } from './folder-copy.ts';
import { copyIn, makeWorkFolder, removeLeftovers, removeWorkFolder, workFolderOf } from './work-folders.ts';

// One process holds the folder of the embedded database, so another that wants a backup asks it for a copy, by a socket
// file inside the folder: who may read the folder may ask. The other one opens the copy and writes the backup, while
// pages go on; the copy goes when it has done so, or is gone itself.

const socketIn = (dataDir: string) => path.join(dataDir, 'backup.sock');

type Answer = { copy: string } | { refused: string };

interface Offer {
  sql: postgres.Sql;
  dataDir: string;
  /** Runs an act so that no checkpoint comes in between. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  log: (line: string) => void;
}

/** Makes copies for programs that ask; returns how to stop. */
export async function offerBackups(offer: Offer): Promise<() => Promise<void>> {
  const address = socketIn(offer.dataDir);
  await removeLeftovers(offer.dataDir);
  // Windows has no such sockets: there, and in a folder with a very long name, Flipside is stopped for a backup.
  if (process.platform === 'win32' || !fitsInAddress(address)) return async () => {};
  fs.rmSync(address, { force: true }); // a dead process's: the folder is ours
  const stopping = new AbortController();
  const callers = new Set<Promise<void>>();
  const server = net.createServer((caller) => {
    const served: Promise<void> = hand(offer, caller, stopping.signal)
      .catch((error) => offer.log(`A backup failed: ${error instanceof Error ? error.message : error}`))
      .finally(() => callers.delete(served));
    callers.add(served);
  });
  server.listen(address);
  await once(server, 'listening');
  fs.chmodSync(address, 0o600);
  server.unref();
  return async () => {
    stopping.abort(new Error('Flipside stops.'));
    server.close();
    await Promise.all(callers);
  };
}

/** Makes a copy for this caller, who then holds its folder; removes it when they hang up. */
async function hand(offer: Offer, caller: net.Socket, stop: AbortSignal): Promise<void> {
  const gone = once(caller.on('error', () => caller.destroy()).resume(), 'close');
  const signal = AbortSignal.any([stop, whenItCloses(caller)]);
  const { folder, lock } = await makeWorkFolder(offer.dataDir);
  try {
    const copying = { sql: offer.sql, from: copyIn(offer.dataDir), to: copyIn(folder), signal };
    await offer.inTurn(() => copyFolder(copying));
    await lock.release();
    say(caller, { copy: path.basename(folder) });
  } catch (error) {
    await lock.release();
    say(caller, { refused: error instanceof Error ? error.message : String(error) });
    caller.end();
    if (!(error instanceof CannotRestore) && !signal.aborted) throw error;
  } finally {
    stop.addEventListener('abort', () => caller.destroy());
    if (stop.aborted) caller.destroy();
    await gone;
    // A caller that lives on holds the folder, and removes it.
    await removeWorkFolder(offer.dataDir, folder);
  }
}

function whenItCloses(caller: net.Socket): AbortSignal {
  const closed = new AbortController();
  caller.once('close', () => closed.abort(new Error('Nobody waits for this backup any more.')));
  return closed.signal;
}

const say = (caller: net.Socket, answer: Answer) => void caller.write(`${JSON.stringify(answer)}\n`);

/**
 * Asks the process that holds the data folder for a copy, hands its folder out, and hangs up. Throws `CannotRestore` where
 * there is none to be had.
 */
export async function withCopy<T>(dataDir: string, act: (workFolder: string) => Promise<T>): Promise<T> {
  const holder = net.connect(socketIn(dataDir));
  try {
    await once(holder, 'connect').catch(() => {
      throw new CannotRestore(
        'Flipside is running on this folder and gives no backup. Stop it, then try again.',
      );
    });
    const answer = await answerOf(holder);
    if ('refused' in answer) throw new CannotRestore(`Flipside gave no backup: ${answer.refused}`);
    return await act(workFolderOf(dataDir, answer.copy));
  } finally {
    holder.destroy();
  }
}

async function answerOf(holder: net.Socket): Promise<Answer> {
  holder.on('error', () => holder.destroy());
  const lines = readline.createInterface({ input: holder });
  const ended = once(lines, 'close').then(() => ['']);
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  if (line === '') throw new CannotRestore('Flipside stopped while it made the backup. Try again.');
  return JSON.parse(line);
}
