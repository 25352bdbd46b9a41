import { newSecret } from '../../actions/sign-in/secrets.ts';
import { knownBrowserDays } from '../../domain/sign-in/sign-in.ts';
import { readCookie, writeCookie } from '../../web/cookies.ts';
import type { Visit } from '../../web/visit.ts';

/** The browser's own secret: a mailed link works only where it was asked for, and where its owner signed in it is known. */
export function keepBrowser({ ctx, request, reply }: Visit): string {
  const secret = readCookie(request, 'login', ctx.baseUrl) ?? newSecret(ctx, 32);
  writeCookie(reply, 'login', ctx.baseUrl, secret, knownBrowserDays * 86_400);
  return secret;
}
