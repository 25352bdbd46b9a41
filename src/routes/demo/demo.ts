import { z } from 'zod';
import { demoGuestPath, enterDemoAs } from '../../actions/demo/door.ts';
import { sessionDays } from '../../domain/sign-in/sign-in.ts';
import { orNotFound } from '../../refusal.ts';
import { readCookie, writeCookie } from '../../web/cookies.ts';
import { press } from '../../web/submit.ts';
import type { Pages, Visit } from '../../web/visit.ts';

/**
 * The two-minute tour: look around as anybody in the demo programme. Its bar stands on pages of personal links too, whose
 * form token belongs to the link, so none is asked for here; the origin is checked as everywhere.
 */
export function demoRoutes(at: Pages): void {
  if (!at.ctx.demo) return;
  at.post('/demo/:who', 'anyone', press(z.object({ _token: z.string().optional() }), lookAround), {
    withoutToken: true,
  });
}

const who = z.enum(['organiser', 'talent', 'senior', 'guest']);

async function lookAround({ ctx, request, reply }: Visit) {
  const chosen = orNotFound(who.safeParse((request.params as { who: string }).who).data, 'page');
  if (chosen === 'guest') return demoGuestPath(ctx);
  const session = await enterDemoAs(ctx, chosen, readCookie(request, 'sid', ctx.baseUrl));
  writeCookie(reply, 'sid', ctx.baseUrl, session, sessionDays * 86_400);
  return '/';
}
