// The strict policy, worked out once.
import type { FastifyInstance } from 'fastify';

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

export function securityHeaders(app: FastifyInstance, baseUrl: string): void {
  const always: Record<string, string> = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
  if (baseUrl.startsWith('https:')) always['strict-transport-security'] = 'max-age=63072000';
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(always);
    // A token in the path must not travel on in a Referer.
    const isTokenPage = request.routeOptions.config.access === 'link' || /\/:(token|code)/.test(request.routeOptions.url ?? '');
    reply.header('referrer-policy', isTokenPage ? 'no-referrer' : 'same-origin');
  });
}
