import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ask, decideQuestion, withdraw, wonder } from '../../actions/questions/ask.ts';
import type { Context } from '../../context.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { Refusal } from '../../refusal.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { everyQuestion, mergedOf, wall } from '../../store/questions/wall.ts';
import {
  formKeyField,
  idIn,
  type Mistakes,
  mistakeFrom,
  readForm,
  readQuery,
  saying,
  textField,
} from '../../web/forms.ts';
import { kept } from '../../web/kept.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pagerFor } from '../../web/paging.ts';
import { askingOf, guestData, showData } from '../events/page.ts';
import { type Guest, guestOf } from '../events/visitor.ts';
import { namedField, questionText, withName } from './fields.ts';
import { nowOf } from './live-view.ts';
import { wallOf, wallRules } from './wall-view.ts';

/** The wall of an event's questions: for guests by their link or signed in, and for organisers. */
export function questionRoutes(app: FastifyInstance, ctx: Context): void {
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const) {
    const config = { access };
    app.get(`${base}/questions`, { config }, (request, reply) => show(ctx, request, reply));
    app.post(`${base}/questions`, { config }, (request, reply) => askIt(ctx, request, reply));
    app.post(`${base}/questions/:id/vote`, { config }, (request, reply) => voteFor(ctx, request, reply));
    app.post(`${base}/questions/:id/withdrawal`, { config }, (request, reply) =>
      takeBack(ctx, request, reply),
    );
  }
  const config = { access: 'organiser' } as const;
  app.post('/e/:slug/questions/:id/settlement', { config }, (request, reply) =>
    settleIt(ctx, request, reply),
  );
}

const said = {
  asked: 'Your question is on the wall.',
  read: 'Sent. A facilitator reads it before it shows here.',
  wondering: 'Counted: you wonder too.',
  'taken-back': 'Taken back.',
  settled: 'Noted for everyone to read.',
};

/** A row's number, or the 16 random bytes of a question without a name. */
export function questionIdIn(request: FastifyRequest, name = 'id'): QuestionId {
  const id = (request.params as Record<string, string>)[name] ?? '';
  return /^[\w-]{22}$/.test(id) ? id : idIn(request, name);
}

const query = z.object({
  table: z.coerce.number().int().positive().optional().catch(undefined),
  order: z.enum(['wanted', 'newest']).default('wanted').catch('wanted'),
  page: pageField.default(1),
  /** The key of a question: the page on which it stands. */
  at: z
    .string()
    .regex(/^(\d{1,10}|[\w-]{22})$/)
    .optional()
    .catch(undefined),
  named: namedField,
});

/** The word on a question that could not be taken as it was typed. */
type Settling = Mistakes & { settling: QuestionId };

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  form?: Mistakes | Settling,
): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const chosen = readQuery(request, query);
  const all = await wall(ctx.db, guest.page);
  const rules = wallRules(guest.page.shared, guest.isOrganiser, ctx.now());
  const facts = { ...guestData(ctx, guest), named: chosen.named === '1' };
  const formKey = randomUUID();
  const look = { talliesHidden: rules.talliesHidden, isOver: facts.isOver };
  const shown = kept(all, `wall ${JSON.stringify([chosen, look])}`, () => wallOf(all, chosen, look));
  const data = {
    ...facts,
    ...rules,
    title: 'Questions',
    topics: guest.page.topics,
    ...shown,
    pager: pagerFor(shown.page, (number) => addressOf(guest.base, chosen, number)),
    now: nowOf(guest.page.shared, all, ctx.now()),
    at: guest.page.revision,
    unread: await unreadOf(ctx, guest),
    merged: await mergedOf(ctx.db, guest.page, guest.me.id),
    all,
    chosen,
    formKey,
    asking: askingOf(guest, facts, formKey),
    errors: [],
    typed: {},
    settling: null,
    ...form,
    along: ['lead-panel'],
    said: saying(request, said),
  };
  return page(reply, 'questions/index', data, { layout: 'guest', status: form ? 422 : 200 });
}

