// Young talents join an open team and leave it again, one press each.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { type JoinObstacle, joinObstacle, mayLeave } from '../../domain/teams/open-team.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { removeWholePress } from '../../store/letters/presses.ts';
import * as people from '../../store/people/people.ts';
import * as latePlaces from '../../store/teams/late-places.ts';
import * as asks from '../../store/teams/place-asks.ts';
import * as teams from '../../store/teams/teams.ts';
import { todayIn } from './late-places.ts';
import { tellOfLeaving } from './leaving.ts';
import { restoreEntries, syncMeetings } from './meeting-entries.ts';
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
    const otherTeams =
      (await teams.namesByPerson(tx, [personId], teamId, await todayOf(ctx, tx))).get(personId) ?? [];
    const taken = team.members.length + ((await asks.openOf(tx, teamId)) ? 1 : 0);
    const obstacle = joinObstacle(team, taken, { side: person.side, isMember, otherTeams });
    if (obstacle === 'member') return;
    if (obstacle) throw new Refusal('conflict', sentences[obstacle], { team: otherTeams[0] ?? '' });
    await teams.join(tx, teamId, [personId]);
    await syncMeetings(ctx, tx, teamId, { by: null });
  });
}

/**
 * Takes a talent out of an open team; those who stay and the organiser hear after ten seconds in which it can be undone.
 * Throws a Refusal ('conflict') where the team is not open any more.
 */
export async function leaveTeam(ctx: Context, personId: number, teamId: number): Promise<void> {
  await writeDownPresentations(ctx);
  await ctx.db.transaction(async (tx) => {
    const { team, person, isMember } = await lockBoth(tx, personId, teamId);
    if (!isMember) return;
    if (!mayLeave(team, { isMember }))
      throw new Refusal('conflict', 'This team is not open any more. Ask an organiser to take you out.');
    const now = ctx.now();
    const press = `left-team:${teamId}:${personId}:${now.epochMilliseconds}`;
    const until = undoEnds(now);
    await teams.leave(tx, teamId, [personId]);
    await tellOfLeaving(ctx, tx, { team, who: person, by: personId, press, until });
    if (team.programmeId === null) return;
    const { programmeId } = team;
    const entries = await syncMeetings(ctx, tx, teamId, { by: null, held: { press, until } });
    const undo = { placement: null, draft: null, offer: null, entries };
    const left = { programmeId, teamId, personId, kind: 'left' as const, byId: personId };
    await latePlaces.addPress(tx, { ...left, press, endsAt: until, undo });
  });
}

/**
 * Puts somebody back who left a moment ago, before anybody hears. Throws a Refusal ('conflict') once the ten seconds are
 * over, or where their place was taken meanwhile.
 */
export async function undoLeaving(ctx: Context, personId: number, press: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = (await latePlaces.lockPress(tx, press)).filter(({ kind }) => kind === 'left');
    const tooLate = new Refusal('conflict', 'The ten seconds are over, and the team hears of it.');
    if (row?.personId !== personId || Temporal.Instant.compare(ctx.now(), row.endsAt) >= 0) throw tooLate;
    const { team, isMember } = await lockBoth(tx, personId, row.teamId);
    const taken = team.members.length + ((await asks.openOf(tx, team.id)) ? 1 : 0);
    if (!isMember && taken >= team.most) throw new Refusal('conflict', sentences.full);
    if ((await teams.namesByPerson(tx, [personId], team.id, await todayOf(ctx, tx))).has(personId))
      throw new Refusal('conflict', 'You are in another team by now.');
    if (!(await removeWholePress(tx, press, ctx.now()))) throw tooLate;
    await teams.join(tx, team.id, [personId]);
    await restoreEntries(tx, row.undo.entries ?? []);
    await latePlaces.removePress(tx, press);
  });
}

/** The day in the programme's zone: a team whose events are over keeps nobody from joining another one. */
async function todayOf(ctx: Context, tx: Tx): Promise<string> {
  return todayIn(orNotFound(await programmes.current(tx), 'page'), ctx.now());
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
