import { z } from 'zod';
import {
  confirmImport,
  type ImportResult,
  judgeList,
  stopImport,
  undoImport,
} from '../../actions/people/import.ts';
import type { ImportUndo } from '../../actions/people/import-undo.ts';
import { disableMissing, missingAfter } from '../../actions/people/missing.ts';
import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { columnProblems } from '../../domain/people/columns.ts';
import { countKinds, undoableUntil } from '../../domain/people/import.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { countActive, countUninvited } from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';
import { idIn, idListField, messageFor, type UploadedFile } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { readCsvFile } from '../../web/read-files.ts';
import { noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { emptyFile, wrongRows } from './import-files.ts';
import {
  chooseSharing,
  findImport,
  guess,
  missingData,
  missingInFile,
  missingMessages,
  readAgain,
  readPreview,
  sharingForm,
  showPreview,
} from './import-preview.ts';
import { doneWords, undoneWords } from './import-view.ts';

export function peopleImportRoutes(at: Pages): void {
  at.get('/people/import', 'organiser', choose);
  at.post('/people/import', 'organiser', upload);
  at.get('/people/import/empty.csv', 'organiser', emptyFile);
  at.get('/people/import/:id', 'organiser', show);
  at.get('/people/import/:id/wrong.csv', 'organiser', wrongRows);
  at.post('/people/import/:id/reading', 'organiser', readAgain);
  at.post('/people/import/:id/confirmation', 'organiser', press(noFields, confirm));
  at.post('/people/import/:id/stop', 'organiser', press(noFields, stop));
  at.post('/people/import/:id/undoing', 'organiser', press(noFields, undo));
  at.post('/people/import/:id/sharing', 'organiser', press(sharingForm, chooseSharing));
  at.post('/people/import/:id/missing', 'organiser', press(missingForm, disableThem));
}

async function choose(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx } = visit;
  const { t } = visit.words;
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const recent = (await imports.recent(ctx.db, 'people', 5)).map((each) => ({
    id: each.id,
    fileName: each.fileName,
    what:
      each.state === 'done'
        ? doneWords(visit.words, each.result as unknown as ImportResult)
        : each.state === 'undone'
          ? t('Undone')
          : t('Working'),
    day: formatDay(wallTimeOf(each.createdAt, zone), localeOf(visit.words)),
  }));
  return page(visit, 'people/import', { title: t('Import people'), tab: 'people', recent, ...mistakes });
}

const isFile = (value: unknown): value is UploadedFile =>
  value !== null && typeof value === 'object' && 'bytes' in value;
const uploadForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose a file first.') });

/** Keeps the file as a preview; what cannot be read is refused with what to do. */
const upload = (visit: SignedInVisit) =>
  submit(visit, uploadForm, {
    act: async ({ file: { fileName, bytes } }) => {
      const wrong = (sentence: string) => [{ field: 'file', message: sentence }];
      if (fileName === '') return wrong('Choose a file first.');
      const file = await readCsvFile(bytes);
      if (file.problem !== undefined) return wrong(file.problem);
      const id = await imports.add(visit.ctx.db, {
        kind: 'people',
        fileName: shortName(fileName),
        bytes,
        choices: { encoding: file.encoding, delimiter: file.delimiter, columns: guess(file) },
        createdById: visit.viewer.id,
        createdAt: visit.ctx.now(),
      });
      return `/people/import/${id}`;
    },
    again: (mistakes) => choose(visit, mistakes),
  });

function shortName(fileName: string): string {
  const bare = fileName
    .toWellFormed()
    .replace(/^.*[/\\]/, '')
    .replace(/\p{Cc}/gu, '');
  return [...bare].slice(-100).join('') || 'people.csv';
}

async function show(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  if (found.state !== 'preview') return showWork(visit, found);
  return showPreview(visit, await findImport(visit));
}

async function confirm(visit: SignedInVisit) {
  const { ctx } = visit;
  const found = await findImport(visit);
  // Pressed twice, it is one import.
  if (found.state !== 'preview') return `/people/import/${found.id}`;
  const { file, columns, shared } = await readPreview(found);
  if (file.problem !== undefined || columnProblems(file.header, columns).length > 0) {
    return showPreview(visit, found);
  }
  const counts = countKinds(await judgeList(ctx, { columns, rows: file.rows, shared }));
  if (counts.new + counts.changed === 0) {
    const message =
      'There is nothing to add or change. Correct the wrong rows in your file and choose it again.';
    return showPreview(visit, found, { message, status: 409 });
  }
  await confirmImport(ctx, found.id, {
    header: file.header,
    delimiter: file.delimiter,
    columns,
    rows: file.rows,
    shared,
  });
  return `/people/import/${found.id}`;
}

const missingForm = z.object({ person: idListField });

async function disableThem(
  { ctx, request, viewer }: SignedInVisit,
  { person }: z.output<typeof missingForm>,
) {
  const found = orNotFound(await imports.findWhole(ctx.db, idIn(request), 'people'), 'import');
  const missing =
    found.state === 'preview' ? await missingInFile(ctx, found) : await missingAfter(ctx, found);
  const n = await disableMissing(ctx, viewer.id, missing, person);
  return `/people/import/${found.id}?said=${n > 0 ? 'disabled' : 'none'}`;
}

async function showWork(visit: SignedInVisit, found: imports.ImportState) {
  const { ctx, words } = visit;
  const { t } = words;
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
    done: doneWords(words, { added: result.added ?? 0, changed: result.changed ?? 0 }),
    left: result.left?.length ?? 0,
    kept: result.kept ?? 0,
    undone: undoneWords(words, { removed: result.removed ?? 0, changedBack: result.changedBack ?? 0 }),
    now: await countActive(ctx.db),
    ...(await missingData(ctx, await missingAfter(ctx, found))),
    uninvited: found.state === 'done' ? await countUninvited(ctx.db, found.id) : 0,
    undoUntil: until ? formatDay(wallTimeOf(until, zone), localeOf(words)) : '',
    canUndo: found.state === 'done' && until !== null && Temporal.Instant.compare(ctx.now(), until) <= 0,
    message: messageFor(visit, {
      undone: 'The import was undone.',
      ...missingMessages,
      late: 'It was over before it could be stopped.',
    }),
  };
  return page(visit, 'people/import-work', data);
}

async function stop({ ctx, request, viewer }: SignedInVisit) {
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  const isStopped = await stopImport(ctx, found.id, viewer.id);
  return `/people/import/${found.id}${isStopped ? '' : '?said=late'}`;
}

async function undo({ ctx, request, viewer }: SignedInVisit) {
  const found = orNotFound(await imports.find(ctx.db, idIn(request), 'people'), 'import');
  await undoImport(ctx, found.id, viewer.id);
  return `/people/import/${found.id}?said=undone`;
}
