// Skills that trends want are wishes: the planner is asked for those that people can bring to all these trends at once.
import { tierOf } from './ranking.ts';
import type { PersonToPlace, TrendToGive } from './runs.ts';

/** A skill that a trend wants. */
interface Want {
  trend: number;
  skill: number;
}

/**
 * Keeps the skills that people can bring, each person to one trend that they may have, and to no trend more people than it
 * takes. Where a skill is scarce, the trend that more people rank first has it. Without the others every trend can be given.
 */
export function withSkillsThatCanBe(
  people: readonly PersonToPlace[],
  trends: readonly TrendToGive[],
): TrendToGive[] {
  const brings = broughtTogether(people, trends);
  return trends.map(({ skills = [], ...trend }) => {
    const able = skills.filter((skill) => brings({ trend: trend.id, skill }));
    return able.length > 0 ? { ...trend, skills: able } : trend;
  });
}

/** Gives people to trends for their skills by augmenting paths; says which wants somebody given to that trend meets. */
function broughtTogether(people: readonly PersonToPlace[], trends: readonly TrendToGive[]) {
  const able = unitsBySkill(people);
  const wants = new Map<Unit, Want>();
  const isMet = ({ trend, skill }: Want) =>
    (able.get(skill) ?? []).some((unit) => wants.get(unit)?.trend === trend);
  const isGiven = (want: Want, tried: Set<Unit>): boolean =>
    (able.get(want.skill) ?? []).some((unit) => {
      if (tried.has(unit) || !unit.every((person) => mayHave(person, want.trend))) return false;
      tried.add(unit);
      const other = wants.get(unit);
      if (other && !isGiven(other, tried)) return false;
      wants.set(unit, want);
      return true;
    });
  for (const { id: trend, most, skills = [] } of mostWantedFirst(people, trends)) {
    let given = 0;
    for (const skill of skills) {
      const want = { trend, skill };
      if (given < most && !isMet(want) && isGiven(want, new Set())) given += 1;
    }
  }
  return isMet;
}

/** People who are placed together: one, or a team made by hand. */
type Unit = readonly PersonToPlace[];

function unitsBySkill(people: readonly PersonToPlace[]): Map<number, Unit[]> {
  const units = Map.groupBy(people, ({ id, teamId }) => (teamId === null ? `p${id}` : `t${teamId}`));
  const found = new Map<number, Unit[]>();
  for (const unit of units.values())
    for (const skill of new Set(unit.flatMap(({ skills = [] }) => skills))) {
      const able = found.get(skill);
      if (able) able.push(unit);
      else found.set(skill, [unit]);
    }
  return found;
}

const mayHave = ({ tiers, hasRanked, lock }: PersonToPlace, trend: number) =>
  lock === null ? !hasRanked || tierOf(tiers, trend) !== null : lock === trend;

function mostWantedFirst(people: readonly PersonToPlace[], trends: readonly TrendToGive[]): TrendToGive[] {
  const firsts = new Map<number, number>();
  for (const { tiers } of people)
    for (const trend of tiers[0] ?? []) firsts.set(trend, (firsts.get(trend) ?? 0) + 1);
  const of = ({ id }: TrendToGive) => firsts.get(id) ?? 0;
  return trends.toSorted((a, b) => of(b) - of(a) || a.id - b.id);
}
