// Readers 2 and 3: a copy of the database at one moment, dead rows and all, and of the files beside it; and one each night.
import { readFileSync, statSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';
import type { Place } from '../places.ts';
import type { Item, Sight, Sign } from '../signs.ts';
import { backedUpIn, backupOf } from './backups.ts';
import { filesBeside } from './files.ts';
import { firstOfItems } from './journal.ts';
import {
  itemsIn,
  type Knowledge,
  namedIn,
  type Row,
  rowsOf,
  signsOf,
  type Table,
  tablesOf,
  timesIn,
} from './rows.ts';
import { type Sequence, sequenceSights, sequencesOf } from './sequences.ts';
import { type Counter, countedIn, countersOf, type Sample, sampledIn, samplesOf } from './statistics.ts';

interface File {
  name: string;
  changed: number;
  size: number;
  bytes: Buffer;
}

interface Version {
  table: string;
  /** Transactions that wrote and removed it. */
  xmin: number;
  xmax: number;
  text: string;
  /** First four bytes of each column, which in a column of persons are a number. */
  numbers: Record<string, number>;
}

export interface Copy {
  at: number;
  rows: [Row, Table][];
  versions: Version[];
  files: File[];
  samples: Sample[];
  counters: Counter[];
  sequences: Sequence[];
  backup: string;
}

/** Copies everything. `asPlayed` turns times of the machine's clock into those of the game. */
export async function copyOf(
  { world: { db, sql: client }, folder }: Pick<Place, 'world' | 'folder'>,
  now: number,
  asPlayed: (real: number) => number,
): Promise<Copy> {
  const counters = await countersOf(db, asPlayed);
  const tables = (await tablesOf(db)).filter(({ name }) => name !== 'queue_of_tests');
  const rows: Copy['rows'] = [];
  for (const table of tables) for (const row of await rowsOf(db, table)) rows.push([row, table]);
  const versions: Version[] = [];
  for (const table of tables)
    if (rows.some(([row]) => row.table === table.name)) versions.push(...(await versionsOf(db, table)));
  return {
    at: now,
    rows,
    versions,
    files: filesIn(folder, asPlayed),
    samples: await samplesOf(db),
    counters,
    sequences: await sequencesOf(db),
    backup: await backupOf(client, folder),
  };
}

/** Every version of every row that lies in the table's file, dead or not, with what it held. */
async function versionsOf(db: Db, table: Table): Promise<Version[]> {
  const found = await db.execute<{ xmin: string; xmax: string; attrs: string[]; names: string[] }>(sql`
    SELECT i.t_xmin::text AS xmin, i.t_xmax::text AS xmax, array(SELECT coalesce(encode(a, 'hex'), '') FROM unnest(i.t_attrs) a) AS attrs,
      array(SELECT attname::text FROM pg_attribute WHERE attrelid = ${table.oid}::oid AND attnum > 0 ORDER BY attnum) AS names
    FROM generate_series(0, pg_relation_size(${table.oid}::oid)::int / 8192 - 1) AS block,
      heap_page_item_attrs(get_raw_page(${table.name}, block::int), ${table.oid}::oid) AS i WHERE i.t_xmin IS NOT NULL`);
  const people = table.name === 'people' ? ['id'] : table.people;
  return found.map(({ xmin, xmax, attrs, names }) => ({
    table: table.name,
    xmin: Number(xmin),
    xmax: Number(xmax),
    text: attrs.join(' '),
    numbers: Object.fromEntries(
      people.flatMap((column) => {
        const bytes = Buffer.from(attrs[names.indexOf(column)] ?? '', 'hex');
        return bytes.length >= 4 ? [[column, bytes.readInt32LE(0)]] : [];
      }),
    ),
  }));
}

/** Lists the files in the folder beside the embedded database. */
function filesIn(folder: string, asPlayed: (real: number) => number): File[] {
  return filesBeside(folder).map((name) => {
    const { mtimeMs, size } = statSync(name);
    return { name, size, changed: asPlayed(mtimeMs), bytes: readFileSync(name) };
  });
}

/** One copy alone, in each way one may look at it. */
export function sightsOf(copy: Copy, known: Knowledge): Sight[] {
  const signs = copy.rows.flatMap(([row, table]) => signsOf(row, table, known, row.xmin));
  const tables = [...new Set(copy.rows.map(([, table]) => table))];
  return [
    { reader: 'copy', lens: 'transactions', signs: firstOfItems(byTime(signs)) },
    { reader: 'copy', lens: 'places', signs: placesIn(copy, known) },
    { reader: 'copy', lens: 'dead rows', signs: firstOfItems(byTime(deadIn(copy, known))) },
    { reader: 'copy', lens: 'files', signs: firstOfItems(byTime(filesSeen(copy, known))) },
    {
      reader: 'copy',
      lens: 'column statistics',
      signs: firstOfItems(sampledIn(copy.samples, copy.rows, known)),
    },
    {
      reader: 'copy',
      lens: 'use of tables',
      signs: firstOfItems(byTime(countedIn(copy.counters, copy.rows, known, copy.at))),
    },
    { reader: 'copy', lens: 'backup', signs: firstOfItems(backedUpIn(copy.backup, tables, known)) },
    ...sequenceSights(copy.sequences, copy.rows, known, copy.at),
  ];
}

const byTime = (signs: Sign[]) => signs.toSorted((a, b) => a.at - b.at);

/** How many votes have a value of 16 bytes or more that another vote has too, besides the question's own key. */
export function sharing({ rows }: Copy, known: Knowledge): number {
  const keys = new Set(known.questions.map(({ id }) => Buffer.from(id, 'base64url').toString('hex')));
  const votes = rows.filter(
    ([row, table]) => /vote|ballot/.test(row.table) && namedIn(row, table, known).length === 0,
  );
  const values = votes.map(
    ([row]) => new Set([...row.text.matchAll(/[0-9a-f]{32,}/g)].map(([value]) => value)),
  );
  const counts = new Map<string, number>();
  for (const one of values.flatMap((all) => [...all])) counts.set(one, (counts.get(one) ?? 0) + 1);
  return values.filter((all) => [...all].some((one) => counts.get(one)! > 1 && !keys.has(one))).length;
}

/** In the order in which rows lie in their files: persons as they got slips, items as they lie. */
function placesIn({ rows }: Copy, known: Knowledge): Sign[] {
  const given = rows.filter(([row]) => /slips|rsvps/.test(row.table));
  const people = given
    .flatMap(([row, table]) => namedIn(row, table, known))
    .map((person) => ({ at: 0, person }));
  const items = rows.flatMap(([row]) => itemsIn(row, known)).map((item, n) => ({ at: n + 1, item }));
  return [...people, ...firstOfItems(items)];
}

function deadIn({ versions }: Copy, known: Knowledge): Sign[] {
  const guests = new Set(known.guests.map(({ id }) => id));
  return versions.flatMap(({ xmin, xmax, text, numbers, table }): Sign[] => {
    const named = Object.values(numbers).filter((one) => guests.has(one));
    const moments = [xmin, xmax].filter((one) => one > 0);
    if (named.length > 0) return moments.flatMap((at) => named.map((person) => ({ at, person })));
    const items = itemsIn({ table, text }, known);
    return moments.flatMap((at): Sign[] =>
      items.length > 0 ? items.map((item) => ({ at, item, mark: text })) : [{ at }],
    );
  });
}

/** Times written in rows that name people, beside the times and words of files, and the moments questions came out. */
function filesSeen({ rows, files, at: now }: Copy, known: Knowledge): Sign[] {
  const named = rows.flatMap(([row, table]) => {
    const people = namedIn(row, table, known);
    return timesIn(row).flatMap((at) => (at <= now ? people.map((person) => ({ at, person })) : []));
  });
  const moved = files.flatMap((file): Sign[] => {
    const items = itemsIn({ table: '', text: file.bytes.toString('latin1') }, known);
    return items.length > 0 ? items.map((item) => ({ at: file.changed, item })) : [{ at: file.changed }];
  });
  const out = known.questions.filter(({ at }) => at <= now).map(({ word, at }) => ({ at, item: word }));
  return [...named, ...moved, ...out];
}

/** Copies of every night, side by side: what is new in each. */
export function nightlySights(copies: readonly Copy[], known: Knowledge): Sight[] {
  const nights = copies.map(({ rows }, night) => rows.map(([row, table]) => ({ row, table, night })));
  const fresh = nights.map((rows, night) => {
    const before = new Set((nights[night - 1] ?? []).map(({ row }) => `${row.table} ${row.text}`));
    return rows.filter(({ row }) => !before.has(`${row.table} ${row.text}`));
  });
  const signs = (at: (row: Row, night: number) => number) =>
    fresh.flatMap((rows) =>
      rows.flatMap(({ row, table, night }) => signsOf(row, table, known, at(row, night))),
    );
  const changed = nights.flatMap((rows, night) => {
    const now = new Set(rows.flatMap(({ row }) => wordsIn(row, known)));
    const before = (nights[night - 1] ?? []).flatMap(({ row }) => wordsIn(row, known));
    return before.filter((text) => !now.has(text)).map((text) => ({ at: night, item: goneOf(text) }));
  });
  return [
    {
      reader: 'keeper',
      lens: 'nights',
      signs: firstOfItems(byTime([...signs((_, night) => night), ...changed])),
    },
    { reader: 'keeper', lens: 'transactions', signs: firstOfItems(byTime(signs(({ xmin }) => xmin))) },
  ];
}

/** Lists a row's words of a question, so that other words or none are seen the night after. */
function wordsIn({ values }: Row, { questions }: Knowledge): string[] {
  const { text } = values;
  if (typeof text !== 'string') return [];
  return questions.filter(({ word }) => text.includes(word)).map(({ word }) => `${word} ${text}`);
}

const goneOf = (text: string): Item => `gone:${text.split(' ')[0]}`;
