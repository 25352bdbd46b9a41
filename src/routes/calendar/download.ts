import { download } from '../../mail/calendar/download.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { entryOf } from '../../store/letters/entries.ts';
import * as people from '../../store/people/people.ts';
import { publishedAt } from '../../store/tables/plans.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { subscription } from './feed.ts';
import { entryFor } from './own-entry.ts';
import { makeProgrammeFeed, removeProgrammeFeed, showProgrammeFeed } from './programme-feed.ts';

/** One event as a file, everyone's own events as a feed at a secret address, and all events for organisers. */
export function calendarRoutes(at: Pages): void {
  atBothDoors(at).get('/calendar.ics', file);
  at.get('/feed/:token', 'link', subscription);
  at.get('/events/feed', 'organiser', showProgrammeFeed);
  at.post('/events/feed', 'organiser', press(noFields, makeProgrammeFeed));
  at.post('/events/feed/removal', 'organiser', press(noFields, removeProgrammeFeed));
}

async function file({ ctx, reply, guest, words }: GuestVisit) {
  const { event, organiser } = guest.page;
  const own = guest.page.mine && (await rsvps.find(ctx.db, event.id, guest.me.id));
  const tablesAt = guest.page.shared.hasTables ? await publishedAt(ctx.db, event.id) : null;
  const ownUidOf = own && (await people.find(ctx.db, guest.me.id))?.hasOwnUids ? guest.me.id : undefined;
  const answer = own && { ...own, tablesAt, ownUidOf };
  const entry = entryFor(ctx, words, { event, organiser }, guest.base, answer);
  const sent = await entryOf(ctx.db, event.id, guest.me.id);
  const sequence = Math.max(entry.sequence, sent?.sequence ?? 0);
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
    .header('cache-control', 'private, no-store')
    .send(download({ ...entry, sequence }));
}
