// Two cookies, both strictly needed: the session, and the browser a person signs in with.
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type CookieName = 'sid' | 'login';

/** On https the names carry `__Host-`; on plain http (localhost) a browser would refuse that, so only there they do not. */
export function cookieName(name: CookieName, baseUrl: string): string {
  return baseUrl.startsWith('https:') ? `__Host-${name}` : name;
}

/** Cookies this answer is about to set; they count already: a page may show a form that belongs to one. */
const written = new WeakMap<FastifyRequest, Map<CookieName, string>>();

export function readCookie(request: FastifyRequest, name: CookieName, baseUrl: string): string | undefined {
  const value = written.get(request)?.get(name) ?? request.cookies[cookieName(name, baseUrl)];
  return value !== undefined && /^[\w-]{20,100}$/.test(value) ? value : undefined;
}

export function writeCookie(
  reply: FastifyReply,
  name: CookieName,
  baseUrl: string,
  value: string,
  seconds: number,
): void {
  const { request } = reply;
  written.set(request, (written.get(request) ?? new Map()).set(name, value));
  reply.setCookie(cookieName(name, baseUrl), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: baseUrl.startsWith('https:'),
    maxAge: seconds,
  });
}

export function dropCookie(reply: FastifyReply, name: CookieName, baseUrl: string): void {
  writeCookie(reply, name, baseUrl, '', 0);
}
