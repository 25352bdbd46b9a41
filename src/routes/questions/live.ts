import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { codeOf, eventIdOf, liveStates, pressLive } from '../../actions/questions/live.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { withShared } from '../../store/events/page.ts';
import { eventRevision } from '../../store/questions/live.ts';
import { everyQuestion, wall } from '../../store/questions/wall.ts';
import { agoField, readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { guestOf } from '../events/visitor.ts';
import { Following, type Kind } from './live-following.ts';
import { readable, screenOf } from './live-view.ts';
import { questionIdIn } from './wall.ts';

const { t } = english;

/** During the event: the facilitator's desk on a phone, the projector, and the streams by which every page follows. */
export function liveRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'signed-in' } as const;
  const stream = new Following(app, ctx);
  app.get('/events/:id/live', { config }, (request, reply) => desk(ctx, request, reply));
  app.post('/events/:id/live/questions/:questionId', { config }, (request, reply) =>
    press(ctx, request, reply),
  );
  app.get('/events/:id/live/screen', { config }, (request, reply) => screen(ctx, request, reply));
  const following = { config: { ...config, isStream: true } };
  app.get('/events/:id/live/changes', following, (request, reply) =>
    lead(ctx, stream, 'desk', request, reply),
  );
  app.get('/events/:id/live/screen/changes', following, (request, reply) =>
    lead(ctx, stream, 'screen', request, reply),
  );
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const)
    app.get(`${base}/changes`, { config: { access, isStream: true } }, (request, reply) =>
      guest(ctx, stream, request, reply),
    );
  app.get('/q/:code', { config: { access: 'anyone' } }, (request, reply) => toAsk(ctx, request, reply));
}

const said = {
  table: 'On the table now.',
  answered: 'Answered.',
  parked: 'Parked.',
  wall: 'Back on the wall.',
};

/** Beyond these the wall is read, not the desk. */
const mostUpNext = 30;

async function desk(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const data = await leadOf(ctx, request);
  const { event } = data;
  const { at, shared, all } = await standing(ctx, event.id);
  const isTables = shared.event.shape === 'tables';
  const rows = readable(all).map((one) => ({ ...one, table: isTables ? one.table : null }));
  const waiting = rows.filter(({ state }) => state === 'wall');
  const settled = rows.filter(({ state }) => state === 'answered' || state === 'parked');
  return page(
    reply,
    'questions/live/desk',
    {
      ...data,
      title: t('Facilitate, {name}', { name: event.name }),
      at: at.revision,
      now: rows.find(({ state }) => state === 'table') ?? null,
      next: waiting.slice(0, mostUpNext),
      left: Math.max(0, waiting.length - mostUpNext),
      settled: settled.slice(0, mostUpNext),
      settledCount: settled.length,
      toRead: (await everyQuestion(ctx.db, at)).filter(({ state }) => state === 'new').length,
      said: saying(request, said),
    },
    { layout: 'screen' },
  );
}

/** The event as it stands, and its revision. */
async function standing(ctx: Context, eventId: number) {
  const at = orNotFound(await eventRevision(ctx.db, eventId), 'event');
  const { shared } = orNotFound(await withShared(ctx.db, { ...at, mine: null }), 'event');
  return { at, shared, all: await wall(ctx.db, at) };
}

const pressForm = z.object({
  state: z.enum(liveStates),
  ago: agoField,
});

async function press(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { event } = await leadOf(ctx, request);
  const back = `/events/${event.id}/live`;
  const form = readForm(request, pressForm);
  if (!form.ok) return reply.redirect(back, 303);
  const { state, ago = 0 } = form.values;
  await pressLive(ctx, event.id, questionIdIn(request, 'questionId'), { state, secondsAgo: ago });
  return reply.redirect(`${back}?said=${state}`, 303);
}

async function screen(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { event } = await leadOf(ctx, request);
  const { at, shared, all } = await standing(ctx, event.id);
  return page(
    reply,
    'questions/live/screen',
    {
      ...screenOf(ctx, shared, all),
      at: at.revision,
      title: t('On the table now, {name}', { name: event.name }),
    },
    { layout: 'screen' },
  );
}

/** The revision a page shows already: from the message it got last, else as the page said when it opened. */
function seenBy(request: FastifyRequest): number {
  const { at } = request.query as { at?: unknown };
  const last = String(request.headers['last-event-id'] || at);
  return /^\d{1,15}$/.test(last) ? Number(last) : 0;
}

async function lead(
  ctx: Context,
  stream: Following,
  kind: Kind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { event } = await leadOf(ctx, request);
  return stream.follow(reply, event.id, { kind, person: request.person!.id, at: seenBy(request) });
}

async function guest(
  ctx: Context,
  stream: Following,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { page: of, me } = await guestOf(ctx, request);
  return stream.follow(reply, of.event.id, { kind: 'guest', person: me.id, at: seenBy(request) });
}

/** The address in the QR code: to the ask box of the event for people we know; others learn how to sign in. */
async function toAsk(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { code } = request.params as { code: string };
  const id = eventIdOf(ctx, code);
  if (request.person === null) {
    const as = id === null ? code : codeOf(ctx, id);
    return page(reply, 'questions/live/ask', { title: t('Ask a question'), code: as }, { layout: 'bare' });
  }
  const event = orNotFound(id === null ? null : await events.find(ctx.db, id), 'event');
  return reply.redirect(`/e/${event.slug}/questions#ask`, 303);
}
