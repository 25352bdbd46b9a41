import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as actions from '../../actions/trends/trends.ts';
import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as voting from '../../store/trends/voting.ts';
import { idIn, type Mistakes, readForm, readQuery, saying } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { pageField } from '../../web/paging.ts';
import { english } from '../../words.ts';
import { interestForm, proposalForm, votingForm } from './forms.ts';
import { trendBoard } from './list-view.ts';

export function trendsRoutes(app: FastifyInstance, ctx: Context): void {
  const signedIn = { config: { access: 'signed-in' as const } };
  const organiser = { config: { access: 'organiser' as const } };
  app.get('/trends', signedIn, (request, reply) => showBoard(ctx, request, reply));
  app.get('/trends/new', signedIn, (request, reply) => showNew(request, reply));
  app.post('/trends', signedIn, (request, reply) => propose(ctx, request, reply));
  app.post('/trends/voting', organiser, (request, reply) => setVoting(ctx, request, reply));
  app.post('/trends/:id/interests', signedIn, (request, reply) => sayInterest(ctx, request, reply));
}

const boardQuery = z.object({
  show: z
    .string()
    .regex(/^(all|proposed|shortlisted|parked|mine|event-[1-9]\d{0,9})$/)
    .catch('all'),
  order: z.enum(['newest', 'wanted', 'name']).catch('newest'),
  page: pageField,
});

const sayings = {
  want: 'Noted: you want to know this.',
  tell: 'Noted: you can tell about this.',
  back: 'Taken back.',
  closed: 'This trend is not open for voting any more. What was said before still counts.',
  voting: 'The last day of voting is saved.',
};

async function showBoard(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const board = await trendBoard(ctx, programme, request.person!, readQuery(request, boardQuery));
  const data = {
    title: english.t('Trends'),
    tab: 'trends',
    ...board,
    ...noMistakes,
    ...mistakes,
    formKey: formKeyOf(mistakes),
  };
  return page(
    reply,
    'trends/index',
    { ...data, said: saying(request, sayings) },
    { status: mistakes ? 422 : 200 },
  );
}

const noMistakes: Mistakes = { errors: [], typed: {} };

/** A form that comes back keeps its key, so that sending it again is still the same form. */
function formKeyOf(mistakes: Mistakes | undefined): string {
  const typed = mistakes?.typed.formKey;
  return z.uuid().safeParse(typed).success ? String(typed) : randomUUID();
}

async function showNew(
  _request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const data = {
    title: english.t('Propose a trend'),
    tab: 'trends',
    ...noMistakes,
    ...mistakes,
    formKey: formKeyOf(mistakes),
  };
  return page(reply, 'trends/new', data, { status: mistakes ? 422 : 200 });
}

/** From the one field on the list, or from the whole form: a mistake goes back to where it was made. */
async function propose(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, proposalForm);
  const isWhole = form.typed.detail !== undefined;
  if (!form.ok) return isWhole ? showNew(request, reply, form) : showBoard(ctx, request, reply, form);
  const trend = await actions.propose(ctx, request.person!.id, form.values);
  return reply.redirect(
    isWhole ? `/trends/${trend.id}?said=proposed` : `/trends/${trend.id}/edit?said=proposed`,
    303,
  );
}

async function setVoting(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, votingForm);
  if (!form.ok) return showBoard(ctx, request, reply, form);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  await voting.setLastDay(ctx.db, programme.id, form.values.votingClosesOn);
  return reply.redirect('/trends?said=voting', 303);
}

async function sayInterest(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, interestForm);
  if (!form.ok) throw Object.assign(new Error('No such interest'), { statusCode: 400 });
  const { say, back } = form.values;
  const isSaid = !say.startsWith('not-');
  const kind = say.replace(/^not-/, '') as 'want-to-know' | 'can-tell';
  try {
    await actions.sayInterest(ctx, request.person!.id, id, kind, isSaid);
  } catch (error) {
    // The list as it is now says more than a page of its own would.
    if (!(error instanceof Refusal) || error.kind !== 'conflict') throw error;
    return reply.redirect(backTo(back, id, 'closed'), 303);
  }
  const said = !isSaid ? 'back' : kind === 'can-tell' ? 'tell' : 'want';
  return reply.redirect(backTo(back, id, said), 303);
}

/** To the list as it was, at this trend, or to the trend's own page. */
function backTo(back: string, id: number, said: string): string {
  const path = localPath(back);
  if (!/^\/trends(\?|$)/.test(path)) return `/trends/${id}?said=${said}`;
  return `${path}${path.includes('?') ? '&' : '?'}said=${said}#trend-${id}`;
}