/** A page of the wall with the same filter and order. */
function addressOf(base: string, { table, order, named }: z.output<typeof query>, page: number): string {
  const chosen = { table, order: order === 'wanted' ? '' : order, named, page };
  return `${addressWith(`${base}/questions`, chosen)}#wall-panel`;
}

/** One's own questions that a facilitator reads first. */
async function unreadOf(ctx: Context, { page: at, me }: Guest) {
  const all = await everyQuestion(ctx.db, at);
  return all.filter(({ state, authorId }) => state === 'new' && authorId === me.id);
}

const question = z.object({
  formKey: formKeyField,
  text: questionText,
  topic: z
    .string()
    .regex(/^\d{0,9}$/)
    .optional()
    .transform((value) => (value ? Number(value) : null)),
  from: z.enum(['event', 'wall']).default('wall'),
  named: withName,
});

async function askIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const form = readForm(request, question);
  if (!form.ok) return askAgain(ctx, request, reply, guest, form);
  const { from, topic, named: _, ...values } = form.values;
  try {
    await ask(ctx, { ...values, topicId: topic, eventId: guest.page.event.id, authorId: guest.me.id });
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error;
    return askAgain(ctx, request, reply, guest, {
      errors: [mistakeFrom(error)],
      typed: form.typed,
    });
  }
  const code = rulesOf(guest.page.event).readFirst ? 'read' : 'asked';
  return reply.redirect(
    from === 'event'
      ? `${guest.base}?said=${code}#ask-panel`
      : `${guest.base}/questions?said=${code}&order=newest#wall-panel`,
    303,
  );
}

/** The page the form stood on, with every mistake named and nothing lost. */
async function askAgain(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  guest: Guest,
  form: Mistakes,
): Promise<FastifyReply> {
  if (form.typed.from !== 'event') return show(ctx, request, reply, form);
  const data = { ...showData(ctx, guest), errors: form.errors, typed: form.typed, change: false };
  return page(reply, 'events/page/show', data, { layout: 'guest', status: 422 });
}

const voteForm = z.object({
  on: z.enum(['yes', 'no']),
  back: z.string().max(200).default(''),
  named: z.literal('yes').optional(),
});

async function voteFor(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const id = questionIdIn(request);
  const form = readForm(request, voteForm);
  if (!form.ok) return reply.redirect(`${guest.base}/questions`, 303);
  const on = form.values.on === 'yes';
  if (on && form.values.named !== 'yes')
    throw new Refusal(
      'conflict',
      'Nothing was counted, as your name would have gone with it. Reload the page.',
    );
  await wonder(ctx, guest.page.event.id, id, guest.me.id, on);
  const back = new URLSearchParams(form.values.back);
  back.set('said', on ? 'wondering' : 'taken-back');
  return reply.redirect(`${guest.base}/questions?${back}#question-${id}`, 303);
}

async function takeBack(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  await withdraw(ctx, guest.page.event.id, questionIdIn(request), guest.me.id);
  return reply.redirect(`${guest.base}/questions?said=taken-back`, 303);
}

const settlement = z.object({
  state: z.enum(['wall', 'answered', 'parked']),
  note: textField(500, 'A note has at most 500 characters. Make it shorter.').default(''),
});

async function settleIt(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const form = readForm(request, settlement);
  const settling = questionIdIn(request);
  const again = (errors: Mistakes['errors']) =>
    show(ctx, request, reply, { settling, errors, typed: form.typed });
  if (!form.ok) return again(form.errors);
  try {
    await decideQuestion(ctx, guest.page.event.id, settling, form.values.state, form.values.note);
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error;
    return again([mistakeFrom(error)]);
  }
  return reply.redirect(`${guest.base}/questions?said=settled#wall-panel`, 303);
}
