import { joinObstacle, mayLeave, peopleMissing, placesFree } from '../../../domain/teams/open-team.ts';
import * as asks from '../../../store/teams/place-asks.ts';
import * as teams from '../../../store/teams/teams.ts';
import type { SignedInVisit } from '../../../web/visit.ts';

/** Says how many places a team has, and which button its reader gets: to join it or to leave it. */
export async function openingOf({ ctx, viewer }: SignedInVisit, team: teams.TeamWithMembers, today: string) {
  const isMember = team.members.some(({ id }) => id === viewer.id);
  const names = team.isOpen ? await teams.namesByPerson(ctx.db, [viewer.id], team.id, today) : new Map();
  const otherTeams: string[] = names.get(viewer.id) ?? [];
  const taken = team.members.length + (team.isOpen && (await asks.openOf(ctx.db, team.id)) ? 1 : 0);
  const obstacle = joinObstacle(team, taken, { side: viewer.side, isMember, otherTeams });
  return {
    free: placesFree(team, taken),
    missing: peopleMissing(team, team.members.length),
    mayJoin: obstacle === null,
    mayLeave: mayLeave(team, { isMember }),
    otherTeam: obstacle === 'other-team' ? otherTeams[0]! : '',
  };
}
