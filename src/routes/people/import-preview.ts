import { z } from 'zod';
import { judgeList } from '../../actions/people/import.ts';
import { missingIn } from '../../actions/people/missing.ts';
import type { Context } from '../../context.ts';
import { type Column, columnProblems, fields, guessColumns } from '../../domain/people/columns.ts';
import { countKinds } from '../../domain/people/import.ts';
import { seemsWhole } from '../../domain/people/missing.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import { countActive } from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';
import type { Person } from '../../store/people/people.ts';
import { type CsvFile, type CsvOptions, type Delimiter, encodings } from '../../web/csv.ts';
import { idIn, messageFor, readForm, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { readCsvFile } from '../../web/read-files.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { columnChoices, doWords, fileFacts, previewQuery, rowsView } from './import-view.ts';

interface Choices {
  encoding: CsvFile['encoding'];
  delimiter: Delimiter;
  columns: Column[];
  /** Addresses two people are behind, as the organiser said. */
  shared?: string[];
}

export function guess(file: CsvFile): Column[] {
  const some = file.rows.slice(0, 200).map((row) => row.cells);
  return guessColumns(file.header, some);
}

/** The file of a preview, read as was chosen. */
export async function readPreview(
  found: imports.StoredImport,
): Promise<{ file: CsvFile; columns: Column[]; shared: string[] }> {
  const { columns, shared = [], ...options } = found.choices as unknown as Choices;
  return { file: await readStored(found, options), columns, shared };
}

function readStored({ bytes }: imports.StoredImport, options: CsvOptions): Promise<CsvFile> {
  const stored = bytes ?? Buffer.alloc(0);
  return readCsvFile(stored, { ...options, isPacked: imports.isPacked(stored) });
}

export async function findImport({ ctx, request }: SignedInVisit): Promise<imports.StoredImport> {
  return orNotFound(await imports.findWhole(ctx.db, idIn(request), 'people'), 'import');
}

/** Sentences after deactivating people who are missing from a file. */
export const missingMessages = {
  disabled: 'They are deactivated and signed out everywhere.',
  none: 'Tick at least one person.',
};

/** Finds the people who are missing from the file of a preview; nobody where it can't be read. */
export async function missingInFile(ctx: Context, found: imports.StoredImport) {
  const { file, columns, shared } = await readPreview(found);
  if (file.problem || columnProblems(file.header, columns).length > 0) return [];
  return missingIn(ctx, await judgeList(ctx, { columns, rows: file.rows, shared }));
}

/** People who are missing from a file, and whether it seems to hold everyone else. */
export async function missingData({ db }: Context, missing: Person[]) {
  const { seniors, talents } = await countActive(db);
  return { missing, seemsWhole: seemsWhole(missing.length, seniors + talents) };
}

export async function showPreview(
  visit: SignedInVisit,
  found: imports.StoredImport,
  refused?: { message: string; status: number },
): Promise<Answer> {
  const { ctx, request, words } = visit;
  const { t } = words;
  const { file, columns, shared } = await readPreview(found);
  const problems = refused
    ? [{ message: refused.message }]
    : file.problem
      ? [{ message: file.problem }]
      : columnProblems(file.header, columns).map(({ sentence, params }) => ({ message: sentence, params }));
  const rows = problems.length > 0 ? [] : await judgeList(ctx, { columns, rows: file.rows, shared });
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
    list: rowsView(words, rows, readQuery(request, previewQuery), { path, shared }),
    doWords: doWords(words, counts),
    ...(await missingData(ctx, problems.length > 0 ? [] : await missingIn(ctx, rows))),
    namesakes: rows.filter(({ namesake }) => namesake).length,
    message: messageFor(visit, { read: 'Read again.', ...sharingMessages, ...missingMessages }),
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
  const file = await readStored(found, { encoding, delimiter });
  const isSameHeader =
    file.header.length === before.file.header.length && delimiter === before.file.delimiter;
  const columns = isSameHeader ? withRoles(chosen, before.columns) : guess(file);
  const { shared } = before;
  const isOpen = await imports.choose(ctx.db, found.id, { encoding, delimiter, columns, shared });
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

const sharingMessages = {
  shared: 'These are two people now, and names tell them apart.',
  single: 'This is one person again.',
};

/** Buttons beside a row: two people are behind its address, or one person after all. */
export const sharingForm = z.object({
  shared: z.string().max(254).optional(),
  single: z.string().max(254).optional(),
});

/** Keeps how many people are behind an address of the file. */
export async function chooseSharing(
  visit: SignedInVisit,
  { shared, single }: z.output<typeof sharingForm>,
): Promise<string> {
  const found = await findImport(visit);
  const { shared: before = [] } = found.choices as unknown as Choices;
  const others = before.filter((address) => address !== shared && address !== single);
  const chosen = shared ? [...others, shared.toLowerCase()] : others;
  await imports.choose(visit.ctx.db, found.id, { ...found.choices, shared: chosen });
  return `/people/import/${found.id}?said=${shared ? 'shared' : 'single'}#rows`;
}
