// Reader 2: numbers that the database counts up. Their order says who came after whom, and a gap that something was begun in between.
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';
import type { Sight, Sign } from '../signs.ts';
import { type Knowledge, type Row, signsOf, type Table } from './rows.ts';

export interface Sequence {
  table: string;
  column: string;
  /** The number given last, null where none was. */
  last: number | null;
}

/** The number that each sequence gave last. */
export async function numbersOf(db: Db): Promise<Map<string, string>> {
  const rows = await db.execute<{ name: string; last: string }>(sql`
    SELECT sequencename AS name, coalesce(last_value::text, '') AS last FROM pg_sequences
    WHERE schemaname = 'public' AND sequencename NOT LIKE 'queue_of_tests%'`);
  return new Map(rows.map(({ name, last }) => [`numbers of ${name.replace(/_(id|number)_seq$/, '')}`, last]));
}

/** All sequences with the columns they count for. */
export async function sequencesOf(db: Db): Promise<Sequence[]> {
  return db.execute<Sequence & Record<string, unknown>>(sql`
    SELECT c.relname AS "table", a.attname AS "column", s.last_value::int AS last
    FROM pg_sequences s JOIN pg_depend d ON d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
      JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
    WHERE s.schemaname = 'public' AND c.relname <> 'queue_of_tests' ORDER BY 1`) as Promise<Sequence[]>;
}

/** One sight a sequence whose numbers stand beside names or items. */
export function sequenceSights(
  sequences: readonly Sequence[],
  rows: readonly [Row, Table][],
  known: Knowledge,
  now: number,
): Sight[] {
  return sequences.flatMap((one): Sight[] => {
    const signs = countedBy(one, rows, known);
    if (!signs.some(({ person, item }) => person !== undefined || item !== undefined)) return [];
    return [
      { reader: 'copy', lens: `sequence of ${one.table}`, signs: [...signs, ...comeOut(signs, known, now)] },
    ];
  });
}

function countedBy(
  { table, column, last }: Sequence,
  rows: readonly [Row, Table][],
  known: Knowledge,
): Sign[] {
  const mine = rows
    .filter(([row]) => row.table === table && typeof row.values[column] === 'number')
    .map(([row, of]) => ({ row, of, n: row.values[column] as number }))
    .toSorted((a, b) => a.n - b.n);
  const ends = [...mine.slice(1).map(({ n }) => n), (last ?? 0) + 1];
  return mine.flatMap(({ row, of, n }, place) => [
    ...signsOf(row, of, known, n),
    // Rows of earlier events are gone, and their numbers with them: of a long gap only the first numbers are used.
    ...Array.from({ length: Math.min(20, Math.max(0, ends[place]! - n - 1)) }, (_, k) => ({ at: n + k + 1 })),
  ]);
}

/** Estimates from all counts how many items are published by now, where the sequence itself does not count them. */
function comeOut(signs: readonly Sign[], known: Knowledge, now: number): Sign[] {
  const counted = new Set(signs.map(({ item }) => item));
  const end = Math.max(...signs.map(({ at }) => at)) + 1;
  return known.questions
    .filter(({ word, at }) => at <= now && !counted.has(word))
    .map(({ word }) => ({ at: end, item: word }));
}
