// People who are placed after the teams were published, while everybody else stays where they are.
import type { DraftRow, Placement } from './draft.ts';
import type { EntryBefore } from './meeting-entry.ts';
import { type Tiers, tierOf } from './ranking.ts';

/** Everything that undoes the press that placed or released one person, as it was before. */
export interface PlaceUndo {
  placement: Placement | null;
  draft: DraftRow | null;
  /** The offer that was accepted with it, and the places of its round where one was added. */
  offer: { id: number; places: number | null } | null;
  /** Calendar entries of the team's meetings. */
  entries?: EntryBefore[];
}

/** A team with a trend that has places for more people, or none. */
export interface TeamWithRoom {
  id: number;
  trendId: number;
  least: number;
  most: number;
  memberIds: readonly number[];
  /** Places that people of the reserve list are being asked to take. */
  asked: number;
}

/** A talent in no team, with their own order of trends. */
export interface LatePerson {
  id: number;
  tiers: Tiers;
}

/** Pairs who are never in one team, by person. */
export type Apart = ReadonlyMap<number, ReadonlySet<number>>;

/** Groups pairs who are kept apart by person. */
export function apartOf(pairs: readonly (readonly [number, number])[]): Apart {
  const found = new Map<number, Set<number>>();
  for (const [a, b] of pairs) {
    found.set(a, (found.get(a) ?? new Set()).add(b));
    found.set(b, (found.get(b) ?? new Set()).add(a));
  }
  return found;
}

/** Returns how many more people a team takes; a place somebody is being asked about is taken. */
export const roomIn = ({ most, memberIds, asked }: Pick<TeamWithRoom, 'most' | 'memberIds' | 'asked'>) =>
  Math.max(0, most - memberIds.length - asked);

/** Returns how many people a team has too few; a team without a trend has no work that waits. */
export const peopleShort = (team: { trendId: number | null; least: number }, members: number): number =>
  team.trendId === null ? 0 : Math.max(0, team.least - members);

/** Obstacles to placing one person in a team: it is full, or somebody in it works apart from them. */
export type PlaceObstacle = 'full' | 'apart';

/** Finds why a person cannot be placed in a team; null where they can. */
export function placeObstacle(team: TeamWithRoom, personId: number, apart: Apart): PlaceObstacle | null {
  if (roomIn(team) === 0) return 'full';
  const foes = apart.get(personId);
  return foes && team.memberIds.some((id) => foes.has(id)) ? 'apart' : null;
}

/** A place with its price: the tier of the person's own order, from 0; null for a trend they have not ranked. */
export interface PricedPlace {
  teamId: number;
  choice: number | null;
}

/**
 * Finds the best place for one person while everybody else stays: their highest choice with room, of equals the team that
 * is furthest below its least, then the first one. Null where no team can take them.
 */
export function bestPlace(
  { id, tiers }: LatePerson,
  teams: readonly TeamWithRoom[],
  apart: Apart,
): PricedPlace | null {
  const depth = (team: TeamWithRoom) => tierOf(tiers, team.trendId) ?? Number.POSITIVE_INFINITY;
  const short = (team: TeamWithRoom) => peopleShort(team, team.memberIds.length + team.asked);
  const [best] = teams
    .filter((team) => placeObstacle(team, id, apart) === null)
    .toSorted((a, b) => compare(depth(a), depth(b)) || short(b) - short(a) || a.id - b.id);
  return best ? { teamId: best.id, choice: tierOf(tiers, best.trendId) } : null;
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Returns the first choices of a person that have no room for them, where a place costs them more than that. */
export function missedFirsts(
  { id, tiers }: LatePerson,
  choice: number | null,
  teams: readonly TeamWithRoom[],
  apart: Apart,
): number[] {
  if (choice === 0) return [];
  const open = new Set(
    teams.filter((team) => placeObstacle(team, id, apart) === null).map(({ trendId }) => trendId),
  );
  return (tiers[0] ?? []).filter((trendId) => !open.has(trendId));
}
