import type { FastifyInstance } from 'fastify';
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
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as imports from '../../store/people/imports.ts';
import * as trends from '../../store/trends/trends.ts';
import { type CsvFile, type CsvRow, writeCsv } from '../../web/csv.ts';
import { idIn, idListField, readForm, type UploadedFile } from '../../web/forms.ts';
import { excerpt } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { plainTextsOf, readCsvFile, unreadProblem } from '../../web/read-files.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit, type Visit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';

export function trendsImportRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/trends/import', 'organiser', showUpload);
  at.get('/trends/import/example.csv', 'organiser', sendExample);
  at.post('/trends/import', 'organiser', upload);
  at.get('/trends/import/:id', 'organiser', showPreview);
  at.post('/trends/import/:id/choice', 'organiser', choose);
  at.post('/trends/import/:id/confirmation', 'organiser', confirm);
}

/** A radar has a hundred or two; more than this is another kind of file. */
const mostRows = 1000;

const showUpload = (visit: Visit, mistakes = noMistakes) =>
  page(visit, 'trends/import/choose', { title: title(visit), tab: 'trends', ...mistakes });

const title = ({ words }: Visit) => words.t('Import from a technology radar');

function sendExample({ reply }: Visit) {
  reply.type('text/csv; charset=utf-8');
  reply.header('content-disposition', 'attachment; filename="technology-radar.csv"');
  return reply.send(writeCsv(['name', 'ring', 'quadrant', 'isNew', 'status', 'description'], []));
}

const isFile = (value: unknown): value is UploadedFile =>
  typeof value === 'object' && value !== null && Buffer.isBuffer((value as UploadedFile).bytes);
const uploadForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose the file first.') });

const upload = (visit: SignedInVisit) =>
  submit(visit, uploadForm, {
    act: async ({ file: { fileName, bytes } }) => {
      const { ctx, viewer } = visit;
      const wrong = (sentence: string) => [{ field: 'file', message: sentence }];
      if (bytes.length === 0 && !fileName) return wrong('Choose the file first.');
      const read = await rowsOf(await readCsvFile(bytes));
      if ('problem' in read) return wrong(read.problem);
      return `/trends/import/${await lookAtRadar(ctx, viewer.id, fileName.slice(0, 200), read.rows)}`;
    },
    again: (mistakes) => showUpload(visit, mistakes),
  });

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

async function showPreview(visit: Visit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const stored = orNotFound(await imports.findWhole(ctx.db, idIn(request), 'trends'), 'import');
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const frame = { title: title(visit), tab: 'trends', id: stored.id, fileName: stored.fileName };
  if (stored.state !== 'preview')
    return page(visit, 'trends/import/done', { ...frame, ...(stored.result as unknown as RadarOutcome) });
  const { rows, chosen } = choicesOf(stored);
  const compared = compareRadar(rows, await trends.known(ctx.db));
  const query = request.query as { ring?: unknown; page?: unknown };
  const ring = typeof query.ring === 'string' ? query.ring : '';
  const place = { ring, page: pageField.parse(query.page ?? 1) };
  return page(visit, 'trends/import/preview', {
    ...frame,
    at: readAt(stored, programme.timeZone),
    ...previewOf(words, compared, chosen, place),
    ...mistakes,
  });
}

function readAt(stored: imports.StoredImport, timeZone: string): string {
  return wallTimeOf(stored.createdAt, timeZone).slice(11);
}

/** The ring and the page that an address or a form speaks of. */
interface Place {
  ring: string;
  page: number;
}

const rowsAPage = 100;

/** Lists the rows of a ring that is there, else all; and those of them on one page. */
function rowsAt(compared: ComparedRow[], { ring, page: asked }: Place) {
  const isThere = ring !== '' && compared.some((row) => row.mark !== 'wrong' && row.ring === ring);
  const list = isThere ? compared.filter((row) => row.ring === ring) : compared;
  const page = pageOf(asked, list.length, rowsAPage);
  return { list, page, onPage: rowsOn(list, page) };
}

