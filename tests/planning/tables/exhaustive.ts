// The best plan of a small event by looking at every plan there is. Shares nothing with the planner.
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { check, type Lists, meetingsIn, seasonMeetings, teams } from './checker.ts';

/** The least wishes broken, people badly mixed, moves where they go before repeats, and repeats, in this order. */
export type Best = [wishes: number, mix: number, moved: number, season: number];

/** Every round for itself has its least wishes broken and mix; among those rounds the fewest meetings in common. */
export function bestOf(wishes: TablesWishes): Best | undefined {
  const held = wishes.past?.length ?? 0;
  let best: Best | undefined;
  let evenest = Number.POSITIVE_INFINITY;
  for (const kept of keptChoices(wishes)) {
    const rounds = Array.from({ length: wishes.rounds - held }, (_, round) =>
      optionsOf(wishes, held + round, kept),
    );
    if (rounds.some((options) => options.length === 0)) continue;
    const squares = rounds.reduce((sum, options) => sum + options[0]!.squares, 0);
    const found: Best = [
      rounds.reduce((sum, options) => sum + options[0]!.wishes, 0),
      rounds.reduce((sum, options) => sum + options[0]!.mix, 0),
      rounds.reduce((sum, options) => sum + options[0]!.moved, 0),
      fewestInCommon(rounds) + heldRepeats(wishes),
    ];
    // Sizes as even as can be are a rule of their own, before all that is counted here.
    if (squares > evenest) continue;
    if (!best || squares < evenest || compare(found, best) < 0) best = found;
    evenest = squares;
  }
  return best;
}

/** Counts what rounds already held repeat, of each other and of earlier events. */
const heldRepeats = (wishes: TablesWishes) => seasonMeetings(wishes, wishes.past ?? []);

export function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! - b[place]!;
}

interface Option {
  squares: number;
  wishes: number;
  mix: number;
  moved: number;
  /** Repeats of rounds already held and of earlier events. */
  before: number;
  /** The pairs that meet, a bit each, in two numbers of 31 bits. */
  pairs: [number, number];
}

const ids = ({ tables }: TablesWishes) =>
  typeof tables === 'number'
    ? Array.from({ length: tables }, (_, i) => String(i + 1))
    : tables.map(({ id }) => id);

/** All ways to give those who keep a table theirs, teams of hosts one each. */
function keptChoices(wishes: TablesWishes): Map<string, number>[] {
  let choices = [new Map<string, number>()];
  const tables = ids(wishes);
  const team = teams(wishes);
  const areOne = (a: string, b: string) => team.get(a) === team.get(b);
  const held = wishes.past?.length ?? 0;
  // Those who left in a round already held keep no table from the others.
  const keepers = wishes.people.filter(
    ({ host, stays, until = wishes.rounds }) => (host || stays) && until > held,
  );
  for (const person of keepers) {
    const named =
      typeof person.host === 'string'
        ? person.host
        : wishes.locks?.find((lock) => lock.person === person.id && isToCome(wishes, lock.rounds))?.table;
    choices = choices.flatMap((choice) =>
      [...tables.keys()]
        .filter((table) => named === undefined || tables[table] === named)
        .filter((table) =>
          [...choice].every(
            ([other, at]) => !person.host || !team.has(other) || (at === table) === areOne(person.id, other),
          ),
        )
        .map((table) => new Map([...choice, [person.id, table]])),
    );
  }
  return choices;
}

/** Whether a lock names a round that has not been held: others bind nobody any more. */
const isToCome = ({ past }: TablesWishes, rounds: readonly number[] | undefined) =>
  rounds === undefined || rounds.some((round) => round > (past?.length ?? 0));

