// Every plan of a small event, with what is counted of it. Shares nothing with the planner but the shape of the wishes.
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { check, mixFaults, teams } from './checker.ts';

/** One round of a plan: what it is worth by itself, and who meets in it, a bit for each pair. */
export interface RoundOption {
  tables: string[][];
  mask: number;
  /** The same with co-hosts. */
  raw: number;
  squares: number;
  apart: number;
  together: number;
  mix: number;
  departments: number;
  moved: number;
  /** Meetings at earlier events, summed over the pairs that meet. */
  before: number;
  prefers: number;
  balance: number;
}

/** A plan as its rounds, those already held among them. */
export interface Plan {
  apart: number;
  together: number;
  mix: number;
  departments: number;
  moved: number;
  repeats: number;
  repeatedMeetings: number;
  season: number;
  prefers: number;
  rather: number;
  balance: number;
  /** The pairs that meet. */
  met: number;
}

const pairBit = (a: number, b: number) => 1 << ((Math.max(a, b) * (Math.max(a, b) - 1)) / 2 + Math.min(a, b));

export function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** The pairs of an event as bits; at most eight people. */
export function masksOf(wishes: TablesWishes) {
  const at = new Map(wishes.people.map(({ id }, index) => [id, index]));
  const team = teams(wishes);
  const pair = (a: string, b: string) => pairBit(at.get(a)!, at.get(b)!);
  const areCoHosts = (a: string, b: string) => team.has(a) && team.get(a) === team.get(b);
  const masked = (tables: readonly (readonly string[])[], counts: (a: string, b: string) => boolean) => {
    let mask = 0;
    for (const table of tables)
      for (const [index, a] of table.entries())
        for (const b of table.slice(index + 1)) if (counts(a, b)) mask |= pair(a, b);
    return mask;
  };
  return {
    pair,
    ofTables: (tables: readonly (readonly string[])[]) => masked(tables, (a, b) => !areCoHosts(a, b)),
    raw: (tables: readonly (readonly string[])[]) => masked(tables, () => true),
  };
}

/** Calls `see` with every plan there is, whose rounds have sizes as even as can be. */
export function everyPlan(
  wishes: TablesWishes,
  see: (plan: Plan) => void,
  choices = optionsOf(wishes),
): void {
  const masks = masksOf(wishes);
  const past = (wishes.past ?? []).map(masks.ofTables);
  const pastSeason = (wishes.past ?? []).reduce((sum, tables) => sum + beforeOf(wishes, tables), 0);
  const squaresOf = (rounds: readonly RoundOption[][]) =>
    rounds.some((options) => options.length === 0)
      ? Number.POSITIVE_INFINITY
      : rounds.reduce((sum, options) => sum + options[0]!.squares, 0);
  const least = Math.min(...choices.map(squaresOf));
  const rather = new Set((wishes.rather ?? []).map(([a, b]) => masks.pair(a, b)));
  const apartBefore = pastApart(wishes);
  for (const rounds of choices) {
    if (squaresOf(rounds) > least || least === Number.POSITIVE_INFINITY) continue;
    const walk = (round: number, chosen: RoundOption[]) => {
      if (round === rounds.length) {
        see(planOf(chosen, past, pastSeason, rather, apartBefore));
        return;
      }
      for (const option of rounds[round]!) {
        chosen.push(option);
        walk(round + 1, chosen);
        chosen.pop();
      }
    };
    walk(0, []);
  }
}

/** The seatings of each round to come, by round, for each way to give those who keep a table theirs. */
export function optionsOf(wishes: TablesWishes): RoundOption[][][] {
  const held = wishes.past?.length ?? 0;
  return keptChoices(wishes).map((kept) =>
    Array.from({ length: wishes.rounds - held }, (_, round) => roundOptions(wishes, held + round, kept)),
  );
}

const pastApart = ({ past = [], ...wishes }: TablesWishes) =>
  past.length === 0 ? 0 : check({ ...wishes, rounds: past.length }, past).apart;

