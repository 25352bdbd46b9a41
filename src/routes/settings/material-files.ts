import { z } from 'zod';
import { addMaterialFile, removeMaterialFile } from '../../actions/settings/materials.ts';
import { endings, mostFileBytes, type StoredFile } from '../../domain/files/files.ts';
import { linesFor, programmeLimits, readerGroups } from '../../domain/settings/programme.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { idIn, lineField, type UploadedFile } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { settingsHead } from '../audit/settings-head.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { sendFile } from '../files/send-file.ts';
import { readerChoices } from './programme-view.ts';

/** Registers files among the materials: adding and removing them, and the downloads of organisers and guests. */
export function materialFileRoutes(at: Pages): void {
  at.get('/settings/programme/files', 'organiser', (visit) => show(visit));
  at.post('/settings/programme/files', 'organiser', add, { largestFile: mostFileBytes });
  at.get('/settings/programme/files/:id', 'organiser', download);
  at.post('/settings/programme/files/:id/removal', 'organiser', press(noFields, remove));
  atBothDoors(at).get('/files/:id', downloadAsGuest);
}

const isFile = (value: unknown): value is UploadedFile =>
  value !== null && typeof value === 'object' && 'bytes' in value;

const fileForm = z.object({
  title: lineField(programmeLimits.line, 'Make this shorter: 200 characters at most').prefault(''),
  readers: z.enum(readerGroups).catch('all'),
  file: z.custom<UploadedFile>(isFile, 'Choose a file first.'),
});

function add(visit: SignedInVisit) {
  return submit(visit, fileForm, {
    act: async ({ title, readers, file }) => {
      await addMaterialFile(visit.ctx, visit.viewer.id, { title, readers, file });
      return '/settings/programme?said=file#materials';
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'file',
  });
}

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  return page(visit, 'settings/add-file', {
    title: visit.words.t('Add a file'),
    tab: 'settings',
    ...(await settingsHead(visit, 'programme')),
    readers: readerChoices(visit.words),
    fileTypes: endings.map((ending) => `.${ending}`).join(','),
    ...mistakes,
  });
}

async function remove({ ctx, request, viewer }: SignedInVisit) {
  await removeMaterialFile(ctx, viewer.id, idIn(request));
  return '/settings/programme?said=file-removed#materials';
}

async function download(visit: SignedInVisit): Promise<Answer> {
  const { materials } = orNotFound(await programmes.current(visit.ctx.db), 'page');
  return sendOne(visit, materials);
}

async function downloadAsGuest(visit: GuestVisit): Promise<Answer> {
  const { page: shown, me } = visit.guest;
  return sendOne(visit, linesFor(shown.programme.materials, me.side));
}

/** Sends the file of one of these materials; any other is not found. */
function sendOne(visit: Visit, materials: readonly { file?: StoredFile }[]): Answer {
  const id = idIn(visit.request);
  const found = materials.find(({ file }) => file?.id === id);
  return sendFile(visit, orNotFound(found?.file, 'page'));
}
