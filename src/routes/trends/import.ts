import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  addFromRadar,
  choicesOf,
  lookAtRadar,
  type RadarChoices,
  type RadarOutcome,
} from '../../actions/trends/import.ts';
import type { Context } from '../../context.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { isLink } from '../../domain/trends/links.ts';
import {
  type ComparedRow,
  compareRadar,
  findColumns,
  labelOf,
  type RadarRow,
} from '../../domain/trends/radar.ts';
import { limits } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as imports from '../../store/people/imports.ts';
import * as trends from '../../store/trends/trends.ts';
import { type CsvFile, type CsvRow, writeCsv } from '../../web/csv.ts';
import { type FieldError, idIn, idListField, readForm, type UploadedFile } from '../../web/forms.ts';
import { firstWords } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { plainTextsOf, readCsvFile, unreadProblem } from '../../web/read-files.ts';
import { english } from '../../words.ts';

export function trendsImportRoutes(app: FastifyInstance, ctx: Context): void {
  const organiser = { config: { access: 'organiser' as const } };
  app.get('/trends/import', organiser, (_request, reply) => showUpload(reply));
  app.get('/trends/import/example.csv', organiser, (_request, reply) => sendExample(reply));
  app.post('/trends/import', organiser, (request, reply) => upload(ctx, request, reply));
  app.get('/trends/import/:id', organiser, (request, reply) => showPreview(ctx, request, reply));
  app.post('/trends/import/:id/choice', organiser, (request, reply) => choose(ctx, request, reply));
  app.post('/trends/import/:id/confirmation', organiser, (request, reply) => confirm(ctx, request, reply));
}

/** A radar has a hundred or two; more than this is another kind of file. */
const mostRows = 1000;

async function showUpload(reply: FastifyReply, errors: FieldError[] = []): Promise<FastifyReply> {
  const data = { title: english.t('Import from a technology radar'), tab: 'trends', errors };
  return page(reply, 'trends/import', data, { status: errors.length > 0 ? 422 : 200 });
}

function sendExample(reply: FastifyReply): FastifyReply {
  reply.type('text/csv; charset=utf-8');
  reply.header('content-disposition', 'attachment; filename="technology-radar.csv"');
  return reply.send(writeCsv(['name', 'ring', 'quadrant', 'isNew', 'status', 'description'], []));
}

const isFile = (value: unknown): value is UploadedFile =>
  typeof value === 'object' && value !== null && Buffer.isBuffer((value as UploadedFile).bytes);
const uploadForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose the file first.') });

async function upload(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const form = readForm(request, uploadForm);
  if (!form.ok) return showUpload(reply, form.errors);
  const { fileName, bytes } = form.values.file;
  if (bytes.length === 0 && !fileName)
    return showUpload(reply, [{ field: 'file', message: 'Choose the file first.' }]);
  const read = await rowsOf(await readCsvFile(bytes));
  if ('problem' in read) return showUpload(reply, [{ field: 'file', message: english.t(read.problem) }]);
  const id = await lookAtRadar(ctx, request.person!.id, fileName.slice(0, 200), read.rows);
  return reply.redirect(`/trends/import/${id}`, 303);
}

/** The file's rows with clean descriptions, or why it is no radar. */
async function rowsOf(file: CsvFile): Promise<{ rows: RadarRow[] } | { problem: string }> {
  if (file.problem) return { problem: file.problem };
  const columns = findColumns(file.header);
  if (!columns) {
    return {
      problem:
        'There is no column “name”. Name the columns in the first row, as in the example, and choose the file again.',
    };
  }
  if (file.rows.length > mostRows) {
    return {
      problem: 'The file has more than 1,000 rows. Split it and import the parts one after the other.',
    };
  }
  const described = ({ cells }: CsvRow) =>
    columns.description === undefined ? '' : (cells[columns.description] ?? '');
  const texts = await plainTextsOf(file.rows.map(described));
  if (!texts) return { problem: unreadProblem };
  const rows = file.rows.map(({ line, cells }, index): RadarRow => {
    const cell = (at: number | undefined) => (at === undefined ? '' : (cells[at] ?? ''));
    const { text, addresses } = texts[index]!;
    return {
      line,
      name: oneLine(cell(columns.name)),
      ring: labelOf(oneLine(cell(columns.ring))),
      quadrant: labelOf(oneLine(cell(columns.quadrant))),
      detail: text,
      links: addresses
        .filter(isLink)
        .map((address) => new URL(address).href)
        .slice(0, limits.links),
    };
  });
  return { rows };
}

