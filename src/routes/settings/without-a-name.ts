import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import * as envelope from '../../store/questions/envelope.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';

const { t } = english;

/**
 * Registers the operators' page about asking without a name: failures by day, lost envelopes, and what the database
 * server's log keeps.
 */
export function withoutANameRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/settings/without-a-name', { config: { access: 'organiser' } }, (request, reply) =>
    show(ctx, request, reply),
  );
}

async function show(ctx: Context, _request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const failures = await envelope.failures(ctx.db);
  return page(reply, 'settings/without-a-name', {
    title: t('Without a name'),
    tab: 'settings',
    ...(await settingsHead(ctx, 'without-a-name')),
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
