// Checks that an assignment keeps everything asked of it besides ranks.
import { type Assignment, optionsOf } from './options.ts';
import { canClose, leastOpen, type Question } from './question.ts';

/** True where options, locks, room, least and even numbers, skills, apart and together all hold. */
export function keepsWishes(question: Question, assignment: Assignment): boolean {
  const { agents, trends, apart = [], together = [], even, opened } = question;
  const options = optionsOf(question);
  const numberOf = new Map(agents.map(({ id }, index) => [id, index]));
  const at = (id: string) => assignment[numberOf.get(id)!]!;
  const having = trends.map((): number[] => []);
  for (const [agent, trend] of assignment.entries()) if (trend >= 0) having[trend]!.push(agent);
  return (
    agents.every(({ lock }, agent) => {
      const trend = assignment[agent]!;
      return trend < 0 ? lock === undefined : options[agent]!.some((option) => option.trend === trend);
    }) &&
    trends.every((trend, index) => {
      const { least = 0, most, skills = [] } = trend;
      const here = having[index]!;
      if (here.length === 0) return canClose(trend) && index !== opened;
      const able = (skill: string) => here.some((agent) => agents[agent]!.skills?.includes(skill));
      const needed = index === opened ? leastOpen(trend) : least;
      return here.length >= needed && here.length <= most && skills.every(able);
    }) &&
    together.every(([a, b]) => at(a) === at(b)) &&
    apart.every(([a, b]) => at(a) < 0 || at(a) !== at(b)) &&
    (!even || areEven(having.map(({ length }) => length)))
  );
}

/** Whether sizes besides zero differ by one at most. */
export function areEven(sizes: readonly number[]): boolean {
  const open = sizes.filter((size) => size > 0);
  return open.length === 0 || Math.max(...open) - Math.min(...open) <= 1;
}