function planOf(
  chosen: readonly RoundOption[],
  past: readonly number[],
  pastSeason: number,
  rather: ReadonlySet<number>,
  apartBefore: number,
): Plan {
  const sum = (part: keyof RoundOption) =>
    chosen.reduce((total, option) => total + (option[part] as number), 0);
  const all = [...past, ...chosen.map(({ mask }) => mask)];
  let [met, meetings, repeatedMeetings] = [0, 0, 0];
  for (const [index, mask] of all.entries()) {
    met |= mask;
    meetings += bits(mask);
    for (const other of all.slice(index + 1)) repeatedMeetings += bits(mask & other);
  }
  return {
    apart: sum('apart') + apartBefore,
    together: sum('together'),
    mix: sum('mix'),
    departments: sum('departments'),
    moved: sum('moved'),
    repeats: meetings - bits(met),
    repeatedMeetings,
    season: repeatedMeetings + sum('before') + pastSeason,
    prefers: sum('prefers'),
    rather: [...rather].filter((pair) => (met & pair) === 0).length,
    balance: sum('balance'),
    met,
  };
}

const idsOf = ({ tables }: TablesWishes) =>
  typeof tables === 'number'
    ? Array.from({ length: tables }, (_, index) => String(index + 1))
    : tables.map(({ id }) => id);

const isHere = (
  { rounds, sittingOut }: TablesWishes,
  { id, from = 1, until = rounds }: Attendee,
  round: number,
) => from <= round + 1 && round + 1 <= until && !sittingOut?.[round]?.includes(id);

/** All ways to give those who keep a table theirs, each team of hosts its own. */
function keptChoices(wishes: TablesWishes): Map<string, number>[] {
  const team = teams(wishes);
  const held = wishes.past?.length ?? 0;
  const ids = idsOf(wishes);
  const keepers = wishes.people.filter(
    ({ host, stays, until = wishes.rounds }) => (host || stays) && until > held,
  );
  let choices: Map<string, number>[] = [new Map()];
  for (const { id, host } of keepers) {
    const lock = wishes.locks?.find(
      (one) => one.person === id && (one.rounds ?? [held + 1]).some((round) => round > held),
    );
    const named = typeof host === 'string' ? host : lock?.table;
    choices = choices.flatMap((choice) =>
      [...ids.keys()]
        .filter((table) => named === undefined || ids[table] === named)
        .filter((table) =>
          [...choice].every(
            ([other, at]) =>
              !host || !team.has(other) || (at === table) === (team.get(other) === team.get(id)),
          ),
        )
        .map((table) => new Map(choice).set(id, table)),
    );
  }
  return choices;
}

/** All seatings of a round with the most even sizes; tables matter only where something names them. */
function roundOptions(wishes: TablesWishes, round: number, kept: Map<string, number>): RoundOption[] {
  const ids = idsOf(wishes);
  const here = wishes.people.filter((person) => isHere(wishes, person, round));
  const seats = ids.map((id, table) => {
    const closed = (wishes.closed ?? []).some((one) => one.table === id && (one.from ?? 1) <= round + 1);
    if (closed) return 0;
    return typeof wishes.tables === 'number' ? here.length : (wishes.tables[table]!.seats ?? here.length);
  });
  const placeOf = (id: string) => {
    const lock = (wishes.locks ?? []).find(
      (one) => one.person === id && (one.rounds ?? [round + 1]).includes(round + 1),
    );
    return lock ? ids.indexOf(lock.table) : kept.get(id);
  };
  const lists = ids.map((): string[] => []);
  let found = new Map<string, RoundOption>();
  let least = Number.POSITIVE_INFINITY;
  const count = optionCounter(wishes, round);
  const sit = (index: number) => {
    if (index === here.length) {
      const squares = lists.reduce((sum, list) => sum + list.length ** 2, 0);
      if (squares > least) return;
      if (squares < least) found = new Map();
      least = squares;
      const option = count(lists, squares);
      found.set(
        [
          option.mask,
          option.moved,
          option.prefers,
          option.balance,
          option.mix,
          option.apart,
          option.together,
        ].join(),
        option,
      );
      return;
    }
    const { id } = here[index]!;
    const place = placeOf(id);
    for (const [table, list] of lists.entries()) {
      if ((place !== undefined && place !== table) || list.length >= seats[table]!) continue;
      list.push(id);
      sit(index + 1);
      list.pop();
    }
  };
  sit(0);
  return [...found.values()];
}

