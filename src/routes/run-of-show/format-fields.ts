// The fields of a format, for its form and for a file: each part of its content has one field and one label.
import { z } from 'zod';
import { mostBlocks } from '../../domain/run-of-show/block-faults.ts';
import type { FormatContent, Shape } from '../../domain/run-of-show/format.ts';
import { type FieldError, lineField, seenField, textField } from '../../web/forms.ts';
import type { Words } from '../../words.ts';
import { blockFields, blockIn, blockValues, mistakesInBlock } from './block-fields.ts';

/** Questions a survey may have. */
export const mostSurvey = 8;

const whole = (most: number, sentence: string) =>
  z
    .string(sentence)
    .trim()
    .refine((text) => /^\d{1,4}$/.test(text) && Number(text) <= most, sentence);

const people = whole(2000, 'Write how many people, from 0 to 2000.');
const days = whole(90, 'Write how many days before, from 0 to 90.');
const line = (most: number, missing: string) =>
  lineField(most, `Make this shorter: ${most} characters at most.`)
    .refine((text) => text !== '', missing)
    .prefault('');
const box = z.literal('on').optional();

const chooseStart = 'Choose when it usually starts, such as 16:00.';

const fields = {
  name: line(80, 'Give the format a name.'),
  description: line(400, 'Say in two sentences who does what.'),
  goodFor: lineField(200, 'Make this shorter: 200 characters at most.').default(''),
  shape: z.enum(
    ['tables', 'room', 'panel', 'pair'],
    'Choose the room: round tables, one room, a panel or a pair.',
  ),
  sides: z.enum(['both', 'one'], 'Choose whether it is for both sides or for one.'),
  seniorsLeast: people,
  seniorsMost: people,
  talentsLeast: people,
  talentsMost: people,
  usualSeniors: people,
  usualTalents: people,
  usualTeams: whole(60, 'Write how many teams, from 0 to 60.'),
  startsAt: z.string(chooseStart).regex(/^([01]\d|2[0-3]):[0-5]\d$/, chooseStart),
  asked: z.enum(['ahead', 'ahead-and-live', 'none'], 'Choose when people can ask.'),
  perTable: box,
  asking: line(200, 'Say in a few words how questions are asked.'),
  nameless: box,
  readFirst: box,
  everyoneAsks: box,
  answers: days,
  briefs: days,
  headline: line(200, 'Write the headline of the invitation.'),
  lede: textField(600, 'The introduction has at most 600 characters.').default(''),
  howItRuns: textField(600, 'How it runs has at most 600 characters.').default(''),
};

export type FormatField = keyof typeof fields;
/** Fields that are boxes to tick. */
export const boxes = ['perTable', 'nameless', 'readFirst', 'everyoneAsks'] as const;

const survey = (at: number) => ({
  [`surveyKind${at}`]: z.enum(['scale', 'words'], 'Choose five steps or words.').default('scale'),
  [`surveyText${at}`]: lineField(200, 'A question of the survey has at most 200 characters.').default(''),
});

/** Numbers of the blocks that a form was sent with, in order. */
export function blocksIn(typed: Record<string, unknown>): number[] {
  return Array.from({ length: mostBlocks }, (_, at) => at).filter((at) => `title${at}` in typed);
}

/** Schema of the form as it was sent: its blocks are those it names. */
export function formatForm(typed: Record<string, unknown>) {
  const blocks = blocksIn(typed).map((at) => blockFields(at));
  const questions = Array.from({ length: mostSurvey }, (_, at) => survey(at));
  return z.object({
    ...fields,
    ...Object.assign({}, ...questions, ...blocks),
    seen: seenField,
    do: z.string().max(20).default('save'),
  } as typeof fields & Record<string, z.ZodType>);
}

/** Reads a format from fields that were found well. */
export function contentIn(values: Record<string, unknown>): FormatContent {
  const text = (name: FormatField) => String(values[name] ?? '');
  const count = (name: FormatField) => Number(text(name));
  const isOn = (name: FormatField) => values[name] === 'on';
  return {
    ...{ name: text('name'), description: text('description'), goodFor: text('goodFor') },
    shape: text('shape') as Shape,
    sides: text('sides') as FormatContent['sides'],
    blocks: blocksIn(values).map((at) => blockIn(values, at)),
    seniors: { least: count('seniorsLeast'), most: count('seniorsMost') },
    talents: { least: count('talentsLeast'), most: count('talentsMost') },
    defaults: {
      ...{ seniors: count('usualSeniors'), talents: count('usualTalents'), teams: count('usualTeams') },
      startsAt: text('startsAt'),
    },
    questions: {
      asked: text('asked') as FormatContent['questions']['asked'],
      perTable: isOn('perTable') && text('shape') === 'tables',
      sentence: text('asking'),
      ...{ nameless: isOn('nameless'), readFirst: isOn('readFirst'), everyoneAsks: isOn('everyoneAsks') },
    },
    deadlines: { answers: count('answers'), briefs: count('briefs') },
    ...{ headline: text('headline'), lede: text('lede'), howItRuns: text('howItRuns') },
    survey: Array.from({ length: mostSurvey }, (_, at) => ({
      kind: values[`surveyKind${at}`] === 'words' ? ('words' as const) : ('scale' as const),
      text: String(values[`surveyText${at}`] ?? ''),
    })).filter(({ text: asked }) => asked !== ''),
  };
}

