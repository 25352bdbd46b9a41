// The planners by name: what each is asked and answers, and where it is. None is loaded before it is needed.
import type { AssignAnswer, AssignWishes, Rule } from './assign/wishes.ts';
import type { DatesAnswer, DatesWishes } from './dates/wishes.ts';
import type { Effort } from './effort.ts';
import type { PairsAnswer, PairsWishes, TriosAnswer } from './pairs/wishes.ts';
import type { TablesAnswer } from './tables/answer.ts';
import type { AskedTables } from './tables/wishes.ts';

/** Question and answer type of each planner. */
export interface Plans {
  tables: { wishes: AskedTables; answer: TablesAnswer };
  /** By `most-firsts` where the rule is left out. */
  assign: { wishes: AssignWishes & { rule?: Rule | undefined }; answer: AssignAnswer };
  dates: { wishes: DatesWishes; answer: DatesAnswer };
  pairs: { wishes: PairsWishes; answer: PairsAnswer | TriosAnswer };
}

export type Engine = keyof Plans;
export type WishesOf<Name extends Engine> = Plans[Name]['wishes'];
export type AnswerOf<Name extends Engine> = Plans[Name]['answer'];

type Engines = {
  [Name in Engine]: () => Promise<
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
};
