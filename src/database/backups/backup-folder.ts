import { backUp } from '../backup.ts';
import { databaseOn } from '../embedded.ts';
import { openFolderInHaste } from '../folder.ts';
import { lockFolder } from '../folder-lock.ts';
import { unfinishedName } from './unfinished.ts';
import { withCopy } from './while-running.ts';
import { copyIn, noteUnfinished, removeWorkFolder } from './work-folders.ts';

/** Seconds without a word that the copy's only reader may take: a slow disk. */
const patience = 600;

/** Writes a backup of a data folder that another process holds, from a copy that it makes; returns how many rows. */
export async function backUpHeldFolder(
  dataDir: string,
  file: string,
  log: (line: string) => void,
): Promise<number> {
  return withCopy(dataDir, async (folder) => {
    const lock = await lockFolder(folder);
    try {
      noteUnfinished(folder, unfinishedName(file));
      const pglite = await openFolderInHaste(copyIn(folder));
      const database = await databaseOn(pglite, {
        wait: patience,
        silence: patience,
        onDeath: (reason) => stopHere(reason, log),
      });
      return await backUp(database.sql, file).finally(database.close);
    } finally {
      await lock.release();
      await removeWorkFolder(dataDir, folder);
    }
  });
}

// The engine would loop for ever on a session that it has closed. Flipside removes the copy.
function stopHere(reason: string, log: (line: string) => void): never {
  log(`The copy of the database cannot be read: ${reason}. Nothing was written. Try again.`);
  process.exit(1);
}
