import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { checkBackup, openDatabase, restore } from '../database/open.ts';
import { orSay, SentenceError } from '../terminal.ts';

// npm run restore -- --in FILE: fills a new database, of either home, from a backup of either home.

await orSay(async () => {
  const { in: file } = parseArgs({ options: { in: { type: 'string' } } }).values;
  if (!file) throw new SentenceError('Say from where: npm run restore -- --in flipside.backup');
  const { databaseUrl, dataDir } = readConfig(process.env);
  const backup = await checkBackup(file);
  const database = await openDatabase({ url: databaseUrl, dataDir });
  try {
    const rows = await restore(database.sql, backup);
    await database.migrate();
    console.log(`Restored ${rows} rows from ${file}.`);
  } finally {
    await database.close();
  }
});