function oneLine(cell: string): string {
  return cell.replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

const canChoose = (row: ComparedRow) => row.mark === 'new' || row.mark === 'alike' || row.mark === 'changed';

async function showPreview(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: FieldError[] = [],
): Promise<FastifyReply> {
  const stored = orNotFound(await imports.findWhole(ctx.db, idIn(request), 'trends'), 'import');
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const title = english.t('Import from a technology radar');
  const frame = { title, tab: 'trends', id: stored.id, fileName: stored.fileName };
  if (stored.state !== 'preview') {
    return page(reply, 'trends/import-done', { ...frame, ...(stored.result as unknown as RadarOutcome) });
  }
  const { rows, chosen } = choicesOf(stored);
  const compared = compareRadar(rows, await trends.known(ctx.db));
  const query = request.query as { ring?: unknown };
  const ring = typeof query.ring === 'string' ? query.ring : '';
  const data = {
    ...frame,
    at: readAt(stored, programme.timeZone),
    ...previewOf(compared, chosen, ring),
    errors,
  };
  return page(reply, 'trends/import-preview', data, { status: errors.length > 0 ? 422 : 200 });
}

function readAt(stored: imports.StoredImport, timeZone: string): string {
  return wallTimeOf(stored.createdAt, timeZone).slice(11);
}

function previewOf(compared: ComparedRow[], chosen: number[], ring: string) {
  const wanted = new Set(chosen);
  const readable = compared.filter((row) => row.mark !== 'wrong');
  const rings = [...new Set(readable.map((row) => row.ring))].filter((name) => name !== '');
  const shown = ring === '' || !rings.includes(ring) ? compared : compared.filter((row) => row.ring === ring);
  const count = (mark: string) => compared.filter((row) => row.mark === mark).length;
  const choosable = compared.filter(canChoose);
  return {
    ring: shown === compared ? '' : ring,
    rings: rings.map((name) => ({ name, count: readable.filter((row) => row.ring === name).length })),
    counts: {
      read: compared.length,
      readable: readable.length,
      fresh: count('new'),
      alike: count('alike'),
      changed: count('changed'),
      there: count('there'),
      wrong: count('wrong'),
    },
    rows: shown.map((row) => ({
      ...row,
      canChoose: canChoose(row),
      isChosen: canChoose(row) && wanted.has(row.line),
      start: firstWords(row.detail, 110),
      sentences: row.reasons.map((reason) => english.t(reason.sentence, reason.values)),
    })),
    chosen: choosable.filter((row) => wanted.has(row.line)).length,
    choosable: choosable.length,
  };
}

const choiceForm = z.object({
  row: idListField,
  ring: z.string().max(200).prefault(''),
  go: z.string().max(200).prefault(''),
});

/** Remembers what was chosen among the rows on screen, and goes where the pressed button says. */
async function choose(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, go, ring } = await remember(ctx, request);
  const next = go.startsWith('ring:') ? go.slice(5) : ring;
  return reply.redirect(`/trends/import/${id}${next ? `?${new URLSearchParams({ ring: next })}` : ''}`, 303);
}

async function confirm(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, isPreview } = await remember(ctx, request);
  try {
    if (isPreview) await addFromRadar(ctx, id, request.person!.id);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error;
    return showPreview(ctx, request, reply, [{ field: 'rows', message: english.t(error.sentence) }]);
  }
  return reply.redirect(`/trends/import/${id}`, 303);
}

async function remember(ctx: Context, request: FastifyRequest) {
  const id = idIn(request);
  const form = readForm(request, choiceForm);
  if (!form.ok) throw Object.assign(new Error('No such choice'), { statusCode: 400 });
  const stored = orNotFound(await imports.findWhole(ctx.db, id, 'trends'), 'import');
  const isPreview = stored.state === 'preview';
  if (isPreview) {
    const choices = choicesOf(stored);
    const compared = compareRadar(choices.rows, await trends.known(ctx.db));
    const chosen = chosenNow(compared, choices, form.values);
    await imports.choose(ctx.db, id, { rows: choices.rows, chosen } satisfies RadarChoices);
  }
  return { id, isPreview, go: form.values.go, ring: form.values.ring };
}

/** Of the rows on screen what was ticked, or all, the new ones, or none where that was asked for; of the others what it was. */
function chosenNow(
  compared: ComparedRow[],
  { chosen }: RadarChoices,
  { row, ring, go }: { row: number[]; ring: string; go: string },
): number[] {
  const before = new Set(chosen);
  const ticked = new Set(row);
  const wants = (each: ComparedRow) => {
    if (ring !== '' && each.ring !== ring) return before.has(each.line);
    if (go === 'all') return true;
    if (go === 'new') return each.mark === 'new';
    return go !== 'none' && ticked.has(each.line);
  };
  return compared.filter((each) => canChoose(each) && wants(each)).map((each) => each.line);
}
