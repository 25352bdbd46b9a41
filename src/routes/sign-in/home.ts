import type { Context } from '../../context.ts';
import { landing } from '../../domain/sign-in/landing.ts';
import * as list from '../../store/events/event-list.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/teams/teams.ts';
import { page } from '../../web/pages.ts';
import type { Viewer } from '../../web/person.ts';
import type { Pages, Visit } from '../../web/visit.ts';
import { clocksNow } from '../events/event-list.ts';

/** The first page sends everyone to where their work is. */
export function homeRoutes(at: Pages): void {
  at.get('/', 'anyone', home);
  at.get('/robots.txt', 'anyone', ({ reply }) =>
    // Calendar programs obey this file, so the feeds stay open (calendar.md D3).
    reply.type('text/plain').send('User-agent: *\nAllow: /feed/\nDisallow: /\n'),
  );
}

async function home(visit: Visit) {
  const { ctx, viewer, words } = visit;
  if (viewer) return landingOf(ctx, viewer);
  if (await programmes.current(ctx.db)) return '/sign-in';
  return page(visit, 'sign-in/not-set-up', { layout: 'bare', title: words.t('Not set up yet') });
}

async function landingOf(ctx: Context, viewer: Viewer): Promise<string> {
  const clocks = await clocksNow(ctx);
  const [team] = await teams.withMembers(ctx.db, { season: 'on', of: viewer.id }, { offset: 0, limit: 1 });
  return landing(viewer, {
    led: await list.nextLedBy(ctx.db, viewer.id, clocks),
    team: team ?? null,
    next: await list.nextEvent(ctx.db, viewer, clocks),
  });
}
