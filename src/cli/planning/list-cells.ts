import { directoryOf } from '../../domain/people/reporting.ts';
import { fold } from '../../domain/people/words.ts';
import { readCsv } from '../../web/csv.ts';
import { columnsCalled, type Extras, idOf, type ReadList } from './people-list.ts';
import { flagIn, parts, personIn } from './wish-columns.ts';
import { InputError } from './wrong.ts';

// Cells of lists: flags, numbers, names of people and of other things, and lists of things that have an id.

/** Something with an id and perhaps a name, as lists may call it by either. */
export interface Named {
  id: string;
  name?: string;
}

/** Fields of an object that have a value. */
export const said = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

export const nothingIfEmpty = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

export function flag(cell: string, line: number, faults: string[]): true | undefined {
  const value = flagIn(cell);
  if (value === undefined) faults.push(`Row ${line}: “${cell}” is neither yes nor no.`);
  return value || undefined;
}

export function count(cell: string, line: number, faults: string[]): number | undefined {
  if (cell === '') return undefined;
  const value = Number(cell);
  if (Number.isInteger(value) && value >= 0) return value;
  faults.push(`Row ${line}: “${cell}” is not a whole number from 0.`);
  return undefined;
}

export function idOfNamed(all: readonly Named[], cell: string): string | undefined {
  return (all.find(({ id }) => id === cell) ?? all.find(({ id, name }) => fold(name ?? id) === fold(cell)))
    ?.id;
}

export function idsIn(
  all: readonly Named[],
  cell: string,
  line: number,
  what: string,
  faults: string[],
): string[] {
  return parts(cell).flatMap((name) => {
    const id = idOfNamed(all, name);
    if (id === undefined) faults.push(`Row ${line}: there is no ${what} ${name}.`);
    return id === undefined ? [] : [id];
  });
}

export function finder({ rows, faults }: Pick<ReadList<never>, 'rows' | 'faults'>) {
  const directory = directoryOf(rows.map((row) => ({ key: idOf(row), name: row.name })));
  return (name: string, line: number) => personIn(directory, name, line, faults);
}

/** People named in the cells of a column, as pairs with the person of the row. */
export function pairsIn<Extra extends string>(list: ReadList<Extra>, extra: Extra): [string, string][] {
  const find = finder(list);
  return list.rows.flatMap((row, index) =>
    parts(list.cellOf(extra, index)).flatMap((name): [string, string][] => {
      const id = find(name, row.line);
      return id === undefined || id === idOf(row) ? [] : [[idOf(row), id]];
    }),
  );
}

/** The list of trends, dates or events: each has an id in the column of that name. */
export function readNamed<Column extends string>(
  bytes: Uint8Array,
  columns: Extras<Column | 'id' | 'name'>,
  what: string,
  read: (cell: (column: Column) => string, line: number, faults: string[]) => object,
): (Named & Record<string, unknown>)[] {
  const file = readCsv(bytes);
  if (file.problem) throw new InputError([file.problem]);
  const at = columnsCalled(file.header, columns);
  if (at.id === undefined) throw new InputError([`No column names the ${what}s.`]);
  const faults: string[] = [];
  const all = file.rows.map(({ cells, line }) => {
    const cell = (column: Column | 'id' | 'name') =>
      at[column] === undefined ? '' : (cells[at[column]] ?? '').trim();
    if (cell('id') === '') faults.push(`Row ${line} of the ${what}s has no ${what}.`);
    return {
      id: cell('id'),
      ...said({ name: cell('name') || undefined }),
      ...said(read(cell, line, faults)),
    };
  });
  if (faults.length > 0)
    throw new InputError(faults.map((fault) => fault.replace(/^Row (\d+):/, `Row $1 of the ${what}s:`)));
  return all;
}
