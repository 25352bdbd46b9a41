// The way to sign-in after a session has ended, with the reason and the way back.
import type { FastifyRequest } from 'fastify';
import { readCookie } from './cookies.ts';

/** A form came from somebody who is signed out; nothing was done, and what they typed is shown again. */
export class SignedOut extends Error {
  readonly signIn: string;

  constructor(signIn: string) {
    super('Signed out');
    this.signIn = signIn;
  }
}

/** The address of the sign-in page that leads back; it says so where a session was there and ended. */
export function signInAddress(request: FastifyRequest, baseUrl: string): string {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isPanel = request.headers['hx-request'] === 'true';
  const before = isRead && !isPanel ? '' : pageBefore(request, baseUrl);
  const next = before || (isRead ? request.url : '');
  const query = new URLSearchParams(next ? { next } : {});
  if (readCookie(request, 'sid', baseUrl) !== undefined) query.set('why', 'ended');
  return query.size > 0 ? `/sign-in?${query}` : '/sign-in';
}

/** The page of ours on which a button was pressed, as a path; '' where the browser does not say. */
function pageBefore({ headers }: FastifyRequest, baseUrl: string): string {
  const from = String(headers['hx-current-url'] ?? headers.referer ?? '');
  const url = URL.canParse(from) ? new URL(from) : null;
  return url?.origin === baseUrl ? url.pathname + url.search : '';
}

/** Whether a form can be kept on a page until its sender has signed in: its new token belongs to this browser. */
export function canBeKept(request: FastifyRequest, baseUrl: string): boolean {
  const isForm = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
  const isPanel = request.headers['hx-request'] === 'true';
  return isForm && !isPanel && readCookie(request, 'login', baseUrl) !== undefined;
}
