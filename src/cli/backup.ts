import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { backUp, backUpHeldFolder, CannotOpen, openDatabase } from '../database/open.ts';
import { orSay, SentenceError } from '../terminal.ts';

// npm run backup -- --out FILE: everything but waiting jobs, which are made again. Flipside may be running, and comes first.

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);

await orSay(async () => {
  const { out } = parseArgs({ options: { out: { type: 'string' } } }).values;
  if (!out) throw new SentenceError('Say where to: npm run backup -- --out flipside.backup');
  const rows = await backUpTo(out).catch((error) => {
    throw error.code === 'EEXIST'
      ? new SentenceError(`${out} is there already. Choose another name.`)
      : error;
  });
  console.log(
    `${out} holds ${rows} rows. It opens nothing without the secret of this deployment: keep a copy of that in another place (docs/deploy.md).`,
  );
});

async function backUpTo(out: string): Promise<number> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  if (!databaseUrl && !fs.existsSync(path.join(dataDir, 'database'))) {
    throw new SentenceError(
      `There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL as you do for Flipside itself.`,
    );
  }
  try {
    const database = await openDatabase({ url: databaseUrl, dataDir });
    return await backUp(database.sql, out).finally(database.close);
  } catch (error) {
    if (error instanceof CannotOpen && error.kind === 'held')
      return backUpHeldFolder(dataDir, out, console.error);
    throw error;
  }
}
