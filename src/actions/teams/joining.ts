// Young talents join an open team and leave it again, one press each.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type JoinObstacle, joinObstacle, mayLeave } from '../../domain/teams/open-team.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import { tellOfLeaving } from './leaving.ts';
import { writeDownPresentations } from './presentations.ts';

const sentences: Record<Exclude<JoinObstacle, 'member'>, string> = {
  'no-talent': 'Only young talents join teams.',
  closed: 'This team is not open to join any more. Ask an organiser.',
  full: 'The last place was taken a moment ago. Choose another team.',
  'other-team':
    'You are in {team} already. To change teams, leave it first if it is open, or ask an organiser.',
};

/**
 * Puts a talent into an open team with a free place; pressed twice it does so once. Throws a Refusal ('conflict') that
 * says why not.
 */
export async function joinTeam(ctx: Context, personId: number, teamId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { team, person, isMember } = await lockBoth(tx, personId, teamId);
    const otherTeams = (await teams.namesByPerson(tx, [personId], teamId)).get(personId) ?? [];
    const obstacle = joinObstacle(team, team.members.length, { side: person.side, isMember, otherTeams });
    if (obstacle === 'member') return;
    if (obstacle) throw new Refusal('conflict', sentences[obstacle], { team: otherTeams[0] ?? '' });
    await teams.join(tx, teamId, [personId]);
  });
}

/**
 * Takes a talent out of an open team; those who stay and the organiser hear. Throws a Refusal ('conflict') where the
 * team is not open any more.
 */
export async function leaveTeam(ctx: Context, personId: number, teamId: number): Promise<void> {
  await writeDownPresentations(ctx);
  await ctx.db.transaction(async (tx) => {
    const { team, person, isMember } = await lockBoth(tx, personId, teamId);
    if (!isMember) return;
    if (!mayLeave(team, { isMember }))
      throw new Refusal('conflict', 'This team is not open any more. Ask an organiser to take you out.');
    await teams.leave(tx, teamId, [personId]);
    await tellOfLeaving(ctx, tx, { team, who: person, by: personId });
  });
}

/**
 * Locks the team, so that two people do not take one place, then the person, so that two presses of theirs do not put
 * them into two teams. The team comes first, as in every action that writes members.
 */
async function lockBoth(tx: Tx, personId: number, teamId: number) {
  orNotFound(await teams.lock(tx, teamId), 'team');
  const person = orNotFound(await people.lockActive(tx, personId), 'person');
  const team = orNotFound(await teams.find(tx, teamId), 'team');
  return { team, person, isMember: team.members.some(({ id }) => id === personId) };
}
