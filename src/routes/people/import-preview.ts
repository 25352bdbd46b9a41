import { z } from 'zod';
import { judgeList } from '../../actions/people/import.ts';
import { type Column, columnProblems, fields, guessColumns } from '../../domain/people/columns.ts';
import { countKinds } from '../../domain/people/import.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as imports from '../../store/people/imports.ts';
import { type CsvFile, type Delimiter, encodings } from '../../web/csv.ts';
import { idIn, readForm, readQuery, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { readCsvFile } from '../../web/read-files.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { columnChoices, doWords, fileFacts, previewQuery, rowsView } from './import-view.ts';

interface Choices {
  encoding: CsvFile['encoding'];
  delimiter: Delimiter;
  columns: Column[];
}

export function guess(file: CsvFile): Column[] {
  const some = file.rows.slice(0, 200).map((row) => row.cells);
  return guessColumns(file.header, some);
}

/** The file of a preview, read as was chosen. */
export async function readPreview(
  found: imports.StoredImport,
): Promise<{ file: CsvFile; columns: Column[] }> {
  const { columns, ...options } = found.choices as unknown as Choices;
  return { file: await readCsvFile(found.bytes ?? Buffer.alloc(0), options), columns };
}

export async function findImport({ ctx, request }: SignedInVisit): Promise<imports.StoredImport> {
  return orNotFound(await imports.findWhole(ctx.db, idIn(request), 'people'), 'import');
}

export async function showPreview(
  visit: SignedInVisit,
  found: imports.StoredImport,
  refused?: { message: string; status: number },
): Promise<Answer> {
  const { ctx, request, words } = visit;
  const { t } = words;
  const { file, columns } = await readPreview(found);
  const problems = refused
    ? [{ message: refused.message }]
    : file.problem
      ? [{ message: file.problem }]
      : columnProblems(file.header, columns).map(({ sentence, params }) => ({ message: sentence, params }));
  const rows = problems.length > 0 ? [] : await judgeList(ctx, { columns, rows: file.rows });
  const counts = countKinds(rows);
  const path = `/people/import/${found.id}`;
  return page(visit, 'people/import-preview', {
    status: refused?.status ?? 200,
    title: problems.length > 0 ? t('Import people') : titleOf(words, counts),
    tab: 'people',
    id: found.id,
    fileName: found.fileName,
    rowCount: file.rows.length,
    errors: problems.map((one) => ({ field: file.header.length > 0 ? 'column0' : 'encoding', ...one })),
    counts,
    file: fileFacts(words, file),
    choices: columnChoices(words, file.header, columns),
    encodings: encodings.map((value) => ({ value, label: value })),
    separators: Object.keys(separators).map((value) => ({
      value,
      label: separatorNames(words)[value as Separator],
    })),
    separator: Object.entries(separators).find(([, sign]) => sign === file.delimiter)![0],
    list: rowsView(words, rows, readQuery(request, previewQuery), path),
    doWords: doWords(words, counts),
    said: saying(visit, { read: 'Read again.' }),
  });
}

function titleOf({ t }: Words, counts: ReturnType<typeof countKinds>): string {
  return t('Import people: {new} new, {changed} changed, {wrong} wrong', { ...counts });
}

const separators = { semicolon: ';', comma: ',', tab: '\t' } as const satisfies Record<string, Delimiter>;
type Separator = keyof typeof separators;

const separatorNames = ({ t }: Words): Record<Separator, string> => ({
  semicolon: t('Semicolon'),
  comma: t('Comma'),
  tab: t('Tab'),
});

/** One field for each column of the file, so that anything else is refused. */
function readingForm(width: number) {
  const column = z.enum([...fields, 'skip']);
  const columns = Object.fromEntries(Array.from({ length: width }, (_, i) => [`column${i}`, column]));
  return z.object({
    ...columns,
    encoding: z.enum(encodings),
    separator: z.enum(['semicolon', 'comma', 'tab']).transform((value) => separators[value]),
  });
}

/** Reads the file as the organiser says; with other columns in it, what they are is guessed anew. */
export async function readAgain(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request } = visit;
  const found = await findImport(visit);
  const before = await readPreview(found);
  const form = readForm(request, readingForm(before.file.header.length));
  if (!form.ok) throw Object.assign(new Error('A column is read as something unknown'), { statusCode: 400 });
  const {
    encoding,
    separator: delimiter,
    ...chosen
  } = form.values as { encoding: CsvFile['encoding']; separator: Delimiter };
  const file = await readCsvFile(found.bytes ?? Buffer.alloc(0), { encoding, delimiter });
  const isSameHeader =
    file.header.length === before.file.header.length && delimiter === before.file.delimiter;
  const columns = isSameHeader ? withRoles(chosen, before.columns) : guess(file);
  const isOpen = await imports.choose(ctx.db, found.id, { encoding, delimiter, columns });
  if (!isOpen)
    throw new Refusal('conflict', 'This list is being imported already, or was. Look at how it went below.');
  return `/people/import/${found.id}?said=read`;
}

/** A column about roles stays known as one, so that the page goes on saying it is not read. */
function withRoles(chosen: Record<string, Column>, before: Column[]): Column[] {
  return before.map((column, i) => {
    const now = chosen[`column${i}`] ?? 'skip';
    return now === 'skip' && column === 'role' ? 'role' : now;
  });
}
