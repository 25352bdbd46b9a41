import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askWithoutName, findMine, setNamelessAsking } from '../../actions/questions/nameless.ts';
import { changeMine, showMine, withdrawMine } from '../../actions/questions/nameless-mine.ts';
import { knownEvent, noteFailure } from '../../actions/questions/nameless-state.ts';
import { votesOf, wonderWithoutName } from '../../actions/questions/nameless-votes.ts';
import { keyFingerprint } from '../../actions/questions/slip-signatures.ts';
import { type Blinded, giveOut } from '../../actions/questions/slips.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as slips from '../../store/questions/slips.ts';
import { statusOf } from '../../web/errors.ts';
import { idIn, readForm } from '../../web/forms.ts';
import type { Handler, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import type { GuestVisit } from '../events/visitor.ts';
import { atBothDoors } from '../events/visitor.ts';
import { questionText } from './fields.ts';

/**
 * Asking and wondering without a name. Slips are given to people we know; below /anon/ nobody is: no cookie is taken,
 * nothing is logged, and answers are JSON for the script that asks.
 */
export function namelessRoutes(at: Pages): void {
  atBothDoors(at).post('/slips', answering(giveSlips), { takesJson: true });
  at.post('/events/:id/nameless-asking', 'organiser', setIt);
  at.get('/anon/events/:id/keys', 'nameless', answering(keys));
  at.post('/anon/questions', 'nameless', answering(ask));
  at.post('/anon/votes', 'nameless', answering(wonder));
  at.post('/anon/votes/mine', 'nameless', answering(myVotes));
  at.post('/anon/mine', 'nameless', answering(mine));
  at.post('/anon/mine/words', 'nameless', answering(change));
  at.post('/anon/mine/withdrawal', 'nameless', answering(withdraw));
  at.post('/anon/mine/showing', 'nameless', answering(showIt));
  at.app.addHook('onResponse', async (request, reply) => {
    const { config, url } = request.routeOptions;
    if (config.access === 'nameless' && reply.statusCode >= 400)
      noteFailure(at.ctx, `${url} ${reply.statusCode}`);
  });
}

/** Answers with JSON, a refusal too. */
function answering<V extends Visit>(handler: (visit: V) => Promise<object>): Handler<V> {
  return async (visit) => {
    const { reply, words } = visit;
    try {
      return reply.send(await handler(visit));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { kind, field } = error;
      if (kind === 'unavailable') reply.header('retry-after', '300');
      const sentence = words.t(error.sentence, error.params);
      return reply.code(statusOf[kind]).send({ kind, field, sentence });
    }
  };
}

const base64url = (bytes: number) =>
  z
    .string()
    .regex(/^[\w-]*$/)
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine((value) => value.length === bytes);

const slipFields = {
  event: z.int().positive().max(2_147_483_647),
  message: base64url(64),
  signature: base64url(256),
};

/** Like a form; what does not fit was not made by a page of ours. */
function read<S extends z.ZodObject>(request: FastifyRequest, schema: S): z.output<S> {
  const form = readForm(request, schema);
  if (form.ok) return form.values;
  const [first] = form.errors;
  throw new Refusal('invalid', first?.message ?? '', {}, first?.field);
}

const batch = z.array(base64url(256)).max(10).optional();
const blinded = z.object({
  ask: batch,
  'ask-first': batch,
  feedback: batch,
  vote: batch,
  'vote-first': batch,
});

async function giveSlips({ ctx, request, guest }: GuestVisit): Promise<object> {
  const parsed = blinded.strict().safeParse(request.body);
  if (!parsed.success)
    throw new Refusal('invalid', 'This is no slip that can be signed. Reload the page and try again.');
  const wanted = Object.fromEntries(Object.entries(parsed.data).filter(([, list]) => list)) as Blinded;
  const signed = await giveOut(ctx, guest.page.event.id, guest.me.id, wanted).catch(unlessNoneLeft);
  // A third browser of the same guest is nothing amiss: the page says where the slips are.
  if (signed === null) return { why: 'none-left' };
  return Object.fromEntries(
    Object.entries(signed).map(([purpose, list]) => [purpose, list.map((one) => one.toString('base64url'))]),
  );
}

function unlessNoneLeft(error: unknown): null {
  if (error instanceof Refusal && error.kind === 'conflict') return null;
  throw error;
}

/** The same keys for everyone: another key would give its owner away. */
async function keys({ ctx, request }: Visit): Promise<object> {
  const eventId = idIn(request);
  const found = (await knownEvent(ctx, eventId))?.keys ?? (await slips.keysOf(ctx.db, eventId));
  orNotFound(found[0], 'event');
  const sorted = found.toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1));
  return {
    fingerprint: keyFingerprint(sorted.map(({ publicKey }) => publicKey)),
    keys: Object.fromEntries(sorted.map((key) => [key.purpose, key.publicKey.toString('base64url')])),
  };
}

