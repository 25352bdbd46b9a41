// A plan as a list of people with a column for each round: what its columns and cells say.
import { fold } from '../people/words.ts';

/** A mistake in a list: the English sentence and what fills it. */
export interface ListFault {
  sentence: string;
  params: Record<string, string | number>;
}

/** Somebody a list may name. */
export interface Listed {
  id: number;
  name: string;
  email: string;
}

const addressNames = new Set(
  ['E-mail', 'Email', 'Mail', 'Id', 'E-mail address', 'E-mailadres', 'Adresse e-mail'].map(fold),
);
const nameNames = new Set(['Name', 'Naam', 'Nom'].map(fold));

/** The round of a column called "Round 2", in the languages lists come in; 0 for any other. */
export const roundOfColumn = (name: string): number =>
  Number(/^(?:round|ronde|tour|manche) (\d{1,3})$/.exec(fold(name))?.[1] ?? 0);

/**
 * Reads the seats of a list: people by e-mail address, else by name, tables by number, an empty cell for no seat. All
 * mistakes are named; with one nothing is read.
 */
export function seatsInList(
  {
    header,
    rows,
  }: { header: readonly string[]; rows: readonly { line: number; cells: readonly string[] }[] },
  people: readonly Listed[],
  { rounds, tables }: { rounds: number; tables: number },
): { seats: Map<number, number[]>; faults: ListFault[] } {
  const seats = new Map<number, number[]>();
  const columns = header.map(roundOfColumn);
  const at = (names: ReadonlySet<string>) => header.findIndex((name) => names.has(fold(name)));
  const [address, name] = [at(addressNames), at(nameNames)];
  const faults: ListFault[] = [];
  if (address < 0 && name < 0)
    faults.push({ sentence: 'No column says who it is. Call one E-mail or Name.', params: {} });
  if (!columns.some((round) => round > 0))
    faults.push({
      sentence: 'No column says where people sit. Call them Round 1, Round 2 and so on.',
      params: {},
    });
  if (faults.length > 0) return { seats, faults };
  const personOf = finder(people);
  for (const { line, cells } of rows) {
    const said = (column: number) => (column < 0 ? '' : (cells[column] ?? '').trim());
    const person = personOf(said(address), said(name));
    if (typeof person === 'string') {
      faults.push({ sentence: person, params: { line, who: said(address) || said(name) } });
      continue;
    }
    if (seats.has(person.id)) {
      faults.push({
        sentence: 'Row {line}: {who} is in the list twice.',
        params: { line, who: person.name },
      });
      continue;
    }
    seats.set(person.id, rowOf(cells, columns, rounds, tables, line, faults));
  }
  return { seats, faults };
}

/** Finds people by address, else by name; gives the sentence for somebody who is not found. */
function finder(people: readonly Listed[]): (address: string, name: string) => Listed | string {
  const byAddress = Map.groupBy(people, (person) => person.email.toLowerCase());
  const byName = Map.groupBy(people, (person) => fold(person.name));
  return (address, name) => {
    const there = address === '' ? [] : (byAddress.get(address.toLowerCase()) ?? []);
    if (there.length === 1) return there[0]!;
    const named = byName.get(fold(name)) ?? [];
    // Tells two people behind one address apart by their names.
    const called = there.length > 1 ? there.filter((one) => named.includes(one)) : named;
    if (called.length === 1) return called[0]!;
    return called.length > 1
      ? 'Row {line}: several people are called {who}. Write the e-mail address.'
      : 'Row {line}: {who} is not among the people who come.';
  };
}

function rowOf(
  cells: readonly string[],
  columns: readonly number[],
  rounds: number,
  tables: number,
  line: number,
  faults: ListFault[],
): number[] {
  const row = Array.from({ length: rounds }, () => 0);
  for (const [column, round] of columns.entries()) {
    const said = (cells[column] ?? '').trim();
    if (round === 0 || said === '') continue;
    const table = /^\d{1,4}$/.test(said) ? Number(said) : 0;
    if (round > rounds)
      faults.push({ sentence: 'Row {line}: there is no round {round}.', params: { line, round } });
    else if (table < 1 || table > tables)
      faults.push({ sentence: 'Row {line}: there is no table {table}.', params: { line, table: said } });
    else row[round - 1] = table;
  }
  return row;
}
