import { z } from 'zod';
import { readDay } from '../../domain/events/wall-time.ts';
import { readLinks } from '../../domain/trends/links.ts';
import { limits } from '../../domain/trends/trend.ts';
import { formKeyField, lineField, seenField, textField } from '../../web/forms.ts';

const sentenceField = lineField(
  limits.sentence,
  'Make it one sentence of at most 160 characters. Detail has a place of its own.',
)
  .refine((sentence) => sentence !== '', 'Write the trend in one sentence.')
  .prefault('');

const detailField = textField(
  limits.detail,
  'Shorten the detail to at most 10,000 characters. A link can carry the rest.',
);

/** One address a line; all lines that are none are named at once. */
const linksField = textField(
  limits.links * (limits.link + 2) * 2,
  'That is more than 20 links. Keep those that matter most.',
).transform((text, ctx) => {
  const { links, problems } = readLinks(text);
  const [first, ...more] = problems.map(({ sentence, values }) => ({ sentence, params: values }));
  if (first)
    ctx.addIssue({ code: 'custom', message: first.sentence, params: { ...first.params, more }, input: text });
  return links;
});

export const proposalForm = z.object({
  sentence: sentenceField,
  detail: detailField.prefault(''),
  links: linksField.prefault(''),
  formKey: formKeyField,
});

export const rewordForm = z.object({
  seen: seenField,
  sentence: sentenceField,
  detail: detailField.prefault(''),
  links: linksField.prefault(''),
});

export const interestForm = z.object({
  say: z.enum(['want-to-know', 'can-tell', 'not-want-to-know', 'not-can-tell']),
  back: z.string().max(300).prefault(''),
});

export const parkingForm = z.object({
  reason: lineField(limits.reason, 'Give the reason in one sentence of at most 300 characters.')
    .refine((reason) => reason !== '', 'Write the reason in one sentence; everyone can read it.')
    .prefault(''),
});

export const mergingForm = z.object({
  into: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'Choose the trend that says the same.')
    .transform(Number)
    .prefault(''),
});

export const votingForm = z.object({
  seen: seenField,
  votingClosesOn: z
    .string()
    .trim()
    .refine(
      (day) => day === '' || isDay(day),
      'Choose the last day of voting in the calendar, or leave it empty.',
    )
    .transform((day) => day || null)
    .prefault(''),
});

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  readDay(text) !== undefined &&
  text >= '2000-01-01' &&
  text <= '2100-12-31';
