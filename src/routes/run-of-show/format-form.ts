// The form of a format: its blocks are changed by buttons that send all that was typed along, and nothing is saved by them.
import { editionOf, seenIn } from '../../actions/edition.ts';
import { addFormat, saveFormat } from '../../actions/run-of-show/formats.ts';
import { mostBlocks } from '../../domain/run-of-show/block-faults.ts';
import { builtInFormats } from '../../domain/run-of-show/built-in-formats.ts';
import { formatPicture } from '../../domain/run-of-show/format-pictures.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { orNotFound } from '../../refusal.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { blockFieldNames, kindChoices, roleChoices } from './block-fields.ts';
import { usesText } from './format-card.ts';
import {
  blocksIn,
  contentIn,
  formatForm,
  formatLabels,
  formatValues,
  mistakesInFormat,
  mostSurvey,
  placeOf,
} from './format-fields.ts';

type Typed = Record<string, unknown>;

/** Shows the form of a format, or of a new one. */
export async function showForm(
  visit: SignedInVisit,
  format: formats.LibraryFormat | null,
  mistakes: Mistakes = noMistakes,
): Promise<Answer> {
  const { ctx, words } = visit;
  const { t } = words;
  const stored = formatValues(format ?? emptyFormat(words.t('New format')));
  const values = mistakes === noMistakes ? stored : changedBlocks(mistakes.typed);
  const labels = Object.fromEntries(
    Object.keys({ ...stored, ...mistakes.stored }).map((name) => [name, placeOf(words, name)]),
  );
  const uses = format && (await formats.uses(ctx.db, ctx.now())).get(format.slug);
  return page(visit, 'run-of-show/format', {
    title: format ? format.name : words.t('New format'),
    tab: 'formats',
    format,
    action: format ? `/formats/${format.slug}` : '/formats',
    used: uses
      ? t('{events}. They keep their own copy.', { events: usesText(words, uses) })
      : t('Events take a copy of it.'),
    seen: seenIn(mistakes) ?? editionOf(stored),
    meanwhile: savedMeanwhile({ ...mistakes, typed: values }, labels),
    labels: formatLabels(words),
    values,
    rows: rowsIn(values),
    show: runOfShow(showable(values)),
    isFull: blocksIn(values).length >= mostBlocks,
    survey: Array.from({ length: mostSurvey }, (_, at) => at).filter(
      (at) => at < 3 || Boolean(values[`surveyText${at - 1}`]),
    ),
    shapes: shapesOf(visit),
    kinds: kindChoices(words),
    roles: roleChoices(words, String(values.shape)),
    pressed: typeof mistakes.typed.do === 'string' && mistakes.status === 200 ? mistakes.typed.do : '',
    ...mistakes,
    errors: mistakes.errors,
  });
}

/** A new format begins as one room with a welcome, a talk and an end. */
function emptyFormat(name: string) {
  const { slug: _, ...lunch } = builtInFormats[1]!;
  return { ...lunch, name: name === '' ? lunch.name : '', description: '', goodFor: '' };
}

function shapesOf({ words }: SignedInVisit) {
  const { t } = words;
  const names = {
    tables: t('Round tables'),
    room: t('One room'),
    panel: t('Panel'),
    pair: t('Pair'),
  } as const;
  return (Object.keys(names) as (keyof typeof names)[]).map((value) => ({
    value,
    label: names[value],
    picture: roomPicture(formatPicture(value)),
  }));
}

/** Blocks as the strip shows them; one whose minutes make no sense yet is a minute long. */
function showable(values: Typed) {
  return blocksIn(values).map((at) => ({
    kind: String(values[`kind${at}`] ?? ''),
    title: String(values[`title${at}`] ?? ''),
    minutes: Math.min(600, Math.max(1, Math.round(Number(values[`minutes${at}`])) || 1)),
  }));
}

