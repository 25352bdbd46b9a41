import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import * as programmes from '../../store/events/programmes.ts';
import { page } from '../../web/pages.ts';
import { pagesAt, type Visit } from '../../web/visit.ts';

/** The first page sends everyone to where their work is. */
export function homeRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/', 'anyone', home);
  at.get('/robots.txt', 'anyone', ({ reply }) =>
    // Calendar programs obey this file, so the feeds stay open (calendar.md D3).
    reply.type('text/plain').send('User-agent: *\nAllow: /feed/\nDisallow: /\n'),
  );
}

async function home(visit: Visit) {
  const { ctx, viewer, words } = visit;
  if (viewer) return viewer.isOrganiser ? '/events' : '/trends';
  if (await programmes.current(ctx.db)) return '/sign-in';
  return page(visit, 'sign-in/not-set-up', { layout: 'bare', title: words.t('Not set up yet') });
}
