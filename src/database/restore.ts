import postgres from 'postgres';
import type { CheckedBackup } from './backups/checked.ts';
import {
  CannotRestore,
  type EndLine,
  type Header,
  inPublic,
  type Line,
  plainText,
  quoteIdentifier,
  type SequenceLine,
  type Table,
  type TableLine,
  tablesOf,
} from './dump.ts';
import { appliedMigrations, knownMigrations, migrateWithin } from './migrate.ts';

/** Fills an empty database from a backup, all or nothing; returns how many rows. Migrate afterwards. */
export async function restore(sql: postgres.Sql, { header, lines }: CheckedBackup): Promise<number> {
  const migrations = knownMigrations().filter(({ folderMillis }) => header.migrations.includes(folderMillis));
  const reading = lines();
  try {
    return await sql.begin(async (tx) => {
      await plainText(tx);
      await refuseFull(tx, header);
      await migrateWithin(tx, migrations);
      const links = await cutLinks(tx);
      const rows = await fill(tx, reading);
      await tieLinks(tx, links);
      return rows;
    });
  } catch (error) {
    throw isAboutContent(error) ? refused(error) : error;
  } finally {
    await reading.return(undefined);
  }
}

/** SQLSTATE classes of values that no column takes, rows that break a rule, and what is longer than the database can hold. */
const isAboutContent = (error: unknown): error is postgres.PostgresError =>
  error instanceof postgres.PostgresError && /^(22|23|54)/.test(error.code);

const refused = ({ message }: Error) =>
  new CannotRestore(
    `This backup is damaged: the database does not take what is in it (${message}). Nothing was restored.`,
  );

const elsewhere =
  'A backup is restored into a new database only: set DATA_DIR to a new folder, or DATABASE_URL to a new database.';

async function refuseFull(tx: postgres.TransactionSql, header: Header): Promise<void> {
  const full: string[] = [];
  for (const { name } of await tablesOf(tx)) {
    const [row] = await tx.unsafe(`select exists (select 1 from ${inPublic(name)}) as full`);
    if (row?.full) full.push(name);
  }
  if (full.length > 0) throw new CannotRestore(`There are already rows in ${full.join(', ')}. ${elsewhere}`);
  const done = await appliedMigrations(tx);
  if (done.every((migration) => header.migrations.includes(migration))) return;
  throw new CannotRestore(`This database has newer tables than the backup. ${elsewhere}`);
}

interface Links {
  triggers: string[];
  foreignKeys: { table: string; name: string; definition: string }[];
}

// Foreign keys come off while the tables are filled and are checked when they come back: so the order of tables
// does not matter, nor do rows that point at each other.
async function cutLinks(tx: postgres.TransactionSql): Promise<Links> {
  const foreignKeys = await tx<Links['foreignKeys']>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace`;
  for (const { table, name } of foreignKeys) {
    await tx.unsafe(`alter table ${inPublic(table)} drop constraint ${quoteIdentifier(name)}`);
  }
  const triggers = (await tablesOf(tx)).map((table) => table.name);
  for (const name of triggers) {
    await tx.unsafe(`truncate ${inPublic(name)}`); // what a migration may have put there
    await tx.unsafe(`alter table ${inPublic(name)} disable trigger user`);
  }
  return { foreignKeys: [...foreignKeys], triggers };
}

async function tieLinks(tx: postgres.TransactionSql, { foreignKeys, triggers }: Links): Promise<void> {
  for (const { table, name, definition } of foreignKeys) {
    await tx.unsafe(`alter table ${inPublic(table)} add constraint ${quoteIdentifier(name)} ${definition}`);
  }
  for (const name of triggers) await tx.unsafe(`alter table ${inPublic(name)} enable trigger user`);
}

const batchRows = 200;
const batchCharacters = 1_000_000;

async function fill(tx: postgres.TransactionSql, lines: AsyncGenerator<Line, undefined>): Promise<number> {
  const tables = new Map((await tablesOf(tx)).map((table) => [table.name, table]));
  let table: Table | undefined;
  let batch: string[] = [];
  let characters = 0;
  const counted = { tables: 0, rows: 0 };

  const flush = async () => {
    if (table && batch.length > 0) await insert(tx, table, batch);
    counted.rows += batch.length;
    batch = [];
    characters = 0;
  };

  for await (const line of lines) {
    if (typeof line === 'string') {
      batch.push(line);
      characters += line.length;
      if (batch.length >= batchRows || characters >= batchCharacters) await flush();
      continue;
    }
    await flush();
    if ('table' in line) {
      table = sameTable(tables, line);
      counted.tables++;
    } else if ('sequence' in line) await setSequence(tx, line);
    else if ('end' in line) return complete(line, counted);
  }
  throw new CannotRestore('This backup has changed while it was read. Nothing was restored.');
}

function sameTable(tables: Map<string, Table>, line: TableLine): Table {
  const table = tables.get(line.table);
  if (table && table.columns.join() === line.columns.join()) return table;
  throw new CannotRestore(`The table ${line.table} of the backup is not the one this Flipside knows.`);
}

function complete(line: EndLine, counted: EndLine['end']): number {
  if (line.end.rows === counted.rows && line.end.tables === counted.tables) return counted.rows;
  throw new CannotRestore(
    `This backup is damaged: it should hold ${line.end.rows} rows and holds ${counted.rows}. Nothing was restored.`,
  );
}

async function insert(tx: postgres.TransactionSql, table: Table, rows: string[]): Promise<void> {
  const columns = table.written.map(quoteIdentifier);
  const name = inPublic(table.name);
  await tx.unsafe(
    `insert into ${name} (${columns.join(', ')}) overriding system value
     select ${columns.map((column) => `(a).${column}`).join(', ')}
     from (select json_array_elements_text($1::text::json)::${name} as a) as rows`,
    [JSON.stringify(rows)],
  );
}

async function setSequence(tx: postgres.TransactionSql, line: SequenceLine): Promise<void> {
  await tx`select setval(${inPublic(line.sequence)}::text::regclass, ${line.last}::bigint, ${line.called})`;
}
