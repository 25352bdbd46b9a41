import { fold } from '../../domain/people/words.ts';
import type { ClosedTable, TableWish } from '../../planning/tables/wishes.ts';
import { type CsvFile, readCsv } from '../../web/csv.ts';
import { InputError } from './wrong.ts';

// A list of tables beside a list of people, and columns of numbers.

const columns = {
  id: 'table, id, tafel, number, nummer, numero',
  name: 'name, naam, nom',
  seats: 'seats, chairs, places, plaatsen, stoelen',
  closed: 'closed, closed from, gesloten, gesloten vanaf, fermee, fermee a partir de',
} as const;
type Column = keyof typeof columns;

/** The tables in a list with the column Table and perhaps Name, Seats and Closed from (a round). */
export function tablesFromCsv(bytes: Uint8Array): { tables: TableWish[]; closed?: ClosedTable[] } {
  const file = readCsv(bytes);
  if (file.problem) throw new InputError([file.problem]);
  const at = (column: Column) =>
    file.header.findIndex((cell) => columns[column].split(', ').includes(fold(cell)));
  if (at('id') < 0) throw new InputError(['No column names the tables. Call one Table.']);
  const faults: string[] = [];
  const cell = (cells: readonly string[], column: Column) =>
    (at(column) < 0 ? '' : (cells[at(column)] ?? '')).trim();
  const count = (said: string, line: number, what: string, least: number) => {
    if (said === '') return undefined;
    const value = Number(said);
    if (!Number.isInteger(value) || value < least)
      faults.push(`Row ${line} of the tables: “${said}” is not a number of ${what}.`);
    return value;
  };
  const closed: ClosedTable[] = [];
  const tables = file.rows.map(({ cells, line }): TableWish => {
    const [id, name] = [cell(cells, 'id'), cell(cells, 'name')];
    if (id === '') faults.push(`Row ${line} of the tables has no table.`);
    const seats = count(cell(cells, 'seats'), line, 'seats', 0);
    const from = count(cell(cells, 'closed'), line, 'a round', 1);
    if (from !== undefined) closed.push({ table: id, from });
    return { id, ...(name === '' ? {} : { name }), ...(seats === undefined ? {} : { seats }) };
  });
  if (faults.length > 0) throw new InputError(faults);
  return { tables, ...(closed.length > 0 ? { closed } : {}) };
}

/** The number in the column called `field`, as a field of that name, by row; decimals with a point or a comma. */
export function numbersIn(
  file: CsvFile,
  field: string | undefined,
  faults: string[],
): Readonly<Record<string, number>>[] {
  if (field === undefined) return [];
  const column = file.header.findIndex((name) => fold(name) === fold(field));
  return file.rows.map(({ cells, line }) => {
    const said = (cells[column] ?? '').trim();
    if (said === '') return {};
    const value = Number(said.replace(',', '.'));
    if (!Number.isFinite(value)) faults.push(`Row ${line}: “${said}” is not a number.`);
    return { [field]: value };
  });
}
