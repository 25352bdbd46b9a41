// Reader 2: a backup of our own, read from its first line to its last.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { linesInParts } from '../../../src/database/backups/parts.ts';
import { backUp, type Database } from '../../../src/database/open.ts';
import type { Sign } from '../signs.ts';
import { itemsIn, type Knowledge, namedIn, type Table } from './rows.ts';

/** Makes one beside all that is looked at, and reads it. */
export async function backupOf(client: Database['sql'], folder: string): Promise<string> {
  const file = path.join(folder, '..', `${path.basename(folder)}.backup`);
  rmSync(file, { force: true });
  await backUp(client, file);
  const lines = await Array.fromAsync(linesInParts(file));
  rmSync(file);
  return lines.join('\n');
}

/** Persons and items in the order of lines. A person's number is looked for where the columns of a table are known. */
export function backedUpIn(backup: string, tables: readonly Table[], known: Knowledge): Sign[] {
  const people = new Map(tables.map(({ name, people: columns }) => [name, columns]));
  let table: Table = { name: '', oid: 0, file: 0, people: [] };
  let columns: string[] = [];
  return backup.split('\n').flatMap((line, at): Sign[] => {
    const told = readLine(line);
    if (typeof told === 'object' && told.table) {
      table = { name: told.table, oid: 0, file: 0, people: people.get(told.table) ?? [] };
      columns = told.columns ?? [];
      return [];
    }
    const text = typeof told === 'string' ? told : line;
    const cells = cellsOf(text);
    const values = Object.fromEntries(columns.map((column, n) => [column, numberOr(cells[n])]));
    const named = namedIn({ table: table.name, ctid: '', xmin: 0, values, text }, table, known);
    if (named.length > 0) return named.map((person) => ({ at, person }));
    return itemsIn({ table: table.name, text }, known).map((item) => ({ at, item, mark: text }));
  });
}

function readLine(line: string): string | { table?: string; columns?: string[] } {
  try {
    return JSON.parse(line) ?? '';
  } catch {
    return line;
  }
}

/** Cells of a row in PostgreSQL's text form, or in that of COPY. */
const cellsOf = (text: string) =>
  text.includes('\t')
    ? text.split('\t')
    : (text.slice(1, -1).match(/"(?:[^"]|"")*"|[^,]+|(?<=,|^)(?=,|$)/g) ?? []);

const numberOr = (cell: string | undefined) =>
  cell !== undefined && /^\d+$/.test(cell) ? Number(cell) : cell;
