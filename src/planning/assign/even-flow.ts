// An assignment to start from where sizes are to be even: so many trends stay open, each with room for its share.
import type { Random } from '../random.ts';
import { bestFlow } from './flow.ts';
import { keepsWishes } from './keeps-wishes.ts';
import type { Assignment } from './options.ts';
import type { Part } from './parts.ts';
import { canClose, type Question } from './question.ts';

/** So many numbers of open trends are tried. */
const mostTried = 60;

/** An assignment of even sizes that keeps every wish, not always the best; undefined where none is come upon. */
export function evenFlow(
  question: Question,
  parts: readonly Part[],
  random: Random,
  stop: () => boolean,
): Assignment | undefined {
  if (!question.even) return undefined;
  const { agents, trends, opened } = question;
  const byDemand = trends
    .map((_, index) => index)
    .toSorted((a, b) => demand(question, b) - demand(question, a));
  const mustBe = byDemand.filter(
    (trend) => !canClose(trends[trend]!) || trend === opened || isLocked(question, trend),
  );
  const order = [...mustBe, ...byDemand.filter((trend) => !mustBe.includes(trend))];
  const least = Math.max(1, mustBe.length);
  for (
    let open = order.length, tried = 0;
    open >= least && tried < mostTried && !stop();
    open -= 1, tried += 1
  ) {
    const size = Math.ceil(agents.length / open);
    const among = new Set(order.slice(0, open));
    for (const share of [size, size - 1]) {
      const room = trends.map((trend, index) => ({
        ...trend,
        most: among.has(index) ? Math.min(trend.most, share) : 0,
      }));
      if (agents.some(({ lock }) => room.some(({ id, most }) => id === lock && most === 0))) continue;
      if (room.some(({ id, most }) => agents.filter(({ lock }) => lock === id).length > most)) continue;
      const { assignment } = bestFlow({ ...question, trends: room }, parts, random, () => !stop());
      if (keepsWishes(question, assignment)) return assignment;
    }
  }
  return undefined;
}

const isLocked = ({ agents, trends }: Question, trend: number) =>
  agents.some(({ lock }) => lock === trends[trend]!.id);

/** Counts the agents who rank a trend. */
const demand = ({ agents, trends }: Question, trend: number) =>
  agents.filter(({ ranks }) => ranks.some((tier) => tier.includes(trends[trend]!.id))).length;
