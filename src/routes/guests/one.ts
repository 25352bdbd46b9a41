import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answer } from '../../actions/guests/answer.ts';
import { appoint } from '../../actions/guests/facilitators.ts';
import { noteNeeds } from '../../actions/guests/needs.ts';
import { nameSubstitute } from '../../actions/guests/substitutes.ts';
import type { Context } from '../../context.ts';
import { reasons } from '../../domain/guests/commitment.ts';
import { orNotFound } from '../../refusal.ts';
import * as answers from '../../store/guests/answers.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import { idIn, lineField, readForm, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { personCalled } from '../people/find-by-name.ts';
import { reasonsInWords, reasonWords } from './answer-words.ts';
import { daysOnlySentence, guestMoment } from './moments.ts';
import { needsFieldData, needsForm } from './needs-fields.ts';

/** One person at one event, for organisers: note their answer, send somebody else, note what they need. */
export function eventPersonRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  const base = '/events/:id/people/:personId';
  at.get(base, 'organiser', show);
  at.post(`${base}/answer`, 'organiser', noteAnswer);
  at.post(`${base}/substitute`, 'organiser', substitute);
  at.post(`${base}/needs`, 'organiser', saveNeeds);
  at.post(`${base}/facilitation`, 'organiser', facilitate);
}

const said = {
  answered: 'Noted.',
  needs: 'Noted. The caterer’s numbers are up to date.',
  facilitator: 'They run the door now.',
  'no-facilitator': 'They no longer run the door.',
};

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const invitees = await rsvps.invitees(ctx.db, event.id);
  const personId = idIn(request, 'personId');
  const who = orNotFound(
    invitees.find((one) => one.personId === personId),
    'person',
  );
  const needs = await needsOf.find(ctx.db, event.id, personId);
  const moment = (at: Temporal.Instant | null) => guestMoment(words, at, event, ctx.now());
  return page(visit, 'guests/person', {
    ...lead,
    title: words.t('{name} at {event}', { name: who.name, event: event.name }),
    who,
    invited: moment(who.invitedAt),
    keptUntil: moment(who.seatKeptUntil),
    reason: reasonWords(words, who.because),
    reasons: reasonsInWords(words),
    inPlaceOf: invitees.find((one) => one.personId === who.inPlaceOfId)?.name ?? '',
    history: await historyOf(visit, event, personId),
    daysOnly: daysOnlySentence(words, event),
    couldStandIn: await couldStandIn(ctx, who, invitees),
    ...needsFieldData(words, needs, mistakes.typed.diet === undefined ? undefined : mistakes.typed),
    ...mistakes,
    said: saying(visit, said),
  });
}

type Lead = Awaited<ReturnType<typeof leadOf>>;

async function historyOf({ ctx, words }: SignedInVisit, event: Lead['event'], personId: number) {
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
    at: guestMoment(words, one.at, event, ctx.now(), one),
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

async function noteAnswer({ ctx, request, viewer }: SignedInVisit) {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, answerForm);
  const back = `/events/${id}/people/${personId}`;
  if (!form.ok) return back;
  const { answer: word, because } = form.values;
  await answer(ctx, id, personId, word, { way: 'organiser', byId: viewer.id });
  if (word === 'no' && because !== '') await rsvps.setReason(ctx.db, id, personId, because);
  return `${back}?said=answered`;
}

const substituteForm = z.object({
  substitute: lineField(254, 'Write at most 254 characters: a name or an address.').refine(
    (value) => value !== '',
    'Write who comes instead: a name or an e-mail address.',
  ),
});

async function substitute(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  return submit(visit, substituteForm, {
    act: async (values) => {
      const other = await personCalled(ctx, values.substitute);
      await nameSubstitute(ctx, id, personId, other.id, { way: 'organiser', byId: viewer.id });
      return `/events/${id}/people?said=substitute`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

async function saveNeeds(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  return submit(visit, needsForm, {
    act: async (values) => {
      await noteNeeds(ctx, id, personId, values);
      return `/events/${id}/people/${personId}?said=needs`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

const facilitationForm = z.object({ facilitates: z.enum(['yes', 'no']) });

async function facilitate({ ctx, request, viewer }: SignedInVisit) {
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const form = readForm(request, facilitationForm);
  const back = `/events/${id}/people/${personId}`;
  if (!form.ok) return back;
  const does = form.values.facilitates === 'yes';
  await appoint(ctx, id, personId, does, viewer.id);
  return `${back}?said=${does ? 'facilitator' : 'no-facilitator'}`;
}
