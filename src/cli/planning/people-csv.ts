import type { Attendee, TableWish } from '../../planning/tables/wishes.ts';
import type { CsvFile } from '../../web/csv.ts';
import { idOf, readList } from './people-list.ts';
import { numbersIn } from './tables-csv.ts';
import { type ColumnWishes, flagIn, hostsIn, wishesInColumns } from './wish-columns.ts';
import { InputError } from './wrong.ts';

// A list of people for tables: who hosts, who is here for which rounds, and what they wish.

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
  const { file, rows, cellOf, bossOf, faults, notes } = readList(bytes, extras, { sides: true });
  const hosts = hostsIn(
    rows.map(({ line }, index) => ({ line, cell: cellOf('host', index) })),
    tables,
    faults,
  );
  const numbers = numbersIn(file, balance, faults);
  const people = rows.map(
    (row, index): Attendee => ({
      id: idOf(row),
      name: row.name,
      side: row.side ?? 'talent',
      department: row.department,
      manager: bossOf(row),
      ...numbers[index],
      ...readExtras((extra) => cellOf(extra, index), hosts[index]!, row.line, faults),
    }),
  );
  const listed = people.map(({ id, name }, index) => ({ id, name, line: rows[index]!.line }));
  const wishes = wishesInColumns(listed, cellOf, tables, faults);
  if (faults.length > 0) throw new InputError(faults);
  return { people, wishes, file, notes };
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
