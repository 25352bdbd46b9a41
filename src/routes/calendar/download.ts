import type { FastifyInstance } from 'fastify';
import { calendarFacts } from '../../actions/letters/about-event.ts';
import type { Context } from '../../context.ts';
import { download } from '../../mail/calendar/download.ts';
import { entryFromJson } from '../../mail/calendar/entry.ts';
import { pagesAt } from '../../web/visit.ts';
import { atBothDoors, type GuestVisit, minutesOf } from '../events/visitor.ts';
import { subscription } from './feed.ts';
import { makeProgrammeFeed, removeProgrammeFeed, showProgrammeFeed } from './programme-feed.ts';

/** One event as a file, everyone's own events as a feed at a secret address, and all events for organisers. */
export function calendarRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  atBothDoors(app, ctx).get('/calendar.ics', file);
  at.get('/feed/:token', 'link', subscription);
  at.get('/events/feed', 'organiser', showProgrammeFeed);
  at.post('/events/feed', 'organiser', makeProgrammeFeed);
  at.post('/events/feed/removal', 'organiser', removeProgrammeFeed);
}

async function file({ ctx, reply, guest }: GuestVisit) {
  const { event, blocks, organiser } = guest.page;
  const facts = { event, minutes: minutesOf(blocks), organiser: { name: organiser, email: '' } };
  const entry = entryFromJson(calendarFacts(ctx, facts, `${ctx.baseUrl}${guest.base}`));
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
    .header('cache-control', 'private, no-store')
    .send(download(entry));
}
