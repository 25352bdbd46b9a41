import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import * as envelope from '../../store/questions/envelope.ts';
import { page } from '../../web/pages.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { settingsHead } from '../audit/settings-head.ts';

/**
 * Registers the operators' page about asking without a name: failures by day, lost envelopes, and what the database
 * server's log keeps.
 */
export function withoutANameRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/settings/without-a-name', 'organiser', show);
}

async function show(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const failures = await envelope.failures(ctx.db);
  return page(visit, 'settings/without-a-name', {
    title: words.t('Without a name'),
    tab: 'settings',
    ...(await settingsHead(visit, 'without-a-name')),
    days: [...Map.groupBy(failures, ({ day }) => day)].map(([day, list]) => ({ day: dayOf(day), list })),
    lost: (await envelope.daysOfLost(ctx.db)).map(dayOf),
    keeps: ctx.serverKeeps?.settings ?? [],
  });
}

const written = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

const dayOf = (day: string) => written.format(Temporal.PlainDate.from(day));
