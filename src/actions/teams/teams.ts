import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isComing } from '../../domain/events/coming.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';

export interface TeamPlan {
  name: string;
  memberIds: number[];
  trendId: number | null;
}

/** Makes a research team; the same form sent twice makes one. Returns it. Refuses members who are no active talents, and trends that are parked or merged. */
export async function createTeam(ctx: Context, plan: TeamPlan & { formKey: string }): Promise<teams.Team> {
  return ctx.db.transaction(async (tx) => {
    refuseTaken(await lockTrend(tx, plan.trendId), plan.trendId, null);
    await refuseMembers(tx, plan.memberIds);
    const { name, trendId, formKey } = plan;
    const added = await teams.add(tx, { name, trendId, formKey, createdAt: ctx.now() });
    if (!added) return orNotFound(await teams.findByFormKey(tx, formKey), 'team');
    await teams.setMembers(tx, added.id, plan.memberIds);
    return added;
  });
}

/** Changes name, members and trend at once, with the same refusals; a trend it had already may stay whatever became of it. */
export async function change(ctx: Context, teamId: number, plan: TeamPlan): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    // The trend before the team: a merge locks in this order too.
    const trend = await lockTrend(tx, plan.trendId);
    const team = orNotFound(await teams.lock(tx, teamId), 'team');
    refuseTaken(trend, plan.trendId, team.trendId);
    await refuseMembers(tx, plan.memberIds);
    await teams.change(tx, teamId, { name: plan.name, trendId: plan.trendId });
    await teams.setMembers(tx, teamId, plan.memberIds);
  });
}

/** Takes a team away; its people and its trend stay. Refused while it has a table at a coming event. */
export async function dissolve(ctx: Context, teamId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await trendEvents.lockWithTeam(tx, teamId);
    orNotFound(await teams.lock(tx, teamId), 'team');
    const event = (await trendEvents.withTeam(tx, teamId)).find((each) => isComing(each, ctx.now()));
    if (event) {
      const sentence =
        'This team has table {table} at {event}. Give that table to another team first, then delete this one.';
      throw new Refusal('conflict', sentence, { table: event.number, event: event.name });
    }
    await teams.remove(tx, teamId);
  });
}

async function lockTrend(tx: Tx, trendId: number | null): Promise<trends.Trend | undefined> {
  return trendId === null ? undefined : (await trends.lock(tx, [trendId]))[0];
}

function refuseTaken(trend: trends.Trend | undefined, wanted: number | null, before: number | null): void {
  if (wanted === null || wanted === before) return;
  if (!trend || !canBeGiven(trend)) {
    throw new Refusal(
      'invalid',
      'This trend was parked or merged meanwhile. Choose another one.',
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
