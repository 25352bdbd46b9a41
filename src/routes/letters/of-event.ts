import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressesOf } from '../../actions/letters/addresses.ts';
import { correctAddress, leaveIt, sendAgain } from '../../actions/letters/letters-again.ts';
import { remindNow, resume, sendNow, stop, unanswered, upcoming } from '../../actions/letters/reminders.ts';
import type { Context } from '../../context.ts';
import { span } from '../../domain/events/wall-time.ts';
import { isWeekend, type PlannedKind, plannedKinds } from '../../domain/letters/reminders.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { findByRef, refOf } from '../../store/letters/mailbox.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import { type FieldError, idIn, readForm, readQuery, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { english } from '../../words.ts';
import { daysUntil, whenOf } from '../events/page-view.ts';
import { minutesOf } from '../events/visitor.ts';
import { daysOnlySentence } from '../guests/moments.ts';
import { emailField, mistakeIn } from '../people/form.ts';
import { undoOf } from './holds.ts';
import { countsIn, failedIn, inOrder, lettersIn, peopleIn, plannedIn } from './of-event-view.ts';
import { sinceChangeNotice } from './waiting-since-change.ts';

const { t } = english;

/** Registers the page of an event's letters, sent and planned: to whom, when, and what became of them. */
export function eventInvitationRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  const at = '/events/:id/letters/:letter';
  app.get('/events/:id/invitations', { config }, (request, reply) => show(ctx, request, reply));
  app.post('/events/:id/reminders', { config }, (request, reply) => remind(ctx, request, reply));
  app.post('/events/:id/reminders/:kind/sending', { config }, (request, reply) => send(ctx, request, reply));
  app.post('/events/:id/reminders/:kind/stop', { config }, (request, reply) => hold(ctx, request, reply));
  app.post('/events/:id/reminders/:kind/resumption', { config }, (request, reply) => go(ctx, request, reply));
  app.post(`${at}/address`, { config }, (request, reply) => correct(ctx, request, reply));
  app.post(`${at}/settlement`, { config }, (request, reply) => leave(ctx, request, reply));
  app.post(`${at}/copy`, { config }, (request, reply) => again(ctx, request, reply));
}

const said = {
  reminded: 'The reminders go out in ten seconds.',
  'sent-now': 'The letters go out in ten seconds.',
  stopped: 'That letter will not go out.',
  resumed: 'That letter goes out at its time.',
  corrected: 'The address is corrected, and a letter is on its way there.',
  left: 'Left as it is.',
  again: 'A letter is on its way again.',
  'taken-back': 'Taken back. Nobody was told.',
};

/** People, or lines of letters, on one page; and letters that did not arrive. */
const pageSize = 50;
const query = z.object({
  by: z.enum(['letter', 'person']).catch('letter'),
  page: pageField,
  failed: pageField,
});

interface Correction {
  ref: string;
  errors: FieldError[];
  typed: string;
}

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  correction?: Correction,
): Promise<FastifyReply> {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const now = ctx.now();
  const asked = readQuery(request, query);
  const { by } = asked;
  const data = {
    title: t('Invitations of {name}', { name: event.name }),
    ...(await headOf(ctx, event, now)),
    ...(await lettersOf(ctx, event, now, asked, correction)),
    waitingSince: await sinceChangeNotice(ctx),
    daysOnly: daysOnlySentence(event),
    today: await todayOf(ctx, event, now),
    by,
    errors: correction?.errors ?? [],
    said: correction ? undefined : saying(request, said),
  };
  return page(reply, 'events/invitations', data, { status: correction ? 422 : 200 });
}

/** Returns the data for the head of an event's page. */
async function headOf(ctx: Context, event: events.Event, now: Temporal.Instant) {
  const blocks = await events.blocksOf(ctx.db, event.id);
  const minutes = minutesOf(blocks);
  const { end } = span({ start: event.startsAt, minutes, timeZone: event.timeZone });
  return {
    tab: 'events',
    event,
    format: builtInFormat(event.format)?.name ?? event.format,
    when: whenOf(event, minutes, now),
    isOver: Temporal.Instant.compare(now, end.toInstant()) >= 0,
    days: daysUntil(event, now),
    undo: await undoOf(ctx, event.id),
  };
}

