import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ImportResult, lookAt } from '../../actions/people/import.ts';
import type { Context } from '../../context.ts';
import { columnProblems } from '../../domain/people/columns.ts';
import { Refusal } from '../../refusal.ts';
import type * as imports from '../../store/people/imports.ts';
import { type Delimiter, writeCsv } from '../../web/csv.ts';
import { findImport, readPreview } from './import-preview.ts';
import { leftOutCells } from './import-view.ts';
import { delimiterFor, listHeader, sendCsv } from './list.ts';

export async function emptyFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendCsv(reply, 'people.csv', writeCsv(listHeader(), [], { delimiter: delimiterFor(request) }));
}

/** The wrong rows as they stood in the file, with the reason in the last column; of a preview or of what is done. */
export async function wrongRows(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await findImport(ctx, request);
  const { header, delimiter, left } =
    found.state === 'preview' ? await wrongInPreview(ctx, found) : (found.result as unknown as ImportResult);
  if (left === undefined || left.length === 0)
    throw new Refusal('not-found', 'There are no wrong rows in this import.');
  const cells = leftOutCells(header, left);
  const text = writeCsv(cells.header, cells.rows, { delimiter: delimiter as Delimiter });
  return sendCsv(reply, `${asciiName(found.fileName)}-wrong-rows.csv`, text);
}

async function wrongInPreview(
  ctx: Context,
  found: imports.StoredImport,
): Promise<Omit<ImportResult, 'added' | 'changed'>> {
  const { file, columns } = await readPreview(found);
  const rows =
    file.problem || columnProblems(file.header, columns).length > 0
      ? []
      : await lookAt(ctx, { columns, rows: file.rows });
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
