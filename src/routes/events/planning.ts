import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { cancel, publish } from '../../actions/events/events.ts';
import { addressesOf } from '../../actions/letters/addresses.ts';
import type { Context } from '../../context.ts';
import { nextSteps } from '../../domain/events/next-steps.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventPage from '../../store/events/page.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import * as nameless from '../../store/questions/nameless.ts';
import { type FieldError, idIn, mistakeFrom, readForm, saying, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { proposalsFor } from '../calendar/replies.ts';
import { decisionOf } from '../guests/go-no-go.ts';
import { undoOf } from '../letters/holds.ts';
import { showEvents } from './event-list.ts';
import { create, save, showEdit, showNew } from './form.ts';
import { countsOf, daysUntil, firstNames, pictureOf, showOf, whenOf } from './page-view.ts';
import { minutesOf, timesOf } from './visitor.ts';

const { t } = english;

/** Events as organisers plan them, and the list everyone sees of their own. */
export function eventRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  app.get('/events', { config: { access: 'signed-in' } }, (request, reply) =>
    showEvents(ctx, request, reply, said),
  );
  app.get('/events/new', { config }, (request, reply) => showNew(ctx, request, reply));
  app.post('/events', { config }, (request, reply) => create(ctx, request, reply));
  app.get('/events/:id', { config }, (request, reply) => overview(ctx, request, reply));
  app.get('/events/:id/edit', { config }, (request, reply) => showEdit(ctx, request, reply));
  app.post('/events/:id', { config }, (request, reply) => save(ctx, request, reply));
  app.get('/events/:id/review', { config }, (request, reply) => review(ctx, request, reply));
  app.post('/events/:id/publication', { config }, (request, reply) => publishIt(ctx, request, reply));
  app.post('/events/:id/cancellation', { config }, (request, reply) => cancelIt(ctx, request, reply));
}

const said = {
  'nameless-on': 'One may ask without a name at this event.',
  'nameless-off': 'At this event one asks with one’s name.',
  kept: 'Kept as a draft. Nobody has been told.',
  saved: 'Saved. Nothing changed that guests must be told.',
  told: 'Saved. Everyone concerned gets a letter with the new time or place, in ten seconds.',
  sent: 'The invitations go out in ten seconds.',
  'taken-back': 'Taken back. Nobody was told.',
  going: 'It goes ahead.',
  cancelled: 'Called off. Everyone who was invited is told.',
  'demo-gone': 'The demo programme is gone.',
};

/** The event as its organisers see it; everything an overview, a review and the list of people share. */
async function organised(ctx: Context, request: FastifyRequest) {
  const found = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const row = orNotFound(await eventPage.findBySlug(ctx.db, found.slug, request.person!.id), 'event');
  const now = ctx.now();
  return {
    ...row,
    tab: 'events',
    format: builtInFormat(row.event.format)?.name ?? row.event.format,
    when: whenOf(row.event, minutesOf(row.blocks), now),
    counts: countsOf(row),
    show: showOf(row),
    isOver: Temporal.Instant.compare(now, timesOf(row).end.toInstant()) >= 0,
    undo: await undoOf(ctx, found.id),
    topics: row.topics.map((topic) => ({ ...topic, names: firstNames(topic.hosts) })),
    answerByText: row.event.answerBy
      ? whenOf({ ...row.event, startsAt: `${row.event.answerBy}T00:00` }, 1, now).dayText
      : null,
    ...pictureOf(row, 'row'),
  };
}

async function overview(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  form: { errors: FieldError[]; typed: Record<string, unknown> } = { errors: [], typed: {} },
): Promise<FastifyReply> {
  const data = await organised(ctx, request);
  const { event, invitees } = data;
  const guests = invitees.filter(({ side }) => side === 'senior');
  const open = guests.filter(({ state }) => state === 'invited');
  const failedLetters = await eventLetters.countFailed(ctx.db, event.id, addressesOf(ctx));
  const shown = {
    ...data,
    title: event.name,
    steps: stepsOf(data, ctx.now()),
    decision: decisionOf(event, data.counts.coming, ctx.now()),
    proposals: await proposalsFor(ctx, event),
    days: daysUntil(event, ctx.now()),
    guests,
    open,
    failedLetters,
    cancellationsUnderWay: await eventLetters.countUnderWay(ctx.db, event.id, 'cancelled'),
    promised: await nameless.isPromised(ctx.db, event.id),
    errors: form.errors,
    typed: form.typed,
    said: saying(request, said),
  };
  return page(reply, 'events/overview', shown, { status: form.errors.length > 0 ? 422 : 200 });
}

/** Lists what is done and what comes next, by the event's state. */
function stepsOf(
  { event, invitees, topics, questions, isOver }: Awaited<ReturnType<typeof organised>>,
  now: Temporal.Instant,
) {
  const today = now.toZonedDateTimeISO(event.timeZone).toPlainDate().toString();
  return nextSteps({
    state: event.state,
    topics: topics.length,
    topicsWithoutTeam: topics.filter(({ hosts }) => hosts.length === 0).length,
    invited: invitees.length,
    answered: invitees.filter(({ state }) => state !== 'invited').length,
    questions,
    isOver,
    hasAnswerBy: event.answerBy !== null,
    answersClosed: event.answerBy !== null && event.answerBy < today,
    decided: event.decideOn === null ? undefined : event.decidedAt !== null,
  });
}

async function review(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const data = await organised(ctx, request);
  if (data.event.state !== 'draft') return reply.redirect(`/events/${data.event.id}`, 303);
  const hosts = new Set(data.topics.flatMap(({ hosts: team }) => team.map(({ id }) => id)));
  const hosting = data.invitees.filter(({ id }) => hosts.has(id)).length;
  const notice = daysUntil(data.event, ctx.now());
  const first = data.invitees.find(({ side }) => side === 'senior') ?? data.invitees[0];
  return page(
    reply,
    'events/review',
    {
      ...data,
      title: t('Review, then send'),
      hosting,
      guests: data.invitees.length - hosting,
      notice,
      first: first?.name.split(/\s+/)[0] ?? t('Margareta'),
      errors,
    },
    { status: errors.length > 0 ? 422 : 200 },
  );
}

async function publishIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  try {
    await publish(ctx, id, { held: true });
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
    return review(ctx, request, reply, [{ ...mistakeFrom(error), field: '' }]);
  }
  return reply.redirect(`/events/${id}?said=sent`, 303);
}

const cancellation = z.object({
  reason: textField(500, 'The reason has at most 500 characters.').default(''),
});

async function cancelIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, cancellation);
  if (!form.ok) return overview(ctx, request, reply, form);
  await cancel(ctx, id, form.values.reason, { held: true });
  return reply.redirect(`/events/${id}?said=cancelled`, 303);
}
