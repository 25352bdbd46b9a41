import { type ImportResult, judgeList } from '../../actions/people/import.ts';
import type { Context } from '../../context.ts';
import { columnProblems } from '../../domain/people/columns.ts';
import { Refusal } from '../../refusal.ts';
import type * as imports from '../../store/people/imports.ts';
import { type Delimiter, writeCsv } from '../../web/csv.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { findImport, readPreview } from './import-preview.ts';
import { leftOutCells } from './import-view.ts';
import { delimiterFor, listHeader, sendCsv } from './list.ts';

export function emptyFile({ request, reply, words }: SignedInVisit): Answer {
  return sendCsv(reply, 'people.csv', writeCsv(listHeader(words), [], { delimiter: delimiterFor(request) }));
}

/** The wrong rows as they stood in the file, with the reason in the last column; of a preview or of what is done. */
export async function wrongRows(visit: SignedInVisit): Promise<Answer> {
  const { ctx, reply } = visit;
  const found = await findImport(visit);
  const { header, delimiter, left } =
    found.state === 'preview' ? await wrongInPreview(ctx, found) : (found.result as unknown as ImportResult);
  if (left === undefined || left.length === 0)
    throw new Refusal('not-found', 'There are no wrong rows in this import.');
  const cells = leftOutCells(visit.words, header, left);
  const text = writeCsv(cells.header, cells.rows, { delimiter: delimiter as Delimiter });
  return sendCsv(reply, `${asciiName(found.fileName)}-wrong-rows.csv`, text);
}

async function wrongInPreview(
  ctx: Context,
  found: imports.StoredImport,
): Promise<Omit<ImportResult, 'added' | 'changed'>> {
  const { file, columns, shared } = await readPreview(found);
  const rows =
    file.problem || columnProblems(file.header, columns).length > 0
      ? []
      : await judgeList(ctx, { columns, rows: file.rows, shared });
  const cells = new Map(file.rows.map((row) => [row.line, row.cells]));
  const left = rows
    .filter(({ kind }) => kind === 'wrong')
    .map(({ line, why }) => ({ line, why, cells: cells.get(line) ?? [] }));
  return { header: file.header, delimiter: file.delimiter, left };
}

function asciiName(fileName: string): string {
  return (
    fileName
      .replace(/\.[^.]*$/, '')
      .normalize('NFD')
      .replace(/[^\w-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'people'
  );
}
