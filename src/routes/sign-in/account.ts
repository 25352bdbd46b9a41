import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { newSecret } from '../../actions/sign-in/secrets.ts';
import { signOutEverywhere } from '../../actions/sign-in/sign-out.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as feedTokens from '../../store/calendar/feed-tokens.ts';
import * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import { dropCookie } from '../../web/cookies.ts';
import { readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { forgetOnBrowser, signOutForm } from '../../web/signing-out.ts';
import { hashToken } from '../../web/tokens.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { feedLinks } from '../calendar/feed-links.ts';
import { freshCodeRoutes } from './fresh-code.ts';

/** Registers the account pages: who one is here, the calendar feed, and where one is signed in. */
export function accountRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/account', 'signed-in', show);
  at.get('/account/feed', 'signed-in', () => '/account');
  at.post('/account/feed', 'signed-in', makeFeed);
  at.post('/account/feed/removal', 'signed-in', removeFeed);
  at.post('/account/sign-out', 'signed-in', signOut);
  freshCodeRoutes(app, ctx);
}

async function show(visit: SignedInVisit, feedUrl = '') {
  const { ctx, viewer, words } = visit;
  const { t } = words;
  const me = orNotFound(await people.find(ctx.db, viewer.id), 'person');
  const said = saying(visit, { 'feed-removed': 'The calendar feed is gone.' });
  return page(visit, 'sign-in/account', {
    title: t('Your account'),
    tab: 'account',
    said: feedUrl ? t('Your calendar feed is ready. Copy its address now.') : said,
    me,
    sessions: await sessions.countOf(ctx.db, me.id, ctx.now()),
    feedUrl,
    links: feedLinks(feedUrl),
  });
}

/**
 * The new address is shown in this one answer and never again: only its hash is kept. So no redirect follows, as it
 * would have to carry the secret.
 */
async function makeFeed(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  readForm(request, z.object({}));
  const token = newSecret(ctx, 20);
  await feedTokens.replace(ctx.db, viewer.id, hashToken(token));
  return show(visit, `${ctx.baseUrl}/feed/${token}.ics`);
}

async function removeFeed({ ctx, request, viewer }: SignedInVisit) {
  readForm(request, z.object({}));
  await feedTokens.replace(ctx.db, viewer.id, null);
  return '/account?said=feed-removed';
}

async function signOut({ ctx, request, reply, viewer }: SignedInVisit) {
  const form = readForm(request, signOutForm);
  await signOutEverywhere(ctx, viewer.id);
  if (form.ok) forgetOnBrowser(reply, form.values);
  dropCookie(reply, 'sid', ctx.baseUrl);
  return '/sign-in?said=signed-out-everywhere';
}