/** Whether the page promised to wait for others. A page that does not say, such as one of an older version, is held to that. */
const waits = z.boolean().default(true);

const question = z.object({
  ...slipFields,
  first: z.boolean(),
  text: questionText,
  topic: z.int().positive().max(2_147_483_647).nullable(),
  edit: base64url(32),
  alone: z.boolean().default(false),
  waits,
  readFirst: z.boolean().default(false),
});

async function ask({ ctx, request }: Visit): Promise<object> {
  const { event, topic, edit, message, signature, ...rest } = read(request, question);
  const asked = { ...rest, eventId: event, topicId: topic, slip: { message, signature }, editHash: edit };
  const state = await askWithoutName(ctx, asked);
  return { state, published: state !== 'waiting' };
}

const questionKey = z.union([z.int().positive().max(2_147_483_647), z.string().regex(/^[\w-]{22}$/)]);

const ballot = z.object({
  ...slipFields,
  question: questionKey,
  on: z.boolean(),
  waits,
  counter: z.strictObject({ message: base64url(64), signature: base64url(256) }).optional(),
});

async function wonder({ ctx, request }: Visit): Promise<object> {
  const { event, question: questionId, message, signature, ...rest } = read(request, ballot);
  const slip = { message, signature };
  const state = await wonderWithoutName(ctx, { ...rest, eventId: event, questionId, slip });
  return { on: rest.on, state };
}

const myBallot = z.object({ ...slipFields, questions: z.array(questionKey).max(100) });

async function myVotes({ ctx, request }: Visit): Promise<object> {
  const { event, questions, ...slip } = read(request, myBallot);
  return { states: await votesOf(ctx, event, slip, questions) };
}

const secret = base64url(16);

async function mine({ ctx, request }: Visit): Promise<object> {
  const found = await findMine(ctx, read(request, z.object({ secret })).secret);
  const { text, state, event, published, into, pending, alone, hour } = found;
  return {
    text,
    event: event.headline || event.name,
    eventId: event.id,
    state,
    note: published?.note ?? '',
    reworded: published?.reworded ?? false,
    into: into ? { text: into.text, state: into.state, note: into.note } : null,
    pending: pending ?? null,
    alone,
    hour,
  };
}

async function change({ ctx, request }: Visit): Promise<object> {
  const form = read(request, z.object({ secret, text: questionText, waits }));
  return { state: await changeMine(ctx, form.secret, form.text, form) };
}

async function withdraw({ ctx, request }: Visit): Promise<object> {
  const form = read(request, z.object({ secret, now: z.boolean().default(false), waits }));
  return { state: await withdrawMine(ctx, form.secret, { atOnce: form.now, waits: form.waits }) };
}

async function showIt({ ctx, request }: Visit): Promise<object> {
  return { state: await showMine(ctx, read(request, z.object({ secret })).secret) };
}

const setting = z.object({ on: z.enum(['yes', 'no']) });

async function setIt({ ctx, request, viewer }: SignedInVisit) {
  const id = idIn(request);
  const on = read(request, setting).on === 'yes';
  await setNamelessAsking(ctx, id, on, viewer.id);
  return `/events/${id}?said=${on ? 'nameless-on' : 'nameless-off'}`;
}
