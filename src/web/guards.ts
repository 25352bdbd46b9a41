// Guards: who may use a route, and whether an unsafe request really comes from one of our own pages.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Refusal } from '../refusal.ts';
import { dropCookie, readCookie } from './cookies.ts';
import { mailedLinks } from './mailed-links.ts';
import type { Access } from './person.ts';
import { isTokenPage } from './security-headers.ts';
import { canBeKept, SignedOut, signInAddress } from './sign-in-address.ts';
import { isFormTokenOf } from './tokens.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Returns what a form token of this request is bound to: its personal link, its session, or the browser that wants to
 * sign in.
 */
export function formHolder(request: FastifyRequest, baseUrl: string): string | undefined {
  if (request.routeOptions.config.access === 'link') return (request.params as { token?: string }).token;
  return readCookie(request, 'sid', baseUrl) ?? readCookie(request, 'login', baseUrl);
}

/** Besides, a form that was shown to this browser before its owner signed in. */
function formHolders(request: FastifyRequest, baseUrl: string): string[] {
  const isByLink = request.routeOptions.config.access === 'link';
  const browser = isByLink ? undefined : readCookie(request, 'login', baseUrl);
  return [formHolder(request, baseUrl), browser].filter((one) => one !== undefined);
}

const accesses: ReadonlySet<unknown> = new Set<Access>([
  'anyone',
  'link',
  'nameless',
  'signed-in',
  'organiser',
]);

function refuseUndeclared(route: RouteOptions): void {
  const access = route.config?.access;
  if (!accesses.has(access)) {
    throw new Error(`${String(route.method)} ${route.url} does not say who may use it (config.access)`);
  }
  if ((access === 'nameless') !== route.url.startsWith('/anon/')) {
    throw new Error(
      `${String(route.method)} ${route.url}: what nobody may be known at is below /anon/, and nothing else`,
    );
  }
  if (access === 'link' && !/:token\b/.test(route.url)) {
    throw new Error(`${String(route.method)} ${route.url} is for whoever holds a link, but has no :token`);
  }
}

/** BASE_URL alone says who we are: a foreign host would otherwise find its way into links. */
function refuseForeignHost(request: FastifyRequest, host: string): void {
  if (hostsNamed(request) > 1 || isElsewhere(request.url, host))
    throw Object.assign(new Error('Two hosts in one request'), { statusCode: 400 });
  if (request.routeOptions.url === '/healthz') return;
  const asked = [request.headers.host ?? '', request.headers['x-forwarded-host'] ?? host];
  if (asked.some((one) => String(one).toLowerCase() !== host)) {
    throw Object.assign(new Error('Misdirected request'), { statusCode: 421 });
  }
}

