// The fields of a block, for a form with one block or with many: with many, each name ends in the block's number.
import { z } from 'zod';
import { blockFaults, mostMinutes } from '../../domain/run-of-show/block-faults.ts';
import { type Block, type BlockKind, blockKinds } from '../../domain/run-of-show/run-of-show.ts';
import { type FieldError, lineField, textField } from '../../web/forms.ts';
import type { Words } from '../../words.ts';

const number = /^([1-9]\d{0,2})$/;
const isInRange = (text: string) => number.test(text) && Number(text) <= mostMinutes;

const writeMinutes = 'Write how many minutes it takes, from 1 to 600.';

const fields = {
  title: lineField(80, 'A block’s name has at most 80 characters.').refine(
    (title) => title !== '',
    'Give the block a name, such as Welcome.',
  ),
  kind: z.enum(blockKinds, 'Choose the kind of this block.'),
  minutes: z.string(writeMinutes).trim().refine(isInRange, writeMinutes),
  ledBy: lineField(120, 'Who leads it has at most 120 characters.').default(''),
  fixedAt: z
    .string()
    .trim()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d)?$/, 'Write when it starts, such as 12:00, or leave it empty.')
    .default(''),
  shrinksTo: z
    .string()
    .trim()
    .refine(
      (text) => text === '' || isInRange(text),
      'Write to how many minutes it may be shortened, or leave it empty.',
    )
    .default(''),
  mayDrop: z.literal('on').optional(),
  note: textField(1000, 'A note has at most 1,000 characters.').default(''),
  screen: textField(300, 'What the projector shows has at most 300 characters.').default(''),
  question: textField(300, 'The question has at most 300 characters.').default(''),
  material: lineField(500, 'A link has at most 500 characters.').default(''),
};

/** Names of a block's fields, in the order in which the form shows them. */
export const blockFieldNames = Object.keys(fields) as (keyof typeof fields)[];

/** Fields of one block, for z.object; `at` is the end of their names, the number of the block in a form with many. */
export function blockFields(at: number | '' = ''): Record<string, z.ZodType> {
  return Object.fromEntries(blockFieldNames.map((name) => [`${name}${at}`, fields[name]]));
}

type BlockWithoutPerson = Required<Omit<Block, 'ledById'>>;

/** Reads a block from fields that were found well; empty text is null. */
export function blockIn(values: Record<string, unknown>, at: number | '' = ''): BlockWithoutPerson {
  const text = (name: string) => String(values[`${name}${at}`] ?? '');
  const orNull = (name: string) => text(name) || null;
  const shrinksTo = text('shrinksTo');
  return {
    kind: text('kind') as BlockKind,
    title: text('title'),
    minutes: Number(text('minutes')),
    fixedAt: orNull('fixedAt'),
    ledBy: orNull('ledBy'),
    note: orNull('note'),
    screen: orNull('screen'),
    question: orNull('question'),
    material: orNull('material'),
    shrinksTo: shrinksTo === '' ? null : Number(shrinksTo),
    mayDrop: text('mayDrop') === 'on',
  };
}

/** A block as its form fills the fields. */
export function blockValues(block: Partial<Block>, at: number | '' = ''): Record<string, string> {
  const all: Record<string, unknown> = { ...block, mayDrop: block.mayDrop ? 'on' : '' };
  return Object.fromEntries(blockFieldNames.map((name) => [`${name}${at}`, String(all[name] ?? '')]));
}

/** Names what is wrong between the fields of a block that was read. */
export function mistakesInBlock(block: BlockWithoutPerson, at: number | '' = ''): FieldError[] {
  return blockFaults(block).map(({ field, sentence, params }) => ({
    field: `${field}${at}`,
    message: sentence,
    params,
  }));
}

/** Kinds of blocks as a list to choose from. */
export function kindChoices({ t }: Words): { value: BlockKind; label: string }[] {
  const labels: Record<BlockKind, string> = {
    gather: t('Arrive, eat or leave'),
    frame: t('Welcome or explain'),
    report: t('Report'),
    talk: t('Talk'),
    move: t('Move'),
    harvest: t('Harvest'),
  };
  return blockKinds.map((value) => ({ value, label: labels[value] }));
}

/** Roles to choose from or to type over; a room without tables has no table hosts. */
export function roleChoices({ t }: Words, shape: string): string[] {
  const ofShape = {
    tables: [t('Table hosts')],
    room: [t('The team')],
    panel: [t('The panel')],
    pair: [t('The two of you')],
  };
  const own = Object.entries(ofShape).find(([one]) => one === shape)?.[1] ?? [];
  return [t('Everyone'), t('Organiser'), t('Facilitator'), ...own];
}
