// The planners by name: what each is asked and answers, and where it is. None is loaded before it is needed.
import type { RoundAnswer, RoundWishes } from './assign/round.ts';
import type { AssignAnswer, AssignWishes, Rule } from './assign/wishes.ts';
import type { DatesAnswer, DatesWishes } from './dates/wishes.ts';
import type { Effort } from './effort.ts';
import type { PairsAnswer, PairsWishes, TriosAnswer } from './pairs/wishes.ts';
import type { TablesAnswer } from './tables/answer.ts';
import type { RepairAnswer } from './tables/each.ts';
import type { AskedTables } from './tables/wishes.ts';

/** Question and answer type of each planner. */
export interface Plans {
  tables: { wishes: AskedTables; answer: TablesAnswer };
  /** By `most-firsts` where the rule is left out. */
  assign: { wishes: AssignWishes & { rule?: Rule | undefined }; answer: AssignAnswer };
  dates: { wishes: DatesWishes; answer: DatesAnswer };
  pairs: { wishes: PairsWishes; answer: PairsAnswer | TriosAnswer };
  /** A season's round, as the site plans it. */
  round: { wishes: RoundWishes; answer: RoundAnswer };
  /** Repairs of an evening under way, as the site plans them. */
  repairs: { wishes: { questions: readonly AskedTables[] }; answer: RepairAnswer[] };
}

export type PlannerName = keyof Plans;
/** Planners of the command line. */
export type Engine = Exclude<PlannerName, 'round' | 'repairs'>;
export type WishesOf<Name extends PlannerName> = Plans[Name]['wishes'];
export type AnswerOf<Name extends PlannerName> = Plans[Name]['answer'];

type Engines = {
  [Name in PlannerName]: () => Promise<
    (wishes: WishesOf<Name>, effort: Effort) => AnswerOf<Name> | Promise<AnswerOf<Name>>
  >;
};

/** Loads each planner; a planner throws what `cannot` makes, one sentence a line, for wishes that have faults. */
export const engines: Engines = {
  tables: async () => (await import('./tables/seat-everyone.ts')).seatEveryone,
  async assign() {
    const { assignTrends } = await import('./assign/assign-trends.ts');
    return ({ rule = 'most-firsts', ...wishes }, effort) => assignTrends(wishes, rule, effort);
  },
  dates: async () => (await import('./dates/plan-dates.ts')).planDates,
  async pairs() {
    const { pairEveryone } = await import('./pairs/pair-everyone.ts');
    const { asksTrios, pairInTrios } = await import('./pairs/trios.ts');
    return (wishes, effort) => (asksTrios(wishes) ? pairInTrios : pairEveryone)(wishes, effort);
  },
  round: async () => (await import('./assign/round.ts')).planRound,
  repairs: async () => (await import('./tables/each.ts')).seatEach,
};
