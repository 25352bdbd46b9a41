// The day of a large event: half of its people are here, tables are published and new seats proposed.
import { type SQL, sql } from 'drizzle-orm';
import { publish } from '../../src/actions/events/events.ts';
import { proposeSeats } from '../../src/actions/tables/day.ts';
import { mostReady } from '../../src/actions/tables/repairs.ts';
import type { WithTeams } from './filled.ts';
import { draftEvent, range } from './pattern.ts';

export interface Evening {
  id: number;
  slug: string;
}

/** An event that begins in half an hour, with as many guests as the large one; its tables come with those of all others. */
export async function draftEvening(filled: WithTeams): Promise<Evening> {
  const { ctx, size, seniors, teams, programme, readers, busy } = filled;
  const { id, slug } = await draftEvent(filled, ctx, 'An evening of tables', 2, {
    guests: range(seniors.first, size.guests),
    teams: range(teams.first, Math.min(9, teams.count)),
  });
  await publish(ctx, id);
  const start = ctx.now().toZonedDateTimeISO(programme.timeZone).add({ minutes: 30 }).toPlainDateTime();
  await ctx.db.execute(
    sql`UPDATE events SET starts_at = ${start.toString({ smallestUnit: 'minute' })}, facilitator_id = ${readers.facilitator} WHERE id = ${id}`,
  );
  // The large event stays the next one of the team whose page is measured.
  await ctx.db.execute(
    sql`UPDATE topics SET team_id = NULL WHERE event_id = ${id} AND team_id = ${busy.team}`,
  );
  await ctx.db.execute(sql`
    UPDATE rsvps SET state = CASE person_id % 10 WHEN 0 THEN 'declined' WHEN 1 THEN 'maybe' ELSE 'coming' END, answered_at = now(),
      came_at = CASE WHEN person_id % 2 = 0 AND person_id % 10 > 1 THEN now() END
    WHERE event_id = ${id}`);
  return { id, slug };
}

/** Proposes seats for one guest who is not here, and keeps the same proposal for as many others as are ready beforehand. */
export async function proposeInEvening({ ctx }: WithTeams, { id }: Evening): Promise<number> {
  const [missing] = await ctx.db.execute<{ person: number }>(
    sql`SELECT person_id AS person FROM rsvps WHERE event_id = ${id} AND state = 'coming' AND came_at IS NULL ORDER BY person_id DESC LIMIT 1`,
  );
  const proposal = await proposeSeats(ctx, id, { kind: 'missing', person: missing!.person, back: null });
  await ctx.db.execute(sql`
    INSERT INTO seat_proposals (event_id, key, change, situation, options, sentences, made_at)
    SELECT p.event_id, ${keyOf(sql`r.person_id`)}, json_build_object('kind', 'missing', 'person', r.person_id, 'back', NULL)::jsonb,
      p.situation, p.options, p.sentences, p.made_at
    FROM seat_proposals p JOIN rsvps r ON r.event_id = p.event_id AND r.state IN ('coming', 'maybe') AND r.came_at IS NULL
    WHERE p.id = ${proposal} AND r.person_id <> ${missing!.person} LIMIT ${mostReady}`);
  return proposal;
}

/** The key of somebody who is not here, as the program writes it. */
const keyOf = (person: SQL) => sql`'[["back",null],["kind","missing"],["person",' || ${person} || ']]'`;
