import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isComing } from '../../domain/events/coming.ts';
import type { OpenTeam } from '../../domain/teams/open-team.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';
import { refuseOutdated } from '../edition.ts';
import { tellOfLeaving } from './leaving.ts';
import { cancelMeetingsOf, syncMeetings } from './meeting-entries.ts';
import { writeDownPresentations } from './presentations.ts';

/** A team as its form sends it; whether it is open, and its sizes, stay as they are where they are not given. */
export interface TeamPlan extends Partial<OpenTeam> {
  name: string;
  memberIds: number[];
  trendId: number | null;
}

/** Makes a research team; the same form sent twice makes one. Returns it. Refuses members who are no active talents, and trends that are parked or merged. */
export async function createTeam(ctx: Context, plan: TeamPlan & { formKey: string }): Promise<teams.Team> {
  return ctx.db.transaction(async (tx) => {
    const { id: programmeId } = orNotFound(await programmes.current(tx), 'page');
    const trend = await lockTrend(tx, plan.trendId);
    if (plan.trendId !== null) refuseTaken(trend, programmeId);
    await refuseMembers(tx, plan.memberIds);
    const { memberIds, ...values } = plan;
    const added = await teams.add(tx, { programmeId, ...values, createdAt: ctx.now() });
    if (!added) return orNotFound(await teams.findByFormKey(tx, plan.formKey), 'team');
    await teams.setMembers(tx, added.id, memberIds);
    return added;
  });
}

/** A team as the fields of its form show it. */
export function fieldsOf({ name, trendId, members, isOpen, least, most }: teams.TeamWithMembers) {
  return {
    name,
    trendId: String(trendId ?? ''),
    isOpen: isOpen ? 'on' : '',
    least: String(least),
    most: String(most),
    members: members.map(({ id }) => String(id)).toSorted(),
  };
}

/**
 * Changes name, members and trend at once, with the same refusals; a trend it had already may stay whatever became of it.
 * Refuses a form whose reader saw an edition that is no longer the stored one.
 */
export async function change(
  ctx: Context,
  teamId: number,
  plan: TeamPlan,
  { seen, by = null }: { seen?: string | undefined; by?: number | null } = {},
): Promise<void> {
  await writeDownPresentations(ctx);
  await ctx.db.transaction(async (tx) => {
    // The trend before the team: a merge locks in this order too.
    const trend = await lockTrend(tx, plan.trendId);
    const team = orNotFound(await teams.lock(tx, teamId), 'team');
    const before = orNotFound(await teams.find(tx, teamId), 'team');
    refuseOutdated(team.name, seen, fieldsOf(before));
    if (plan.trendId !== null && plan.trendId !== team.trendId) refuseTaken(trend, team.programmeId);
    await refuseMembers(tx, plan.memberIds);
    const { memberIds, ...values } = plan;
    await teams.change(tx, teamId, values);
    await teams.setMembers(tx, teamId, memberIds);
    const after = orNotFound(await teams.find(tx, teamId), 'team');
    for (const who of before.members.filter(({ id }) => !plan.memberIds.includes(id)))
      await tellOfLeaving(ctx, tx, { team: after, who, by });
    await syncMeetings(ctx, tx, teamId, { by });
  });
}

/** Takes a team away; its people and its trend stay. Refused while it has a table at a coming event. */
export async function dissolve(ctx: Context, teamId: number): Promise<void> {
  await writeDownPresentations(ctx);
  await ctx.db.transaction(async (tx) => {
    await trendEvents.lockWithTeam(tx, teamId);
    orNotFound(await teams.lock(tx, teamId), 'team');
    const event = (await trendEvents.withTeam(tx, teamId)).find((each) => isComing(each, ctx.now()));
    if (event) {
      const sentence =
        'This team has table {table} at {event}. Give that table to another team first, then delete this one.';
      throw new Refusal('conflict', sentence, { table: event.number, event: event.name });
    }
    await cancelMeetingsOf(ctx, tx, teamId);
    await teams.remove(tx, teamId);
  });
}

async function lockTrend(tx: Tx, trendId: number | null): Promise<trends.Trend | undefined> {
  return trendId === null ? undefined : (await trends.lock(tx, [trendId]))[0];
}

function refuseTaken(trend: trends.Trend | undefined, programmeId: number | null): void {
  if (!trend || !canBeGiven(trend) || trend.programmeId !== programmeId) {
    throw new Refusal(
      'invalid',
      'This trend was parked or merged in the meantime. Choose another one.',
      {},
      'trendId',
    );
  }
}

async function refuseMembers(tx: Tx, memberIds: number[]): Promise<void> {
  const found = await people.findMany(tx, memberIds);
  const able = found.filter((person) => person.side === 'talent' && person.disabledAt === null);
  if (able.length !== new Set(memberIds).size) {
    throw new Refusal(
      'invalid',
      'Someone you chose is no young talent here any more. Look through the list again.',
      {},
      'members',
    );
  }
}
