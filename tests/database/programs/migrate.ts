import { openDatabase } from '../../../src/database/open.ts';

// Migrates the server's database when it is told to, so that several do so in the same moment.

const database = await openDatabase({ url: process.env.DATABASE_URL, dataDir: '' });
await database.sql`select 1`;
console.log('ready');
for await (const _ of process.stdin);
await database.migrate();
await database.close();
console.log('done');
