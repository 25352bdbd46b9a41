// All tables of the database read row by row, and whom or what each row gives away.
import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';
import type { Item, Sign } from '../signs.ts';

/** Attacker's knowledge of an event from its pages: its guests, and the questions with their keys. */
export interface Knowledge {
  guests: { id: number; name: string; email: string }[];
  /** A word that only this question has, its key in addresses, and when it came out. */
  questions: { word: string; id: string; at: number }[];
  /** Hashes of slips, which lists of spent ones may hold. */
  slips: string[];
}

export interface Table {
  name: string;
  oid: number;
  /** Number of the file it lies in, by which the journal calls it. */
  file: number;
  /** Columns that hold a person's number. */
  people: string[];
}

export interface Row {
  table: string;
  ctid: string;
  xmin: number;
  values: Record<string, unknown>;
  /** The row as text, by which it is searched. */
  text: string;
}

/** Every table of ours. `letters` keep a number that is no foreign key where the person may be erased. */
export async function tablesOf(db: Db): Promise<Table[]> {
  return db.execute<{ name: string; oid: number; file: number; people: string[] }>(sql`
    SELECT c.relname AS name, c.oid::int AS oid, pg_relation_filenode(c.oid)::int AS file, coalesce(array_agg(a.attname) FILTER (WHERE a.attname IS NOT NULL), '{}') AS people
    FROM pg_class c
      LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid = 'people'::regclass
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (f.conkey)
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid ORDER BY 1`) as Promise<
    Table[]
  >;
}

export async function rowsOf(db: Db, table: Table, where: SQL = sql`true`): Promise<Row[]> {
  const rows = await db.execute<{ ctid: string; xmin: string; values: Record<string, unknown> }>(sql`
    SELECT t.ctid::text AS ctid, t.xmin::text AS xmin, to_jsonb(t) AS "values"
    FROM ${sql.identifier(table.name)} t WHERE ${where} ORDER BY t.ctid`);
  return rows.map(({ ctid, xmin, values }) => {
    const all = typeof values === 'string' ? (JSON.parse(values) as Row['values']) : values;
    return { table: table.name, ctid, xmin: Number(xmin), values: all, text: JSON.stringify(all) };
  });
}

/** Guests whom the row names by number, address or name. */
export function namedIn(row: Row, table: Table, { guests }: Knowledge): number[] {
  const numbers = table.name === 'people' ? ['id'] : table.people;
  return guests
    .filter(
      ({ id, email, name }) =>
        numbers.some((column) => row.values[column] === id) ||
        row.text.includes(email) ||
        row.text.includes(name),
    )
    .map(({ id }) => id);
}

const hexes = new Map<string, string>();

/** A word as its bytes are shown; each is looked for in many thousands of rows. */
function hexOf(word: string): string {
  const hex = hexes.get(word) ?? Buffer.from(word).toString('hex');
  hexes.set(word, hex);
  return hex;
}

/** Items the row holds, in words or as bytes. */
export function itemsIn({ table, text }: Pick<Row, 'table' | 'text'>, known: Knowledge): Item[] {
  const low = text.toLowerCase();
  const found: Item[] = known.slips.filter((slip) => low.includes(slip)).map((slip) => `slip:${slip}`);
  for (const { word, id } of known.questions) {
    if (text.includes(word) || low.includes(hexOf(word)) || isOwnRow(table, id, low)) found.push(word);
    else if (/vote|ballot/.test(table) && low.includes(keyIn(id))) found.push(`vote:${word}`);
  }
  return found;
}

/** A row that has the question's own 16 bytes and is no vote for it. */
const isOwnRow = (table: string, id: string, low: string) =>
  !/^\d+$/.test(id) && !/vote|ballot|work/.test(table) && low.includes(keyIn(id));

/** How a question's key stands in a row: a number, or 16 bytes. */
function keyIn(id: string): string {
  return /^\d+$/.test(id) ? `"question_id":${id},` : Buffer.from(id, 'base64url').toString('hex');
}

/** Lists a row's signs: whom it names, else what it holds, else that something moved. */
export function signsOf(row: Row, table: Table, known: Knowledge, at: number): Sign[] {
  const named = namedIn(row, table, known);
  if (named.length > 0) return named.map((person) => ({ at, person }));
  const items = itemsIn(row, known);
  return items.length > 0 ? items.map((item) => ({ at, item, mark: row.text })) : [{ at }];
}

/** Moments that stand in a row, in milliseconds. */
export function timesIn({ text }: Pick<Row, 'text'>): number[] {
  return [...text.matchAll(/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]*)"/g)].flatMap(([, time]) => {
    const at = Date.parse(time!);
    return Number.isNaN(at) ? [] : [at];
  });
}
