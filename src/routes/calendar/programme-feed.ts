import { hashSecret, newSecret } from '../../actions/sign-in/secrets.ts';
import { orNotFound } from '../../refusal.ts';
import * as feedTokens from '../../store/calendar/feed-tokens.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { feedLinks } from './feed-links.ts';

/** An organiser's own address for all events of the programme; they keep it as long as they are organisers. */
export async function showProgrammeFeed(visit: SignedInVisit, feedUrl = ''): Promise<Answer> {
  const { ctx, viewer, words } = visit;
  const { t } = words;
  const me = orNotFound(await people.find(ctx.db, viewer.id), 'person');
  const message = messageFor(visit, { 'feed-removed': 'The calendar feed is gone.' });
  return page(visit, 'calendar/programme-feed', {
    title: t('All events in your calendar'),
    tab: 'events',
    message: feedUrl ? t('The calendar feed is ready. Copy its address now.') : message,
    programme: await programmes.current(ctx.db),
    hasFeed: me.programmeFeedTokenHash !== null,
    feedUrl,
    links: feedLinks(feedUrl),
  });
}

/** Shown in this one answer and never again: only its hash is kept, so no redirect follows. */
export async function makeProgrammeFeed(visit: SignedInVisit): Promise<Answer> {
  const { ctx, viewer } = visit;
  const token = newSecret(ctx, 20);
  await feedTokens.replaceProgramme(ctx.db, viewer.id, hashSecret(token));
  return showProgrammeFeed(visit, `${ctx.baseUrl}/feed/${token}.ics`);
}

export async function removeProgrammeFeed({ ctx, viewer }: SignedInVisit): Promise<Answer> {
  await feedTokens.replaceProgramme(ctx.db, viewer.id, null);
  return '/events/feed?said=feed-removed';
}