function beforeOf(wishes: TablesWishes, tables: readonly (readonly string[])[]): number {
  const team = teams(wishes);
  return (wishes.met ?? []).reduce((sum, [a, b, times]) => {
    const coHosts = team.has(a) && team.get(a) === team.get(b);
    return sum + (!coHosts && tables.some((table) => table.includes(a) && table.includes(b)) ? times : 0);
  }, 0);
}

/** Pairs that are to be apart, to be together, and of one department, as masks. */
function wishMasks(wishes: TablesWishes) {
  const { people, apart = [], together = [] } = wishes;
  const ids = new Set(people.map(({ id }) => id));
  const { pair } = masksOf(wishes);
  const maskOf = (pairs: readonly (readonly [string, string])[]) =>
    pairs
      .filter(([a, b]) => a !== b && ids.has(a) && ids.has(b))
      .reduce((mask, [a, b]) => mask | pair(a, b), 0);
  const friends = maskOf(together);
  const bosses = maskOf(people.flatMap(({ id, manager }) => (manager ? [[id, manager] as const] : [])));
  const colleagues = people.flatMap((one, index) =>
    people
      .slice(index + 1)
      .filter((two) => one.department && one.department === two.department)
      .map((two) => [one.id, two.id] as const),
  );
  return { apart: maskOf(apart) | (bosses & ~friends), together: friends, departments: maskOf(colleagues) };
}

/** Counts one round from the pairs that meet in it. */
function optionCounter(wishes: TablesWishes, round: number) {
  const { past, locks, closed, ...plain } = wishes;
  const here = wishes.people.filter((person) => isHere(wishes, person, round));
  const alone: TablesWishes = { ...plain, people: here, rounds: 1 };
  const masks = masksOf(wishes);
  const wish = wishMasks(wishes);
  const all = masks.raw([here.map(({ id }) => id)]);
  const known = wishes.previous?.[round] ?? [];
  const ids = idsOf(wishes);
  return (lists: readonly (readonly string[])[], squares: number): RoundOption => {
    const tables = lists.map((list) => [...list]);
    const raw = masks.raw(tables);
    return {
      tables,
      mask: masks.ofTables(tables),
      raw,
      squares,
      apart: bits(raw & wish.apart),
      together: bits(all & wish.together & ~raw),
      mix: wishes.mix === 'none' ? 0 : mixFaults(alone, [tables]),
      departments: bits(raw & wish.departments),
      moved: known.flatMap((list, table) =>
        list.filter((id) => tables.some((now, at) => at !== table && now.includes(id))),
      ).length,
      before: beforeOf(wishes, tables),
      prefers: missedPreferences(wishes, ids, tables),
      balance: unbalance(wishes, tables),
    };
  };
}

/** People who sit at none of the tables they prefer. */
export function missedPreferences(
  { prefers = [] }: TablesWishes,
  ids: readonly string[],
  tables: readonly (readonly string[])[],
): number {
  return [...new Set(prefers.map(({ person }) => person))].filter((person) => {
    const at = tables.findIndex((table) => table.includes(person));
    return at >= 0 && !prefers.some((one) => one.person === person && one.table === ids[at]);
  }).length;
}

/** Σ over tables of how far the numbers there are from the table's share of the room. */
export function unbalance({ balance, people }: TablesWishes, tables: readonly (readonly string[])[]): number {
  if (balance === undefined) return 0;
  const values = new Map(
    people.map((person) => [person.id, (person as unknown as Record<string, number>)[balance]]),
  );
  const numbers = tables.map((table) =>
    table.map((id) => values.get(id)).filter((value) => value !== undefined),
  );
  const add = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
  const mean = add(numbers.flat()) / Math.max(1, numbers.flat().length);
  return numbers.reduce((sum, list) => sum + Math.abs(add(list) - mean * list.length), 0);
}
