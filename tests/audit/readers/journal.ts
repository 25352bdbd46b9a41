// Reader 4: the write-ahead log, record by record, with the rows it brought. Read after every act, so nothing is lost.
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';
import { type Item, kindOf, type Sight, type Sign } from '../signs.ts';
import { itemsIn, type Knowledge, type Row, rowsOf, signsOf, type Table, tablesOf } from './rows.ts';

interface Entry {
  /** Position in the journal where the transaction begins: all it wrote is of one moment. */
  at: number;
  /** Null where a publishing hour struck. */
  table: Table | null;
  /** The written row, where it is still there right after. */
  row: Row | null;
  type: string;
  /** Content of a slot, opened with SECRET. */
  slot?: string;
  /** A published question that has other words or is gone since the last look. */
  changed?: Item;
}

type Written = Entry & { table: Table };

export interface Journal {
  /** Reads on to the end; gives which tables of ours were written since, and how. */
  read(): Promise<string[]>;
  /** A publishing hour has struck. */
  strike(): void;
  /** Notes what somebody who has SECRET reads in the slot at this moment. */
  noteSlot(text: string): void;
  /** Notes that a look at the pages found a published question changed or gone. */
  noteChange(item: Item): void;
  sights(known: Knowledge): Sight[];
}

interface RecordRow {
  at: string;
  type: string;
  file: number;
  block: number;
  about: string;
}

export async function openJournal(db: Db): Promise<Journal> {
  const entries: Entry[] = [];
  let from = await end(db);
  const nothing = (): Entry => ({ at: entries.at(-1)?.at ?? 0, table: null, row: null, type: '' });
  return {
    async read() {
      const to = await end(db);
      if (to === from) return [];
      const records = await recordsBetween(db, from, to);
      from = to;
      const fresh = await withRows(db, records);
      entries.push(...fresh);
      return [...new Set(fresh.map(({ table, type }) => `${table.name} ${type}`))];
    },
    noteSlot: (text) => void entries.push({ ...nothing(), slot: text }),
    noteChange: (item) => void entries.push({ ...nothing(), changed: item }),
    strike: () => void entries.push(nothing()),
    sights: (known) => [
      { reader: 'journal', lens: 'records', signs: signsIn(entries, known) },
      { reader: 'journal', lens: 'new names', signs: newNamesIn(entries, known) },
      { reader: 'operator', lens: 'slots and journal', signs: newNamesIn(entries, known, true) },
    ],
  };
}

/** A record of our own first, so that there is an end to read to. */
async function end(db: Db): Promise<string> {
  await db.execute(sql`SELECT pg_logical_emit_message(true, 'audit', 'end')`);
  const [row] = await db.execute<{ at: string }>(sql`SELECT pg_current_wal_flush_lsn()::text AS at`);
  return row!.at;
}

/** Heap records of our tables; index records say nothing more. */
async function recordsBetween(db: Db, from: string, to: string): Promise<RecordRow[]> {
  return db.execute<RecordRow & Record<string, unknown>>(sql`
    SELECT (min(w.start_lsn) OVER (PARTITION BY w.xid::text) - '0/0'::pg_lsn)::text AS at, w.record_type AS type, part[2]::int AS file, part[3]::int AS block, w.description AS about
    FROM pg_get_wal_records_info(${from}, ${to}) w,
      regexp_matches(w.block_ref, 'rel \\d+/(\\d+)/(\\d+) (?:fork \\w+ )?blk (\\d+)', 'g') AS part
      JOIN pg_database d ON d.oid = part[1]::oid AND d.datname = current_database()
    WHERE w.resource_manager IN ('Heap', 'Heap2') AND w.xid::text <> '0' AND w.record_type NOT LIKE 'LOCK%'
    ORDER BY w.start_lsn`) as Promise<RecordRow[]>;
}

async function withRows(db: Db, records: RecordRow[]): Promise<Written[]> {
  if (records.length === 0) return [];
  const tables = new Map((await tablesOf(db)).map((table) => [table.file, table]));
  const ours = records.flatMap((record) => {
    const table = tables.get(record.file);
    return table && table.name !== 'queue_of_tests' ? [{ record, table, places: placesOf(record) }] : [];
  });
  const rows = new Map<string, Row>();
  for (const [table, list] of Map.groupBy(ours, (one) => one.table)) {
    const places = list.flatMap((one) => one.places);
    if (places.length === 0) continue;
    const found = await rowsOf(
      db,
      table,
      sql`t.ctid = ANY (${sql.param(`{${places.map((p) => `"${p}"`).join()}}`)}::tid[])`,
    );
    for (const row of found) rows.set(`${table.name} ${row.ctid}`, row);
  }
  return ours.flatMap(({ record, table, places }): Written[] => {
    const [at, type] = [Number(record.at), record.type];
    const brought = places.flatMap((place) => rows.get(`${table.name} ${place}`) ?? []);
    return brought.length > 0
      ? brought.map((row) => ({ at, table, row, type }))
      : [{ at, table, row: null, type }];
  });
}

/**
 * Finds where the record put a row. PostgreSQL 15 writes "off 5" and "new off 5", 18 writes "off: 5" and "new_off: 5".
 */
function placesOf({ type, about, block }: RecordRow): string[] {
  if (/^(INSERT|UPDATE|HOT_UPDATE)/.test(type)) {
    const offset = /new[_ ]off:? (\d+)/.exec(about)?.[1] ?? /off:? (\d+)/.exec(about)?.[1];
    return offset ? [`(${block},${offset})`] : [];
  }
  if (!type.startsWith('MULTI_INSERT')) return [];
  return [...(/offsets:?(.*)/.exec(about)?.[1] ?? '').matchAll(/\d+/g)].map(([n]) => `(${block},${n})`);
}

/** Every record as it comes. */
function signsIn(entries: Entry[], known: Knowledge, withSlots = false): Sign[] {
  return firstOfItems(
    entries.flatMap(({ at, table, row, slot, changed }): Sign[] => {
      if (changed !== undefined) return [{ at, item: changed }];
      if (slot !== undefined)
        return withSlots ? itemsIn({ table: 'slot', text: slot }, known).map((item) => ({ at, item })) : [];
      if (!table) return [{ at, hour: true }];
      return row ? signsOf(row, table, known, at) : [{ at }];
    }),
  );
}

/** Only what had not been written just so before: tables that are written anew all together name everybody each time. */
function newNamesIn(entries: Entry[], known: Knowledge, withSlots = false): Sign[] {
  const seen = new Set<string>();
  const fresh = entries.filter(({ row }) => {
    const key = row ? `${row.table} ${row.text}` : '';
    if (seen.has(key)) return row === null;
    seen.add(key);
    return true;
  });
  return signsIn(fresh, known, withSlots);
}

/** An item counts when it is first written. */
export function firstOfItems(signs: Sign[]): Sign[] {
  const seen = new Set<string>();
  return signs.filter(({ item, mark }) => {
    if (item === undefined) return true;
    const key = kindOf(item) === 'vote' ? `${item} ${mark}` : item;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
