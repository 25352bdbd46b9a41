// A proxy nobody declared: every request then seems to come from it, and limits would count all people as one.
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * The address a request seems to come from although it says that it was passed on from another one, which is not
 * believed; undefined where it was not passed on, or by declared proxies only.
 */
export function undeclaredProxy(request: FastifyRequest): string | undefined {
  const forwarded = request.headers['x-forwarded-for'];
  if (forwarded === undefined) return undefined;
  const [first = ''] = String(forwarded).split(',');
  return first.trim() === request.ip ? undefined : request.ip;
}

/** Anybody can send such a request, so a log is told of a few addresses and no more. */
const mostTold = 3;

/** Says in the log, once each, through which addresses requests come that are not in TRUSTED_PROXIES. */
export function noticeUndeclaredProxies(app: FastifyInstance): void {
  const told = new Set<string>();
  app.addHook('onRequest', async (request) => {
    const address = undeclaredProxy(request);
    if (address === undefined || request.routeOptions.config.access === 'nameless') return;
    if (told.has(address) || told.size >= mostTold) return;
    told.add(address);
    app.log.warn(
      `Requests come with X-Forwarded-For through ${address}, which is not in TRUSTED_PROXIES. If it is your proxy, add it there: until then everybody behind it counts as one address.`,
    );
  });
}
