import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ask, decideQuestion, withdraw, wonder } from '../../actions/questions/ask.ts';
import type { Context } from '../../context.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { Refusal } from '../../refusal.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { everyQuestion, mergedOf, wall } from '../../store/questions/wall.ts';
import { formKeyField, idIn, readForm, readQuery, saying, textField } from '../../web/forms.ts';
import { cached } from '../../web/kept.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pagerFor } from '../../web/paging.ts';
import type { Mistakes } from '../../web/submit.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { localeOf } from '../../words.ts';
import { askingOf, guestData, showData } from '../events/page.ts';
import type { Guest, GuestVisit } from '../events/visitor.ts';
import { atBothDoors, atDoors } from '../events/visitor.ts';
import { namedField, questionText, withName } from './fields.ts';
import { nowOf } from './live-view.ts';
import { wallOf, wallRules } from './wall-view.ts';

/** The wall of an event's questions: for guests by their link or signed in, and for organisers. */
export function questionRoutes(app: FastifyInstance, ctx: Context): void {
  const atBoth = atBothDoors(app, ctx);
  atBoth.get('/questions', show);
  atBoth.post('/questions', askIt);
  atBoth.post('/questions/:id/vote', voteFor);
  atBoth.post('/questions/:id/withdrawal', takeBack);
  atDoors(app, ctx, 'organiser').post('/questions/:id/settlement', settleIt);
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

async function show(visit: GuestVisit, mistakes = noMistakes, settling: QuestionId | null = null) {
  const { ctx, request, guest, words } = visit;
  const chosen = readQuery(request, query);
  const all = await wall(ctx.db, guest.page);
  const rules = wallRules(guest.page.shared, guest.isOrganiser, ctx.now());
  const facts = { ...guestData(visit), named: chosen.named === '1' };
  const formKey = randomUUID();
  const look = { talliesHidden: rules.talliesHidden, isOver: facts.isOver, locale: localeOf(words) };
  const shown = cached(all, `wall ${JSON.stringify([chosen, look])}`, () => wallOf(all, chosen, look));
  return page(visit, 'questions/index', {
    ...facts,
    ...rules,
    title: words.t('Questions'),
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
    settling,
    ...mistakes,
    along: ['lead-panel'],
    said: saying(visit, said),
  });
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

const askIt = (visit: GuestVisit) =>
  submit(visit, question, {
    act: async ({ from, topic, named: _, ...values }) => {
      const { guest, ctx } = visit;
      const { event } = guest.page;
      await ask(ctx, { ...values, topicId: topic, eventId: event.id, authorId: guest.me.id });
      const code = rulesOf(event).readFirst ? 'read' : 'asked';
      if (from === 'event') return `${guest.base}?said=${code}#ask-panel`;
      return `${guest.base}/questions?said=${code}&order=newest#wall-panel`;
    },
    again: (mistakes) => (mistakes.typed.from === 'event' ? showOnEvent : show)(visit, mistakes),
  });

/** The event's page, where the form stood on it. */
const showOnEvent = (visit: GuestVisit, mistakes: Mistakes) =>
  page(visit, 'events/page/show', { ...showData(visit), ...mistakes, change: false });

const voteForm = z.object({
  on: z.enum(['yes', 'no']),
  back: z.string().max(200).default(''),
  named: z.literal('yes').optional(),
});

async function voteFor({ ctx, request, guest }: GuestVisit) {
  const id = questionIdIn(request);
  const form = readForm(request, voteForm);
  if (!form.ok) return `${guest.base}/questions`;
  const on = form.values.on === 'yes';
  if (on && form.values.named !== 'yes')
    throw new Refusal(
      'conflict',
      'Nothing was counted, as your name would have gone with it. Reload the page.',
    );
  await wonder(ctx, guest.page.event.id, id, guest.me.id, on);
  const back = new URLSearchParams(form.values.back);
  back.set('said', on ? 'wondering' : 'taken-back');
  return `${guest.base}/questions?${back}#question-${id}`;
}

async function takeBack({ ctx, request, guest }: GuestVisit) {
  await withdraw(ctx, guest.page.event.id, questionIdIn(request), guest.me.id);
  return `${guest.base}/questions?said=taken-back`;
}

const settlement = z.object({
  state: z.enum(['wall', 'answered', 'parked']),
  note: textField(500, 'A note has at most 500 characters. Make it shorter.').default(''),
});

function settleIt(visit: GuestVisit) {
  const { ctx, guest, request } = visit;
  const id = questionIdIn(request);
  return submit(visit, settlement, {
    act: async ({ state, note }) => {
      await decideQuestion(ctx, guest.page.event.id, id, state, note);
      return `${guest.base}/questions?said=settled#wall-panel`;
    },
    again: (mistakes) => show(visit, mistakes, id),
  });
}
