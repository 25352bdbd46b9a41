import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answer } from '../actions/rsvps.ts';
import type { Context } from '../context.ts';
import { builtInFormat } from '../domain/built-in-formats.ts';
import { orNotFound } from '../refusal.ts';
import { readForm, readQuery, saying } from '../web/forms.ts';
import { page } from '../web/pages.ts';
import { type Guest, guestOf, minutesOf, timesOf } from './event-guest.ts';
import { countsOf, firstNames, firstWords, pictureOf, showOf, whenOf } from './event-view.ts';

/** The event as its guests see it: by the link in a letter, or signed in. */
export function eventPageRoutes(app: FastifyInstance, ctx: Context): void {
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const) {
    app.get(base, { config: { access } }, (request, reply) => show(ctx, request, reply));
    app.get(`${base}/people`, { config: { access } }, (request, reply) => who(ctx, request, reply));
    app.post(`${base}/answer`, { config: { access } }, (request, reply) => answerIt(ctx, request, reply));
  }
}

const answered = {
  coming: 'You are in. Your seat is yours.',
  waiting: 'Every seat is taken for now. You are on the waiting list.',
  maybe: 'Noted: not sure yet.',
  declined: 'Noted: you can’t come.',
  asked: 'Your question is on the wall.',
};

const query = z.object({
  change: z.literal('1').optional().catch(undefined),
  answer: z.enum(['yes', 'no']).optional().catch(undefined),
});

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  return page(
    reply,
    'event/show',
    {
      ...showData(ctx, guest),
      said: saying(request, answered),
      change: readQuery(request, query).change === '1',
    },
    { layout: 'guest' },
  );
}

/** What the event's page shows; the question form asks for it again when something typed was wrong. */
export function showData(ctx: Context, guest: Guest) {
  const { event, blocks, topics, invitees, questions } = guest.page;
  const coming = seniorsFirst(invitees.filter(({ state }) => state === 'coming'));
  return {
    ...guestData(ctx, guest),
    title: event.name,
    skipTo: '#answer-panel',
    along: ['room-panel', 'answer-dock'],
    show: showOf(guest.page),
    howItRuns: builtInFormat(event.format)?.howItRuns ?? '',
    topics: topics.map((topic) => ({
      ...topic,
      words: firstWords(topic.detail),
      names: firstNames(topic.hosts),
    })),
    questions,
    people: event.guestListShown || guest.isOrganiser ? coming : null,
    departments: new Set(invitees.filter(({ side }) => side === 'senior').map(({ department }) => department))
      .size,
    formKey: randomUUID(),
    minutes: minutesOf(blocks),
    errors: [],
    typed: {},
  };
}

/** Guests look for their peers; the hosts stand with their tables already. */
function seniorsFirst<P extends { side: string }>(people: P[]): P[] {
  return [
    ...people.filter(({ side }) => side === 'senior'),
    ...people.filter(({ side }) => side !== 'senior'),
  ];
}

/** What every page of an event says: name, time, place, and where its other pages are. */
export function guestData(ctx: Context, guest: Guest) {
  const { event, organisation, organiser, blocks } = guest.page;
  const mine = guest.page.mine?.state ?? null;
  const hosting = guest.page.topics.find(({ hosts }) => hosts.some(({ id }) => id === guest.me.id)) ?? null;
  return {
    organisation,
    organiser,
    event,
    base: guest.base,
    byLink: guest.byLink,
    manage: guest.isOrganiser ? `/events/${event.id}` : null,
    me: guest.me,
    first: guest.me.name.split(/\s+/)[0]!,
    mine,
    hosting,
    format: builtInFormat(event.format)?.name ?? '',
    when: whenOf(event, minutesOf(blocks), ctx.now()),
    answers: countsOf(guest.page),
    isOver: Temporal.Instant.compare(ctx.now(), timesOf(guest.page).end.toInstant()) >= 0,
    answerBy:
      event.answerBy === null
        ? null
        : whenOf({ ...event, startsAt: `${event.answerBy}T00:00` }, 1, ctx.now()).dayText,
    ...pictureOf(guest.page, guest.me),
  };
}

const answerForm = z.object({ answer: z.enum(['yes', 'maybe', 'no']) });

async function answerIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const form = readForm(request, answerForm);
  if (!form.ok) return reply.redirect(guest.base, 303);
  const rsvp = await answer(ctx, guest.page.event.id, guest.me.id, form.values.answer);
  return reply.redirect(`${guest.base}?said=${rsvp.state}#answer-panel`, 303);
}

async function who(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const isShown = guest.page.event.guestListShown || guest.isOrganiser;
  const people = orNotFound(isShown ? guest.page.invitees : null, 'page').filter(
    ({ state }) => state === 'coming',
  );
  return page(
    reply,
    'event/people',
    { ...guestData(ctx, guest), title: 'Who has said yes', people: seniorsFirst(people) },
    { layout: 'guest' },
  );
}
