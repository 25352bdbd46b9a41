import { bareAddress } from '../../domain/people/address.ts';
import { guessColumns } from '../../domain/people/columns.ts';
import { directoryOf } from '../../domain/people/reporting.ts';
import { type ReadRow, readRows } from '../../domain/people/rows.ts';
import { fold, type Says } from '../../domain/people/words.ts';
import type { Attendee, TableWish } from '../../planning/tables/wishes.ts';
import { type CsvFile, readCsv } from '../../web/csv.ts';
import { inWords } from '../say.ts';
import { numbersIn } from './tables-csv.ts';
import { type ColumnWishes, flagIn, hostsIn, wishesInColumns } from './wish-columns.ts';
import { Wrong } from './wrong.ts';

// A list of people as organisers have it: the columns of the import of people, and who hosts and who is here for which
// rounds.

const extras = {
  host: 'host, table host, hosts, gastheer, gastvrouw, tafelgastheer, hote, hote de table',
  stays: 'stays, stays seated, blijft, blijft zitten, reste, place fixe',
  from: 'from, from round, first round, vanaf, vanaf ronde, a partir de, depuis',
  until: 'until, until round, last round, tot, tot ronde, jusqu a, jusque',
  apart: 'apart, not with, gescheiden, niet met, separe, pas avec',
  together: 'together, with, samen, samen met, ensemble, avec',
  prefers: 'prefers, preferred table, liefst aan, voorkeurstafel, prefere, table preferee',
  rather: 'rather, likes to meet, rather with, liefst met, plutot avec, aimerait rencontrer',
  lock: 'lock, locked, locked to, vast, vaste tafel, verrouille, table fixe',
} as const;
type Extra = keyof typeof extras;

/** The people in a list, in its order, and the list itself. */
export interface PeopleList {
  people: Attendee[];
  /** Pairs and locks in the columns Apart, Together and Lock. */
  wishes: ColumnWishes;
  file: CsvFile;
  notes: string[];
}

/**
 * Everybody in the list; people with an e-mail address have it as their id, others their name. Where a column is called
 * as `balance` says, its numbers are theirs.
 */
export function peopleFromCsv(bytes: Uint8Array, tables: readonly TableWish[], balance?: string): PeopleList {
  const file = readCsv(bytes);
  if (file.problem) throw new Wrong([file.problem]);
  const extraAt = extraColumns(file.header);
  const header = file.header.map((cell, index) => (Object.values(extraAt).includes(index) ? '' : cell));
  const columns = guessColumns(
    header,
    file.rows.map(({ cells }) => cells),
  );
  checkColumns(columns);
  const [faults, notes]: [string[], string[]] = [[], []];
  const rows = readRows(file.rows, columns);
  const cellOf = (extra: Extra, index: number) =>
    extraAt[extra] === undefined ? '' : (file.rows[index]!.cells[extraAt[extra]] ?? '').trim();
  faults.push(...sameTwice(rows));
  const hosts = hostsIn(
    rows.map(({ line }, index) => ({ line, cell: cellOf('host', index) })),
    tables,
    faults,
  );
  const bossOf = managers(rows, faults, notes);
  const numbers = numbersIn(file, balance, faults);
  const people = rows.map((row, index): Attendee => {
    for (const why of row.why.filter(matters)) faults.push(`Row ${row.line}: ${inWords(why)}`);
    return {
      id: idOf(row),
      name: row.name,
      side: row.side ?? 'talent',
      department: row.department,
      manager: bossOf(row),
      ...numbers[index],
      ...readExtras((extra) => cellOf(extra, index), hosts[index]!, row.line, faults),
    };
  });
  const listed = people.map(({ id, name }, index) => ({ id, name, line: rows[index]!.line }));
  const wishes = wishesInColumns(listed, cellOf, tables, faults);
  if (faults.length > 0) throw new Wrong(faults);
  return { people, wishes, file, notes };
}

/** Throws a Wrong where nobody can be named or has a side. */
function checkColumns(columns: readonly unknown[]): void {
  const faults: string[] = [];
  if (!['name', 'firstName', 'lastName'].some((field) => columns.includes(field)))
    faults.push('No column is the name. Call one Name.');
  if (!columns.includes('side'))
    faults.push('No column is the side. Call one Side, with talent or senior in it.');
  if (faults.length > 0) throw new Wrong(faults);
}

/** Seats need no address. */
const matters = ({ sentence }: Says) => !/\baddress\b/i.test(sentence);

const idOf = ({ email, name }: ReadRow) => bareAddress(email).toLowerCase() || name;

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

function extraColumns(header: readonly string[]): Partial<Record<Extra, number>> {
  const found: Partial<Record<Extra, number>> = {};
  for (const extra of Object.keys(extras) as Extra[]) {
    const names = extras[extra].split(', ');
    const index = header.findIndex((cell) => names.includes(fold(cell)));
    if (index >= 0) found[extra] = index;
  }
  return found;
}

function readExtras(
  cell: (extra: Extra) => string,
  host: string | boolean,
  line: number,
  faults: string[],
): Partial<Attendee> {
  const stays = flagIn(cell('stays'));
  if (stays === undefined) faults.push(`Row ${line}: “${cell('stays')}” is neither yes nor no.`);
  const round = (extra: Extra) => {
    if (cell(extra) === '') return undefined;
    const said = Number(cell(extra));
    if (!Number.isInteger(said) || said < 1) faults.push(`Row ${line}: “${cell(extra)}” is not a round.`);
    return said;
  };
  return {
    ...(host === false ? {} : { host }),
    ...(stays ? { stays: true } : {}),
    from: round('from'),
    until: round('until'),
  };
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
