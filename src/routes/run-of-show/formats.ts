import { z } from 'zod';
import { addFormat, archiveFormat, copyFormat, putBackFormat } from '../../actions/run-of-show/formats.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { type Mistakes, noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { letterWordsRoutes } from '../letters/words.ts';
import { cardOf } from './format-card.ts';
import { placeOf } from './format-fields.ts';
import { type FileFault, formatAsJson, formatFromJson } from './format-file.ts';
import { create, formatAt, save, showForm, slugIn } from './format-form.ts';
import { newerVersionRoutes } from './newer-version.ts';

/** Registers the library of formats, the form of one, its versions, and its file. */
export function formatRoutes(at: Pages): void {
  at.get('/formats', 'organiser', library);
  at.get('/formats/new', 'organiser', (visit) => showForm(visit, null));
  at.get('/formats/import', 'organiser', (visit) => showImport(visit));
  at.post('/formats/import', 'organiser', importFile);
  at.post('/formats', 'organiser', create);
  at.get('/formats/:slug', 'organiser', async (visit) => showForm(visit, await formatAt(visit)));
  at.post('/formats/:slug', 'organiser', save);
  at.get('/formats/:slug/versions', 'organiser', versions);
  at.get('/formats/:slug/format.json', 'organiser', exportFile);
  at.post('/formats/:slug/copies', 'organiser', press(noFields, copy));
  at.post(
    '/formats/:slug/archiving',
    'organiser',
    press(noFields, (visit) => archive(visit, true)),
  );
  at.post(
    '/formats/:slug/return',
    'organiser',
    press(noFields, (visit) => archive(visit, false)),
  );
  at.post('/formats/:slug/reset', 'organiser', press(noFields, putBack));
  letterWordsRoutes(at);
  newerVersionRoutes(at);
}

const messages = {
  saved: 'Saved as a new version. Events that are planned keep theirs.',
  added: 'The format is added.',
  copied: 'Copied. This is the copy.',
  archived: 'Archived. Events made from it stay as they are.',
  returned: 'Back in the list.',
  reset: 'Back to the built-in version. Events that are planned keep theirs.',
  imported: 'The format is added from the file.',
};

async function library(visit: SignedInVisit): Promise<Answer> {
  const { ctx, words } = visit;
  const uses = await formats.uses(ctx.db, ctx.now());
  const all = (await formats.all(ctx.db)).map((format) => cardOf(words, format, uses.get(format.slug)));
  return page(visit, 'run-of-show/formats', {
    title: words.t('Formats'),
    tab: 'formats',
    shelf: all.filter(({ isArchived, isBuiltIn }) => isBuiltIn && !isArchived),
    own: all.filter(({ isArchived, isBuiltIn }) => !isBuiltIn && !isArchived),
    archived: all.filter(({ isArchived }) => isArchived),
    message: messageFor(visit, messages),
  });
}

async function copy(visit: SignedInVisit): Promise<Answer> {
  const slug = await copyFormat(visit.ctx, slugIn(visit), visit.viewer.id);
  return `/formats/${slug}?said=copied`;
}

async function archive(visit: SignedInVisit, isArchived: boolean): Promise<Answer> {
  await archiveFormat(visit.ctx, slugIn(visit), isArchived);
  return `/formats?said=${isArchived ? 'archived' : 'returned'}`;
}

async function putBack(visit: SignedInVisit): Promise<Answer> {
  await putBackFormat(visit.ctx, slugIn(visit), visit.viewer.id);
  return '/formats?said=reset';
}

const versionsQuery = z.object({ page: pageField });
const versionsOnPage = 20;

async function versions(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, words } = visit;
  const format = await formatAt(visit);
  const count = format.id === null ? 0 : await formats.countVersions(ctx.db, format.id);
  const at = pageOf(readQuery(request, versionsQuery).page, count, versionsOnPage);
  const found = format.id === null ? [] : await formats.versionsOf(ctx.db, format.id, at);
  return page(visit, 'run-of-show/versions', {
    title: words.t('Versions of {format}', { format: format.name }),
    tab: 'formats',
    format,
    versions: found.map((version) => ({
      ...version,
      day: formatDay(version.createdAt.toZonedDateTimeISO('UTC').toPlainDate().toString(), localeOf(words)),
    })),
    pager: pagerFor(at, (number) => addressWith(`/formats/${format.slug}/versions`, { page: number })),
  });
}

async function exportFile(visit: SignedInVisit): Promise<Answer> {
  const { ctx, reply } = visit;
  const found = orNotFound(await formats.find(ctx.db, slugIn(visit)), 'page');
  const version =
    found.versionId && !found.isAsShipped ? await formats.findVersion(ctx.db, found.versionId) : null;
  const {
    slug,
    id,
    versionId,
    number,
    isBuiltIn,
    isAsShipped,
    copiedFrom,
    archivedAt,
    createdAt,
    ...content
  } = found;
  return reply
    .type('application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${slug}.json"`)
    .send(formatAsJson(version?.content ?? content)) as unknown as Answer;
}

const importForm = z.object({
  json: z.string('Paste the file, or choose it.').default(''),
  file: z.object({ fileName: z.string(), bytes: z.instanceof(Uint8Array) }).optional(),
});

function showImport(visit: SignedInVisit, mistakes: Mistakes = noMistakes): Promise<Answer> | Answer {
  const json = mistakes.typed.json;
  return page(visit, 'run-of-show/import', {
    title: visit.words.t('Import a format'),
    tab: 'formats',
    json: typeof json === 'string' ? json : '',
    faults: (mistakes.errors as readonly FileFault[]).map((fault) => ({
      ...fault,
      place: fault.at ?? (fault.field === 'json' ? '' : placeOf(visit.words, fault.field)),
    })),
    status: mistakes.status,
    errors: mistakes.errors.map((error) => ({ ...error, field: 'json' })),
  });
}

/** Reads a pasted or chosen file; where it has faults, its text comes back to be mended on the page. */
async function importFile(visit: SignedInVisit): Promise<Answer> {
  const { ctx, viewer } = visit;
  let text = '';
  return submit(visit, importForm, {
    act: async ({ json, file }) => {
      text = file && file.bytes.length > 0 ? Buffer.from(file.bytes).toString('utf8') : json;
      if (text.trim() === '') return [{ field: 'json', message: 'Paste the file, or choose it.' }];
      const read = formatFromJson(text);
      if ('faults' in read) return read.faults;
      await addFormat(ctx, read.content, { by: viewer.id });
      return '/formats?said=imported';
    },
    again: (mistakes) => showImport(visit, { ...mistakes, typed: { json: text || mistakes.typed.json } }),
    field: 'json',
  });
}