function previewOf({ t }: Words, compared: ComparedRow[], chosen: number[], place: Place) {
  const wanted = new Set(chosen);
  const readable = compared.filter((row) => row.mark !== 'wrong');
  const rings = [...new Set(readable.map((row) => row.ring))].filter((name) => name !== '');
  const { list, page, onPage } = rowsAt(compared, place);
  const count = (mark: string) => compared.filter((row) => row.mark === mark).length;
  const choosable = compared.filter(canChoose);
  return {
    ring: list === compared ? '' : place.ring,
    page: page.at,
    pager: pagerFor(page, (at) => `page:${at}`),
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
    rows: onPage.map((row) => ({
      ...row,
      canChoose: canChoose(row),
      isChosen: canChoose(row) && wanted.has(row.line),
      start: excerpt(row.detail, 110),
      sentences: row.reasons.map((reason) => t(reason.sentence, reason.values)),
    })),
    chosen: choosable.filter((row) => wanted.has(row.line)).length,
    choosable: choosable.length,
  };
}

const choiceForm = z.object({
  row: idListField,
  ring: z.string().max(200).prefault(''),
  page: pageField.prefault(1),
  go: z.string().max(200).prefault(''),
});

/** Remembers what was chosen among the rows on screen, and goes where the pressed button says. */
async function choose(visit: Visit) {
  const id = idIn(visit.request);
  const form = readForm(visit.request, choiceForm);
  if (!form.ok) return `/trends/import/${id}`;
  await remember(visit, id, form.values);
  return addressWith(`/trends/import/${id}`, placeAfter(form.values));
}

function placeAfter({ go, ring, page }: z.output<typeof choiceForm>) {
  if (go.startsWith('ring:')) return { ring: go.slice(5) };
  return { ring, page: go.startsWith('page:') ? pageField.parse(go.slice(5)) : page };
}

function confirm(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, choiceForm, {
    act: async (choice) => {
      if (await remember(visit, id, choice)) await addFromRadar(visit.ctx, id, visit.viewer.id);
      return `/trends/import/${id}`;
    },
    again: (mistakes) => showPreview(visit, mistakes),
    field: 'rows',
  });
}

/** Keeps what was chosen; false where the rows were imported already. */
async function remember({ ctx }: Visit, id: number, choice: z.output<typeof choiceForm>): Promise<boolean> {
  const stored = orNotFound(await imports.findWhole(ctx.db, id, 'trends'), 'import');
  if (stored.state !== 'preview') return false;
  const choices = choicesOf(stored);
  const compared = compareRadar(choices.rows, await trends.known(ctx.db));
  const chosen = chosenNow(compared, choices, choice);
  await imports.choose(ctx.db, id, { rows: choices.rows, chosen } satisfies RadarChoices);
  return true;
}

/**
 * Lists the lines chosen now: on screen those that were ticked, elsewhere those that were chosen before. Where all, the
 * new ones or none were asked for, that holds for the whole list, its other pages too.
 */
function chosenNow(
  compared: ComparedRow[],
  { chosen }: RadarChoices,
  { row, go, ...place }: z.output<typeof choiceForm>,
): number[] {
  const before = new Set(chosen);
  const ticked = new Set(row);
  const { list, onPage } = rowsAt(compared, place);
  const [inList, onScreen] = [new Set(list), new Set(onPage)];
  const wants = (each: ComparedRow) => {
    const isAsked = inList.has(each) && ['all', 'new', 'none'].includes(go);
    if (isAsked) return go === 'all' || (go === 'new' && each.mark === 'new');
    return onScreen.has(each) ? ticked.has(each.line) : before.has(each.line);
  };
  return compared.filter((each) => canChoose(each) && wants(each)).map((each) => each.line);
}
