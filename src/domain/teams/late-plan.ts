// The question to the planner of trends when people are placed into teams that stay as they are: teams stand for trends.
import type { LatePerson, TeamWithRoom } from './late-places.ts';
import { roomIn } from './late-places.ts';

/** Places by person and team. */
export type NamedPlaces = [personId: number, teamId: number][];

type Pair = readonly [number, number];

/**
 * Makes the planner's question: each team takes as many more as it has places; members whom somebody late works apart from
 * are in it, kept where they are, and no one else of those who stay.
 */
export function lateWishes(
  late: readonly LatePerson[],
  teams: readonly TeamWithRoom[],
  apart: readonly Pair[],
) {
  const open = teams.filter((team) => roomIn(team) > 0);
  const lateIds = new Set(late.map(({ id }) => id));
  const teamOf = new Map(open.flatMap(({ id, memberIds }) => memberIds.map((member) => [member, id])));
  const known = (id: number) => lateIds.has(id) || teamOf.has(id);
  const pairs = apart.filter(([a, b]) => known(a) && known(b) && (lateIds.has(a) || lateIds.has(b)));
  const kept = [...new Set(pairs.flat())].filter((id) => !lateIds.has(id));
  const byTrend = Map.groupBy(open, ({ trendId }) => trendId);
  return {
    agents: [
      ...late.map(({ id, tiers }) => ({
        id: String(id),
        name: String(id),
        ranks: tiers
          .map((tier) =>
            tier.flatMap((trendId) => (byTrend.get(trendId) ?? []).map((team) => String(team.id))),
          )
          .filter((tier) => tier.length > 0),
      })),
      ...kept.map((id) => ({ id: String(id), name: String(id), ranks: [], lock: String(teamOf.get(id)) })),
    ],
    trends: open.map((team) => ({
      id: String(team.id),
      name: String(team.id),
      least: 0,
      most: roomIn(team) + kept.filter((id) => teamOf.get(id) === team.id).length,
    })),
    ...(pairs.length > 0 && { apart: pairs.map(([a, b]): [string, string] => [String(a), String(b)]) }),
  };
}
