import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { download } from '../../mail/calendar/download.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { entryOf } from '../../store/letters/entries.ts';
import { pagesAt } from '../../web/visit.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { subscription } from './feed.ts';
import { entryFor } from './own-entry.ts';
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

async function file({ ctx, reply, guest, words }: GuestVisit) {
  const { event, organiser } = guest.page;
  const own = guest.page.mine && (await rsvps.find(ctx.db, event.id, guest.me.id));
  const entry = entryFor(ctx, words, { event, organiser }, guest.base, own);
  const sent = await entryOf(ctx.db, event.id, guest.me.id);
  const sequence = Math.max(entry.sequence, sent?.sequence ?? 0);
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
    .header('cache-control', 'private, no-store')
    .send(download({ ...entry, sequence }));
}