/** Two Host headers are read differently by every program between a browser and us, so none is believed (RFC 9112, 3.2). */
function hostsNamed({ raw }: FastifyRequest): number {
  let count = 0;
  for (let i = 0; i < raw.rawHeaders.length; i += 2) {
    const name = raw.rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** A whole address in the place of a path counts before the Host header (RFC 9112, 3.2.2): it must be one of ours. */
function isElsewhere(url: string, host: string): boolean {
  if (url.startsWith('/')) return false;
  return !URL.canParse(url) || new URL(url).host !== host;
}

function refuseForeignOrigin(request: FastifyRequest, baseUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  // Under `Referrer-Policy: no-referrer` a form of our own says "Origin: null" (Fetch, "append a request Origin header");
  // browsers that send no Sec-Fetch-Site are then known by the secret in the address, which no other site has.
  const isOrigin = origin === baseUrl || (origin === 'null' && isTokenPage(request));
  const isOurs = site !== undefined ? site === 'same-origin' : isOrigin;
  if (!isOurs)
    throw new Refusal('forbidden', 'This form was sent from another site. Open the page here and try again.');
}

function refuseWithoutToken(request: FastifyRequest, baseUrl: string): void {
  const body = request.body as Record<string, unknown> | null | undefined;
  if (!formHolders(request, baseUrl).some((holder) => isFormTokenOf(holder, body?._token))) {
    throw new Refusal('forbidden', 'This page was open for too long. Reload it and send the form again.');
  }
  delete body?._token;
}

/**
 * Refuses a request unread that could tell who asks, where nobody may be known; a cookie proves nothing here, so a
 * token is not needed.
 */
function refuseNamed(request: FastifyRequest): void {
  const { cookie, authorization } = request.headers;
  if (cookie !== undefined || authorization !== undefined) {
    throw new Refusal(
      'invalid',
      'This address takes no cookies, so that nobody can be known here. Use the form on the event’s page.',
    );
  }
  if (request.headers['sec-fetch-site'] !== 'same-origin')
    throw new Refusal('forbidden', 'This form was sent from another site. Open the page here and try again.');
}

/** Hears of a signed-in person who is refused a page of organisers, before they are told. */
export type OnClosedPage = (request: FastifyRequest, personId: number) => Promise<void>;

async function refuseStrangers(
  request: FastifyRequest,
  reply: FastifyReply,
  baseUrl: string,
  onClosedPage: OnClosedPage | undefined,
): Promise<unknown> {
  const { access } = request.routeOptions.config;
  if (access === 'signed-in' || access === 'organiser') {
    if (request.person === null) {
      const isRead = safeMethods.has(request.method);
      // Once it is read, so that nothing typed is lost.
      return !isRead && canBeKept(request, baseUrl) ? undefined : askToSignIn(request, reply, baseUrl);
    }
    if (access === 'organiser' && !request.person.isOrganiser) {
      await onClosedPage?.(request, request.person.id);
      throw new Refusal(
        'not-found',
        'There is nothing at this address. Check it, or start from the first page.',
      );
    }
  }
  return undefined;
}

/** Whether a form came from somebody who is signed out. */
function isSignedOut({ routeOptions, person }: FastifyRequest): boolean {
  const { access } = routeOptions.config;
  return (access === 'signed-in' || access === 'organiser') && person === null;
}

/** Whether a form has anything in it that would be lost. */
function hasFields(body: unknown): boolean {
  return Object.keys(body ?? {}).some((name) => name !== '_token');
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply, baseUrl: string): FastifyReply {
  const address = signInAddress(request, baseUrl);
  // A page that follows tries again and again: it is told no, and shows what it has.
  if (String(request.headers.accept).includes('text/event-stream')) return reply.code(401).send('');
  // A panel cannot show the sign-in page, so htmx is asked to leave for it.
  if (request.headers['hx-request'] === 'true')
    return reply.code(200).header('HX-Redirect', address).send('');
  return reply.redirect(address, 303);
}

export function guards(app: FastifyInstance, baseUrl: string, onClosedPage?: OnClosedPage): void {
  const { host } = new URL(baseUrl);
  mailedLinks(app);
  app.addHook('onRoute', refuseUndeclared);
  app.addHook('onRequest', async (request, reply) => {
    refuseForeignHost(request, host);
    const { fromAnywhere } = request.routeOptions.config;
    if (!safeMethods.has(request.method) && !request.is404 && !fromAnywhere)
      refuseForeignOrigin(request, baseUrl);
    if (request.routeOptions.config.access === 'nameless') return refuseNamed(request);
    return refuseStrangers(request, reply, baseUrl, onClosedPage);
  });
  app.addHook('preHandler', async (request, reply) => {
    const { access, withoutToken } = request.routeOptions.config;
    if (safeMethods.has(request.method) || request.is404) return undefined;
    if (isSignedOut(request)) {
      if (!hasFields(request.body)) return askToSignIn(request, reply, baseUrl);
      const signIn = signInAddress(request, baseUrl);
      // The form's token then belongs to the browser, and is as good after signing in.
      dropCookie(reply, 'sid', baseUrl);
      throw new SignedOut(signIn);
    }
    if (!withoutToken && access !== 'nameless') refuseWithoutToken(request, baseUrl);
    return undefined;
  });
}

/** A path of our own, or the first page: redirects never leave the site. */
export function localPath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\')) return '/';
  return path;
}
