// Whether an assignment keeps everything asked of it besides ranks.
import { type Assignment, optionsOf } from './options.ts';
import type { AssignWishes } from './wishes.ts';

/** True where options, locks, room, least numbers, skills, apart and together all hold. */
export function keepsWishes(wishes: AssignWishes, assignment: Assignment): boolean {
  const { agents, trends, apart = [], together = [] } = wishes;
  const options = optionsOf(wishes);
  const numberOf = new Map(agents.map(({ id }, index) => [id, index]));
  const at = (id: string) => assignment[numberOf.get(id)!]!;
  const having = trends.map((): number[] => []);
  for (const [agent, trend] of assignment.entries()) if (trend >= 0) having[trend]!.push(agent);
  return (
    agents.every(({ lock }, agent) => {
      const trend = assignment[agent]!;
      return trend < 0 ? lock === undefined : options[agent]!.some((option) => option.trend === trend);
    }) &&
    trends.every(({ least = 0, most, mayClose, skills = [] }, trend) => {
      const here = having[trend]!;
      if (here.length === 0) return least === 0 || mayClose === true;
      const able = (skill: string) => here.some((agent) => agents[agent]!.skills?.includes(skill));
      return here.length >= least && here.length <= most && skills.every(able);
    }) &&
    together.every(([a, b]) => at(a) === at(b)) &&
    apart.every(([a, b]) => at(a) < 0 || at(a) !== at(b))
  );
}
