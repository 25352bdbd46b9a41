// Somebody is in a team no more: the team and its organiser hear.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isComing } from '../../domain/events/coming.ts';
import { peopleShort } from '../../domain/teams/late-places.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/** Somebody who is in a team no more. `by`: who pressed. With a press the e-mails wait until it can no longer be undone. */
interface Leaving {
  team: teams.TeamWithMembers;
  who: { id: number; name: string };
  by: number | null;
  press?: string;
  until?: Temporal.Instant;
}

/** Writes to those who stay in the team, and to its organiser unless it was their own press. */
export async function tellOfLeaving(
  ctx: Context,
  tx: Tx,
  { team, who, by, press, until }: Leaving,
): Promise<void> {
  const programme = team.programmeId === null ? null : await programmes.find(tx, team.programmeId);
  const organiser = await organiserOf(ctx, tx, team.id);
  if (!programme || programme.endedAt !== null || !organiser) return;
  const stay = team.members.filter(({ id }) => id !== who.id);
  const members = (
    await people.findMany(
      tx,
      stay.map(({ id }) => id),
    )
  ).filter(({ id }) => id !== organiser.id);
  const key = press ?? `left-team:${team.id}:${who.id}:${ctx.now().epochMilliseconds}`;
  const short = peopleShort(team, stay.length);
  for (const to of [...members, organiser]) {
    if (to.id === by) continue;
    await sendLetter(ctx, tx, {
      key: `${key}:${to.id}`,
      kind: 'team-news',
      to,
      facts: {
        kind: 'team-news',
        ...seasonFacts(programme, organiser, to.name),
        news: {
          kind: 'left',
          team: team.name,
          who: who.name,
          left: stay.length,
          ...(short > 0 && { short }),
          isForOrganiser: to.id === organiser.id,
        },
        teamUrl: `${ctx.baseUrl}/teams/${team.id}`,
      },
      ...(until && { hold: { id: null, until } }),
    });
  }
}

/** Writes to every team of the season that is on that a person was in. Call it before they are deactivated. */
export async function tellTeamsOf(
  ctx: Context,
  tx: Tx,
  who: { id: number; name: string },
  by: number | null,
): Promise<void> {
  for (const team of await teams.withMembers(tx, { season: 'on', of: who.id }))
    await tellOfLeaving(ctx, tx, { team, who, by });
}

/** Finds the organiser of the team's next event, or the programme's first one. */
async function organiserOf(ctx: Context, tx: Tx, teamId: number): Promise<people.Person | null> {
  const next = (await trendEvents.withTeam(tx, teamId)).find((each) => isComing(each, ctx.now()));
  const event = next ? await events.find(tx, next.eventId) : null;
  const own = event?.organiserId ? await people.find(tx, event.organiserId) : null;
  return own && own.disabledAt === null ? own : await people.firstOrganiser(tx, 0);
}
