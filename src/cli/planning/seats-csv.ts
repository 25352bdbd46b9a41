import { fold } from '../../domain/people/words.ts';
import type { TablesAnswer } from '../../planning/tables/answer.ts';
import type { Change } from '../../planning/tables/changes.ts';
import {
  type RoundLists,
  type TablesWishes,
  type TableWish,
  tableName,
  tablesOf,
} from '../../planning/tables/wishes.ts';
import { type CsvFile, writeCsv } from '../../web/csv.ts';
import type { PeopleList } from './people-csv.ts';
import { tableIn } from './wish-columns.ts';
import { InputError } from './wrong.ts';

// People's tables, in the columns Round 1, Round 2, … of their list: written beside what the list says already, and
// read again as the plan people know.

/** Rounds by column: 2 for "Round 2"; 0 for any other. */
const roundsOf = (header: readonly string[]) =>
  header.map((name) => Number(/^(?:round|ronde|tour|manche) (\d{1,3})$/.exec(fold(name))?.[1] ?? 0));

/** The plan that is in the list, tables by id or name; undefined where nobody has a table in it. */
export function planIn({ people, file }: PeopleList, tables: readonly TableWish[]): RoundLists[] | undefined {
  const faults: string[] = [];
  const plan: string[][][] = [];
  for (const [column, round] of roundsOf(file.header).entries()) {
    if (round === 0) continue;
    for (const [index, { cells, line }] of file.rows.entries()) {
      const said = cells[column]!.trim();
      if (said === '') continue;
      const id = tableIn(tables, said);
      const table = tables.findIndex((one) => one.id === id);
      if (table < 0)
        faults.push(
          `Row ${line}: there is no table ${said} among ${tables.length}. Empty the cell, or leave the column out.`,
        );
      else {
        plan[round - 1] ??= tables.map(() => []);
        plan[round - 1]![table]!.push(people[index]!.id);
      }
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  return plan.length > 0 ? Array.from(plan, (round) => round ?? []) : undefined;
}

/** The column that says what a plan changes for each person; an earlier one is replaced. */
const changesColumn = 'Seat changes';

/** The list with the table of each round and, where a plan was known, what changed for each person, or a list of everybody where there was none; away is an empty cell. */
export function seatsToCsv(
  wishes: TablesWishes,
  { rounds, changes }: Pick<TablesAnswer, 'rounds' | 'changes'>,
  file?: CsvFile,
): string {
  const tables = tablesOf(wishes);
  const tableOf = rounds.map(
    (round) =>
      new Map(round.flatMap((ids, table) => ids.map((id) => [id, tableName(tables[table]!)] as const))),
  );
  const names = [...rounds.map((_, index) => `Round ${index + 1}`), ...(changes ? [changesColumn] : [])];
  const seatsOf = (id: string) => [
    ...tableOf.map((at) => at.get(id) ?? ''),
    ...(changes ? [changesSaid(changes[id] ?? [], tables)] : []),
  ];
  if (!file) {
    const rows = wishes.people.map(({ id, name, side, department = '' }) => [id, name, side, department]);
    return writeCsv(
      ['Id', 'Name', 'Side', 'Department', ...names],
      rows.map((row) => [...row, ...seatsOf(row[0]!)]),
    );
  }
  const isRound = roundsOf(file.header);
  const isOurs = file.header.map((name, column) => isRound[column]! > 0 || name === changesColumn);
  const others = (cells: readonly string[]) => cells.filter((_, column) => !isOurs[column]);
  const rows = file.rows.map(({ cells }, index) => [...others(cells), ...seatsOf(wishes.people[index]!.id)]);
  return writeCsv([...others(file.header), ...names], rows, { delimiter: file.delimiter });
}

/** "Round 2: t1 to t3"; somebody who had no seat, or has none now, is "not there". */
function changesSaid(changes: readonly Change[], tables: readonly TableWish[]): string {
  const called = (id: string | null) =>
    id === null ? 'not there' : tableName(tables.find((table) => table.id === id) ?? { id });
  return changes.map(([from, to, round]) => `Round ${round}: ${called(from)} to ${called(to)}`).join('; ');
}
