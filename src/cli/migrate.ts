import { readConfig } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { orSay } from '../terminal.ts';

// npm run migrate: brings the tables up to date, which every start does too.

await orSay(async () => {
  const { databaseUrl, dataDir } = readConfig(process.env);
  const database = await openDatabase({ url: databaseUrl, dataDir });
  await database.migrate().finally(database.close);
  console.log('The database is up to date.');
});
