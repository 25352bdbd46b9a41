import { once } from 'node:events';
import fs from 'node:fs';
import type postgres from 'postgres';
import { inPublic, type Line, plainText, sequencesOf, type Table, tablesOf, version } from './dump.ts';
import { appliedMigrations } from './migrate.ts';

/** Writes all tables as they were at one moment; returns how many rows. Made before, the file is refused. */
export async function backUp(sql: postgres.Sql, file: string): Promise<number> {
  const out = fs.createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  await once(out, 'open');
  try {
    const rows = await sql.begin('isolation level repeatable read read only', (tx) =>
      writeAll(tx, async (line) => {
        if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
      }),
    );
    out.end();
    await once(out, 'close');
    return rows;
  } catch (error) {
    out.destroy();
    fs.rmSync(file, { force: true });
    throw error;
  }
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
