import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { whyNobodyIsAsked } from '../../actions/letters/planned.ts';
import { setRules } from '../../actions/questions/desk.ts';
import { askEveryone, seniorsNotAsked } from '../../actions/questions/everyone-asks.ts';
import { type QuestionRules, readWordList, rulesOf } from '../../domain/questions/rules.ts';
import { idIn, messageFor, seenField, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit, typedIn } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { undoOf } from '../letters/holds.ts';

/** Registers the page where an organiser sets an event's rules for questions. */
export function questionRulesRoutes(at: Pages): void {
  at.get('/events/:id/questions/rules', 'organiser', show, { forChanges: true });
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
  words: textField(10_000, 'Give at most 200 words.').transform(readWordList),
  seen: seenField,
});

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  return page(visit, 'questions/rules', {
    ...lead,
    title: words.t('Rules for questions, {name}', { name: lead.event.name }),
    rules: rulesOf(lead.event),
    seen: seenIn(mistakes) ?? editionOf({ ...rulesOf(lead.event) }),
    meanwhile: meanwhileIn(words, mistakes),
    undo: await undoOf(visit, lead.event.id),
    toAsk:
      lead.event.state === 'published' && !lead.isOver ? await seniorsNotAsked(ctx.db, lead.event.id) : null,
    off: offSentence(words, await whyNobodyIsAsked(lead.event, ctx.now())),
    ...mistakes,
    typed: typedIn(mistakes) ?? null,
    message: messageFor(visit, {
      saved: 'Saved. It holds for what is asked from now on.',
      everyone: 'The e-mails go out in ten seconds.',
    }),
  });
}

function offSentence({ t }: Words, why: Awaited<ReturnType<typeof whyNobodyIsAsked>>): string {
  if (why === 'weekend') return t('Nobody is asked by e-mail at the weekend.');
  return why === 'holiday' ? t('Nobody is asked by e-mail on a public holiday.') : '';
}

/** Lists the rules that somebody else saved meanwhile, switches by what they stand at. */
function meanwhileIn({ t }: Words, { stored, ...mistakes }: Mistakes) {
  if (!stored) return [];
  const rules = stored as unknown as QuestionRules;
  const switches = { readFirst: '', talliesHidden: '', everyoneAsks: '', links: '' };
  const on = (name: string) => (rules[name as keyof typeof switches] ? 'on' : '');
  const stands = Object.fromEntries(Object.keys(switches).map((name) => [name, on(name)]));
  const typedWords = readWordList(String(mistakes.typed.words ?? ''));
  return savedMeanwhile(
    {
      ...mistakes,
      stored: { ...stands, longest: rules.longest, words: [...rules.words] },
      typed: { ...mistakes.typed, words: typedWords },
    },
    {
      readFirst: t('Read each question first'),
      talliesHidden: t('Hide the votes until the event begins'),
      everyoneAsks: t('Ask everyone to send or pick one'),
      links: t('Allow links'),
      longest: t('Most characters'),
      words: t('Words that are not wanted'),
    },
    (name, value) => (name in switches ? (value ? t('switched on') : t('switched off')) : value),
  );
}

async function save(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const id = idIn(request);
  return submit(visit, rules, {
    act: async ({ seen, ...values }) => {
      await setRules(ctx, id, values, viewer.id, seen);
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
