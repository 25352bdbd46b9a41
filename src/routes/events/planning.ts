import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { cancel, publish } from '../../actions/events/events.ts';
import { addressesOf } from '../../actions/letters/addresses.ts';
import type { Context } from '../../context.ts';
import { nextSteps } from '../../domain/events/next-steps.ts';
import { isOver } from '../../domain/events/times.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventPage from '../../store/events/page.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import * as nameless from '../../store/questions/nameless.ts';
import { idIn, saying, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { proposalsFor } from '../calendar/replies.ts';
import { decisionOf } from '../guests/go-no-go.ts';
import { undoOf } from '../letters/holds.ts';
import { showEvents } from './event-list.ts';
import { create, save, showEdit, showNew } from './form.ts';
import { countsOf, daysUntil, dayText, firstNames, pictureOf, showOf, whenOf } from './page-view.ts';

/** Events as organisers plan them, and the list everyone sees of their own. */
export function eventRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/events', 'signed-in', (visit) => showEvents(visit, said));
  at.get('/events/new', 'organiser', showNew);
  at.post('/events', 'organiser', create);
  at.get('/events/:id', 'organiser', overview);
  at.get('/events/:id/edit', 'organiser', showEdit);
  at.post('/events/:id', 'organiser', save);
  at.get('/events/:id/review', 'organiser', review);
  at.post('/events/:id/publication', 'organiser', publishIt);
  at.post('/events/:id/cancellation', 'organiser', cancelIt);
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
async function organised(visit: SignedInVisit) {
  const { ctx, request, viewer, words } = visit;
  const found = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const row = orNotFound(await eventPage.findBySlug(ctx.db, found.slug, viewer.id), 'event');
  const now = ctx.now();
  return {
    ...row,
    tab: 'events',
    format: builtInFormat(row.event.format)?.name ?? row.event.format,
    when: whenOf(words, row.event, now),
    counts: countsOf(row),
    show: showOf(row),
    isOver: isOver(row.event, now),
    undo: await undoOf(visit, found.id),
    topics: row.topics.map((topic) => ({ ...topic, names: firstNames(words, topic.hosts) })),
    answerByText: row.event.answerBy ? dayText(words, row.event.answerBy, row.event.timeZone, now) : null,
    ...pictureOf(words, row, 'row'),
  };
}

async function overview(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx } = visit;
  const data = await organised(visit);
  const { event, invitees } = data;
  const guests = invitees.filter(({ side }) => side === 'senior');
  return page(visit, 'events/overview', {
    ...data,
    title: event.name,
    steps: stepsOf(data, ctx.now()),
    decision: decisionOf(visit.words, event, data.counts.coming, ctx.now()),
    proposals: await proposalsFor(ctx, event),
    days: daysUntil(event, ctx.now()),
    guests,
    open: guests.filter(({ state }) => state === 'invited'),
    failedLetters: await eventLetters.countFailed(ctx.db, event.id, addressesOf(ctx)),
    cancellationsUnderWay: await eventLetters.countUnderWay(ctx.db, event.id, 'cancelled'),
    promised: await nameless.isPromised(ctx.db, event.id),
    said: saying(visit, said),
    ...mistakes,
  });
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

async function review(visit: SignedInVisit, mistakes = noMistakes) {
  const { t } = visit.words;
  const data = await organised(visit);
  if (data.event.state !== 'draft') return `/events/${data.event.id}`;
  const hosts = new Set(data.topics.flatMap(({ hosts: team }) => team.map(({ id }) => id)));
  const hosting = data.invitees.filter(({ id }) => hosts.has(id)).length;
  const first = data.invitees.find(({ side }) => side === 'senior') ?? data.invitees[0];
  return page(visit, 'events/review', {
    ...data,
    title: t('Review, then send'),
    hosting,
    guests: data.invitees.length - hosting,
    notice: daysUntil(data.event, visit.ctx.now()),
    first: first?.name.split(/\s+/)[0] ?? t('Margareta'),
    ...mistakes,
  });
}

const publishIt = (visit: SignedInVisit) =>
  submit(visit, z.object({}), {
    act: async () => {
      const id = idIn(visit.request);
      await publish(visit.ctx, id, { held: true });
      return `/events/${id}?said=sent`;
    },
    // On this page there is no field, whatever is wrong with the event.
    again: ({ errors, ...rest }) =>
      review(visit, { ...rest, errors: errors.map((one) => ({ ...one, field: '' })) }),
  });

const cancellation = z.object({
  reason: textField(500, 'The reason has at most 500 characters.').default(''),
});

const cancelIt = (visit: SignedInVisit) =>
  submit(visit, cancellation, {
    act: async ({ reason }) => {
      const id = idIn(visit.request);
      await cancel(visit.ctx, id, reason, { held: true });
      return `/events/${id}?said=cancelled`;
    },
    again: (mistakes) => overview(visit, mistakes),
  });
