import { z } from 'zod';
import { newerVersionFor, takeDifferences } from '../../actions/run-of-show/newer-version.ts';
import type { FormatBlock } from '../../domain/run-of-show/format.ts';
import { isSameContent } from '../../domain/run-of-show/format.ts';
import {
  type Difference,
  type HeldParts,
  keyOf,
  presentIn,
} from '../../domain/run-of-show/format-differences.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { kindChoices } from './block-fields.ts';
import { blockLabels } from './format-fields.ts';

/** Registers the page on which an event takes a newer version of its format, difference by difference. */
export function newerVersionRoutes(at: Pages): void {
  at.get('/events/:id/format', 'organiser', (visit) => show(visit));
  at.post('/events/:id/format', 'organiser', take);
}

const messages = { taken: 'Taken over. Other events stay as they are.' };

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes): Promise<Answer> {
  const lead = await leadOf(visit);
  const newer = await newerVersionFor(visit.ctx, lead.event);
  const typed = [mistakes.typed.take ?? []].flat().map(String);
  return page(visit, 'run-of-show/newer-version', {
    ...lead,
    title: visit.words.t('Newer version of the format'),
    differences: (newer?.differences ?? []).map((one) => ({
      key: keyOf(one),
      ...inWords(visit.words, one, newer!.held),
      checked: typed.includes(keyOf(one)),
    })),
    isSure: mistakes.errors.some(({ field }) => field === 'sure'),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

const form = z.object({
  take: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => [value ?? []].flat()),
  sure: z.enum(['yes']).optional(),
  do: z.enum(['take', 'settle']).default('take'),
});

async function take(visit: SignedInVisit): Promise<Answer> {
  const { event } = await leadOf(visit);
  return submit(visit, form, {
    act: async ({ take: keys, sure, do: pressed }) => {
      const settles = pressed === 'settle';
      if (keys.length === 0 && !settles)
        return [{ field: 'differences', message: 'Tick what this event should take over.' }];
      const editor = { personId: visit.viewer.id, isSure: sure === 'yes' };
      const question = await takeDifferences(visit.ctx, event.id, editor, { keys, settles });
      if (question)
        return [
          {
            field: 'sure',
            message:
              'Tables are planned for {before} rounds, and this makes them {after}. Press once more to do it.',
            params: { before: question.before, after: question.after },
          },
        ];
      return `/events/${event.id}/format?said=taken`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'differences',
  });
}

/** A difference as a label and two texts: as it is in the event, and as it would be. */
function inWords(words: Words, difference: Difference, held: HeldParts) {
  const { t } = words;
  const text = (value: unknown) => valueInWords(words, value);
  if (difference.kind === 'fact') {
    const label = factLabels(words)[difference.field];
    const changed = partsThatDiffer(presentIn(difference, held), difference.to);
    return { label, now: text(changed[0]), newer: text(changed[1]) };
  }
  if (difference.kind === 'added') {
    const { title, minutes } = difference.block;
    return { label: t('A new block: {title}, {n} min', { title, n: minutes }), now: '', newer: '' };
  }
  const { title } = difference.block;
  if (difference.kind === 'removed')
    return { label: t('Without the block {title}', { title }), now: '', newer: '' };
  const field = blockLabels(words)[difference.field] ?? difference.field;
  return {
    label: t('{title}: {field}', { title, field }),
    now: kindOr(words, difference.field, presentIn(difference, held)),
    newer: kindOr(words, difference.field, difference.to),
  };
}

function kindOr(words: Words, field: keyof FormatBlock, value: unknown): string {
  const kind = field === 'kind' && kindChoices(words).find((one) => one.value === value);
  return kind ? kind.label : valueInWords(words, value);
}

const factLabels = ({ t }: Words) => ({
  headline: t('Headline'),
  lede: t('Introduction'),
  howItRuns: t('How it runs'),
  seniors: t('Seniors, at least and at most'),
  talents: t('Talents, at least and at most'),
  questions: t('Questions'),
  deadlines: t('Days before: answers close, briefs are written'),
  survey: t('Survey'),
});

/** The parts of two objects that differ; two values as they are. */
function partsThatDiffer(now: unknown, then: unknown): [unknown, unknown] {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(now) || !isObject(then)) return [now, then];
  const keys = Object.keys(then).filter((key) => !isSameContent(now[key], then[key]));
  return [keys.map((key) => now[key]), keys.map((key) => then[key])];
}

function valueInWords(words: Words, value: unknown): string {
  const { t } = words;
  if (value === null || value === undefined || value === '') return t('nothing');
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return value.map((one) => valueInWords(words, one)).join(', ');
  if (typeof value === 'object' && 'text' in value) return String(value.text);
  return String(value);
}
