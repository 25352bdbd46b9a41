import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerInWriting, prepare, take } from '../../actions/questions/answers.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { everyQuestionOf, type WallQuestion } from '../../store/questions/wall.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import { idIn, type Mistakes, readForm, readQuery, saying, textField } from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Viewer } from '../../web/person.ts';
import { english } from '../../words.ts';

const { t } = english;

/** A team takes questions that wait for its table and prepares the answers. */
export function teamQuestionRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'signed-in' } as const;
  const at = '/teams/:id/events/:event/questions/:question';
  app.get(at, { config }, (request, reply) => show(ctx, request, reply));
  app.post(at, { config }, (request, reply) => save(ctx, request, reply));
  app.post(`${at}/taking`, { config }, (request, reply) => takeIt(ctx, request, reply));
}

const isFor = (team: { id: number }) => (question: WallQuestion) =>
  question.teamId === team.id || question.topicId === null;

const isOpen = ({ state }: WallQuestion) => state === 'wall' || state === 'table';

/** How many wait on the team's page at first, and on each page of all that wait. */
const few = 5;
const pageSize = 20;
const waitingQuery = z.object({
  waiting: z
    .union([z.coerce.number().int().min(1).max(100_000), z.literal('few')])
    .default('few')
    .catch('few'),
});

/** What waits for a team at an event, the most wanted first: questions for its table, and those for any table. */
export async function waitingData(
  ctx: Context,
  request: FastifyRequest,
  team: teams.TeamWithMembers,
  place: { eventId: number; state: string } | null,
) {
  const at = place?.state === 'published' && worksOn(team, request.person!) ? place.eventId : null;
  const all = at === null ? [] : await everyQuestionOf(ctx.db, at);
  const waiting = all.filter(isOpen).filter(isFor(team));
  const { waiting: asked } = readQuery(request, waitingQuery);
  const shown = pageOf(asked === 'few' ? 1 : asked, waiting.length, asked === 'few' ? few : pageSize);
  const address = (number: number) => `/teams/${team.id}?waiting=${number}#waiting-panel`;
  return {
    at,
    waiting: rowsOn(waiting, shown),
    waitingTotal: waiting.length,
    moreHref: asked === 'few' && waiting.length > few ? address(1) : '',
    waitingPager: asked === 'few' ? null : pagerFor(shown, address),
  };
}

/** Whether somebody works on a team's questions: its members and organisers. */
function worksOn(team: teams.TeamWithMembers, viewer: Viewer): boolean {
  return viewer.isOrganiser || team.members.some(({ id }) => id === viewer.id);
}

/** The question of this address for whoever works on it; to everybody else it does not exist. */
async function loaded(ctx: Context, request: FastifyRequest) {
  const viewer = orNotFound(request.person, 'team');
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const eventId = idIn(request, 'event');
  const table = await trendEvents.tableOf(ctx.db, team.id, eventId);
  const isTheirs = worksOn(team, viewer) && table?.state === 'published';
  const event = orNotFound(isTheirs ? await events.find(ctx.db, eventId) : null, 'question');
  const { question: key } = request.params as { question: string };
  const found = (await everyQuestionOf(ctx.db, eventId)).find(({ id }) => String(id) === key);
  const isOut = found && found.state !== 'new' && found.state !== 'refused' && isFor(team)(found);
  return { viewer, team, event, question: orNotFound(isOut ? found : null, 'question') };
}

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const { team, event, question } = await loaded(ctx, request);
  const { answer } = question.work;
  const data = {
    title: t('Prepare an answer'),
    tab: 'teams',
    team,
    event,
    question,
    preview: answer === '' ? null : renderMarkdown(answer, { under: 2 }),
    errors: mistakes?.errors ?? [],
    typed: mistakes?.typed ?? {},
    said: saying(request, {
      saved: 'Saved. Guests read it once the question is answered.',
      answered: 'Answered. Everyone who was invited can read it.',
    }),
  };
  return page(reply, 'teams/prepare', data, { status: mistakes ? 422 : 200 });
}

const answerForm = z.object({
  answer: textField(4000, 'An answer has at most 4,000 characters. Make it shorter.'),
  publish: z.literal('yes').optional(),
});

async function save(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { viewer, team, event, question } = await loaded(ctx, request);
  const form = readForm(request, answerForm);
  if (!form.ok) return show(ctx, request, reply, form);
  const { answer, publish } = form.values;
  const isPublished = publish === 'yes';
  if (isPublished && answer === '') {
    const errors = [{ field: 'answer', message: t('Write the answer first.') }];
    return show(ctx, request, reply, { errors, typed: form.typed });
  }
  const handling = { eventId: event.id, questionId: question.id, personId: viewer.id };
  await (isPublished ? answerInWriting : prepare)(ctx, handling, answer);
  const said = isPublished ? 'answered' : 'saved';
  return reply.redirect(`/teams/${team.id}/events/${event.id}/questions/${question.id}?said=${said}`, 303);
}

const taking = z.object({ on: z.enum(['yes', 'no']) });

async function takeIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { viewer, team, event, question } = await loaded(ctx, request);
  const form = readForm(request, taking);
  if (!form.ok) return reply.redirect(`/teams/${team.id}`, 303);
  const on = form.values.on === 'yes';
  await take(ctx, { eventId: event.id, questionId: question.id, personId: viewer.id }, on);
  return reply.redirect(`/teams/${team.id}?said=${on ? 'taken' : 'given-back'}#question-${question.id}`, 303);
}
