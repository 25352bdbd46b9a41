import { z } from 'zod';
import type { ImportResult } from '../../actions/people/import.ts';
import { type Column, fields } from '../../domain/people/columns.ts';
import {
  type ChangedField,
  type Counts,
  countKinds,
  type JudgedRow,
  type Kind,
  kinds,
} from '../../domain/people/import.ts';
import type { KnownPerson } from '../../domain/people/keys-of-rows.ts';
import { languageName, type Sentence, truncated } from '../../domain/people/words.ts';
import type { CsvFile } from '../../web/csv.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Words } from '../../words.ts';
import { sideWords } from './form.ts';

/** Query of a preview: which rows, and which page of them. */
export const previewQuery = z.object({
  show: z.enum(['all', ...kinds]).catch('all'),
  page: pageField,
});

export type PreviewQuery = z.output<typeof previewQuery>;

/** Rows on one page. */
const pageSize = 25;

export const say = ({ t }: Words, { sentence, params }: Sentence): string => t(sentence, params);

export function fieldNames({ t }: Words): Record<Column, string> {
  return {
    name: t('Name'),
    firstName: t('First name'),
    infix: t('Prefix (van, de)'),
    lastName: t('Last name'),
    greeting: t('Greeting'),
    email: t('E-mail address'),
    side: t('Side'),
    department: t('Department'),
    manager: t('Reports to'),
    jobTitle: t('Title'),
    language: t('Language'),
    role: t('Do not read'),
    skip: t('Do not read'),
  };
}

/** The columns of the file, each with the field it is read as, and what to choose from. */
export function columnChoices(words: Words, header: readonly string[], columns: readonly Column[]) {
  const { t } = words;
  const names = fieldNames(words);
  const options = [...fields, 'skip' as const].map((value) => ({ value, label: names[value] }));
  return {
    options,
    columns: header.map((name, i) => ({
      name: name || t('Column {n}', { n: i + 1 }),
      key: `column${i}`,
      value: columns[i] === 'role' ? 'skip' : (columns[i] ?? 'skip'),
    })),
    roles: header.filter((_, i) => columns[i] === 'role'),
    sentence: readAs(words, header, columns),
  };
}

/** The two columns that are most easily misread, in one sentence. */
function readAs(words: Words, header: readonly string[], columns: readonly Column[]): string {
  const { t } = words;
  const found = (['lastName', 'name', 'side', 'manager'] as const)
    .filter((field) => columns.includes(field))
    .slice(0, 2);
  const [one, two] = found.map((field) => ({
    name: header[columns.indexOf(field)]!,
    field: fieldNames(words)[field].toLowerCase(),
  }));
  if (!one || !two) return t('Correct what is wrong; the rows follow.');
  return t('We read “{a}” as {fieldA} and “{b}” as {fieldB}. Correct what is wrong; the rows follow.', {
    a: one.name,
    fieldA: one.field,
    b: two.name,
    fieldB: two.field,
  });
}

/** How the file was read, in words. */
export function fileFacts({ t }: Words, file: CsvFile) {
  const separators = { ';': t('semicolon'), ',': t('comma'), '\t': t('tab') };
  return {
    encoding: file.encoding,
    byExcel: file.encoding === 'Windows-1252',
    separator: separators[file.delimiter],
    sign: file.delimiter === '\t' ? '' : file.delimiter,
    accents: accentedNames(file).join(', '),
  };
}

/** Characters that are looked through: enough for two names, short work in any file. */
const lookedThrough = 500_000;

/** The first two names with accents, by which one sees that the file was read as it was meant. */
function accentedNames({ rows }: CsvFile): string[] {
  const found = new Set<string>();
  let left = lookedThrough;
  for (const { cells } of rows)
    for (const cell of cells) {
      left -= cell.length;
      for (const word of isAccented(cell) ? cell.split(/\s+/) : [])
        if (/^\p{Lu}\p{L}+$/u.test(word) && isAccented(word)) found.add(word);
      if (found.size >= 2 || left < 0) return [...found].slice(0, 2);
    }
  return [...found];
}

const isAccented = (text: string) => /[^\x00-\x7f]/.test(text);

export interface RowView {
  kind: Kind;
  line: number;
  name: string;
  email: string;
  side: string;
  department: string;
  why: string;
  changes: { label: string; was: string; now: string }[];
  note: string;
  /** Somebody of the same name, where this may be a new address of theirs. */
  same: { id: number; text: string } | null;
  /** The button that says how many people are behind the address; null: nobody is asked. */
  sharing: { name: 'shared' | 'single'; address: string; question: string; button: string } | null;
}

/** The rows to show, wrong ones first, with the links to others and to more. */
export function rowsView(
  words: Words,
  rows: readonly JudgedRow[],
  query: PreviewQuery,
  { path, shared }: { path: string; shared: readonly string[] },
) {
  const chosen = kinds.flatMap((kind) =>
    query.show === 'all' || query.show === kind ? rows.filter((row) => row.kind === kind) : [],
  );
  const at = pageOf(query.page, chosen.length, pageSize);
  const show = query.show === 'all' ? '' : query.show;
  return {
    rows: rowsOn(chosen, at).map((row) => rowView(words, row, shared)),
    chips: chipsFor(words, countKinds(rows), rows.length, query, path),
    pager: pagerFor(at, (page) => `${addressWith(path, { show, page })}#rows`),
  };
}

