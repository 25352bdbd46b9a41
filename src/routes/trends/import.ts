import { z } from 'zod';
import {
  addFromRadar,
  choicesOf,
  lookAtRadar,
  type RadarChoices,
  type RadarOutcome,
  type RadarUndo,
  undoRadar,
} from '../../actions/trends/import.ts';

import type { Context } from '../../context.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { undoableUntil } from '../../domain/people/import.ts';
import { type ComparedRow, compareRadar } from '../../domain/trends/radar.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as imports from '../../store/people/imports.ts';
import * as trends from '../../store/trends/trends.ts';
import { writeCsv } from '../../web/csv.ts';
import { idIn, idListField, type UploadedFile } from '../../web/forms.ts';
import { excerpt } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { readCsvFile } from '../../web/read-files.ts';
import { noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { rowsOf } from './radar-file.ts';

export function trendsImportRoutes(at: Pages): void {
  at.get('/trends/import', 'organiser', showUpload);
  at.get('/trends/import/example.csv', 'organiser', sendExample);
  at.post('/trends/import', 'organiser', upload);
  at.get('/trends/import/:id', 'organiser', showPreview);
  at.post('/trends/import/:id/choice', 'organiser', press(choiceForm, choose));
  at.post('/trends/import/:id/confirmation', 'organiser', confirm);
  at.post('/trends/import/:id/undoing', 'organiser', press(noFields, undo));
}

async function showUpload(visit: Visit, mistakes = noMistakes) {
  const { ctx } = visit;
  const lately = (await imports.recent(ctx.db, 'trends', mostLately)).map(
    ({ id, fileName, state, result }) => ({
      id,
      fileName,
      isUndone: state === 'undone',
      added: (result as Partial<RadarOutcome>).added ?? 0,
    }),
  );
  return page(visit, 'trends/import/choose', { title: title(visit), tab: 'trends', lately, ...mistakes });
}

/** How many earlier imports the page lists, each with its way to the undo. */
const mostLately = 5;

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

const canChoose = (row: ComparedRow) =>
  row.mark === 'new' || row.mark === 'similar' || row.mark === 'changed';

async function showPreview(visit: Visit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const stored = orNotFound(await imports.findWhole(ctx.db, idIn(request), 'trends'), 'import');
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const frame = { title: title(visit), tab: 'trends', id: stored.id, fileName: stored.fileName };
  if (stored.state !== 'preview')
    return page(visit, 'trends/import/done', { ...frame, ...doneData(visit, stored, programme.timeZone) });
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

function doneData({ ctx, words }: Visit, { state, result, finishedAt }: imports.StoredImport, zone: string) {
  const until = finishedAt && undoableUntil(finishedAt);
  const isInTime = until !== null && Temporal.Instant.compare(ctx.now(), until) <= 0;
  return {
    ...(result as unknown as RadarOutcome & Partial<RadarUndo>),
    isUndone: state === 'undone',
    undoUntil: state === 'done' && isInTime ? formatDay(wallTimeOf(until, zone), localeOf(words)) : '',
  };
}

async function undo({ ctx, request, viewer }: SignedInVisit) {
  await undoRadar(ctx, idIn(request), viewer.id);
  return `/trends/import/${idIn(request)}`;
}

function readAt(stored: imports.StoredImport, timeZone: string): string {
  return wallTimeOf(stored.createdAt, timeZone).slice(11);
}

/** The ring and the page that an address or a form speaks of. */
interface Place {
  ring: string;
  page: number;
}

/** The radars there are have up to 150 rows: such a one is on one page, so that everything ticked is in sight. */
const rowsAPage = 200;

/** Lists the rows of a ring that is there, else all; and those of them on one page. */
function rowsAt(compared: ComparedRow[], { ring, page: asked }: Place) {
  const isThere = ring !== '' && compared.some((row) => row.mark !== 'wrong' && row.ring === ring);
  const list = isThere ? compared.filter((row) => row.ring === ring) : compared;
  const page = pageOf(asked, list.length, rowsAPage);
  return { list, page, onPage: rowsOn(list, page) };
}

const tags = ({ t }: Words): Record<ComparedRow['mark'], { text: string; tone: string }> => ({
  new: { text: t('New'), tone: 'go' },
  similar: { text: t('Looks alike'), tone: 'wait' },
  changed: { text: t('Changed'), tone: 'wait' },
  there: { text: t('Already there'), tone: '' },
  wrong: { text: t('Left out'), tone: 'stop' },
});

function previewOf(words: Words, compared: ComparedRow[], chosen: number[], place: Place) {
  const { t } = words;
  const wanted = new Set(chosen);
  const readable = compared.filter((row) => row.mark !== 'wrong');
  const rings = [...new Set(readable.map((row) => row.ring))].filter((name) => name !== '');
  const { list, page, onPage } = rowsAt(compared, place);
  const count = (mark: string) => compared.filter((row) => row.mark === mark).length;
  const isChosen = (row: ComparedRow) => canChoose(row) && wanted.has(row.line);
  return {
    ring: list === compared ? '' : place.ring,
    page: page.at,
    pager: pagerFor(page, (at) => `page:${at}`),
    rings: rings.map((name) => ({ name, count: readable.filter((row) => row.ring === name).length })),
    counts: {
      read: compared.length,
      readable: readable.length,
      fresh: count('new'),
      similar: count('similar'),
      changed: count('changed'),
      there: count('there'),
      wrong: count('wrong'),
    },
    rows: onPage.map((row) => ({
      ...row,
      tag: tags(words)[row.mark],
      called: row.name || t('Row {n}', { n: row.line }),
      canChoose: canChoose(row),
      isChosen: isChosen(row),
      start: excerpt(row.detail, 110),
      sentences: row.reasons.map((reason) => words.t(reason.sentence, reason.values)),
    })),
    ...sumOf(words, list, onPage, wanted),
    outside: compared.filter((row) => isChosen(row) && !list.includes(row)).length,
  };
}

/** How many rows of the shown list are ticked, and the button that says what it will do with them. */
function sumOf(words: Words, list: ComparedRow[], onPage: ComparedRow[], wanted: Set<number>) {
  const ticked = list.filter((row) => canChoose(row) && wanted.has(row.line));
  const changes = ticked.filter((row) => row.mark === 'changed').length;
  return {
    chosen: ticked.length,
    choosable: list.filter(canChoose).length,
    onOtherPages: ticked.filter((row) => !onPage.includes(row)).length,
    button: buttonFor(words, ticked.length - changes, changes),
  };
}

function buttonFor({ t, tn }: Words, added: number, changed: number): string {
  if (added + changed === 0) return t('Add the ticked trends');
  if (changed === 0) return tn(added, 'Add {n} trend', 'Add {n} trends');
  if (added === 0) return tn(changed, 'Change {n} trend', 'Change {n} trends');
  return t('Add {added} and change {changed}', { added, changed });
}

const choiceForm = z.object({
  row: idListField,
  ring: z.string().max(200).prefault(''),
  page: pageField.prefault(1),
  go: z.string().max(200).prefault(''),
  /** How many the pressed button said. */
  counted: z.coerce.number().int().min(0).max(10_000).optional().catch(undefined),
});

/** Remembers what was chosen among the rows on screen, and goes where the pressed button says. */
async function choose({ ctx, request }: Visit, choice: z.output<typeof choiceForm>) {
  const id = idIn(request);
  const now = await choiceNow(ctx, id, choice);
  if (now) await imports.choose(ctx.db, id, now.all);
  return addressWith(`/trends/import/${id}`, placeAfter(choice));
}

function placeAfter({ go, ring, page }: z.output<typeof choiceForm>) {
  if (go.startsWith('ring:')) return { ring: go.slice(5) };
  return { ring, page: go.startsWith('page:') ? pageField.parse(go.slice(5)) : page };
}

/** Adds what is shown and ticked. A button that said another number, as scripts were off, asks once more. */
function confirm(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const id = idIn(request);
  return submit(visit, choiceForm, {
    act: async (choice) => {
      const now = await choiceNow(ctx, id, choice);
      if (!now) return `/trends/import/${id}`;
      const { length } = now.shown.chosen;
      const isAsSaid = choice.counted === undefined || choice.counted === length;
      await imports.choose(ctx.db, id, isAsSaid ? now.shown : now.all);
      if (!isAsSaid) {
        const message = '{n} are ticked now. Press the button once more to add them.';
        return [{ field: 'rows', message, params: { n: length } }];
      }
      await addFromRadar(ctx, id, viewer.id);
      return `/trends/import/${id}`;
    },
    again: (mistakes) => showPreview(visit, mistakes),
    field: 'rows',
  });
}

/** Everything that is chosen now, and what of it is on the list that is shown; null where the rows were imported already. */
async function choiceNow({ db }: Context, id: number, choice: z.output<typeof choiceForm>) {
  const stored = orNotFound(await imports.findWhole(db, id, 'trends'), 'import');
  if (stored.state !== 'preview') return null;
  const choices = choicesOf(stored);
  const compared = compareRadar(choices.rows, await trends.known(db));
  const chosen = chosenNow(compared, choices, choice);
  const listed = new Set(rowsAt(compared, choice).list.map(({ line }) => line));
  const withRows = (lines: number[]) => ({ rows: choices.rows, chosen: lines }) satisfies RadarChoices;
  return { all: withRows(chosen), shown: withRows(chosen.filter((line) => listed.has(line))) };
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
