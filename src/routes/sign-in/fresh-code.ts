import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type ActingSession,
  actingSession,
  confirmWithCode,
  FreshCodeNeeded,
  refuseStale,
  sendFreshCode,
} from '../../actions/sign-in/fresh-code.ts';
import type { Context } from '../../context.ts';
import { sessionDays } from '../../domain/sign-in/sign-in.ts';
import { Refusal } from '../../refusal.ts';
import { readCookie, writeCookie } from '../../web/cookies.ts';
import { mistakeFrom, readForm, readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { keepBrowser } from './browser.ts';

const { t } = english;
const access = 'organiser';

/** Fields that come back from the page below, in the form that is sent once more. */
export const freshCodeFields = {
  code: z.string().max(100).optional(),
  newCode: z.literal('on').optional(),
};

/** The page that asks for a fresh code where nothing was typed that has to be kept. */
export function freshCodeRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/account/confirmation', { config: { access } }, (request, reply) => show(ctx, request, reply));
  app.post('/account/confirmation', { config: { access } }, (request, reply) => confirm(ctx, request, reply));
}

/** A form that waits for a fresh code: where it is sent again, with what was typed into it. */
export interface WaitingForm {
  action: string;
  typed: Record<string, unknown>;
  /** Address to return to without confirming. */
  back: string;
}

/** The session a request acts in; where a code came along, the new one that it opens. Throws a Refusal at the field `code`. */
export async function sessionOf(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  code?: string,
): Promise<ActingSession | null> {
  const former = readCookie(request, 'sid', ctx.baseUrl);
  if (!code) return actingSession(ctx, former);
  const asker = { code, browser: keepBrowser(ctx, request, reply), address: request.ip };
  const { session } = await confirmWithCode(ctx, request.person!, asker, former);
  writeCookie(reply, 'sid', ctx.baseUrl, session, sessionDays * 86_400);
  return actingSession(ctx, session);
}

/**
 * Answers what went wrong with the session: sends a code and asks for it, or asks again after a wrong one. Anything else
 * is not ours: null.
 */
export async function askForFreshCode(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  waiting: WaitingForm,
  error: unknown,
): Promise<FastifyReply | null> {
  if (error instanceof FreshCodeNeeded) return sendAndAsk(ctx, request, reply, waiting);
  if (!(error instanceof Refusal) || error.field !== 'code') return null;
  return freshCodePage(request, reply, waiting, error);
}

/** E-mails a code, unless one that still works is there and no new one is wanted, and asks for it. */
async function sendAndAsk(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  waiting: WaitingForm,
): Promise<FastifyReply> {
  const again = waiting.typed.newCode === 'on';
  try {
    await sendFreshCode(ctx, request.person!, keepBrowser(ctx, request, reply), { again });
    return freshCodePage(request, reply, waiting);
  } catch (error) {
    if (error instanceof Refusal) return freshCodePage(request, reply, waiting, error);
    throw error;
  }
}

async function freshCodePage(
  request: FastifyRequest,
  reply: FastifyReply,
  { action, typed, back }: WaitingForm,
  mistake?: Refusal,
): Promise<FastifyReply> {
  const { code, newCode: _, ...fields } = typed;
  const errors = mistake ? [{ ...mistakeFrom(mistake), field: 'code' }] : [];
  const data = {
    title: t('Confirm it’s you'),
    tab: '',
    isSent: true,
    action,
    fields: Object.entries(fields).filter(([, value]) => typeof value === 'string'),
    typed: { code },
    errors,
    back,
    email: request.person!.email,
  };
  return page(reply, 'sign-in/confirmation', data, { status: mistake ? 422 : 403 });
}

const nextField = z.string().max(2000).default('/');

async function show(_ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { next } = readQuery(request, z.object({ next: nextField.catch('/') }));
  return page(reply, 'sign-in/confirmation', {
    title: t('Confirm it’s you'),
    tab: '',
    isSent: false,
    action: '/account/confirmation',
    fields: [['next', localPath(next)]],
    typed: {},
    errors: [],
    back: localPath(next),
    email: request.person!.email,
  });
}

async function confirm(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, z.object({ next: nextField, ...freshCodeFields }));
  const back = localPath(form.typed.next);
  const waiting = { action: '/account/confirmation', typed: form.typed, back };
  try {
    const code = form.ok && form.values.newCode === undefined ? form.values.code : undefined;
    refuseUnconfirmed(code);
    await sessionOf(ctx, request, reply, code);
    return reply.redirect(saying(back), 303);
  } catch (error) {
    const asked = await askForFreshCode(ctx, request, reply, waiting, error);
    if (asked) return asked;
    throw error;
  }
}

function refuseUnconfirmed(code: string | undefined): void {
  if (!code) throw new FreshCodeNeeded();
}

function saying(path: string): string {
  const to = new URL(path, 'http://here');
  to.searchParams.set('said', 'confirmed');
  return to.pathname + to.search;
}

/** Leads to the page that asks for a fresh code where the session is too old; null where it is not. */
export async function confirmFirst(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  next: string,
): Promise<FastifyReply | null> {
  try {
    refuseStale(ctx, await sessionOf(ctx, request, reply));
    return null;
  } catch (error) {
    if (!(error instanceof FreshCodeNeeded)) throw error;
    return reply.redirect(`/account/confirmation?next=${encodeURIComponent(next)}`, 303);
  }
}
