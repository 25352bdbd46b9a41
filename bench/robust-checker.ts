// Judges plans for the day from their lists alone: evenings drawn by chance, and thin tables counted over every way
// people can be there or not, person by person. Shares nothing with the planner but the shape of wishes.
import type { Random } from '../src/planning/random.ts';
import type { TablesWishes } from '../src/planning/tables/wishes.ts';

export type Lists = readonly (readonly (readonly string[])[])[];

/** Σ C(m, 2) over pairs. */
export function repeatsIn(rounds: Lists): number {
  const met = new Map<string, number>();
  let sum = 0;
  for (const table of rounds.flat())
    for (const a of table)
      for (const b of table) {
        if (a >= b) continue;
        sum += met.get(`${a} ${b}`) ?? 0;
        met.set(`${a} ${b}`, (met.get(`${a} ${b}`) ?? 0) + 1);
      }
  return sum;
}

const oddsOf = ({ absence = 0 }: TablesWishes, id: string) =>
  typeof absence === 'number' ? absence : (absence[id] ?? absence['*'] ?? 0);

/** Whether a table is thin when these of the people planned there have come. */
function isThin(
  wishes: TablesWishes,
  sideOf: ReadonlyMap<string, string>,
  planned: readonly string[],
  here: readonly string[],
) {
  if (here.length * 5 < planned.length * 3) return true;
  if (wishes.mix === 'none') return false;
  return ['senior', 'talent'].some(
    (side) => planned.some((id) => sideOf.get(id) === side) && !here.some((id) => sideOf.get(id) === side),
  );
}

/** The expected thin tables: of each table the chance of every state of its people, from one person to the next. */
export function exactThin(wishes: TablesWishes, rounds: Lists): number {
  const sideOf = new Map(wishes.people.map(({ id, side }) => [id, side]));
  let sum = 0;
  for (const planned of rounds.flat()) {
    // States: who came so far by side, "seniors,talents".
    let states = new Map([['0,0', 1]]);
    for (const id of planned) {
      const next = new Map<string, number>();
      const add = (key: string, chance: number) => next.set(key, (next.get(key) ?? 0) + chance);
      for (const [key, chance] of states) {
        const [s, t] = key.split(',').map(Number) as [number, number];
        add(key, chance * oddsOf(wishes, id));
        add(
          sideOf.get(id) === 'senior' ? `${s + 1},${t}` : `${s},${t + 1}`,
          chance * (1 - oddsOf(wishes, id)),
        );
      }
      states = next;
    }
    const some = (side: string) => planned.filter((id) => sideOf.get(id) === side);
    for (const [key, chance] of states) {
      const [s, t] = key.split(',').map(Number) as [number, number];
      const here = [...some('senior').slice(0, s), ...some('talent').slice(0, t)];
      if (isThin(wishes, sideOf, planned, here)) sum += chance;
    }
  }
  return sum;
}

/** Thin tables of so many evenings: their mean and its standard error, and the exact number. */
export function simulated(wishes: TablesWishes, rounds: Lists, evenings: number, random: Random) {
  const sideOf = new Map(wishes.people.map(({ id, side }) => [id, side]));
  let [sum, squares] = [0, 0];
  for (let evening = 0; evening < evenings; evening += 1) {
    const here = new Set(
      wishes.people.filter(({ id }) => random.next() / 4294967296 >= oddsOf(wishes, id)).map(({ id }) => id),
    );
    const thin = rounds.flat().filter((planned) =>
      isThin(
        wishes,
        sideOf,
        planned,
        planned.filter((id) => here.has(id)),
      ),
    ).length;
    sum += thin;
    squares += thin * thin;
  }
  const mean = sum / evenings;
  return {
    mean,
    error: Math.sqrt((squares / evenings - mean * mean) / evenings),
    exact: exactThin(wishes, rounds),
  };
}
