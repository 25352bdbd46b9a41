import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { calendarFacts } from '../../actions/letters/about-event.ts';
import type { Context } from '../../context.ts';
import { download } from '../../mail/calendar/download.ts';
import { entryFromJson } from '../../mail/calendar/entry.ts';
import { guestOf, minutesOf } from '../events/visitor.ts';
import { subscription } from './feed.ts';
import { makeProgrammeFeed, removeProgrammeFeed, showProgrammeFeed } from './programme-feed.ts';

/** One event as a file, everyone's own events as a feed at a secret address, and all events for organisers. */
export function calendarRoutes(app: FastifyInstance, ctx: Context): void {
  const organiser = { config: { access: 'organiser' } } as const;
  app.get('/e/:slug/calendar.ics', { config: { access: 'signed-in' } }, (request, reply) =>
    file(ctx, request, reply),
  );
  app.get('/i/:token/calendar.ics', { config: { access: 'link' } }, (request, reply) =>
    file(ctx, request, reply),
  );
  app.get('/feed/:token', { config: { access: 'link' } }, (request, reply) =>
    subscription(ctx, request, reply),
  );
  app.get('/events/feed', organiser, (request, reply) => showProgrammeFeed(ctx, request, reply));
  app.post('/events/feed', organiser, (request, reply) => makeProgrammeFeed(ctx, request, reply));
  app.post('/events/feed/removal', organiser, (request, reply) => removeProgrammeFeed(ctx, request, reply));
}

async function file(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const { event, blocks, organiser } = guest.page;
  const facts = { event, minutes: minutesOf(blocks), organiser: { name: organiser, email: '' } };
  const entry = entryFromJson(calendarFacts(ctx, facts, `${ctx.baseUrl}${guest.base}`));
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
    .header('cache-control', 'private, no-store')
    .send(download(entry));
}
