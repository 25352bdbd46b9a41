import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { promiseAnswer } from '../../actions/questions/answers.ts';
import { decideQuestion } from '../../actions/questions/ask.ts';
import { merge, reword } from '../../actions/questions/desk.ts';
import type { Context } from '../../context.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as eventPage from '../../store/events/page.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { everyQuestion, type WallQuestion } from '../../store/questions/wall.ts';
import { alike } from '../../store/questions/work.ts';
import {
  type FieldError,
  type Form,
  idIn,
  lineField,
  mistakeFrom,
  readForm,
  readQuery,
  saying,
  textField,
} from '../../web/forms.ts';
import { kept } from '../../web/kept.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';
import { questionText } from './fields.ts';
import { neighboursOf, type Queue, queueOf, queues } from './queue.ts';

const { t } = english;

/** The desk where questions are read, put in other words, merged, parked: for organisers and the event's facilitator. */
export function questionDeskRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'signed-in' } as const;
  const at = '/events/:id/questions';
  app.get(at, { config }, (request, reply) => show(ctx, request, reply));
  app.post(`${at}/:question/settlement`, { config }, pressing(ctx, settlement, settleIt));
  app.post(`${at}/:question/words`, { config }, pressing(ctx, words, rewordIt));
  app.post(`${at}/:question/merge`, { config }, pressing(ctx, merging, mergeIt));
  app.post(`${at}/:question/promise`, { config }, pressing(ctx, promising, promiseIt));
}

const said = {
  wall: 'It is on the wall.',
  table: 'It is on the table now.',
  answered: 'Noted as answered.',
  parked: 'Parked, with the reason for everyone to read.',
  refused: 'Turned down. Everyone can read the reason, nobody the question.',
  reworded: 'In other words now. The words before are gone.',
  merged: 'Merged. Whoever wondered about either counts once.',
  promised: 'Noted for everyone to read.',
};

const show_ = z.enum(queues).default('unread').catch('unread');
const key = z
  .string()
  .regex(/^(\d{1,10}|[\w-]{22})$/)
  .optional()
  .catch(undefined);
const query = z.object({ show: show_, at: key, find: lineField(200, '').catch('') });

type Mistakes = { at: string; form: string; errors: FieldError[]; typed: Record<string, unknown> };

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const lead = await leadOf(ctx, request);
  const chosen = { ...readQuery(request, query), ...queueTyped(mistakes) };
  const row = orNotFound(await eventPage.findBySlug(ctx.db, lead.event.slug, request.person!.id), 'event');
  const all = await everyQuestion(ctx.db, row);
  const queue = queueOf(all, chosen.show);
  const current = all.find(({ id }) => String(id) === (mistakes?.at ?? chosen.at)) ?? queue[0] ?? null;
  const data = {
    ...lead,
    title: t('Questions, {name}', { name: lead.event.name }),
    chosen,
    counts: Object.fromEntries(queues.map((name) => [name, queueOf(all, name).length])),
    current,
    ...neighboursOf(queue, current),
    alike: current ? await alikeTo(ctx, lead.event.id, all, current, chosen.find) : [],
    hosts: [...new Map(row.topics.flatMap(({ hosts }) => hosts).map((host) => [host.id, host.name]))],
    undo: lead.leadsOnly ? null : await undoOf(ctx, lead.event.id),
    form: mistakes?.form ?? '',
    errors: mistakes?.errors ?? [],
    typed: mistakes?.typed ?? {},
    said: saying(request, said),
  };
  return page(reply, 'questions/desk/index', data, { status: mistakes ? 422 : 200 });
}

function queueTyped(mistakes: Mistakes | undefined): { show?: Queue } {
  const read = show_.safeParse(mistakes?.typed.show);
  return mistakes && read.success ? { show: read.data } : {};
}

