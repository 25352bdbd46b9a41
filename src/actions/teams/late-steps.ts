// On working days at eight an organiser hears which steps of teams are due and not ticked.
import type { Context } from '../../context.ts';
import type { DaysOff } from '../../domain/events/working-days.ts';
import { timeToTell } from '../../domain/letters/organiser-day.ts';
import { briefDaysOf } from '../../domain/run-of-show/event-format.ts';
import { lateSteps, stepsOf } from '../../domain/teams/team-steps.ts';
import { daysOffIn } from '../../planning/dates/holidays.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as dueSteps from '../../store/teams/due-steps.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/** Days ahead within which an event can have a step that is due: the longest preparation and a few. */
const daysAhead = 60;

/**
 * Writes to the organiser of each event, once a day, of the steps whose day is in three days or today. Nothing at weekends:
 * or on public holidays of the programme's zone.
 */
export async function tellLateSteps(ctx: Context): Promise<void> {
  const programme = await programmes.current(ctx.db);
  const begun = programme && timeToTell(ctx.now(), programme.timeZone);
  if (!programme || !begun) return;
  const today = begun.toZonedDateTimeISO(programme.timeZone).toPlainDate();
  const isOff = await daysOffIn(programme.timeZone, { from: today.year, to: today.year + 1 });
  if (isOff(today)) return;
  const late = (await lateTeams(ctx, today, isOff)).filter(({ steps }) => steps.length > 0);
  for (const [organiserId, theirs] of Map.groupBy(late, (one) => one.organiserId ?? 0))
    await tell(ctx, programme, { organiserId, theirs, today: today.toString() });
}

async function lateTeams(ctx: Context, today: Temporal.PlainDate, isOff: DaysOff) {
  const until = today.add({ days: daysAhead }).toString();
  const ahead = await dueSteps.teamsAhead(ctx.db, today.toString(), until);
  return ahead.map(({ teamId, team, organiserId, hasTrend, ticked, startsAt, ...event }) => {
    const briefDays = briefDaysOf(event);
    const steps = stepsOf({ hasTrend, ticked, isPresented: false }, { startsAt, briefDays });
    return { teamId, organiserId, steps: lateSteps(steps, today, isOff).map((step) => ({ team, ...step })) };
  });
}

interface Late {
  /** 0 where the event has none. */
  organiserId: number;
  theirs: Awaited<ReturnType<typeof lateTeams>>;
  today: string;
}

async function tell(
  ctx: Context,
  programme: programmes.Programme,
  { organiserId, theirs, today }: Late,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const own = organiserId > 0 ? await people.find(tx, organiserId) : null;
    const to = own && own.disabledAt === null && own.isOrganiser ? own : await people.firstOrganiser(tx, 0);
    if (!to) return;
    const [first, ...more] = theirs;
    await sendLetter(ctx, tx, {
      key: `late-steps:${organiserId}:${to.id}:${today}`,
      kind: 'team-news',
      to,
      facts: {
        kind: 'team-news',
        ...seasonFacts(programme, to, to.name),
        news: { kind: 'late', steps: theirs.flatMap(({ steps }) => steps) },
        teamUrl: more.length === 0 ? `${ctx.baseUrl}/teams/${first!.teamId}` : `${ctx.baseUrl}/teams`,
      },
    });
  });
}
