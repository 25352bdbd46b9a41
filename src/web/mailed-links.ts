// Addresses as mail programs hand them on: with a dot, bracket or slash stuck to the end, or in capitals.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isTokenPage } from './security-headers.ts';

/** Signs that end a sentence or a bracket round a link, as they are and as browsers write them in an address. */
const stuck =
  /(?:[.,;:!?)\]}>'"*|/]|%(?:25)?(?:0A|0D|20|22|27|29|2C|3B|3E|5D|7C|7D|C2%BB|E2%80%9[9D]|E2%80%A6))+$/i;

/** Returns the address without signs stuck to its end; null where there is nothing to take away. */
export function withoutStuckSigns(url: string, { takesToken }: { takesToken: boolean }): string | null {
  const [path = '', ...queries] = url.split('?');
  const query = queries.join('?');
  const parts = takesToken ? path.split('/').map((part) => part.replace(stuck, '')) : [];
  const shown = takesToken ? `/${parts.filter(Boolean).join('/')}` : path.replace(stuck, '');
  // Only in the links of e-mails: what people typed into a search may end in a dot.
  const asked = takesToken ? query.replace(stuck, '') : query;
  const clean = asked ? `${shown}?${asked}` : shown;
  return clean === url || !/^\/[^/\\]/.test(clean) ? null : clean;
}

/** Returns the address in small letters as far as it was put into capitals; null where it was not. */
export function withoutCapitals(url: string): string | null {
  const [path = '', ...queries] = url.split('?');
  const first = /^\/[^/]+/.exec(path)?.[0] ?? '';
  const isAllInCapitals = !/[a-z]/.test(path);
  const small = isAllInCapitals ? path.toLowerCase() : first.toLowerCase() + path.slice(first.length);
  return small === path ? null : [small, ...queries].join('?');
}

/** Secrets in links are spelled in small letters and digits, 32 of them at least. */
function inSmallLetters({ params }: FastifyRequest): void {
  const secrets = params as { token?: string };
  if (secrets.token !== undefined && /^[A-Z\d-]{32,}$/.test(secrets.token))
    secrets.token = secrets.token.toLowerCase();
}

/** Lets links of e-mails open as they come; only reading is sent on, a press never. */
export function mailedLinks(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, url, is404 } = request;
    const takesToken = isTokenPage(request);
    if (takesToken) inSmallLetters(request);
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    if (!takesToken && !is404) return undefined;
    const better = withoutStuckSigns(url, { takesToken }) ?? (is404 ? withoutCapitals(url) : null);
    return better === null ? undefined : reply.redirect(better, 302);
  });
}