/** All seatings of a round with the least wishes broken and then the best mix. */
function optionsOf(wishes: TablesWishes, round: number, kept: Map<string, number>): Option[] {
  const tables = ids(wishes);
  const here = wishes.people.filter(
    (person) => (person.from ?? 1) <= round + 1 && round + 1 <= (person.until ?? wishes.rounds),
  );
  const placeOf = new Map<string, number>();
  for (const { id } of here) {
    const lock = wishes.locks?.find(
      (one) => one.person === id && (one.rounds ?? [round + 1]).includes(round + 1),
    );
    const table = lock ? tables.indexOf(lock.table) : kept.get(id);
    if (table !== undefined) placeOf.set(id, table);
  }
  const plans: string[][][] = [];
  const closed = (t: number) =>
    (wishes.closed ?? []).some(({ table, from = 1 }) => table === tables[t] && from <= round + 1);
  const seats = tables.map((_, t) => {
    if (closed(t)) return 0;
    return typeof wishes.tables === 'number' ? here.length : (wishes.tables[t]!.seats ?? here.length);
  });
  const place = (index: number, lists: string[][]) => {
    if (index === here.length) {
      plans.push(lists.map((list) => [...list]));
      return;
    }
    const { id } = here[index]!;
    for (const [table, list] of lists.entries()) {
      if ((placeOf.get(id) ?? table) !== table || list.length >= seats[table]!) continue;
      // Empty tables of one kind are alike as long as nobody has a place.
      if (
        placeOf.size === 0 &&
        wishes.previous === undefined &&
        wishes.closed === undefined &&
        typeof wishes.tables === 'number' &&
        list.length === 0 &&
        lists.findIndex((one) => one.length === 0) < table
      )
        continue;
      list.push(id);
      place(index + 1, lists);
      list.pop();
    }
  };
  place(
    0,
    tables.map(() => []),
  );
  const squares = (plan: string[][]) => plan.reduce((sum, table) => sum + table.length ** 2, 0);
  const even = plans.reduce((least, plan) => Math.min(least, squares(plan)), Number.POSITIVE_INFINITY);
  const evenPlans = plans.filter((plan) => squares(plan) === even);
  return bestOptions(wishes, round, evenPlans, even);
}

function bestOptions(wishes: TablesWishes, round: number, plans: Lists, squares: number): Option[] {
  const bit = new Map<string, number>();
  for (const a of wishes.people)
    for (const b of wishes.people) if (a.id < b.id) bit.set(`${a.id} ${b.id}`, bit.size);
  // One round at a time: the event of that round alone, without what was before.
  const movesFirst = wishes.previous !== undefined && wishes.keep !== 'meetings';
  const alone: TablesWishes = {
    ...wishes,
    rounds: 1,
    past: [],
    previous: movesFirst ? [wishes.previous![round] ?? []] : undefined,
  };
  const earlier = earlierMeetings(wishes);
  const team = teams(wishes);
  const people = wishes.people.map(({ from, until, ...rest }) => rest);
  const options = plans.map((plan) => {
    const { apart, together, mix, moved } = check({ ...alone, people, locks: [], closed: [] }, [plan]);
    let before = 0;
    const pairs: [number, number] = [0, 0];
    for (const table of plan)
      for (const a of table)
        for (const b of table) {
          if (a >= b || (team.has(a) && team.get(a) === team.get(b))) continue;
          before += earlier.get(`${a}|${b}`) ?? 0;
          const at = bit.get(`${a} ${b}`)!;
          pairs[Math.floor(at / 30)]! |= 1 << (at % 30);
        }
    return { squares, wishes: apart + together, mix, moved, before, pairs };
  });
  const least = options.reduce<Option | undefined>(
    (best, one) => (!best || compare(first(one), first(best)) < 0 ? one : best),
    undefined,
  );
  const kept = options.filter((one) => compare(first(one), first(least!)) === 0);
  return [...new Map(kept.map((one) => [one.pairs.join(), one])).values()];
}

const first = ({ wishes, mix, moved }: Option) => [wishes, mix, moved];

/** How often pairs met at earlier events and in rounds already held, "a|b" in order. */
function earlierMeetings(wishes: TablesWishes): Map<string, number> {
  const earlier = new Map(meetingsIn(wishes.past ?? []));
  for (const [a, b, n] of wishes.met ?? []) {
    const pair = a < b ? `${a}|${b}` : `${b}|${a}`;
    earlier.set(pair, (earlier.get(pair) ?? 0) + n);
  }
  return earlier;
}

function bits(value: number): number {
  let [count, rest] = [0, value];
  for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** The least Σ over two rounds of the pairs that meet in both, with what was before: Σ C(m, 2) counted that way. */
function fewestInCommon(rounds: readonly (readonly Option[])[]): number {
  const common = (a: Option, b: Option) => bits(a.pairs[0] & b.pairs[0]) + bits(a.pairs[1] & b.pairs[1]);
  let best = Number.POSITIVE_INFINITY;
  const chosen: Option[] = [];
  const choose = (round: number, cost: number) => {
    if (cost >= best) return;
    if (round === rounds.length) {
      best = cost;
      return;
    }
    for (const option of rounds[round]!) {
      let more = cost + option.before;
      for (const earlier of chosen) more += common(earlier, option);
      if (more >= best) continue;
      chosen.push(option);
      choose(round + 1, more);
      chosen.pop();
    }
  };
  choose(0, 0);
  return best;
}
