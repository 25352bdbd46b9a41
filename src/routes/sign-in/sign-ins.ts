import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as door from '../../actions/sign-in/sign-ins.ts';
import { bareAddress } from '../../domain/people/address.ts';
import { mostTries, sessionDays } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { dropCookie, readCookie, writeCookie } from '../../web/cookies.ts';
import { messageFor } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { type PageData, page } from '../../web/pages.ts';
import { forgetOnBrowser, signOutForm } from '../../web/signing-out.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import { hashToken } from '../../web/tokens.ts';
import { undeclaredProxy } from '../../web/undeclared-proxy.ts';
import type { Pages, Visit } from '../../web/visit.ts';
import { keepBrowser } from './browser.ts';

/** Coming in by a mailed link or code, and leaving. */
export function signInRoutes(at: Pages): void {
  at.get('/sign-in', 'anyone', showAsk);
  at.post('/sign-in', 'anyone', ask);
  at.get('/sign-in/code', 'anyone', showCode);
  at.post('/sign-in/code', 'anyone', enterWithCode);
  at.get('/sign-in/link/:token', 'anyone', showLink);
  at.post('/sign-in/link/:token', 'anyone', press(linkForm, enterWithLink));
  at.post('/sign-out', 'anyone', press(signOutForm, signOut));
}

const writeAddress = 'Write your e-mail address, such as amina.yusuf@halden.example';
const address = z.string().transform(bareAddress).pipe(z.email(writeAddress).max(254, writeAddress));
const askForm = z.object({ email: address, next: z.string().max(2000).default('/') });
const chosen = z.coerce.number().int().positive().max(2_147_483_647).optional();
const codeForm = z.object({
  code: z.string().max(100, 'A code has 8 letters and numbers'),
  email: address.optional(),
  as: chosen,
});
const linkForm = z.object({ as: chosen });

async function showAsk(visit: Visit) {
  const next = localPath((visit.request.query as { next?: unknown }).next);
  if (visit.viewer) return next;
  // Before set-up there is nobody to sign in; the first page says what to do.
  if (!(await programmes.current(visit.ctx.db))) return '/';
  keepBrowser(visit);
  return askPage(visit, next);
}

const askPage = (visit: Visit, next: string, mistakes = noMistakes) =>
  doorPage(visit, 'ask', {
    title: visit.words.t('Sign in'),
    next,
    hasEnded: (visit.request.query as { why?: unknown }).why === 'ended',
    message: messageFor(visit, {
      'signed-out': 'You’re signed out.',
      'signed-out-everywhere': 'You’re signed out everywhere.',
    }),
    ...mistakes,
  });

const ask = (visit: Visit) =>
  submit(visit, askForm, {
    act: async ({ email, next }) => {
      const browser = keepBrowser(visit);
      const asked = { email, next: localPath(next), browser, ...whereFrom(visit.request) };
      await door.askForLetter(visit.ctx, asked);
      return '/sign-in/code';
    },
    again: (mistakes) => askPage(visit, localPath(mistakes.typed.next), mistakes),
    field: 'email',
  });

const whereFrom = (request: FastifyRequest) => ({
  address: request.ip,
  isShared: undeclaredProxy(request) !== undefined,
});

const showCode = (visit: Visit) => (visit.viewer ? '/' : codePage(visit));

async function codePage(visit: Visit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const browser = keepBrowser(visit);
  const last = await signIns.lastOf(ctx.db, hashToken(browser), ctx.now());
  const asked = last && last.usedAt === null ? last : null;
  return doorPage(visit, asked ? 'code' : 'code-elsewhere', {
    title: asked ? words.t('Check your e-mail') : words.t('Sign in with a code'),
    email: asked?.email ?? '',
    next: asked?.next ?? '/',
    triesLeft: asked ? mostTries - asked.tries : mostTries,
    mail: ctx.mail,
    ...mistakes,
  });
}

const enterWithCode = (visit: Visit) =>
  submit(visit, codeForm, {
    act: async (values) => {
      const { ctx, request } = visit;
      const asker = { ...values, browser: keepBrowser(visit), ...whereFrom(request) };
      const former = readCookie(request, 'sid', ctx.baseUrl);
      const entered = await door.signInWithCode(ctx, asker, former).catch(several);
      return entered instanceof door.SeveralPeople
        ? whichPage(visit, entered, { action: '/sign-in/code', fields: typedFields(values) })
        : enter(visit, entered);
    },
    again: (mistakes) => codePage(visit, mistakes),
    field: 'code',
  });

const several = (error: unknown) => {
  if (error instanceof door.SeveralPeople) return error;
  throw error;
};

const typedFields = ({ code, email }: z.output<typeof codeForm>) =>
  Object.entries({ code, email }).filter(([, value]) => value !== undefined);

/** Asks who signs in, where several people are behind the address. */
const whichPage = (
  visit: Visit,
  { people }: Pick<door.SeveralPeople, 'people'>,
  { action, fields }: { action: string; fields: [string, string | undefined][] },
) => doorPage(visit, 'which', { title: visit.words.t('Who signs in?'), action, fields, people });

/** Opening the link changes nothing and sets nothing: mail scanners open links too. */
async function showLink(visit: Visit) {
  const { ctx, request, words } = visit;
  const { token } = request.params as { token: string };
  const browser = readCookie(request, 'login', ctx.baseUrl);
  const found = await door.findByLink(ctx, token, browser);
  if (!found) return linkIsOver(visit);
  const [whose] = found.people;
  if (!whose) return doorPage(visit, 'link-elsewhere', { title: words.t('Type the code') });
  if (found.people.length > 1)
    return whichPage(visit, found, { action: `/sign-in/link/${token}`, fields: [] });
  return doorPage(visit, 'link', { title: words.t('One last step'), token, whose });
}

function linkIsOver(visit: Visit) {
  if (visit.viewer) return '/';
  return doorPage(visit, 'link-over', { status: 410, title: visit.words.t('This link no longer works') });
}

async function enterWithLink(visit: Visit, { as }: z.output<typeof linkForm>) {
  const { ctx, request, words } = visit;
  const { token } = request.params as { token: string };
  const [browser, session] = [
    readCookie(request, 'login', ctx.baseUrl),
    readCookie(request, 'sid', ctx.baseUrl),
  ];
  try {
    return enter(visit, await door.signInWithLink(ctx, token, browser ?? '', session, as));
  } catch (error) {
    if (error instanceof door.SeveralPeople) return showLink(visit);
    if (!(error instanceof Refusal)) throw error;
    if (error.kind === 'gone') return linkIsOver(visit);
    return doorPage(visit, 'link-elsewhere', { status: 403, title: words.t('Type the code') });
  }
}

function enter({ ctx, reply }: Visit, { session, next }: door.SignedIn) {
  writeCookie(reply, 'sid', ctx.baseUrl, session, sessionDays * 86_400);
  return localPath(next);
}

async function signOut({ ctx, request, reply }: Visit, values: z.output<typeof signOutForm>) {
  const session = readCookie(request, 'sid', ctx.baseUrl);
  if (session !== undefined) await sessions.remove(ctx.db, hashToken(session));
  forgetOnBrowser(reply, values);
  dropCookie(reply, 'sid', ctx.baseUrl);
  return '/sign-in?said=signed-out';
}

async function doorPage(visit: Visit, view: string, data: PageData) {
  const programme = await programmes.current(visit.ctx.db);
  const names = { organisation: programme?.organisation ?? 'Flipside', programme: programme?.name ?? '' };
  return page(visit, `sign-in/${view}`, { layout: 'guest', ...noMistakes, ...names, ...data });
}
