import { z } from 'zod';
import { answer } from '../../actions/guests/answer.ts';
import { appoint } from '../../actions/guests/facilitators.ts';
import { noteNeeds } from '../../actions/guests/needs.ts';
import { nameSubstitute } from '../../actions/guests/substitutes.ts';
import type { Context } from '../../context.ts';
import { reasons } from '../../domain/guests/commitment.ts';
import { orNotFound } from '../../refusal.ts';
import * as replies from '../../store/calendar/replies.ts';
import * as answers from '../../store/guests/answers.ts';
import * as needsOf from '../../store/guests/needs.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as list from '../../store/people/list.ts';
import * as people from '../../store/people/people.ts';
import { idIn, lineField, messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { personCalled } from '../people/find-by-name.ts';
import { reasonsInWords, reasonWords } from './answer-words.ts';
import { daysOnlySentence, guestMoment } from './moments.ts';
import { needsFieldData, needsForm } from './needs-fields.ts';

/** One person at one event, for organisers: note their answer, send somebody else, note what they need. */
export function eventPersonRoutes(at: Pages): void {
  const base = '/events/:id/people/:personId';
  at.get(base, 'organiser', show);
  at.post(`${base}/answer`, 'organiser', press(answerForm, noteAnswer));
  at.post(`${base}/substitute`, 'organiser', substitute);
  at.post(`${base}/needs`, 'organiser', saveNeeds);
  at.post(`${base}/facilitation`, 'organiser', press(facilitationForm, facilitate));
}

const messages = {
  answered: 'Noted.',
  needs: 'Noted. The caterer’s numbers are up to date.',
  facilitator: 'They lead the event now, and get an e-mail once the invitations are out.',
  'no-facilitator': 'They no longer lead the event.',
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
    base: `/events/${event.id}/people/${personId}`,
    answerTag: answerTags(words)[who.state],
    invited: moment(who.invitedAt),
    keptUntil: moment(who.seatKeptUntil),
    reason: reasonWords(words, who.because),
    reasons: reasonsInWords(words),
    inPlaceOf: invitees.find((one) => one.personId === who.inPlaceOfId)?.name ?? '',
    history: await historyOf(visit, event, personId),
    written: await writtenBy(visit, event, personId),
    daysOnly: daysOnlySentence(words, event),
    couldStandIn: await couldStandIn(ctx, who, invitees),
    ...needsFieldData(words, needs, mistakes, { ours: mistakes.typed.diet !== undefined }),
    needsHref: `/events/${event.id}/people/${personId}`,
    ...mistakes,
    message: messageFor(visit, messages),
  });
}

const answerTags = ({ t }: Words): Record<string, { text: string; tone: string }> => ({
  invited: { text: t('No answer yet'), tone: 'wait' },
  coming: { text: t('Coming'), tone: 'go' },
  maybe: { text: t('Not sure'), tone: 'wait' },
  waiting: { text: t('Waiting for a seat'), tone: 'wait' },
  declined: { text: t('Can’t come'), tone: 'stop' },
});

type Lead = Awaited<ReturnType<typeof leadOf>>;

async function historyOf({ ctx, words }: SignedInVisit, event: Lead['event'], personId: number) {
  const list = await answers.ofPersonAt(ctx.db, event.id, personId);
  const by = await people.findMany(
    ctx.db,
    list.flatMap(({ byId }) => (byId === null ? [] : [byId])),
  );
  const names = new Map(by.map(({ id, name }) => [id, name]));
  return list.map((one) => {
    const by = one.byId === null ? '' : (names.get(one.byId) ?? '');
    const at = guestMoment(words, one.at, event, ctx.now(), one);
    const way = by ? words.t('noted by {name}', { name: by }) : wayWords(words)[one.way];
    return {
      answer: answerVerbs(words)[one.said],
      late: one.late,
      note: [at, way].filter(Boolean).join(', '),
    };
  });
}

const answerVerbs = ({ t }: Words) => ({
  yes: t('Said yes'),
  maybe: t('Said “not sure yet”'),
  no: t('Said no'),
  substitute: t('Named a substitute'),
});

const wayWords = ({ t }: Words) => ({
  page: '',
  calendar: t('in the calendar'),
  organiser: t('noted by an organiser'),
});

/** Lists what this person wrote beside an answer from their calendar, by the day it came. */
async function writtenBy({ ctx, words }: SignedInVisit, event: Lead['event'], personId: number) {
  const list = await replies.wordsOf(ctx.db, event.id, personId);
  return list.map(({ kind, words: text, receivedAt }) => ({
    text:
      kind === 'delegation'
        ? words.t('Wants to send: {words}', { words: text })
        : words.t('“{words}”', { words: text }),
    at: guestMoment(words, receivedAt, event, ctx.now()),
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

async function noteAnswer(visit: SignedInVisit, { answer: word, because }: z.output<typeof answerForm>) {
  const { ctx, request, viewer } = visit;
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  await answer(ctx, id, personId, word, { way: 'organiser', byId: viewer.id });
  if (word === 'no' && because !== '') await rsvps.setReason(ctx.db, id, personId, because);
  return `/events/${id}/people/${personId}?said=answered`;
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
    act: async ({ seen, ...values }) => {
      await noteNeeds(ctx, id, personId, values, seen);
      return `/events/${id}/people/${personId}?said=needs`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

const facilitationForm = z.object({ facilitates: z.enum(['yes', 'no']) });

async function facilitate(visit: SignedInVisit, { facilitates }: z.output<typeof facilitationForm>) {
  const { ctx, request, viewer } = visit;
  const [id, personId] = [idIn(request), idIn(request, 'personId')];
  const does = facilitates === 'yes';
  await appoint(ctx, id, personId, does, viewer.id);
  return `/events/${id}/people/${personId}?said=${does ? 'facilitator' : 'no-facilitator'}`;
}
