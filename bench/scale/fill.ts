// Fills an empty database with an organisation of a given size: one function for each noun, in the order in which they need
// each other. What is new in the program gets a function of its own here.
import { sql } from 'drizzle-orm';
import { writeDownPresentations } from '../../src/actions/teams/presentations.ts';
import type { Context } from '../../src/context.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import { addDates } from './dates.ts';
import { addEvents } from './events.ts';
import type { WithEvents } from './filled.ts';
import { writeLetters } from './letters.ts';
import { addOffers } from './offers.ts';
import { addAuditLog, addCalendarReplies, addImports } from './office.ts';
import { addPairs } from './pairs.ts';
import { addPeople } from './people.ts';
import { addWall } from './questions.ts';
import type { Size } from './size.ts';
import { addTeams } from './teams.ts';
import { addTrends } from './trends.ts';
import { addWork } from './work.ts';

export type Filled = WithEvents;

export async function fill(ctx: Context, size: Size): Promise<Filled> {
  const programme = await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Reverse mentoring',
    timeZone: 'Europe/Oslo',
    createdAt: ctx.now(),
  });
  const people = await addPeople({ ctx, size, programme });
  const trends = await addTrends(people);
  await addOffers(trends);
  await addPairs(trends);
  const teams = await addTeams(trends);
  await addWork(teams);
  const filled = await addEvents(teams);
  await writeDownPresentations(ctx);
  await addDates(filled);
  await addWall(filled);
  await writeLetters(filled);
  await addImports(filled);
  await addAuditLog(filled);
  await addCalendarReplies(filled);
  await ctx.db.execute(sql`VACUUM (ANALYZE)`);
  return filled;
}
