import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  confirmImport,
  type ImportResult,
  lookAt,
  stopImport,
  undoableUntil,
  undoImport,
} from '../../actions/people/import.ts';
import type { ImportUndo } from '../../actions/people/import-undo.ts';
import type { Context } from '../../context.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { columnProblems } from '../../domain/people/columns.ts';
import { countKinds } from '../../domain/people/import.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { countActive, countUninvited } from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';
import { idIn, readForm, saying, type UploadedFile } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { readCsvFile } from '../../web/read-files.ts';
import { english } from '../../words.ts';
import { emptyFile, wrongRows } from './import-files.ts';
import { findImport, guess, readAgain, readPreview, showPreview } from './import-preview.ts';
import { doneWords, undoneWords } from './import-view.ts';

const access = 'organiser';
const { t } = english;

export function peopleImportRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/people/import', { config: { access } }, (_request, reply) => choose(ctx, reply));
  app.post('/people/import', { config: { access } }, (request, reply) => upload(ctx, request, reply));
  app.get('/people/import/empty.csv', { config: { access } }, (request, reply) => emptyFile(request, reply));
  app.get('/people/import/:id', { config: { access } }, (request, reply) => show(ctx, request, reply));
  app.get('/people/import/:id/wrong.csv', { config: { access } }, (request, reply) =>
    wrongRows(ctx, request, reply),
  );
  app.post('/people/import/:id/reading', { config: { access } }, (request, reply) =>
    readAgain(ctx, request, reply),
  );
  app.post('/people/import/:id/confirmation', { config: { access } }, (request, reply) =>
    confirm(ctx, request, reply),
  );
  app.post('/people/import/:id/stop', { config: { access } }, (request, reply) => stop(ctx, request, reply));
  app.post('/people/import/:id/undoing', { config: { access } }, (request, reply) =>
    undo(ctx, request, reply),
  );
}

async function choose(ctx: Context, reply: FastifyReply, problem?: string): Promise<FastifyReply> {
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const recent = (await imports.recent(ctx.db, 'people', 5)).map((each) => ({
    id: each.id,
    fileName: each.fileName,
    what:
      each.state === 'done'
        ? doneWords(each.result as unknown as ImportResult)
        : each.state === 'undone'
          ? t('Undone')
          : t('Working'),
    day: formatDay(wallTimeOf(each.createdAt, zone)),
  }));
  const errors = problem === undefined ? [] : [{ field: 'file', message: problem }];
  const data = { title: t('Import people'), tab: 'people', errors, recent };
  return page(reply, 'people/import', data, { status: errors.length ? 422 : 200 });
}

const isFile = (value: unknown): value is UploadedFile =>
  value !== null && typeof value === 'object' && 'bytes' in value;
const uploadForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose a file first.') });

/** Keeps the file as a preview; what cannot be read is refused with what to do. */
async function upload(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, uploadForm);
  if (!form.ok || form.values.file.fileName === '') return choose(ctx, reply, 'Choose a file first.');
  const { fileName, bytes } = form.values.file;
  const file = await readCsvFile(bytes);
  if (file.problem !== undefined) return choose(ctx, reply, file.problem);
  const id = await imports.add(ctx.db, {
    kind: 'people',
    fileName: shortName(fileName),
    bytes,
    choices: { encoding: file.encoding, delimiter: file.delimiter, columns: guess(file) },
    createdById: request.person!.id,
    createdAt: ctx.now(),
  });
  return reply.redirect(`/people/import/${id}`, 303);
}

function shortName(fileName: string): string {
  const bare = fileName
    .toWellFormed()
    .replace(/^.*[/\\]/, '')
    .replace(/\p{Cc}/gu, '');
  return [...bare].slice(-100).join('') || 'people.csv';
}

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  if (found.state !== 'preview') return showWork(ctx, request, reply, found);
  return showPreview(ctx, request, reply, await findImport(ctx, request));
}

async function confirm(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const found = await findImport(ctx, request);
  // Pressed twice, it is one import.
  if (found.state !== 'preview') return reply.redirect(`/people/import/${found.id}`, 303);
  const { file, columns } = await readPreview(found);
  if (file.problem !== undefined || columnProblems(file.header, columns).length > 0) {
    return showPreview(ctx, request, reply, found);
  }
  const counts = countKinds(await lookAt(ctx, { columns, rows: file.rows }));
  if (counts.new + counts.changed === 0) {
    const message =
      'There is nothing to add or change. Correct the wrong rows in your file and choose it again.';
    return showPreview(ctx, request, reply, found, { message, status: 409 });
  }
  await confirmImport(ctx, found.id, {
    header: file.header,
    delimiter: file.delimiter,
    columns,
    rows: file.rows,
  });
  return reply.redirect(`/people/import/${found.id}`, 303);
}

async function showWork(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  found: imports.ImportState,
): Promise<FastifyReply> {
  const result = found.result as unknown as ImportResult & Partial<ImportUndo>;
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const until = found.finishedAt && undoableUntil(found.finishedAt);
  const isTakingBack = found.state === 'stopped' && (await imports.changesOf(ctx.db, found.id)).length > 0;
  const data = {
    title: t('Import people'),
    tab: 'people',
    id: found.id,
    fileName: found.fileName,
    state: isTakingBack ? 'stopping' : found.state,
    far: { total: found.total, done: found.done, who: found.sentence },
    done: doneWords({ added: result.added ?? 0, changed: result.changed ?? 0 }),
    left: result.left?.length ?? 0,
    kept: result.kept ?? 0,
    undone: undoneWords({ removed: result.removed ?? 0, changedBack: result.changedBack ?? 0 }),
    now: await countActive(ctx.db),
    uninvited: found.state === 'done' ? await countUninvited(ctx.db, found.id) : 0,
    undoUntil: until ? formatDay(wallTimeOf(until, zone)) : '',
    canUndo: found.state === 'done' && until !== null && Temporal.Instant.compare(ctx.now(), until) <= 0,
    said: saying(request, {
      undone: 'The import was undone.',
      late: 'It was over before it could be stopped.',
    }),
  };
  return page(reply, 'people/import-work', data);
}

async function stop(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  const isStopped = await stopImport(ctx, found.id, request.person!.id);
  return reply.redirect(`/people/import/${found.id}${isStopped ? '' : '?said=late'}`, 303);
}

async function undo(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  await undoImport(ctx, found.id, request.person!.id);
  return reply.redirect(`/people/import/${found.id}?said=undone`, 303);
}
