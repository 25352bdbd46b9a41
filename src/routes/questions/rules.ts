import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { setRules } from '../../actions/questions/desk.ts';
import { askEveryone, notAskedYet } from '../../actions/questions/everyone-asks.ts';
import type { Context } from '../../context.ts';
import { isWeekend } from '../../domain/letters/reminders.ts';
import { rulesOf, wordsTyped } from '../../domain/questions/rules.ts';
import { idIn, type Mistakes, readForm, saying, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';

const { t } = english;

/** Registers the page where an organiser sets an event's rules for questions. */
export function questionRulesRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  app.get('/events/:id/questions/rules', { config }, (request, reply) => show(ctx, request, reply));
  app.post('/events/:id/questions/rules', { config }, (request, reply) => save(ctx, request, reply));
  app.post('/events/:id/questions/everyone', { config }, (request, reply) => everyone(ctx, request, reply));
}

const box = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

const rules = z.object({
  readFirst: box,
  talliesHidden: box,
  everyoneAsks: box,
  links: box,
  longest: z
    .string()
    .regex(/^\d{1,3}$/, 'Give a number from 50 to 280.')
    .transform(Number)
    .refine((n) => n >= 50 && n <= 280, 'Give a number from 50 to 280.'),
  words: textField(10_000, 'Give at most 200 words.').transform(wordsTyped),
});

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const lead = await leadOf(ctx, request);
  const data = {
    ...lead,
    title: t('Rules for questions, {name}', { name: lead.event.name }),
    rules: rulesOf(lead.event),
    undo: await undoOf(ctx, lead.event.id),
    toAsk: lead.event.state === 'published' && !lead.isOver ? await notAskedYet(ctx.db, lead.event.id) : null,
    weekend: isWeekend(ctx.now(), lead.event.timeZone),
    errors: mistakes?.errors ?? [],
    typed: mistakes?.typed ?? null,
    said: saying(request, {
      saved: 'Saved. It holds for what is asked from now on.',
      everyone: 'The letters go out in ten seconds.',
    }),
  };
  return page(reply, 'questions/rules', data, { status: mistakes ? 422 : 200 });
}

async function save(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, rules);
  if (!form.ok) return show(ctx, request, reply, form);
  await setRules(ctx, id, form.values, request.person!.id);
  return reply.redirect(`/events/${id}/questions/rules?said=saved`, 303);
}

async function everyone(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await askEveryone(ctx, id);
  return reply.redirect(`/events/${id}/questions/rules?said=everyone`, 303);
}