function chipsFor({ t }: Words, counts: Counts, all: number, query: PreviewQuery, path: string) {
  const names = { wrong: t('Wrong'), changed: t('Changed'), new: t('New'), same: t('Same') };
  const chip = (show: PreviewQuery['show'], text: string, count: number) => ({
    text,
    count,
    href: show === 'all' ? `${path}#rows` : `${path}?show=${show}#rows`,
    current: query.show === show,
  });
  return [chip('all', t('All'), all), ...kinds.map((kind) => chip(kind, names[kind], counts[kind]))];
}

function rowView(words: Words, row: JudgedRow, shared: readonly string[]): RowView {
  const { t } = words;
  return {
    kind: row.kind,
    line: row.line,
    name: row.name || t('No name'),
    email: row.email || t('no address'),
    side: row.side
      ? sideWords(words)[row.side]
      : row.sideText
        ? t('“{word}”', { word: truncated(row.sideText) })
        : '',
    department: row.department ?? row.person?.department ?? '',
    why: row.why.map((one) => say(words, one)).join(' '),
    changes: row.changes.map(({ field, was, now }) => ({
      label: changedName(words, field),
      was: inWords(words, field, was),
      now: inWords(words, field, now),
    })),
    note: noteOf(words, row),
    sharing: sharingOf(words, row, shared),
    same: row.namesake ? { id: row.namesake.id, text: sameText(words, row.namesake) } : null,
  };
}

function sharingOf(
  { t }: Words,
  { email, mayShare }: JudgedRow,
  shared: readonly string[],
): RowView['sharing'] {
  const address = email.toLowerCase();
  const question = t('Same person, or two people behind one address?');
  if (mayShare) return { name: 'shared', address, question, button: t('Two people, one address') };
  if (!shared.includes(address)) return null;
  return {
    name: 'single',
    address,
    question: t('Two people, one address'),
    button: t('One person after all'),
  };
}

function changedName(words: Words, field: ChangedField): string {
  return fieldNames(words)[field];
}

function inWords(words: Words, field: ChangedField, value: string): string {
  const { t } = words;
  if (field === 'side') return sideWords(words)[value as 'talent' | 'senior'];
  if (field === 'language') return value ? t(languageName(value)) : '';
  return field === 'manager' && value === '' ? t('nobody') : value;
}

function noteOf({ t }: Words, row: JudgedRow): string {
  if (row.person?.isDisabled) return t('Deactivated, and stays so.');
  if (row.kind === 'new') {
    return row.reportsTo ? t('Reports to {name}', { name: row.reportsTo.name }) : t('Reports to nobody');
  }
  return row.kind === 'same' ? t('Nothing to do') : '';
}

function sameText({ t }: Words, { name, email, isDisabled }: KnownPerson): string {
  if (isDisabled) return t('Same person as {name}, deactivated, with {email}?', { name, email });
  return t('Same person as {name} with {email}?', { name, email });
}

/** "Add 28, change 3": the words on the button; none where there is nothing to do. */
export function doWords({ t, tn }: Words, counts: Counts): string {
  if (counts.new > 0 && counts.changed > 0)
    return t('Add {added}, change {changed}', { added: counts.new, changed: counts.changed });
  if (counts.new > 0) return tn(counts.new, 'Add {n} person', 'Add {n} people');
  return counts.changed > 0 ? tn(counts.changed, 'Change {n} person', 'Change {n} people') : '';
}

/** "28 people added, 3 changed": what an import did. */
export function doneWords(
  { t, tn }: Words,
  { added, changed }: Pick<ImportResult, 'added' | 'changed'>,
): string {
  if (added > 0 && changed > 0)
    return tn(added, '{n} person added, {changed} changed', '{n} people added, {changed} changed', {
      changed,
    });
  if (added > 0) return tn(added, '{n} person added', '{n} people added');
  return changed > 0 ? tn(changed, '{n} person changed', '{n} people changed') : t('Nothing had to be done');
}

/** The rows that were left out as a file again, with the reasons in the last column. */
export function leftOutCells(
  words: Words,
  header: string[],
  left: { cells: readonly string[]; why: readonly Sentence[] }[],
) {
  const width = Math.max(header.length, ...left.map(({ cells }) => cells.length));
  const filled = (cells: readonly string[]) => [...cells, ...Array<string>(width - cells.length).fill('')];
  return {
    header: [...filled(header), words.t('What is wrong')],
    rows: left.map(({ cells, why }) => [...filled(cells), why.map((one) => say(words, one)).join(' ')]),
  };
}

/** "2 people taken out again, 1 changed back": what an undo did. */
export function undoneWords(
  { t, tn }: Words,
  { removed, changedBack }: { removed: number; changedBack: number },
): string {
  const params = { changed: changedBack };
  if (removed > 0 && changedBack > 0) {
    return tn(
      removed,
      '{n} person taken out again, {changed} changed back.',
      '{n} people taken out again, {changed} changed back.',
      params,
    );
  }
  if (removed > 0) return tn(removed, '{n} person taken out again.', '{n} people taken out again.');
  if (changedBack > 0) return tn(changedBack, '{n} person changed back.', '{n} people changed back.');
  return t('Nobody could be changed back.');
}
