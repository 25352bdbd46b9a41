// A format as a JSON file, out and in: a file is read into the fields of the form, so both are judged by the same rules.
import { mostBlocks } from '../../domain/run-of-show/block-faults.ts';
import type { FormatContent } from '../../domain/run-of-show/format.ts';
import { type FieldError, readFields } from '../../web/forms.ts';
import { blockFieldNames } from './block-fields.ts';
import {
  boxes,
  contentIn,
  type FormatField,
  formatForm,
  mistakesInFormat,
  mostSurvey,
} from './format-fields.ts';

/** Places of the fields in the file. */
const places: Record<FormatField, readonly string[]> = {
  ...{
    name: ['name'],
    description: ['description'],
    goodFor: ['goodFor'],
    shape: ['shape'],
    sides: ['sides'],
  },
  ...{ seniorsLeast: ['seniors', 'least'], seniorsMost: ['seniors', 'most'] },
  ...{ talentsLeast: ['talents', 'least'], talentsMost: ['talents', 'most'] },
  ...{ usualSeniors: ['defaults', 'seniors'], usualTalents: ['defaults', 'talents'] },
  ...{ usualTeams: ['defaults', 'teams'], startsAt: ['defaults', 'startsAt'] },
  ...{
    asked: ['questions', 'asked'],
    perTable: ['questions', 'perTable'],
    asking: ['questions', 'sentence'],
  },
  ...{ nameless: ['questions', 'nameless'], readFirst: ['questions', 'readFirst'] },
  ...{ everyoneAsks: ['questions', 'everyoneAsks'] },
  ...{ answers: ['deadlines', 'answers'], briefs: ['deadlines', 'briefs'] },
  ...{ headline: ['headline'], lede: ['lede'], howItRuns: ['howItRuns'] },
};

const kindOfFile = 'flipside-format-1';

/** Writes a format as a JSON file. */
export function formatAsJson(content: FormatContent): string {
  return `${JSON.stringify({ file: kindOfFile, ...content }, null, 2)}\n`;
}

/** A fault of a file: where, and a sentence that says what to do. */
export interface FileFault extends FieldError {
  /** Place in the file where no field has it, such as 'blocks[2].colour'. */
  at?: string;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a file: the format in it, or every fault. */
export function formatFromJson(text: string): { content: FormatContent } | { faults: FileFault[] } {
  const { file, faults } = parsed(text);
  if (!file) return { faults };
  const read: Reading = { typed: {}, faults: [] };
  readSingle(file, read);
  readRows(
    { list: file.blocks, name: 'blocks', most: mostBlocks, keys: blockFieldNames },
    read,
    (key, at) => `${key}${at}`,
  );
  readRows(
    { list: file.survey, name: 'survey', most: mostSurvey, keys: ['kind', 'text'] },
    read,
    (key, at) => (key === 'kind' ? `surveyKind${at}` : `surveyText${at}`),
  );
  const form = readFields(formatForm(read.typed), read.typed);
  const named = new Set(read.faults.map(({ field }) => field));
  const found = [...read.faults, ...(form.ok ? [] : form.errors.filter(({ field }) => !named.has(field)))];
  if (!form.ok || found.length > 0) return { faults: found };
  const content = contentIn(form.values);
  const mistakes = mistakesInFormat(content);
  return mistakes.length > 0 ? { faults: mistakes } : { content };
}

function parsed(text: string): { file: Json | null; faults: FileFault[] } {
  const fault = (message: string, params = {}) => ({
    file: null,
    faults: [{ field: 'json', message, params }],
  });
  try {
    const file: unknown = JSON.parse(text);
    if (isObject(file) && file.file === kindOfFile) return { file, faults: [] };
    return fault('This is not a format. Export one from the list of formats, and change that file.');
  } catch (error) {
    return fault(
      'Line {line} cannot be read as JSON. Look for a missing comma, quotation mark or bracket there.',
      { line: lineOf(text, (error as Error).message) },
    );
  }
}

/** The line at which reading stopped; the last one where the text ends too early. */
function lineOf(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  return before.split('\n').length;
}

interface Reading {
  typed: Record<string, string>;
  faults: FileFault[];
}

function readSingle(file: Json, read: Reading): void {
  const known = new Set(['file', 'blocks', 'survey', ...Object.values(places).map((path) => path[0]!)]);
  for (const key of Object.keys(file)) if (!known.has(key)) read.faults.push(unknownKey(key));
  for (const group of ['seniors', 'talents', 'defaults', 'questions', 'deadlines']) {
    const inGroup = file[group];
    if (inGroup === undefined) continue;
    if (!isObject(inGroup)) read.faults.push({ field: '', at: group, message: 'Write this as { … }.' });
    else
      for (const key of Object.keys(inGroup))
        if (!Object.values(places).some(([first, second]) => first === group && second === key))
          read.faults.push(unknownKey(`${group}.${key}`));
  }
  for (const [field, [first, second]] of Object.entries(places)) {
    const outer = file[first!];
    set(read, field, second === undefined ? outer : isObject(outer) ? outer[second] : undefined);
  }
}

interface Rows {
  list: unknown;
  name: string;
  most: number;
  keys: readonly string[];
}

function readRows(
  { list, name, most, keys }: Rows,
  read: Reading,
  fieldOf: (key: string, at: number) => string,
): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    read.faults.push({ field: '', at: name, message: 'Write this as a list, [ … ].' });
    return;
  }
  if (list.length > most)
    read.faults.push({
      field: '',
      at: name,
      message: 'There are more than {most}. Take some out.',
      params: { most },
    });
  for (const [at, row] of list.slice(0, most).entries()) {
    if (!isObject(row)) {
      read.faults.push({ field: '', at: `${name}[${at + 1}]`, message: 'Write this as { … }.' });
      continue;
    }
    for (const key of Object.keys(row))
      if (!keys.includes(key)) read.faults.push(unknownKey(`${name}[${at + 1}].${key}`));
    for (const key of keys) set(read, fieldOf(key, at), row[key] ?? (key === 'title' ? '' : undefined));
  }
}

const unknownKey = (at: string): FileFault => ({
  field: '',
  at,
  message: 'A format has nothing of this name. Check its spelling, or take it out.',
});

/** Notes a value as it would be typed; boxes are true or false. */
function set(read: Reading, field: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const isBox = boxes.some((box) => box === field) || /^mayDrop\d/.test(field);
  if (isBox && typeof value !== 'boolean') read.faults.push({ field, message: 'Write true or false.' });
  else if (typeof value === 'boolean') {
    if (!isBox) read.faults.push({ field, message: 'Write a text or a number.' });
    else if (value) read.typed[field] = 'on';
  } else if (typeof value === 'object') read.faults.push({ field, message: 'Write a text or a number.' });
  else read.typed[field] = String(value);
}
