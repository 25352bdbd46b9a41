// Teams that young talents join themselves, with one press each.

/** Highest number that can be set as members of a team, at least or at most: more than anybody seats at a table. */
export const mostInTeam = 12;

/** Whether young talents join and leave a team themselves, and its members at least and at most. */
export interface OpenTeam {
  isOpen: boolean;
  least: number;
  most: number;
}

/** Places that are free in a team; 0 where nobody joins it themselves. `members`: with those who are asked to join it. */
export function placesFree({ isOpen, most }: OpenTeam, members: number): number {
  return isOpen ? Math.max(0, most - members) : 0;
}

/** People who are missing from an open team until it has enough; 0 of any other. */
export function peopleMissing({ isOpen, least }: OpenTeam, members: number): number {
  return isOpen ? Math.max(0, least - members) : 0;
}

/** A person who looks at a team; `otherTeams`: names of the teams they are in this season. */
export interface Joiner {
  side: 'talent' | 'senior';
  isMember: boolean;
  otherTeams: readonly string[];
}

/** Obstacles to joining, in the order in which they are said. */
export type JoinObstacle = 'no-talent' | 'member' | 'closed' | 'full' | 'other-team';

/** Finds why somebody cannot join a team; null where they can. */
export function joinObstacle(team: OpenTeam, members: number, person: Joiner): JoinObstacle | null {
  if (person.side !== 'talent') return 'no-talent';
  if (person.isMember) return 'member';
  if (!team.isOpen) return 'closed';
  if (placesFree(team, members) === 0) return 'full';
  return person.otherTeams.length > 0 ? 'other-team' : null;
}

/** Members leave themselves while their team is open; from any other an organiser takes them out. */
export function mayLeave(
  { isOpen }: Pick<OpenTeam, 'isOpen'>,
  { isMember }: Pick<Joiner, 'isMember'>,
): boolean {
  return isOpen && isMember;
}
