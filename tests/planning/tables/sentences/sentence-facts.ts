// What is true of a plan of a small event, counted from its lists and from all plans there are. Shares nothing with the
// planner but the shape of the wishes and of the answer.
import type { TablesAnswer } from '../../../../src/planning/tables/answer.ts';
import type { TablesWishes } from '../../../../src/planning/tables/wishes.ts';
import { check, teams } from '../checker.ts';
import { bits, everyPlan, masksOf, optionsOf, type RoundOption } from '../every-plan.ts';

/** The least that any plan has, and the most first meetings of a season. */
export interface Extremes {
  repeats: number;
  repeatedMeetings: number;
  departments: number;
  moved: number;
  wishes: number;
  firsts: number;
}

export interface Facts {
  wishes: TablesWishes;
  answer: TablesAnswer;
  held: number;
  found: ReturnType<typeof check>;
  personId: (name: string) => string;
  tableId: (name: string) => string;
  /** The rounds, from 1, in which somebody is here; of those held, as it was. */
  roundsOf: (id: string) => number[];
  tableOf: (round: number, id: string) => string | undefined;
  /** The rounds in which two share a table. */
  together: (a: string, b: string) => number[];
  areCoHosts: (a: string, b: string) => boolean;
  areApart: (a: string, b: string) => boolean;
  /** Extremes of all plans, and of those that keep what this one keeps. */
  all: Extremes;
  keeping: Extremes;
  /** The seatings of each round to come, whoever keeps which table. */
  options: RoundOption[][];
}

const none = (): Extremes => ({
  repeats: Number.POSITIVE_INFINITY,
  repeatedMeetings: Number.POSITIVE_INFINITY,
  departments: Number.POSITIVE_INFINITY,
  moved: Number.POSITIVE_INFINITY,
  wishes: Number.POSITIVE_INFINITY,
  firsts: 0,
});

/** The facts; undefined where there are too many plans to look at. */
export function factsOf(wishes: TablesWishes, answer: TablesAnswer, most: number): Facts | undefined {
  const choices = optionsOf(wishes);
  const count = choices.reduce(
    (sum, rounds) => sum + rounds.reduce((product, options) => product * options.length, 1),
    0,
  );
  if (count > most) return undefined;
  const found = check(wishes, answer.rounds);
  const [all, keeping] = [none(), none()];
  const masks = masksOf(wishes);
  const metBefore = (wishes.met ?? []).reduce(
    (mask, [a, b, n]) => (n > 0 ? mask | masks.pair(a, b) : mask),
    0,
  );
  const departmentsHeld = check({ ...wishes, rounds: 0, past: [] }, wishes.past ?? []).departments;
  const learn = (extremes: Extremes, plan: Extremes) => {
    for (const part of ['repeats', 'repeatedMeetings', 'departments', 'moved', 'wishes'] as const)
      extremes[part] = Math.min(extremes[part], plan[part]);
    extremes.firsts = Math.max(extremes.firsts, plan.firsts);
  };
  everyPlan(
    wishes,
    (plan) => {
      const one: Extremes = {
        ...plan,
        departments: plan.departments + departmentsHeld,
        wishes: plan.apart + plan.together,
        firsts: bits(plan.met & ~metBefore),
      };
      learn(all, one);
      const keeps = plan.apart <= found.apart && plan.together <= found.together && plan.mix <= found.mix;
      if (keeps) learn(keeping, one);
    },
    choices,
  );
  const options = Array.from({ length: wishes.rounds - (wishes.past?.length ?? 0) }, (_, round) =>
    mostEven(choices).flatMap((rounds) => rounds[round]!),
  );
  return { wishes, answer, found, all, keeping, options, ...lookUps(wishes, answer) };
}

/** The choices whose rounds are as even in size as can be: a rule that goes before wishes. */
function mostEven(choices: RoundOption[][][]): RoundOption[][][] {
  const squares = choices.map((rounds) =>
    rounds.reduce((sum, options) => sum + (options[0]?.squares ?? Number.POSITIVE_INFINITY), 0),
  );
  return choices.filter((_, index) => squares[index] === Math.min(...squares));
}

function lookUps(wishes: TablesWishes, { rounds }: TablesAnswer) {
  const ids = typeof wishes.tables === 'number' ? [] : wishes.tables;
  const held = wishes.past?.length ?? 0;
  const team = teams(wishes);
  const pairs = (list: readonly (readonly [string, string])[]) =>
    new Set(list.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const friends = pairs(wishes.together ?? []);
  const enemies = pairs([
    ...(wishes.apart ?? []),
    ...wishes.people.flatMap(({ id, manager }) =>
      manager && !friends.has(`${id} ${manager}`) ? [[id, manager] as const] : [],
    ),
  ]);
  const tableOf = (round: number, id: string) => {
    const table = (rounds[round - 1] ?? []).findIndex((list) => list.includes(id));
    return table < 0 ? undefined : (ids[table]?.id ?? String(table + 1));
  };
  const numbers = rounds.map((_, round) => round + 1);
  return {
    held,
    personId: (name: string) =>
      wishes.people.find((person) => person.name === name)?.id ?? `nobody is ${name}`,
    tableId: (name: string) =>
      typeof wishes.tables === 'number'
        ? name
        : (ids.find((table) => (table.name ?? table.id) === name)?.id ?? '?'),
    roundsOf: (id: string) => numbers.filter((round) => tableOf(round, id) !== undefined),
    tableOf,
    together: (a: string, b: string) =>
      numbers.filter((round) => tableOf(round, a) !== undefined && tableOf(round, a) === tableOf(round, b)),
    areCoHosts: (a: string, b: string) => team.has(a) && team.get(a) === team.get(b),
    areApart: (a: string, b: string) => enemies.has(`${a} ${b}`),
  };
}
