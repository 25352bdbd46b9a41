import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import * as programmes from '../../store/events/programmes.ts';
import { page } from '../../web/pages.ts';

/** The first page sends everyone to where their work is. */
export function homeRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/', { config: { access: 'anyone' } }, (request, reply) => home(ctx, request, reply));
  app.get('/robots.txt', { config: { access: 'anyone' } }, async (_request, reply) =>
    // Calendar programs obey this file, so the feeds stay open (calendar.md D3).
    reply.type('text/plain').send('User-agent: *\nAllow: /feed/\nDisallow: /\n'),
  );
}

async function home(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.person) return reply.redirect(request.person.isOrganiser ? '/events' : '/trends', 303);
  if (await programmes.current(ctx.db)) return reply.redirect('/sign-in', 303);
  return page(reply, 'sign-in/not-set-up', { title: 'Not set up yet' }, { layout: 'bare' });
}
