import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as door from '../../actions/sign-in/sign-ins.ts';
import type { Context } from '../../context.ts';
import { mostTries, sessionDays } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { dropCookie, readCookie, writeCookie } from '../../web/cookies.ts';
import { type FieldError, mistakeFrom, readForm, saying } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { type PageData, page } from '../../web/pages.ts';
import { forgetOnBrowser, signOutForm } from '../../web/signing-out.ts';
import { hashToken } from '../../web/tokens.ts';
import { undeclaredProxy } from '../../web/undeclared-proxy.ts';
import { english } from '../../words.ts';
import { keepBrowser } from './browser.ts';

const anyone = { config: { access: 'anyone' } } as const;

/** Coming in by a mailed link or code, and leaving. */
export function signInRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/sign-in', anyone, (request, reply) => showAsk(ctx, request, reply));
  app.post('/sign-in', anyone, (request, reply) => ask(ctx, request, reply));
  app.get('/sign-in/code', anyone, (request, reply) => showCode(ctx, request, reply));
  app.post('/sign-in/code', anyone, (request, reply) => enterWithCode(ctx, request, reply));
  app.get('/sign-in/link/:token', anyone, (request, reply) => showLink(ctx, request, reply));
  app.post('/sign-in/link/:token', anyone, (request, reply) => enterWithLink(ctx, request, reply));
  app.post('/sign-out', anyone, (request, reply) => signOut(ctx, request, reply));
}

const writeAddress = 'Write your e-mail address, such as amina.yusuf@halden.example';
const address = z.string().trim().max(254, writeAddress).pipe(z.email(writeAddress));
const askForm = z.object({ email: address, next: z.string().max(2000).default('/') });
const codeForm = z.object({
  code: z.string().max(100, 'A code has 8 letters and numbers'),
  email: address.optional(),
});

async function showAsk(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const next = localPath((request.query as { next?: unknown }).next);
  if (request.person) return reply.redirect(next, 303);
  // Before set-up there is nobody to sign in; the first page says what to do.
  if (!(await programmes.current(ctx.db))) return reply.redirect('/', 303);
  keepBrowser(ctx, request, reply);
  const said = saying(request, {
    'signed-out': 'You’re signed out.',
    'signed-out-everywhere': 'You’re signed out everywhere.',
  });
  return doorPage(ctx, reply, 'ask', { title: english.t('Sign in'), typed: {}, next, said });
}

async function ask(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, askForm);
  const next = localPath(form.typed.next);
  const again = (errors: FieldError[], status: number) =>
    doorPage(ctx, reply, 'ask', { title: english.t('Sign in'), typed: form.typed, next, errors }, status);
  if (!form.ok) return again(form.errors, 422);
  const browser = keepBrowser(ctx, request, reply);
  try {
    await door.askForLetter(ctx, { email: form.values.email, next, browser, ...whereFrom(request) });
  } catch (error) {
    return again(...mistakeOf(error, 'email'));
  }
  return reply.redirect('/sign-in/code', 303);
}

const whereFrom = (request: FastifyRequest) => ({
  address: request.ip,
  isShared: undeclaredProxy(request) !== undefined,
});

async function showCode(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.person) return reply.redirect('/', 303);
  return codePage(ctx, request, reply, {});
}

async function codePage(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  more: { typed?: Record<string, unknown>; errors?: FieldError[] },
  status = 200,
): Promise<FastifyReply> {
  const browser = keepBrowser(ctx, request, reply);
  const last = await signIns.lastOf(ctx.db, hashToken(browser), ctx.now());
  const asked = last && last.usedAt === null ? last : null;
  const data = {
    title: asked ? english.t('Check your e-mail') : english.t('Sign in with a code'),
    typed: {},
    ...more,
    email: asked?.email ?? '',
    next: asked?.next ?? '/',
    triesLeft: asked ? mostTries - asked.tries : mostTries,
    mail: ctx.mail,
  };
  return doorPage(ctx, reply, asked ? 'code' : 'code-elsewhere', data, status);
}

async function enterWithCode(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = readForm(request, codeForm);
  const again = (errors: FieldError[], status: number) =>
    codePage(ctx, request, reply, { typed: form.typed, errors }, status);
  if (!form.ok) return again(form.errors, 422);
  const browser = keepBrowser(ctx, request, reply);
  try {
    const asker = { ...form.values, browser, ...whereFrom(request) };
    return enter(ctx, reply, await door.signInWithCode(ctx, asker, readCookie(request, 'sid', ctx.baseUrl)));
  } catch (error) {
    return again(...mistakeOf(error, 'code'));
  }
}

/** Opening the link changes nothing and sets nothing: mail scanners open links too. */
async function showLink(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const browser = readCookie(request, 'login', ctx.baseUrl);
  const found = await door.findByLink(ctx, token, browser);
  if (!found) return linkIsOver(ctx, request, reply);
  if (!found.person) return doorPage(ctx, reply, 'link-elsewhere', { title: english.t('Type the code') });
  return doorPage(ctx, reply, 'link', { title: english.t('One last step'), token, whose: found.person });
}

async function linkIsOver(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.person) return reply.redirect('/', 303);
  return doorPage(ctx, reply, 'link-over', { title: english.t('This link no longer works') }, 410);
}

async function enterWithLink(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const { token } = request.params as { token: string };
  const browser = readCookie(request, 'login', ctx.baseUrl) ?? '';
  try {
    return enter(
      ctx,
      reply,
      await door.signInWithLink(ctx, token, browser, readCookie(request, 'sid', ctx.baseUrl)),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === 'gone') return linkIsOver(ctx, request, reply);
    return doorPage(ctx, reply, 'link-elsewhere', { title: english.t('Type the code') }, 403);
  }
}

function enter(ctx: Context, reply: FastifyReply, { session, next }: door.SignedIn): FastifyReply {
  writeCookie(reply, 'sid', ctx.baseUrl, session, sessionDays * 86_400);
  return reply.redirect(localPath(next), 303);
}

async function signOut(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, signOutForm);
  const session = readCookie(request, 'sid', ctx.baseUrl);
  if (session !== undefined) await sessions.remove(ctx.db, hashToken(session));
  if (form.ok) forgetOnBrowser(reply, form.values);
  dropCookie(reply, 'sid', ctx.baseUrl);
  return reply.redirect('/sign-in?said=signed-out', 303);
}

/** A refusal as a mistake at a field, with the status it deserves; anything else is a mistake of ours. */
function mistakeOf(error: unknown, field: string): [errors: FieldError[], status: number] {
  if (!(error instanceof Refusal)) throw error;
  return [[mistakeFrom(error, field)], error.kind === 'too-many' ? 429 : 422];
}

async function doorPage(
  ctx: Context,
  reply: FastifyReply,
  view: string,
  data: PageData,
  status = 200,
): Promise<FastifyReply> {
  const programme = await programmes.current(ctx.db);
  const names = { organisation: programme?.organisation ?? 'Flipside', programme: programme?.name ?? '' };
  return page(reply, `sign-in/${view}`, { errors: [], ...names, ...data }, { status, layout: 'guest' });
}
