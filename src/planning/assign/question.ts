// Wishes as the planner works on them: with what one plan or comparison adds.
import type { AssignWishes, Trend } from './wishes.ts';

/** Wishes, who fills what is left, and what is added to them for one plan. */
export interface Question extends AssignWishes {
  /** The ids of those who rank nothing and are not locked. */
  fillers: ReadonlySet<string>;
  /** The last tier that may be given, where the rule allows none below it. */
  deepest?: number;
  /** The number of a trend that has to be open. */
  opened?: number;
  /** Trends some agents may not have, by ids. */
  barred?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The wishes as a question; optional trends may close. */
export function questionOf(wishes: AssignWishes): Question {
  return {
    ...wishes,
    trends: wishes.trends.map((trend) => (trend.optional ? { ...trend, mayClose: true } : trend)),
    fillers: new Set(
      wishes.agents
        .filter(({ ranks, lock }) => lock === undefined && ranks.every((tier) => tier.length === 0))
        .map(({ id }) => id),
    ),
  };
}

/** Whether a trend can have nobody. */
export const canClose = ({ least = 0, mayClose }: Trend) => least === 0 || mayClose === true;

/** The question without one trend: it takes nobody and needs nobody. */
export function withoutTrend(question: Question, closed: number): Question {
  const trends = question.trends.map((trend, index) =>
    index === closed ? { ...trend, most: 0, least: 0 } : trend,
  );
  return { ...question, trends };
}

/** The least number of people in a trend that has to be open. */
export const leastOpen = ({ least = 0 }: Trend) => Math.max(1, least);
