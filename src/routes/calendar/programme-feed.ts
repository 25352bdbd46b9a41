import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashSecret, newSecret } from '../../actions/sign-in/secrets.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as feedTokens from '../../store/calendar/feed-tokens.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import { readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { feedLinks } from './feed-links.ts';

const { t } = english;

/** An organiser's own address for all events of the programme; they keep it as long as they are organisers. */
export async function showProgrammeFeed(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  feedUrl = '',
): Promise<FastifyReply> {
  const me = orNotFound(await people.find(ctx.db, request.person!.id), 'person');
  const said = saying(request, { 'feed-removed': 'The calendar feed is gone.' });
  return page(reply, 'calendar/programme-feed', {
    title: t('All events in your calendar'),
    tab: 'events',
    said: feedUrl ? t('The calendar feed is ready. Copy its address now.') : said,
    programme: await programmes.current(ctx.db),
    hasFeed: me.programmeFeedTokenHash !== null,
    feedUrl,
    links: feedLinks(feedUrl),
  });
}

/** Shown in this one answer and never again: only its hash is kept, so no redirect follows. */
export async function makeProgrammeFeed(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const token = newSecret(ctx, 20);
  await feedTokens.replaceProgramme(ctx.db, request.person!.id, hashSecret(token));
  return showProgrammeFeed(ctx, request, reply, `${ctx.baseUrl}/feed/${token}.ics`);
}

export async function removeProgrammeFeed(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  readForm(request, z.object({}));
  await feedTokens.replaceProgramme(ctx.db, request.person!.id, null);
  return reply.redirect('/events/feed?said=feed-removed', 303);
}
