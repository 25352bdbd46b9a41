import { bareAddress } from '../../domain/people/address.ts';
import { type Column, guessColumns } from '../../domain/people/columns.ts';
import { directoryOf } from '../../domain/people/reporting.ts';
import { type ReadRow, readRows } from '../../domain/people/rows.ts';
import { fold, type Sentence } from '../../domain/people/words.ts';
import { inWords } from '../../terminal.ts';
import { type CsvFile, readCsv } from '../../web/csv.ts';
import { InputError } from './wrong.ts';

// A list of people as organisers have it: the columns of the import of people, and those that one planner knows besides.

/** Names of further columns, as they may be written, with commas between. */
export type Extras<Extra extends string> = Readonly<Record<Extra, string>>;

/** Rows of a list, and the cells of the further columns. */
export interface ReadList<Extra extends string> {
  file: CsvFile;
  /** The header, with nothing where a column is known. */
  unknown: readonly string[];
  rows: readonly ReadRow[];
  cellOf: (extra: Extra, row: number) => string;
  bossOf: (row: ReadRow) => string | undefined;
  faults: string[];
  notes: string[];
}

/** Reads a list whose rows are people; without `sides` nobody's side is looked at. */
export function readList<Extra extends string>(
  bytes: Uint8Array,
  extras: Extras<Extra>,
  { sides }: { sides: boolean },
): ReadList<Extra> {
  const file = readCsv(bytes);
  if (file.problem) throw new InputError([file.problem]);
  const extraAt = columnsCalled(file.header, extras);
  const places = Object.values(extraAt);
  const header = file.header.map((cell, index) => (places.includes(index) ? '' : cell));
  const columns = guessColumns(
    header,
    file.rows.map(({ cells }) => cells),
  );
  checkColumns(columns, sides);
  const [faults, notes]: [string[], string[]] = [[], []];
  const rows = readRows(file.rows, columns);
  faults.push(...sameTwice(rows));
  for (const row of rows)
    for (const why of row.why) if (matters(why, sides)) faults.push(`Row ${row.line}: ${inWords(why)}`);
  return {
    file,
    unknown: header.map((cell, index) => (columns[index] === 'skip' ? cell : '')),
    rows,
    cellOf: (extra, row) =>
      extraAt[extra] === undefined ? '' : (file.rows[row]!.cells[extraAt[extra]] ?? '').trim(),
    bossOf: managers(rows, faults, notes),
    faults,
    notes,
  };
}

/** Throws a Wrong where nobody can be named or has a side. */
function checkColumns(columns: readonly Column[], sides: boolean): void {
  const faults: string[] = [];
  if (!(['name', 'firstName', 'lastName'] as const).some((field) => columns.includes(field)))
    faults.push('No column is the name. Call one Name.');
  if (sides && !columns.includes('side'))
    faults.push('No column is the side. Call one Side, with talent or senior in it.');
  if (faults.length > 0) throw new InputError(faults);
}

/** Planning needs no address, and not always a side. */
const matters = ({ sentence }: Sentence, sides: boolean) =>
  !/\baddress\b/i.test(sentence) && (sides || !/\b(talent|senior)\b/i.test(sentence));

/** People with an e-mail address have it as their id, others their name. */
export const idOf = ({ email, name }: Pick<ReadRow, 'email' | 'name'>) =>
  bareAddress(email).toLowerCase() || name;

function sameTwice(rows: readonly ReadRow[]): string[] {
  const lines = new Map<string, number>();
  return rows.flatMap((row) => {
    const before = lines.get(idOf(row));
    lines.set(idOf(row), before ?? row.line);
    if (before === undefined || idOf(row) === '') return [];
    const way = row.email ? '' : ' E-mail addresses tell people of one name apart.';
    return [`Row ${row.line}: ${idOf(row)} is in row ${before} already.${way}`];
  });
}

/** The place of each column that has one of its names. */
export function columnsCalled<Extra extends string>(
  header: readonly string[],
  extras: Extras<Extra>,
): Partial<Record<Extra, number>> {
  const found: Partial<Record<Extra, number>> = {};
  for (const extra of Object.keys(extras) as Extra[]) {
    const names = extras[extra].split(', ');
    const index = header.findIndex((cell) => names.includes(fold(cell)));
    if (index >= 0) found[extra] = index;
  }
  return found;
}

/** The id of each row's manager: their address or name among the rows, or nobody where they are not in the list. */
function managers(
  rows: readonly ReadRow[],
  faults: string[],
  notes: string[],
): (row: ReadRow) => string | undefined {
  const directory = directoryOf(rows.map((row) => ({ key: idOf(row), name: row.name })));
  const absent = new Set<string>();
  const bossOf = (row: ReadRow) => {
    if (!row.manager) return undefined;
    const byKey = directory.byKey.get(bareAddress(row.manager).toLowerCase());
    const named = byKey ? [byKey] : (directory.byName.get(fold(row.manager)) ?? []);
    if (named.length > 1)
      faults.push(
        `Row ${row.line}: ${named.length} people are called ${row.manager}. Write the e-mail address.`,
      );
    if (named.length === 0) absent.add(row.manager);
    return named[0]?.key;
  };
  const found = new Map(rows.map((row) => [row, bossOf(row)]));
  if (absent.size > 0)
    notes.push(`Not in the list, so not kept apart from anybody: ${[...absent].slice(0, 10).join(', ')}.`);
  return (row) => found.get(row);
}
