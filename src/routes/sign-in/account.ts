import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
import { english } from '../../words.ts';
import { feedLinks } from '../calendar/feed-links.ts';
import { freshCodeRoutes } from './fresh-code.ts';

const signedIn = { config: { access: 'signed-in' } } as const;

/** Registers the account pages: who one is here, the calendar feed, and where one is signed in. */
export function accountRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/account', signedIn, (request, reply) => show(ctx, request, reply));
  app.get('/account/feed', signedIn, (_request, reply) => reply.redirect('/account', 303));
  app.post('/account/feed', signedIn, (request, reply) => makeFeed(ctx, request, reply));
  app.post('/account/feed/removal', signedIn, (request, reply) => removeFeed(ctx, request, reply));
  app.post('/account/sign-out', signedIn, (request, reply) => signOut(ctx, request, reply));
  freshCodeRoutes(app, ctx);
}

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  feedUrl = '',
): Promise<FastifyReply> {
  const me = orNotFound(await people.find(ctx.db, request.person!.id), 'person');
  const said = saying(request, { 'feed-removed': 'The calendar feed is gone.' });
  return page(reply, 'sign-in/account', {
    title: english.t('Your account'),
    tab: 'account',
    said: feedUrl ? english.t('Your calendar feed is ready. Copy its address now.') : said,
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
async function makeFeed(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const token = newSecret(ctx, 20);
  await feedTokens.replace(ctx.db, request.person!.id, hashToken(token));
  return show(ctx, request, reply, `${ctx.baseUrl}/feed/${token}.ics`);
}

async function removeFeed(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  await feedTokens.replace(ctx.db, request.person!.id, null);
  return reply.redirect('/account?said=feed-removed', 303);
}

async function signOut(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, signOutForm);
  await signOutEverywhere(ctx, request.person!.id);
  if (form.ok) forgetOnBrowser(reply, form.values);
  dropCookie(reply, 'sid', ctx.baseUrl);
  return reply.redirect('/sign-in?said=signed-out-everywhere', 303);
}
