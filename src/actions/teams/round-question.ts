import type { Db } from '../../database/open.ts';
import { among } from '../../domain/teams/ranking.ts';
import { type Pair, personToken, type RunQuestion, skillToken, trendToken } from '../../domain/teams/runs.ts';
import { apartPairs, mutualPairs } from '../../domain/teams/team-wishes.ts';
import { withSkillsThatCanBe } from '../../domain/teams/wanted-skills.ts';
import type { AssignWishes } from '../../planning/assign/wishes.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rankings from '../../store/teams/rankings.ts';
import type * as rounds from '../../store/teams/rounds.ts';
import * as teamWishes from '../../store/teams/team-wishes.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import * as skills from '../../store/trends/skills.ts';

/** Reads what a round is about now: who is to be placed, their orders and wishes, and what organisers keep. */
export async function questionNow(db: Db, round: rounds.Round): Promise<RunQuestion> {
  const { programmeId, least, most, mixesDepartments, seed, rule } = round;
  const people = await toPlace.toPlace(db, programmeId);
  const orders = await rankings.all(db, programmeId);
  const trends = await toPlace.offered(db, programmeId, {}, { offset: 0, limit: 100_000 });
  const offered = new Set(trends.map(({ id }) => id));
  const kept = new Map(
    (await drafts.all(db, programmeId)).flatMap(({ personId, trendId, isLocked }) =>
      isLocked && trendId !== null && offered.has(trendId) ? [[personId, trendId]] : [],
    ),
  );
  const known = new Set(people.map(({ id }) => id));
  const wishes = (await teamWishes.all(db, programmeId)).filter(
    ({ personId, otherId }) => known.has(personId) && known.has(otherId),
  );
  const skilled = await skills.ofMany(db, [...known], [...offered]);
  const toGive = trends
    .map(({ id }) => id)
    .toSorted((a, b) => a - b)
    .map((id) => ({ id, least, most, skills: skilled.trends.get(id) ?? [] }));
  const toPlaceNow = people.map(({ id, department, teamId }) => {
    const own = orders.get(teamId === null ? `p${id}` : `t${teamId}`);
    const tiers = among(own ?? [], offered);
    const lock = kept.get(id) ?? null;
    const has = skilled.people.get(id);
    return { id, teamId, tiers, hasRanked: tiers.length > 0, department, lock, ...(has && { skills: has }) };
  });
  return {
    people: toPlaceNow,
    trends: withSkillsThatCanBe(toPlaceNow, toGive),
    apart: apartPairs(wishes),
    likes: mutualPairs(wishes),
    mixesDepartments,
    seed,
    rule,
  };
}

/** The question as the planner reads it; people and trends have tokens for names, so that no name is stored with a plan. */
export function wishesFor({ people, trends, apart, likes, mixesDepartments }: RunQuestion): AssignWishes {
  const ids = (pairs: readonly Pair[]) => pairs.map(([a, b]): [string, string] => [String(a), String(b)]);
  const teams = Map.groupBy(
    people.filter(({ teamId }) => teamId !== null),
    ({ teamId }) => teamId,
  );
  const together = [...teams.values()].flatMap((own) =>
    own.slice(1).map(({ id }): [string, string] => [String(own[0]!.id), String(id)]),
  );
  return {
    agents: people.map(({ id, tiers, lock, department, skills: has = [] }) => ({
      id: String(id),
      name: personToken(id),
      ranks: tiers.map((tier) => tier.map(String)),
      ...(lock !== null && { lock: String(lock) }),
      ...(department !== '' && { department }),
      ...(has.length > 0 && { skills: has.map(skillToken) }),
    })),
    trends: trends.map(({ id, least, most, skills: wanted = [] }) => ({
      id: String(id),
      name: trendToken(id),
      least,
      most,
      mayClose: true,
      ...(wanted.length > 0 && { skills: wanted.map(skillToken) }),
    })),
    ...(apart.length > 0 && { apart: ids(apart) }),
    ...(together.length > 0 && { together }),
    ...(mixesDepartments && { mix: 'departments' as const }),
    ...(likes.length > 0 && { likes: ids(likes) }),
  };
}
