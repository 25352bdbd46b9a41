// The form of one block: read, filled, and stored.
import { z } from 'zod';
import type { BlockFields, PlannedBlock } from '../../domain/run-of-show/edits.ts';
import { type BlockKind, blockKinds } from '../../domain/run-of-show/run-of-show.ts';
import { type FieldError, lineField, seenField } from '../../web/forms.ts';
import type { Words } from '../../words.ts';

/** Most minutes of one block. */
const mostMinutes = 600;

const minutesField = z
  .string()
  .trim()
  .regex(/^\d{1,4}$/, 'Write how many minutes it takes, such as 20.')
  .transform(Number)
  .refine((n) => n >= 1 && n <= mostMinutes, 'A block takes 1 to 600 minutes.');

const shrinksField = z
  .string()
  .trim()
  .regex(/^\d{0,4}$/, 'Write the fewest minutes it may shrink to, or leave it empty.')
  .transform((text) => (text === '' ? null : Math.max(1, Number(text))));

const clockField = z
  .string()
  .trim()
  .regex(/^(|([01]?\d|2[0-3])[:.][0-5]\d)$/, 'Write a time such as 17:30, or leave it empty.')
  .transform((text) => (text === '' ? null : text.replace('.', ':').padStart(5, '0')));

const line = (most: number, tooLong: string) =>
  lineField(most, tooLong)
    .default('')
    .transform((text) => text || null);

/** Fields of a block, and the buttons of its form. */
export const blockForm = z.object({
  title: lineField(80, 'The name has at most 80 characters.').refine(
    (text) => text !== '',
    'Write what happens in this block.',
  ),
  kind: z.enum(blockKinds),
  minutes: minutesField,
  fixedAt: clockField,
  led: line(80, 'The name has at most 80 characters.'),
  note: line(500, 'The note has at most 500 characters.'),
  screen: line(200, 'The text for the screen has at most 200 characters.'),
  question: line(300, 'The question has at most 300 characters.'),
  material: line(500, 'The material has at most 500 characters.'),
  shrinksTo: shrinksField,
  mayDrop: z.enum(['yes']).optional(),
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
  seen: seenField,
  sure: z.enum(['yes']).optional(),
  do: z.enum(['save', 'remove']).optional(),
  add: z.enum(['-5', '-1', '+1', '+5']).optional(),
});

type Values = z.output<typeof blockForm>;

/** A person who can lead a block. */
interface Lead {
  id: number;
  name: string;
}

/** Puts a form into the fields of a block; a name that is one person's alone becomes that person. */
export function fieldsOf(values: Values, leads: readonly Lead[]): BlockFields {
  const { title, kind, minutes, fixedAt, led, note, screen, question, material, shrinksTo, mayDrop } = values;
  const same = leads.filter(({ name }) => name.toLocaleLowerCase() === led?.toLocaleLowerCase());
  const person = same.length === 1 ? same[0] : undefined;
  return {
    title,
    kind,
    minutes,
    fixedAt,
    ledBy: person ? null : led,
    ledById: person?.id ?? null,
    note,
    screen,
    question,
    material,
    shrinksTo,
    mayDrop: mayDrop === 'yes',
  };
}

/** Names what is wrong between fields. */
export function faultsBetween({ minutes, shrinksTo }: Values): FieldError[] {
  if (shrinksTo === null || shrinksTo <= minutes) return [];
  const message = 'It takes {minutes} minutes, so it can only shrink to fewer. Write a smaller number.';
  return [{ field: 'shrinksTo', message, params: { minutes } }];
}

/** The values of a block as its form shows them; also those that its edition is made of. */
export function filledWith(block: PlannedBlock, nameOf: (id: number) => string | undefined) {
  return {
    title: block.title,
    kind: block.kind,
    minutes: String(block.minutes),
    fixedAt: block.fixedAt ?? '',
    led: (block.ledById === null ? block.ledBy : nameOf(block.ledById)) ?? '',
    note: block.note ?? '',
    screen: block.screen ?? '',
    question: block.question ?? '',
    material: block.material ?? '',
    shrinksTo: block.shrinksTo === null ? '' : String(block.shrinksTo),
    mayDrop: block.mayDrop ? 'yes' : '',
  };
}

/** Words people know the fields by. */
export const blockLabels = ({ t }: Words) => ({
  title: t('Block'),
  kind: t('Kind'),
  minutes: t('Minutes'),
  fixedAt: t('Fixed start'),
  led: t('Led by'),
  note: t('Note'),
  screen: t('On the screen'),
  question: t('Question'),
  material: t('Material'),
  shrinksTo: t('May shrink to'),
});

/** Names of the kinds of blocks. */
export const kindNames = ({ t }: Words): Record<BlockKind, string> => ({
  gather: t('Arrive, eat, drinks'),
  frame: t('Welcome or opening'),
  report: t('Report'),
  talk: t('Round or questions'),
  move: t('Move'),
  harvest: t('Harvest'),
});

const steps: Record<string, number> = { '-5': -5, '-1': -1, '+1': 1, '+5': 5 };

/** True where the pressed button only changes the minutes in the form. */
export const isStep = (typed: Record<string, unknown>) => typeof typed.add === 'string' && typed.add in steps;

/** Returns what was typed with the minutes of the step that was pressed. */
export function stepped({ add, ...typed }: Record<string, unknown>): Record<string, unknown> {
  const now = Number.parseInt(String(typed.minutes), 10) || 0;
  const minutes = Math.min(mostMinutes, Math.max(1, now + (steps[String(add)] ?? 0)));
  return { ...typed, minutes: String(minutes) };
}