/** A format as its form fills the fields; boxes that are not ticked are left out, as a browser does. */
export function formatValues(content: FormatContent): Record<string, string> {
  const { seniors, talents, defaults, questions, deadlines } = content;
  const single: Record<string, unknown> = {
    ...content,
    ...{ seniorsLeast: seniors.least, seniorsMost: seniors.most },
    ...{ talentsLeast: talents.least, talentsMost: talents.most },
    ...{ usualSeniors: defaults.seniors, usualTalents: defaults.talents, usualTeams: defaults.teams },
    ...{ startsAt: defaults.startsAt, asked: questions.asked, asking: questions.sentence },
    ...Object.fromEntries(boxes.map((name) => [name, questions[name] ? 'on' : ''])),
    ...{ answers: deadlines.answers, briefs: deadlines.briefs },
  };
  const values = Object.fromEntries(Object.keys(fields).map((name) => [name, String(single[name])]));
  for (const [at, { kind, text }] of content.survey.entries())
    Object.assign(values, { [`surveyKind${at}`]: kind, [`surveyText${at}`]: text });
  for (const [at, block] of content.blocks.entries()) Object.assign(values, blockValues(block, at));
  const isEmptyBox = ([name, value]: [string, string]) =>
    value === '' && (boxes.some((box) => box === name) || /^mayDrop\d+$/.test(name));
  return Object.fromEntries(Object.entries(values).filter((entry) => !isEmptyBox(entry)));
}

/** Names all that is wrong between the fields of a format that was read. */
export function mistakesInFormat(content: FormatContent): FieldError[] {
  const { seniors, talents, blocks, sides, shape } = content;
  const minutes = blocks.reduce((sum, block) => sum + block.minutes, 0);
  const errors = blocks.flatMap((block, at) => mistakesInBlock(block, at));
  if (blocks.length === 0) errors.push({ field: 'blocks', message: 'Add a block: nothing happens yet.' });
  if (minutes > 24 * 60)
    errors.push({ field: 'blocks', message: 'All blocks together are longer than a day. Shorten them.' });
  for (const [field, { least, most }] of [
    ['seniorsMost', seniors] as const,
    ['talentsMost', talents] as const,
  ])
    if (most < least)
      errors.push({
        field,
        message: 'At most is less than at least ({least}). Write a larger number.',
        params: { least },
      });
  if (seniors.most + talents.most === 0)
    errors.push({ field: 'talentsMost', message: 'At least one person must be able to come.' });
  if (sides === 'one' && shape !== 'room')
    errors.push({
      field: 'shape',
      message: 'A session for one side alone takes place in one room. Choose it.',
    });
  return errors;
}

/** Labels of the fields, as the form and sentences about a file name them. */
export function formatLabels({ t }: Words): Record<FormatField, string> {
  return {
    ...{ name: t('Name'), description: t('What happens'), goodFor: t('Good for') },
    ...{ shape: t('The room'), sides: t('Who it is for') },
    ...{ seniorsLeast: t('Seniors, at least'), seniorsMost: t('Seniors, at most') },
    ...{ talentsLeast: t('Talents, at least'), talentsMost: t('Talents, at most') },
    ...{
      usualSeniors: t('Seniors, usually'),
      usualTalents: t('Talents, usually'),
      usualTeams: t('Teams, usually'),
    },
    ...{
      startsAt: t('Usually starts'),
      asked: t('When people can ask'),
      asking: t('How questions are asked'),
    },
    ...{ perTable: t('Questions for one table'), nameless: t('Asking without a name') },
    ...{ readFirst: t('A facilitator reads each question first') },
    ...{ everyoneAsks: t('Ask every guest for one question') },
    ...{ answers: t('Answers close, days before'), briefs: t('Briefs are written, days before') },
    ...{ headline: t('Headline'), lede: t('Introduction'), howItRuns: t('How it runs') },
  };
}

/** Labels of a block's fields. */
export function blockLabels({ t }: Words): Record<string, string> {
  return {
    ...{
      title: t('Name'),
      kind: t('Kind'),
      minutes: t('Minutes'),
      ledBy: t('Led by'),
      fixedAt: t('Starts at'),
    },
    ...{ shrinksTo: t('May shrink to, in minutes'), mayDrop: t('May be left out when time is short') },
    ...{ note: t('Note for the facilitator'), screen: t('On the projector') },
    ...{ question: t('Question of this round'), material: t('Material') },
  };
}

/** Names the place of a field: 'Block 3, Minutes', 'Survey, question 2' or the label of the field. */
export function placeOf(words: Words, field: string): string {
  const { t } = words;
  const [, name = '', digits = ''] = /^([A-Za-z]+)(\d*)$/.exec(field) ?? [];
  const number = Number(digits) + 1;
  if (name.startsWith('survey') && digits) return t('Survey, question {n}', { n: number });
  const ofBlock = blockLabels(words)[name];
  if (digits && ofBlock) return t('Block {n}, {field}', { n: number, field: ofBlock });
  if (field === 'blocks') return t('Run of show');
  return formatLabels(words)[name as FormatField] ?? field;
}
