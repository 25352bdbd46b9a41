import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answer } from '../../actions/guests/answer.ts';
import { appoint } from '../../actions/guests/facilitators.ts';
import { noteNeeds } from '../../actions/guests/needs.ts';
import { nameSubstitute } from '../../actions/guests/substitutes.ts';
import type { Context } from '../../context.ts';
import { reasons } from '../../domain/guests/commitment.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as answers from '../../store/guests/answers.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import {
  type FieldError,
  idIn,
  lineField,
  type Mistakes,
  mistakeFrom,
  readForm,
  saying,
} from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { personCalled } from '../people/find-by-name.ts';
import { reasonsInWords, reasonWords } from './answer-words.ts';
import { daysOnlySentence, guestMoment } from './moments.ts';
import { needsFieldData, needsForm } from './needs-fields.ts';

const { t } = english;

/** One person at one event, for organisers: note their answer, send somebody else, note what they need. */
export function eventPersonRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  const base = '/events/:id/people/:personId';
  app.get(base, { config }, (request, reply) => show(ctx, request, reply));
  app.post(`${base}/answer`, { config }, (request, reply) => noteAnswer(ctx, request, reply));
  app.post(`${base}/substitute`, { config }, (request, reply) => substitute(ctx, request, reply));
  app.post(`${base}/needs`, { config }, (request, reply) => saveNeeds(ctx, request, reply));
  app.post(`${base}/facilitation`, { config }, (request, reply) => facilitate(ctx, request, reply));
}

const said = {
  answered: 'Noted.',
  needs: 'Noted. The caterer’s numbers are up to date.',
  facilitator: 'They run the door now.',
  'no-facilitator': 'They no longer run the door.',
};

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const lead = await leadOf(ctx, request);
  const { event } = lead;
  const invitees = await rsvps.invitees(ctx.db, event.id);
  const personId = idIn(request, 'personId');
  const who = orNotFound(
    invitees.find((one) => one.personId === personId),
    'person',
  );
  const needs = await needsOf.find(ctx.db, event.id, personId);
  const moment = (at: Temporal.Instant | null) => guestMoment(at, event, ctx.now());
  return page(
    reply,
    'guests/person',
    {
      ...lead,
      title: t('{name} at {event}', { name: who.name, event: event.name }),
      who,
      invited: moment(who.invitedAt),
      keptUntil: moment(who.seatKeptUntil),
      reason: reasonWords(who.because),
      reasons: reasonsInWords(),
      inPlaceOf: invitees.find((one) => one.personId === who.inPlaceOfId)?.name ?? '',
      history: await historyOf(ctx, event, personId),
      daysOnly: daysOnlySentence(event),
      couldStandIn: await couldStandIn(ctx, who, invitees),
      ...needsFieldData(needs, mistakes?.typed.diet === undefined ? undefined : mistakes.typed),
      errors: mistakes?.errors ?? [],
      typed: mistakes?.typed ?? {},
      said: saying(request, said),
    },
    { status: mistakes ? 422 : 200 },
  );
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

async function historyOf(ctx: Context, event: Lead['event'], personId: number) {
  const list = await answers.ofPersonAt(ctx.db, event.id, personId);
  const by = await people.findMany(
    ctx.db,
    list.flatMap(({ byId }) => (byId === null ? [] : [byId])),
  );
  const names = new Map(by.map(({ id, name }) => [id, name]));
  return list.map((one) => ({
    said: one.said,
    late: one.late,
    way: one.way,
    by: one.byId === null ? '' : (names.get(one.byId) ?? ''),
    at: guestMoment(one.at, event, ctx.now(), one),
  }));
}

/** How many people are suggested while one types a name or an address. */
const mostSuggested = 50;

/** Lists people of the same side who are neither coming, waiting nor unable. */
async function couldStandIn(ctx: Context, who: rsvps.Invitee, invitees: rsvps.Invitee[]) {
  const no = new Set(
    invitees.flatMap(({ personId, state }) => (['invited', 'maybe'].includes(state) ? [] : [personId])),
  );
  const filter = { find: '', side: who.side, department: '', only: 'active' } as const;
  return list.list(ctx.db, { ...filter, but: [who.personId, ...no] }, { offset: 0, limit: mostSuggested });
}

const answerForm = z.object({
  answer: z.enum(['yes', 'maybe', 'no']),
  because: z.enum(['', ...reasons]).default(''),
});

async function noteAnswer(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, answerForm);
  const back = `/events/${id}/people/${personId}`;
  if (!form.ok) return reply.redirect(back, 303);
  const { answer: word, because } = form.values;
  await answer(ctx, id, personId, word, { way: 'organiser', byId: request.person!.id });
  if (word === 'no' && because !== '') await rsvps.setReason(ctx.db, id, personId, because);
  return reply.redirect(`${back}?said=answered`, 303);
}

const substituteForm = z.object({
  substitute: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write who comes instead: a name or an e-mail address.',
  ),
});

async function substitute(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, substituteForm);
  if (!form.ok) return show(ctx, request, reply, form);
  try {
    const other = await personCalled(ctx, form.values.substitute);
    await nameSubstitute(ctx, id, personId, other.id, { way: 'organiser', byId: request.person!.id });
  } catch (error) {
    return show(ctx, request, reply, { errors: [mistakeIn(error, 'substitute')], typed: form.typed });
  }
  return reply.redirect(`/events/${id}/people?said=substitute`, 303);
}

/** Returns a Refusal as a mistake at its field; throws on anything that no form can mend. */
export function mistakeIn(error: unknown, field: string): FieldError {
  if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
  return mistakeFrom(error, field);
}

async function saveNeeds(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, needsForm);
  if (!form.ok) return show(ctx, request, reply, form);
  await noteNeeds(ctx, id, personId, form.values);
  return reply.redirect(`/events/${id}/people/${personId}?said=needs`, 303);
}

const facilitationForm = z.object({ facilitates: z.enum(['yes', 'no']) });

async function facilitate(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, facilitationForm);
  const back = `/events/${id}/people/${personId}`;
  if (!form.ok) return reply.redirect(back, 303);
  const does = form.values.facilitates === 'yes';
  await appoint(ctx, id, personId, does, request.person!.id);
  return reply.redirect(`${back}?said=${does ? 'facilitator' : 'no-facilitator'}`, 303);
}