function rowsIn(values: Typed) {
  const after = runOfShow(showable(values)).blocks.map((block) => block.after);
  const numbers = blocksIn(values);
  return numbers.map((at, index) => ({
    at,
    number: index + 1,
    title: String(values[`title${at}`] ?? ''),
    kind: String(values[`kind${at}`] ?? ''),
    isFirst: index === 0,
    isLast: index === numbers.length - 1,
    isQuestion: ['talk', 'harvest'].includes(String(values[`kind${at}`])),
    hasMore: ['fixedAt', 'shrinksTo', 'mayDrop', 'note', 'screen', 'question', 'material'].some((name) =>
      Boolean(values[`${name}${at}`]),
    ),
    after: `${Math.floor(after[index]! / 60)}:${String(after[index]! % 60).padStart(2, '0')}`,
  }));
}

/** The fields after a press on one of the buttons that add, move and remove blocks; numbered anew. */
export function changedBlocks(typed: Typed): Typed {
  const [act = '', which = ''] = String(typed.do ?? '').split('-');
  const numbers = blocksIn(typed);
  const blocks = numbers.map((at) => blockFieldNames.map((name) => [name, typed[`${name}${at}`]] as const));
  const index = numbers.indexOf(Number(which));
  const added = blockFieldNames.map((name) => [name, freshBlock[name]] as const);
  if (act === 'add' && blocks.length < mostBlocks) blocks.push(added);
  else if (index >= 0 && act === 'remove') blocks.splice(index, 1);
  else if (index > 0 && act === 'up') blocks.splice(index - 1, 0, ...blocks.splice(index, 1));
  else if (index >= 0 && index < blocks.length - 1 && act === 'down')
    blocks.splice(index + 1, 0, ...blocks.splice(index, 1));
  const isOfBlock = (name: string) =>
    numbers.some((at) => blockFieldNames.some((one) => `${one}${at}` === name));
  const others = Object.entries(typed).filter(([name]) => !isOfBlock(name));
  const again = blocks.flatMap((block, at) =>
    block.filter(([, value]) => value !== undefined).map(([name, value]) => [`${name}${at}`, value] as const),
  );
  return Object.fromEntries([...others, ...again]);
}

const freshBlock: Record<string, string | undefined> = { title: '', kind: 'talk', minutes: '10' };

const isLookingOnly = ({ do: pressed }: Typed) =>
  /^(look|add|(up|down|remove)-\d+)$/.test(String(pressed ?? ''));

export const slugIn = ({ request }: Pick<SignedInVisit, 'request'>) =>
  (request.params as { slug: string }).slug;

/** Finds the format of this address. */
export async function formatAt(visit: SignedInVisit): Promise<formats.LibraryFormat> {
  return orNotFound(await formats.find(visit.ctx.db, slugIn(visit)), 'page');
}

/** Saves the form as the next version of its format. */
export async function save(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, viewer } = visit;
  const format = await formatAt(visit);
  return submit(visit, formatForm((request.body ?? {}) as Typed), {
    act: async (values) => {
      const content = contentIn(values);
      const errors = mistakesInFormat(content);
      if (errors.length > 0) return errors;
      if (values.do === 'copy') {
        const name =
          content.name === format.name
            ? visit.words.t('Copy of {format}', { format: content.name })
            : content.name;
        const own = { by: viewer.id, copiedFrom: format.name };
        return `/formats/${await addFormat(ctx, { ...content, name: name.slice(0, 80) }, own)}?said=copied`;
      }
      const seen = String(values.seen ?? '');
      await saveFormat(ctx, format.slug, content, { by: viewer.id, seen, fields: formatValues });
      return `/formats?said=saved`;
    },
    again: (mistakes) => showForm(visit, format, mistakes),
    field: '',
    isLookingOnly,
  });
}

/** Adds the format of the form. */
export async function create(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, viewer } = visit;
  return submit(visit, formatForm((request.body ?? {}) as Typed), {
    act: async (values) => {
      const content = contentIn(values);
      const errors = mistakesInFormat(content);
      if (errors.length > 0) return errors;
      await addFormat(ctx, content, { by: viewer.id });
      return '/formats?said=added';
    },
    again: (mistakes) => showForm(visit, null, mistakes),
    field: '',
    isLookingOnly,
  });
}
