import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { takeQuestion } from '../../actions/questions/answers.ts';
import { ask, decideQuestion, withdraw, wonder } from '../../actions/questions/ask.ts';
import type { Context } from '../../context.ts';
import { isHost } from '../../domain/access.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import type { QuestionId } from '../../store/questions/questions.ts';
import { everyQuestion, mergedOf, wall } from '../../store/questions/wall.ts';
import { formKeyField, idIn, messageFor, readQuery, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { pageField, pagerFor } from '../../web/paging.ts';
import type { Mistakes } from '../../web/submit.ts';
import { noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { guestData, showData } from '../events/page.ts';
import { askingFor } from '../events/programme-view.ts';
import type { Guest, GuestVisit } from '../events/visitor.ts';
import { atBothDoors, atDoors } from '../events/visitor.ts';
import { cardOf } from '../guests/answer-card.ts';
import { namedField, questionText, saidReadFirst, withName } from './fields.ts';
import { nowOf, talliesShown } from './live-view.ts';
import { addressOnWall, dueText, fragmentsFor, wallIn, wallRules } from './wall-view.ts';

/** The wall of an event's questions: for guests by their link or signed in, and for organisers. */
export function questionRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/questions', show);
  atBoth.post('/questions', askIt);
  atBoth.post('/questions/:id/vote', press(voteForm, voteFor));
  atBoth.post('/questions/:id/withdrawal', takeBack);
  atDoors(at, 'signed-in').post('/questions/:id/preparing', press(preparing, prepareIt));
  atDoors(at, 'organiser').post('/questions/:id/settlement', settleIt);
}

const codes = { new: 'read', wall: 'asked', again: 'again' } as const;

const messages = {
  asked: 'Your question is on the wall.',
  read: 'Sent. A facilitator reads it before it shows here.',
  wondering: 'Counted: you wonder too.',
  'taken-back': 'Taken back.',
  again: 'You’ve asked this already, so it stays one question.',
  changed: 'Saved. Everyone reads your new words.',
  'pointed-out': 'The facilitator looks at it. Your name isn’t kept with this.',
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
  const now = ctx.now();
  const rules = wallRules(guest.page.shared, guest.isOrganiser, now);
  const facts = { ...guestData(visit), named: chosen.named === '1' };
  const formKey = randomUUID();
  const look = { ...chosen, talliesHidden: rules.talliesHidden, isOver: facts.isOver };
  const shown = wallIn(all, look);
  const open = facts.event.state === 'published' && !facts.isOver;
  const votes = facts.named || facts.mine === null || facts.nameless.off ? 'named' : 'nameless';
  const tallies = talliesShown(guest.page.shared, now);
  const settled = shown.questions.find(({ id }) => id === settling);
  return page(visit, 'questions/index', {
    ...facts,
    ...rules,
    title: words.t('Questions'),
    topics: guest.page.topics,
    ...shown,
    pager: pagerFor(shown.page, (page) => `${guest.base}${addressOnWall({ ...chosen, page })}#wall-panel`),
    now: nowOf(guest.page.shared, all, now),
    at: guest.page.revision,
    unread: await unreadOf(ctx, guest),
    merged: await mergedOf(ctx.db, guest.page, guest.me.id),
    all,
    chosen,
    open,
    votes,
    address: addressOnWall({ ...chosen, page: shown.page.at }),
    fragments: fragmentsFor({ guest, all, look, votes, open, tallies, facts, words }),
    formKey,
    asking: askingFor(visit, facts.named, formKey),
    settling,
    due: settled ? dueText(words, settled) : '',
    ...mistakes,
    along: ['lead-panel'],
    message: messageFor(visit, messages),
  });
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
  readFirst: saidReadFirst,
  named: withName,
});

const askIt = (visit: GuestVisit) =>
  submit(visit, question, {
    act: async ({ from, topic, named: _, ...values }) => {
      const { guest, ctx } = visit;
      const { event } = guest.page;
      const asked = { ...values, topicId: topic, eventId: event.id, authorId: guest.me.id };
      const code = codes[await ask(ctx, asked)];
      if (from === 'event') return `${guest.base}?said=${code}#ask-panel`;
      return `${guest.base}/questions?said=${code}&order=newest#wall-panel`;
    },
    again: (mistakes) => (mistakes.typed.from === 'event' ? showOnEvent : show)(visit, mistakes),
  });

/** The event's page, where the form stood on it. */
function showOnEvent(visit: GuestVisit, mistakes: Mistakes) {
  const data = { ...showData(visit), change: false };
  return page(visit, 'events/page/show', { ...data, ...mistakes, card: cardOf(visit.words, data) });
}

const voteForm = z.object({
  on: z.enum(['yes', 'no']),
  back: z.string().max(200).default(''),
  named: z.literal('yes').optional(),
});

async function voteFor({ ctx, request, guest }: GuestVisit, vote: z.output<typeof voteForm>) {
  const id = questionIdIn(request);
  const on = vote.on === 'yes';
  if (on && vote.named !== 'yes')
    throw new Refusal(
      'conflict',
      'Nothing was counted, as your name would have gone with it. Reload the page.',
    );
  await wonder(ctx, guest.page.event.id, id, guest.me.id, on);
  const back = new URLSearchParams(vote.back);
  back.set('said', on ? 'wondering' : 'taken-back');
  return `${guest.base}/questions?${back}#question-${id}`;
}

const preparing = z.object({ on: z.enum(['yes', 'no']) });

/** A host takes a question to prepare its answer, or gives it back. */
async function prepareIt({ ctx, request, guest }: GuestVisit, values: z.output<typeof preparing>) {
  const { event, mine } = guest.page;
  orNotFound(isHost(guest.me, event, mine !== null) || null, 'question');
  const questionId = questionIdIn(request);
  const on = values.on === 'yes';
  await takeQuestion(ctx, { eventId: event.id, questionId, personId: guest.me.id }, on);
  return `${guest.base}?said=${on ? 'preparing' : 'given-back'}#question-${questionId}`;
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
