import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setRules } from '../../actions/questions/desk.ts';
import { askEveryone, seniorsNotAsked } from '../../actions/questions/everyone-asks.ts';
import type { Context } from '../../context.ts';
import { isWeekend } from '../../domain/letters/reminders.ts';
import { rulesOf, wordsTyped } from '../../domain/questions/rules.ts';
import { idIn, saying, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit, typedIn } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';

/** Registers the page where an organiser sets an event's rules for questions. */
export function questionRulesRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/events/:id/questions/rules', 'organiser', show);
  at.post('/events/:id/questions/rules', 'organiser', save);
  at.post('/events/:id/questions/everyone', 'organiser', everyone);
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

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  return page(visit, 'questions/rules', {
    ...lead,
    title: words.t('Rules for questions, {name}', { name: lead.event.name }),
    rules: rulesOf(lead.event),
    undo: await undoOf(visit, lead.event.id),
    toAsk:
      lead.event.state === 'published' && !lead.isOver ? await seniorsNotAsked(ctx.db, lead.event.id) : null,
    weekend: isWeekend(ctx.now(), lead.event.timeZone),
    ...mistakes,
    typed: typedIn(mistakes) ?? null,
    said: saying(visit, {
      saved: 'Saved. It holds for what is asked from now on.',
      everyone: 'The letters go out in ten seconds.',
    }),
  });
}

async function save(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const id = idIn(request);
  return submit(visit, rules, {
    act: async (values) => {
      await setRules(ctx, id, values, viewer.id);
      return `/events/${id}/questions/rules?said=saved`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

async function everyone({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await askEveryone(ctx, id);
  return `/events/${id}/questions/rules?said=everyone`;
}
