import type postgres from 'postgres';

// Common parts of backup and restore: the lines of a backup, and what the database says about its own tables.
//
// A backup is JSON lines: the header; for each table a line and then its rows, each in PostgreSQL's text form of
// a whole row; the sequences; and an end, without which the file is not complete. Nothing in it tells on which
// home or when it was written: the same contents give the same bytes. backups/parts.ts packs the lines into a file.

/** Version of the lines; that of the file around them is another. */
export const version = 1;

export interface Header {
  flipside: 'backup';
  version: number;
  /** `created_at` of the migrations that had been run. */
  migrations: number[];
}

/** `columns` are all of them, in the order of the row's text form. */
export interface TableLine {
  table: string;
  columns: string[];
}

export interface SequenceLine {
  sequence: string;
  last: string;
  called: boolean;
}

export interface EndLine {
  end: { tables: number; rows: number };
}

/** A row is a string, everything else an object. */
export type Line = Header | TableLine | SequenceLine | EndLine | string;

/** A backup that cannot be written or read, in a sentence: print it without a stack. */
export class CannotRestore extends Error {
  override name = 'CannotRestore';
}

export interface Table {
  name: string;
  columns: string[];
  /** Columns that can be written: not computed by the database. */
  written: string[];
  /** The primary key's columns, or none. */
  key: string[];
}

type Sql = postgres.Sql | postgres.TransactionSql;

/** The tables of the schema `public` by name, without those an extension brought and those that no backup may hold (UNLOGGED). */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const rows = await sql`
    select c.relname as name,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as written,
      (select json_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
          order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and not exists (
      select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname collate "C"`;
  return rows.map(({ name, columns, written, key }) => ({ name, columns, written, key: key ?? [] }));
}

export async function sequencesOf(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'S' order by relname collate "C"`;
  return rows.map((row) => row.name);
}

/** The settings under which values turn into the same text everywhere, for this transaction. */
export async function plainText(tx: postgres.TransactionSql): Promise<void> {
  await tx.unsafe(`
    set local timezone to 'UTC'; set local datestyle to 'ISO, YMD'; set local intervalstyle to 'postgres';
    set local extra_float_digits to 1; set local bytea_output to 'hex'; set local search_path to 'public'`);
}

export const quoteIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const inPublic = (name: string) => `public.${quoteIdentifier(name)}`;
