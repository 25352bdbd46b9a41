import { z } from 'zod';
import {
  type ActingSession,
  actingSession,
  confirmWithCode,
  FreshCodeNeeded,
  refuseStale,
  sendFreshCode,
} from '../../actions/sign-in/fresh-code.ts';
import { sessionDays } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import { readCookie, writeCookie } from '../../web/cookies.ts';
import { mistakeFrom, readForm, readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { keepBrowser } from './browser.ts';

/** Fields that come back from the page below, in the form that is sent once more. */
export const freshCodeFields = {
  code: z.string().max(100).optional(),
  newCode: z.literal('on').optional(),
};

/** The page that asks for a fresh code where nothing was typed that has to be kept. */
export function freshCodeRoutes(at: Pages): void {
  at.get('/account/confirmation', 'organiser', show);
  at.post('/account/confirmation', 'organiser', confirm);
}

/** A form that waits for a fresh code: where it is sent again, with what was typed into it. */
export interface WaitingForm {
  action: string;
  typed: Record<string, unknown>;
  /** Address to return to without confirming. */
  back: string;
}

/** The session a request acts in; where a code came along, the new one that it opens. Throws a Refusal at the field `code`. */
async function sessionOf(visit: SignedInVisit, code?: unknown): Promise<ActingSession | null> {
  const { ctx, request, reply, viewer } = visit;
  const former = readCookie(request, 'sid', ctx.baseUrl);
  if (typeof code !== 'string' || code === '') return actingSession(ctx, former);
  const asker = { code, browser: keepBrowser(visit), address: request.ip };
  const { session } = await confirmWithCode(ctx, viewer, asker, former);
  writeCookie(reply, 'sid', ctx.baseUrl, session, sessionDays * 86_400);
  return actingSession(ctx, session);
}

/**
 * Does what needs a fresh session. Where it is too old, a code is sent and asked for, or asked for again after a wrong
 * one; the form is sent once more from there.
 */
export async function withFreshSession(
  visit: SignedInVisit,
  waiting: WaitingForm,
  act: (session: ActingSession | null) => Promise<string>,
): Promise<Answer> {
  const { code, newCode } = waiting.typed;
  try {
    return await act(await sessionOf(visit, newCode === 'on' ? undefined : code));
  } catch (error) {
    if (error instanceof FreshCodeNeeded) return sendAndAsk(visit, waiting);
    if (!(error instanceof Refusal) || error.field !== 'code') throw error;
    return freshCodePage(visit, waiting, error);
  }
}

/** E-mails a code, unless one that still works is there and no new one is wanted, and asks for it. */
async function sendAndAsk(visit: SignedInVisit, waiting: WaitingForm) {
  const { ctx, viewer } = visit;
  const again = waiting.typed.newCode === 'on';
  try {
    await sendFreshCode(ctx, viewer, keepBrowser(visit), { again });
    return freshCodePage(visit, waiting);
  } catch (error) {
    if (error instanceof Refusal) return freshCodePage(visit, waiting, error);
    throw error;
  }
}

async function freshCodePage(visit: SignedInVisit, { action, typed, back }: WaitingForm, mistake?: Refusal) {
  const { viewer, words } = visit;
  const { code, newCode: _, ...fields } = typed;
  const errors = mistake ? [{ ...mistakeFrom(mistake), field: 'code' }] : [];
  return page(visit, 'sign-in/confirmation', {
    status: mistake ? 422 : 403,
    title: words.t('Confirm it’s you'),
    tab: '',
    isSent: true,
    action,
    fields: Object.entries(fields).filter(([, value]) => typeof value === 'string'),
    typed: { code },
    errors,
    back,
    email: viewer.email,
  });
}

const nextField = z.string().max(2000).default('/');

async function show(visit: SignedInVisit) {
  const { request, viewer, words } = visit;
  const { next } = readQuery(request, z.object({ next: nextField.catch('/') }));
  return page(visit, 'sign-in/confirmation', {
    title: words.t('Confirm it’s you'),
    tab: '',
    isSent: false,
    action: '/account/confirmation',
    fields: [['next', localPath(next)]],
    typed: {},
    errors: [],
    back: localPath(next),
    email: viewer.email,
  });
}

async function confirm(visit: SignedInVisit) {
  const { typed } = readForm(visit.request, z.object({ next: nextField, ...freshCodeFields }));
  const back = localPath(typed.next);
  return withFreshSession(visit, { action: '/account/confirmation', typed, back }, async () => {
    if (!typed.code) throw new FreshCodeNeeded();
    return withSaid(back);
  });
}

function withSaid(path: string): string {
  const to = new URL(path, 'http://here');
  to.searchParams.set('said', 'confirmed');
  return to.pathname + to.search;
}

/** Leads to the page that asks for a fresh code where the session is too old; null where it is not. */
export async function confirmFirst(visit: SignedInVisit, next: string): Promise<string | null> {
  try {
    refuseStale(visit.ctx, await sessionOf(visit));
    return null;
  } catch (error) {
    if (!(error instanceof FreshCodeNeeded)) throw error;
    return `/account/confirmation?next=${encodeURIComponent(next)}`;
  }
}