async function lettersOf(
  ctx: Context,
  event: events.Event,
  now: Temporal.Instant,
  { by, page: number, failed: failedNumber }: z.output<typeof query>,
  correction?: Correction,
) {
  const lines = inOrder(await eventLetters.aboutEvent(ctx.db, event.id, addressesOf(ctx)), event);
  const planned = await upcoming(ctx.db, event, now);
  const [letters, people] = [
    by === 'letter' ? lettersIn(lines, event, now) : [],
    by === 'person' ? peopleIn(lines, event, now) : [],
  ];
  const failed = failedIn(lines, event, now);
  const at = pageOf(number, letters.length + people.length, pageSize);
  const wrong = failed.findIndex(({ ref }) => ref === correction?.ref);
  const failedAt = pageOf(
    wrong < 0 ? failedNumber : Math.floor(wrong / pageSize) + 1,
    failed.length,
    pageSize,
  );
  const here = `/events/${event.id}/invitations`;
  return {
    counts: countsIn(lines, planned, event, now),
    failed: rowsOn(failed, failedAt).map((one) => withCorrection(one, correction)),
    failedPager: pagerFor(
      failedAt,
      (page) => `${addressWith(here, { failed: page > 1 ? page : '' })}#failed`,
    ),
    planned: plannedIn(planned, event, now),
    letters: rowsOn(letters, at),
    people: rowsOn(people, at),
    pager: pagerFor(at, (page) => `${addressWith(here, { by: by === 'letter' ? '' : by, page })}#out-title`),
  };
}

const withCorrection = <One extends { ref: string; field: string }>(one: One, correction?: Correction) => ({
  ...one,
  errors: correction?.ref === one.ref ? correction.errors : [],
  typed: correction?.ref === one.ref ? { [one.field]: correction.typed } : {},
});

async function todayOf(ctx: Context, event: events.Event, now: Temporal.Instant) {
  const { open, may } = await unanswered(ctx.db, event, now);
  const invitees = await rsvps.invitees(ctx.db, event.id);
  const coming = invitees.filter(({ state }) => state === 'coming').length;
  return {
    open: open.map(({ name }) => name),
    may: may.length,
    weekend: isWeekend(now, event.timeZone),
    freeSeats: Math.max(0, event.capacity - coming),
    invited: invitees.length,
  };
}

const invitationsOf = (id: number, code: string) => `/events/${id}/invitations?said=${code}`;

async function remind(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await remindNow(ctx, id);
  return reply.redirect(invitationsOf(id, 'reminded'), 303);
}

function kindIn(request: FastifyRequest): PlannedKind {
  const { kind } = request.params as { kind: string };
  return orNotFound(
    plannedKinds.find((one) => one === kind),
    'letter',
  );
}

async function send(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await sendNow(ctx, id, kindIn(request));
  return reply.redirect(invitationsOf(id, 'sent-now'), 303);
}

async function hold(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await stop(ctx, id, kindIn(request));
  return reply.redirect(invitationsOf(id, 'stopped'), 303);
}

async function go(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await resume(ctx, id, kindIn(request));
  return reply.redirect(invitationsOf(id, 'resumed'), 303);
}

async function letterIn(ctx: Context, request: FastifyRequest): Promise<Letter> {
  const { letter } = request.params as { letter: string };
  return orNotFound(await findByRef(ctx.db, letter), 'letter');
}

async function correct(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const letter = await letterIn(ctx, request);
  const ref = refOf(letter);
  const field = `email-${ref}`;
  const form = readForm(request, z.object({ [field]: emailField }));
  const typed = String(form.typed[field] ?? '');
  if (!form.ok) return show(ctx, request, reply, { ref, errors: form.errors, typed });
  try {
    await correctAddress(ctx, id, letter.id, String(form.values[field]), request.person!.id);
  } catch (error) {
    if (!(error instanceof Refusal) || error.field !== 'email') throw error;
    const errors = mistakeIn(error).errors.map((one) => ({ ...one, field }));
    return show(ctx, request, reply, { ref, errors, typed });
  }
  return reply.redirect(invitationsOf(id, 'corrected'), 303);
}

async function leave(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await leaveIt(ctx, id, (await letterIn(ctx, request)).id);
  return reply.redirect(invitationsOf(id, 'left'), 303);
}

async function again(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await sendAgain(ctx, id, (await letterIn(ctx, request)).id);
  return reply.redirect(`/events/${id}/invitations?by=person&said=again`, 303);
}
