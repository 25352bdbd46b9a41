import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { editionOf } from '../../actions/edition.ts';
import { promiseAnswer, promiseFields } from '../../actions/questions/answers.ts';
import { decideQuestion } from '../../actions/questions/ask.ts';
import { merge, reword } from '../../actions/questions/desk.ts';
import type { Context } from '../../context.ts';
import { readDay } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as eventPage from '../../store/events/page.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { everyQuestion, similarTo, type WallQuestion } from '../../store/questions/wall.ts';
import { idIn, lineField, messageFor, readQuery, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';
import { questionText } from './fields.ts';
import { neighboursOf, type Queue, queueOf, queues } from './queue.ts';

/** The desk where questions are read, put in other words, merged, parked: for organisers and the event's facilitator. */
export function questionDeskRoutes(at: Pages): void {
  const desk = '/events/:id/questions';
  at.get(desk, 'signed-in', show);
  at.post(`${desk}/:question/settlement`, 'signed-in', deskAction(settlement, settleIt));
  at.post(`${desk}/:question/words`, 'signed-in', deskAction(wording, rewordIt));
  at.post(`${desk}/:question/merge`, 'signed-in', deskAction(merging, mergeIt));
  at.post(`${desk}/:question/promise`, 'signed-in', deskAction(promising, promiseIt));
}

const messages = {
  wall: 'It is on the wall.',
  table: 'It is on the table now.',
  answered: 'Noted as answered.',
  parked: 'Parked, with the reason for everyone to read.',
  refused: 'Turned down. Everyone can read the reason, nobody the question.',
  reworded: 'In other words now. The words before are gone.',
  merged: 'Merged. People who voted for both count once.',
  promised: 'Noted for everyone to read.',
};

const queueField = z.enum(queues).default('unread').catch('unread');
const key = z
  .string()
  .regex(/^(\d{1,10}|[\w-]{22})$/)
  .optional()
  .catch(undefined);
const query = z.object({ show: queueField, at: key, find: lineField(200, '').catch('') });

/** The form that comes back: the question it is about, and which of its forms it is. */
interface Returned {
  at?: string;
  form: string;
}

async function show(visit: SignedInVisit, mistakes = noMistakes, returned: Returned = { form: '' }) {
  const { ctx, request, viewer, words } = visit;
  const lead = await leadOf(visit);
  const chosen = { ...readQuery(request, query), ...queueTyped(mistakes) };
  const row = orNotFound(await eventPage.findBySlug(ctx.db, lead.event.slug, viewer.id), 'event');
  const all = await everyQuestion(ctx.db, row);
  const queue = queueOf(all, chosen.show);
  const current = all.find(({ id }) => String(id) === (returned.at ?? chosen.at)) ?? queue[0] ?? null;
  return page(visit, 'questions/desk/index', {
    ...lead,
    title: words.t('Questions, {name}', { name: lead.event.name }),
    chosen,
    counts: Object.fromEntries(queues.map((name) => [name, queueOf(all, name).length])),
    current,
    ...neighboursOf(queue, current),
    ...cardOf(words, lead.event.id, { chosen, queue, current }, returned.form, mistakes),
    similar: current ? await similarTo(ctx.db, row, current, chosen.find) : [],
    hosts: [...new Map(row.topics.flatMap(({ hosts }) => hosts).map((host) => [host.id, host.name]))],
    undo: lead.leadsOnly ? null : await undoOf(visit, lead.event.id),
    form: returned.form,
    promise: promiseView(words, row, current, mistakes),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** Edition of who answers and by when, and what somebody else saved of it meanwhile. */
function promiseView(
  { t }: Words,
  { topics }: Pick<eventPage.EventPage, 'topics'>,
  current: WallQuestion | null,
  mistakes: Mistakes,
) {
  const names = new Map(
    topics.flatMap(({ hosts }) => hosts).map(({ id, name }) => [String(id), name] as const),
  );
  const labels = { personId: t('Who'), dueOn: t('By when') };
  const meanwhile = savedMeanwhile(mistakes, labels, (_, value) => names.get(value) ?? value);
  return { seen: editionOf(promiseFields(current?.work ?? null)), meanwhile };
}

/** Returns what the card of the question in hand prints besides the question itself. */
function cardOf(
  { t }: Words,
  eventId: number,
  {
    chosen,
    queue,
    current,
  }: { chosen: { show: Queue }; queue: WallQuestion[]; current: WallQuestion | null },
  form: string,
  mistakes: Mistakes,
) {
  const base = `/events/${eventId}/questions`;
  const { previous, next } = neighboursOf(queue, current);
  const hrefOf = (one: WallQuestion | null | undefined) =>
    one ? `${base}?show=${chosen.show}&at=${one.id}#desk-question` : '';
  const states: Record<string, string> = {
    new: t('Nobody sees it yet'),
    wall: t('On the wall'),
    table: t('On the table now'),
    answered: t('Answered'),
    parked: t('Parked'),
    refused: t('Turned down'),
    merged: t('Merged'),
  };
  const mistakesOf = (name: string) =>
    form === name ? { errors: mistakes.errors, typed: mistakes.typed } : { errors: [], typed: {} };
  return {
    address: `${base}/${current?.id ?? ''}`,
    stateWords: current ? (states[current.state] ?? current.state) : '',
    stateTyped: form === 'settlement' ? mistakes.typed.state : '',
    mistakesIn: {
      settlement: mistakesOf('settlement'),
      words: mistakesOf('words'),
      promise: mistakesOf('promise'),
    },
    previousHref: hrefOf(previous),
    nextHref: hrefOf(next),
  };
}

function queueTyped(mistakes: Mistakes): { show?: Queue } {
  const read = queueField.safeParse(mistakes.typed.show);
  return mistakes !== noMistakes && read.success ? { show: read.data } : {};
}

const keyOf = (text: string): QuestionId => (/^\d{1,10}$/.test(text) ? Number(text) : text);

function questionKey(request: FastifyRequest): QuestionId {
  const { question } = request.params as { question: string };
  return /^[\w-]{22}$/.test(question) ? question : idIn(request, 'question');
}

const sharedFields = { show: queueField };
const note = textField(500, 'A note has at most 500 characters. Make it shorter.').default('');
const settlement = z.object({
  ...sharedFields,
  state: z.enum(['wall', 'table', 'answered', 'parked', 'refused']),
  note,
});
const wording = z.object({ ...sharedFields, text: questionText });
const merging = z.object({
  ...sharedFields,
  into: z.string().regex(/^(\d{1,10}|[\w-]{22})$/, 'Choose the question it becomes part of.'),
});
const promising = z.object({
  ...sharedFields,
  personId: z
    .string()
    .regex(/^([1-9]\d{0,8})?$/, 'Choose someone from the list.')
    .transform((id) => (id === '' ? null : Number(id))),
  dueOn: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2})?$/, 'Choose the day in the calendar.')
    .refine((day) => day === '' || isDay(day), 'There is no such day. Choose another.')
    .transform((day) => day || null),
  seen: z.string().max(40).optional(),
});

const isDay = (text: string) => (readDay(text)?.year ?? 0) >= 2000;

type Act<S extends z.ZodObject> = (
  ctx: Context,
  eventId: number,
  id: QuestionId,
  values: z.output<S>,
) => Promise<string>;

/** One press at the desk: done, and on to the next in the queue; or the same page with the mistake and what was typed. */
function deskAction<S extends z.ZodObject<typeof sharedFields & z.ZodRawShape>>(schema: S, act: Act<S>) {
  return async (visit: SignedInVisit) => {
    const { ctx, request } = visit;
    const { event } = await leadOf(visit);
    const id = questionKey(request);
    return submit(visit, schema, {
      act: async (values) => {
        const queue = values.show as Queue;
        const next = await nextAfter(visit, event.slug, queue, id);
        const code = await act(ctx, event.id, id, values);
        return `/events/${event.id}/questions?show=${queue}${next}&said=${code}#desk-question`;
      },
      again: (mistakes) => show(visit, mistakes, { at: String(id), form: request.url.split('/').at(-1)! }),
    });
  };
}

async function nextAfter(
  { ctx, viewer }: SignedInVisit,
  slug: string,
  queue: Queue,
  id: QuestionId,
): Promise<string> {
  const row = orNotFound(await eventPage.findBySlug(ctx.db, slug, viewer.id), 'event');
  const list = queueOf(await everyQuestion(ctx.db, row), queue);
  const { next } = neighboursOf(list, list.find((one) => one.id === id) ?? null);
  return next === null || next.id === id ? '' : `&at=${next.id}`;
}

const settleIt: Act<typeof settlement> = async (ctx, eventId, id, values) => {
  await decideQuestion(ctx, eventId, id, values.state, values.note);
  return values.state;
};

const rewordIt: Act<typeof wording> = async (ctx, eventId, id, { text }) => {
  await reword(ctx, eventId, id, text);
  return 'reworded';
};

const mergeIt: Act<typeof merging> = async (ctx, eventId, id, { into }) => {
  await merge(ctx, eventId, id, keyOf(into));
  return 'merged';
};

const promiseIt: Act<typeof promising> = async (ctx, eventId, id, { personId, dueOn, seen }) => {
  await promiseAnswer(ctx, eventId, id, { personId, dueOn, seen });
  return 'promised';
};
