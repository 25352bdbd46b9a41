// The strict policy, worked out once.
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page whose address holds a secret: it must not travel on in a Referer. */
export function isTokenPage(request: FastifyRequest): boolean {
  return (
    request.routeOptions.config.access === 'link' || /\/:(token|code)\b/.test(request.routeOptions.url ?? '')
  );
}

/** Returns the headers of every answer, also of one that no route gives. */
export function alwaysSent(baseUrl: string): Record<string, string> {
  const always: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    // Unless a route says otherwise: what one person sees is nobody else's.
    'cache-control': 'private, no-store',
  };
  if (baseUrl.startsWith('https:'))
    always['strict-transport-security'] = 'max-age=63072000; includeSubDomains';
  return always;
}

export function securityHeaders(app: FastifyInstance, baseUrl: string): void {
  const always = alwaysSent(baseUrl);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(always);
    reply.header('referrer-policy', isTokenPage(request) ? 'no-referrer' : 'same-origin');
  });
}
