// Sets `request.person` from the session cookie. The role is read from the database on each request.
import type { FastifyInstance } from 'fastify';
import { readCookie } from './cookies.ts';
import type { FindViewer } from './person.ts';
import { hashToken } from './tokens.ts';

export function session(app: FastifyInstance, baseUrl: string, find: FindViewer): void {
  app.decorateRequest('person', null);
  app.addHook('onRequest', async (request) => {
    // Routes of a personal link look at the link alone, not at who is signed in on this browser.
    const { access, findViewer = find } = request.routeOptions.config;
    if (access === undefined || access === 'link' || access === 'nameless') return;
    const secret = readCookie(request, 'sid', baseUrl);
    if (secret !== undefined) request.person = await findViewer(hashToken(secret), request);
  });
}
