import { bareAddress } from '../../domain/people/address.ts';
import { type Directory, directoryOf } from '../../domain/people/reporting.ts';
import { fold } from '../../domain/people/words.ts';
import { type Lock, type Preference, type TableWish, tableName } from '../../planning/tables/wishes.ts';

// The columns Host, Apart, Together, Lock, Prefers and Rather of a list of people: tables by id or name, people by name
// or address.

/** A row of the list, and whom it is about. */
export interface ListRow {
  line: number;
  id: string;
  name: string;
}

/** Wishes that the columns ask for. */
export interface ColumnWishes {
  apart: [string, string][];
  together: [string, string][];
  locks: Lock[];
  prefers: Preference[];
  rather: [string, string][];
}

const yes = new Set(['yes', 'y', 'x', 'true', '1', 'ja', 'j', 'oui', 'o', 'vrai', 'waar']);
const no = new Set(['', 'no', 'n', 'false', '0', 'nee', 'non', 'faux', 'onwaar']);

/** Whether a cell says yes; undefined where it says neither yes nor no. */
export function flagIn(cell: string): boolean | undefined {
  const said = fold(cell);
  return yes.has(said) ? true : no.has(said) ? false : undefined;
}

/** The table a cell names by id or name. */
export const tableIn = (tables: readonly TableWish[], cell: string) =>
  (tables.find(({ id }) => id === cell) ?? tables.find((table) => fold(tableName(table)) === fold(cell)))?.id;

/**
 * Reads the cells of the Host column: yes or no, or tables. A column of nothing but yes and no, in whatever signs,
 * names no table, so that 1 is a yes in it.
 */
export function hostsIn(
  cells: readonly { line: number; cell: string }[],
  tables: readonly TableWish[],
  faults: string[],
): (string | boolean)[] {
  const flags = cells.map(({ cell }) => flagIn(cell));
  const others = cells.filter(
    ({ cell }, index) => flags[index] === undefined && tableIn(tables, cell) !== undefined,
  );
  return cells.map(({ line, cell }, index) => {
    const table = others.length > 0 && fold(cell) !== '' ? tableIn(tables, cell) : undefined;
    const said = table ?? flags[index];
    if (said === undefined) faults.push(`Row ${line}: “${cell}” is neither yes nor no nor a table.`);
    return said ?? false;
  });
}

/** The pairs and locks in the cells of each row. */
export function wishesInColumns(
  rows: readonly ListRow[],
  cellsOf: (column: 'apart' | 'together' | 'lock' | 'prefers' | 'rather', row: number) => string,
  tables: readonly TableWish[],
  faults: string[],
): ColumnWishes {
  const directory = directoryOf(rows.map(({ id, name }) => ({ key: id, name })));
  const found: ColumnWishes = { apart: [], together: [], locks: [], prefers: [], rather: [] };
  for (const [index, row] of rows.entries()) {
    for (const column of ['apart', 'together', 'rather'] as const)
      for (const other of parts(cellsOf(column, index))) {
        const id = personIn(directory, other, row.line, faults);
        if (id !== undefined && id !== row.id) found[column].push([row.id, id]);
      }
    for (const part of parts(cellsOf('lock', index))) {
      const lock = lockIn(part, tables, row.line, faults);
      if (lock) found.locks.push({ person: row.id, ...lock });
    }
    for (const said of parts(cellsOf('prefers', index))) {
      const table = tableIn(tables, said);
      if (table !== undefined) found.prefers.push({ person: row.id, table });
      else faults.push(`Row ${row.line}: there is no table ${said}.`);
    }
  }
  return found;
}

/** Parts of a cell with ` | ` between them. */
export const parts = (cell: string) =>
  cell
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The id of somebody in the list, by name or address; undefined, with a fault, where it is nobody's or several people's. */
export function personIn(
  directory: Directory,
  said: string,
  line: number,
  faults: string[],
): string | undefined {
  const byKey = directory.byKey.get(bareAddress(said).toLowerCase()) ?? directory.byKey.get(said);
  const named = byKey ? [byKey] : (directory.byName.get(fold(said)) ?? []);
  if (named.length === 0) faults.push(`Row ${line}: ${said} is not in the list.`);
  if (named.length > 1)
    faults.push(`Row ${line}: ${named.length} people are called ${said}. Write the e-mail address.`);
  return named.length === 1 ? named[0]!.key : undefined;
}

/** "t2" or "t2: 1, 3". A table whose name has a colon is found as a whole first. */
function lockIn(
  said: string,
  tables: readonly TableWish[],
  line: number,
  faults: string[],
): Omit<Lock, 'person'> | undefined {
  const whole = tableIn(tables, said);
  if (whole !== undefined) return { table: whole };
  const [, name = '', list = ''] = /^(.*?):\s*([\d,\s]+)$/.exec(said) ?? [];
  const table = tableIn(tables, name.trim());
  const rounds = list.split(',').map((round) => Number(round.trim()));
  if (table !== undefined && rounds.every((round) => Number.isInteger(round) && round > 0))
    return { table, rounds };
  faults.push(`Row ${line}: “${said}” is no lock. Write a table, or a table and rounds as in “t2: 1, 3”.`);
  return undefined;
}
