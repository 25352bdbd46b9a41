import { openDatabase } from '../../../src/database/open.ts';

// Fills the folder with words, says so, and holds it until it is killed.

const [dataDir, rows] = process.argv.slice(2);
const { sql } = await openDatabase({ dataDir: dataDir! });
await sql.unsafe(
  `create table words as select n, repeat(md5(n::text), 5) as word from generate_series(1, ${Number(rows)}) n`,
);
console.log('open');
process.stdin.resume();
