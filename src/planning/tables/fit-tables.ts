// How many tables an evening needs: for the people who are expected, not for all who may come.
import { oddsOf } from './thin.ts';
import { type AskedTables, presenceOf, type TablesWishes } from './wishes.ts';

/** Wishes with a number of tables; a sentence about how it was chosen, or the faults why none can be. */
export interface Fitted {
  wishes: TablesWishes;
  sentences: string[];
  faults: string[];
}

/** Chooses the number of tables where `fit` asks for it. */
export function fitted({ seatsPerTable, tables, ...asked }: AskedTables): Fitted {
  if (tables !== 'fit') {
    const faults = seatsPerTable ? ['seatsPerTable goes with tables: "fit" only.'] : [];
    return { wishes: { ...asked, tables }, sentences: [], faults };
  }
  const wishes: TablesWishes = { ...asked, tables: 1 };
  const faults = [...rangeFaults(seatsPerTable), ...namedTables(wishes)];
  if (faults.length > 0) return { wishes, sentences: [], faults };
  const [low, high] = seatsPerTable!;
  const { planned, expected } = fullest(wishes);
  const middle = (low + high) / 2;
  const numbers = Array.from({ length: planned }, (_, index) => index + 1)
    .filter((g) => expected / g >= low && expected / g <= high)
    .toSorted(
      (a, b) =>
        Number(planned / a > high) - Number(planned / b > high) ||
        Math.abs(expected / a - middle) - Math.abs(expected / b - middle),
    );
  const people = `${rounded(expected)} of ${planned} people are expected`;
  if (numbers.length === 0)
    return {
      wishes,
      sentences: [],
      faults: [`No number of tables gives ${low} to ${high} people at each: ${people}.`],
    };
  const g = numbers[0]!;
  const said = `${g} ${g === 1 ? 'table' : 'tables'}: ${people} in the fullest round, ${rounded(expected / g)} at each.`;
  return { wishes: { ...wishes, tables: g }, sentences: [said], faults: [] };
}

const rounded = (value: number) => String(Math.round(value * 10) / 10);

function rangeFaults(range: AskedTables['seatsPerTable']): string[] {
  if (!range) return ['tables is "fit"; seatsPerTable says how many people a table is for, as in [5, 8].'];
  return range[0] >= 1 && range[1] >= range[0] ? [] : ['seatsPerTable is a least and a most, as in [5, 8].'];
}

/** Lists tables that are named, which none can be where tables are counted only later. */
function namedTables({ people, locks, closed, past, previous, prefers }: TablesWishes): string[] {
  const named = [
    ...people
      .filter(({ host }) => typeof host === 'string')
      .map(({ name, host }) => `${name} hosts table ${host}`),
    ...(locks ?? []).map(({ person, table }) => `${person} is locked to table ${table}`),
    ...(prefers ?? []).map(({ person, table }) => `${person} prefers table ${table}`),
    ...(closed ?? []).map(({ table }) => `table ${table} is closed`),
    ...(past?.length ? ['rounds have been held'] : []),
    ...(previous?.length ? ['there is a plan people know'] : []),
  ];
  return named.map((what) => `How many tables there are is not known yet, but ${what}.`);
}

/** The round with most people: how many are planned, and how many of them come. */
function fullest(wishes: TablesWishes): { planned: number; expected: number } {
  const odds = oddsOf(wishes);
  let most = { planned: 0, expected: 0 };
  for (let round = 0; round < wishes.rounds; round += 1) {
    let [planned, expected] = [0, 0];
    for (const [index, person] of wishes.people.entries()) {
      const [from, until] = presenceOf(person, wishes.rounds);
      if (round < from || round > until) continue;
      planned += 1;
      expected += 1 - (odds?.[index] ?? 0);
    }
    if (planned > most.planned) most = { planned, expected };
  }
  return most;
}