/** Finds questions that say nearly the same as this one, or as a search. */
async function alikeTo(
  ctx: Context,
  eventId: number,
  all: readonly WallQuestion[],
  current: WallQuestion,
  find: string,
) {
  if (find !== '') return alike(ctx.db, eventId, find, current.id);
  // Each is compared with all others, so it is done once until a question changes.
  return kept(all, `alike ${current.id}`, () => alike(ctx.db, eventId, current.text, current.id));
}

const keyOf = (text: string): QuestionId => (/^\d{1,10}$/.test(text) ? Number(text) : text);

function questionKey(request: FastifyRequest): QuestionId {
  const { question } = request.params as { question: string };
  return /^[\w-]{22}$/.test(question) ? question : idIn(request, 'question');
}

const carried = { show: show_ };
const note = textField(500, 'A note has at most 500 characters. Make it shorter.').default('');
const settlement = z.object({
  ...carried,
  state: z.enum(['wall', 'table', 'answered', 'parked', 'refused']),
  note,
});
const words = z.object({ ...carried, text: questionText });
const merging = z.object({
  ...carried,
  into: z.string().regex(/^(\d{1,10}|[\w-]{22})$/, 'Choose the question it becomes part of.'),
});
const promising = z.object({
  ...carried,
  personId: z
    .string()
    .regex(/^([1-9]\d{0,8})?$/, 'Choose somebody from the list.')
    .transform((id) => (id === '' ? null : Number(id))),
  dueOn: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2})?$/, 'Give the day as a date, such as 2026-12-17.')
    .refine((day) => day === '' || isDay(day), 'There is no such day. Choose another.')
    .transform((day) => day || null),
});

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).year >= 2000;
  } catch {
    return false;
  }
}

type Act<S extends z.ZodObject> = (
  ctx: Context,
  eventId: number,
  id: QuestionId,
  values: z.output<S>,
) => Promise<string>;

/** One press at the desk: done, and on to the next in the queue; or the same page with the mistake and what was typed. */
function pressing<S extends z.ZodObject<typeof carried & z.ZodRawShape>>(
  ctx: Context,
  schema: S,
  act: Act<S>,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { event } = await leadOf(ctx, request);
    const id = questionKey(request);
    const form: Form<z.output<S>> = readForm(request, schema);
    const again = (errors: FieldError[]) =>
      show(ctx, request, reply, {
        at: String(id),
        form: request.url.split('/').at(-1)!,
        errors,
        typed: form.typed,
      });
    if (!form.ok) return again(form.errors);
    const queue = form.values.show as Queue;
    const next = await nextAfter(ctx, request, event.slug, queue, id);
    try {
      const code = await act(ctx, event.id, id, form.values);
      return reply.redirect(
        `/events/${event.id}/questions?show=${queue}${next}&said=${code}#desk-question`,
        303,
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.field === undefined) throw error;
      return again([mistakeFrom(error)]);
    }
  };
}

async function nextAfter(
  ctx: Context,
  request: FastifyRequest,
  slug: string,
  queue: Queue,
  id: QuestionId,
): Promise<string> {
  const row = orNotFound(await eventPage.findBySlug(ctx.db, slug, request.person!.id), 'event');
  const list = queueOf(await everyQuestion(ctx.db, row), queue);
  const { next } = neighboursOf(list, list.find((one) => one.id === id) ?? null);
  return next === null || next.id === id ? '' : `&at=${next.id}`;
}

const settleIt: Act<typeof settlement> = async (ctx, eventId, id, values) => {
  await decideQuestion(ctx, eventId, id, values.state, values.note);
  return values.state;
};

const rewordIt: Act<typeof words> = async (ctx, eventId, id, { text }) => {
  await reword(ctx, eventId, id, text);
  return 'reworded';
};

const mergeIt: Act<typeof merging> = async (ctx, eventId, id, { into }) => {
  await merge(ctx, eventId, id, keyOf(into));
  return 'merged';
};

const promiseIt: Act<typeof promising> = async (ctx, eventId, id, { personId, dueOn }) => {
  await promiseAnswer(ctx, eventId, id, { personId, dueOn });
  return 'promised';
};
