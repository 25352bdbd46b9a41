import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../../src/database/open.ts';

// Inserts rows over several connections at once and prints the id of each that was acknowledged, until killed
// or until it has inserted as many as it was told to.

const [dataDir, howMany = 'Infinity', connections = '5', length = '300'] = process.argv.slice(2);
const database = await openDatabase({ dataDir: dataDir! });
const { db } = database;
await database.sql`create table if not exists acknowledged (id bigserial primary key, text text)`;
const say = (line: string) => process.stdout.write(`${line}\n`);
say('ready');

let left = Number(howMany);
async function insertMany() {
  while (left-- > 0) {
    const text = randomBytes(Number(length) / 2).toString('hex');
    const rows = await db.execute(sql`insert into acknowledged (text) values (${text}) returning id`);
    say(`id ${rows[0]?.id}`);
  }
}
await Promise.all(Array.from({ length: Number(connections) }, insertMany));
await database.close();
