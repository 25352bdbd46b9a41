import fs from 'node:fs';
import type postgres from 'postgres';
import { partsWriter } from './backups/parts.ts';
import { withUnfinished } from './backups/unfinished.ts';
import { inPublic, type Line, plainText, sequencesOf, type Table, tablesOf, version } from './dump.ts';
import { appliedMigrations } from './migrate.ts';

/**
 * Writes all tables as they were at one moment; returns how many rows. The file has another name until it is whole; one
 * that is there already is refused.
 */
export async function backUp(sql: postgres.Sql, file: string): Promise<number> {
  return withUnfinished(file, async (unfinished) => {
    await using out = await fs.promises.open(unfinished, 'wx', 0o600);
    const rows = await writeParts(sql, (bytes) => out.writeFile(bytes));
    await out.sync();
    return rows;
  });
}

async function writeParts(sql: postgres.Sql, write: (bytes: Buffer) => Promise<void>): Promise<number> {
  const parts = partsWriter(write);
  await parts.begin();
  const rows = await sql.begin('isolation level repeatable read read only', (tx) =>
    writeAll(tx, (line) => parts.line(JSON.stringify(line))),
  );
  await parts.end();
  return rows;
}

type Write = (line: Line) => Promise<void>;

async function writeAll(tx: postgres.TransactionSql, write: Write): Promise<number> {
  await plainText(tx);
  const tables = await tablesOf(tx);
  await write({ flipside: 'backup', version, migrations: await appliedMigrations(tx) });
  let rows = 0;
  for (const table of tables) rows += await writeTable(tx, table, write);
  for (const sequence of await sequencesOf(tx)) {
    const [row] = await tx.unsafe(
      `select last_value::text as last, is_called as called from ${inPublic(sequence)}`,
    );
    await write({ sequence, last: row!.last, called: row!.called });
  }
  await write({ end: { tables: tables.length, rows } });
  return rows;
}

async function writeTable(tx: postgres.TransactionSql, table: Table, write: Write): Promise<number> {
  await write({ table: table.name, columns: table.columns });
  // Sorted, so that the same contents give the same file wherever they are.
  const order = table.key.length > 0 ? table.key.join(', ') : '"a row"::text collate "C"';
  const all = tx.unsafe(
    `select "a row"::text as text from ${inPublic(table.name)} as "a row" order by ${order}`,
  );
  let rows = 0;
  for await (const some of all.cursor(100)) {
    for (const { text } of some) await write(text);
    rows += some.length;
  }
  return rows;
}
