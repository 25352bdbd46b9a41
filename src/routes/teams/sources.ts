import { z } from 'zod';
import { addFile, addLink, removeFile, removeLink } from '../../actions/teams/sources.ts';
import { worksOnTeam } from '../../domain/access.ts';
import { mostFileBytes } from '../../domain/files/files.ts';
import { orNotFound } from '../../refusal.ts';
import * as files from '../../store/files/files.ts';
import * as research from '../../store/teams/research.ts';
import * as teams from '../../store/teams/teams.ts';
import { idIn, lineField, type UploadedFile } from '../../web/forms.ts';
import { noFields, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { sendFile } from '../files/send-file.ts';
import { showTeam } from './teams.ts';

/** Links and files of a team, for its people and organisers alone. */
export function sourceRoutes(at: Pages): void {
  at.post('/teams/:id/links', 'signed-in', link);
  at.post('/teams/:id/links/:link/removal', 'signed-in', press(noFields, unlink));
  at.post('/teams/:id/files', 'signed-in', upload, { largestFile: mostFileBytes });
  at.get('/teams/:id/files/:file', 'signed-in', download);
  at.post('/teams/:id/files/:file/removal', 'signed-in', press(noFields, remove));
}

const sourcesOf = (id: number, said: string) => `/teams/${id}?said=${said}#sources`;

const linkForm = z.object({
  url: lineField(2000, 'This address is too long. Use a shorter one.').prefault(''),
  title: lineField(200, 'Make this shorter: 200 characters at most').prefault(''),
});

function link(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, linkForm, {
    act: async (values) => {
      await addLink(visit.ctx, id, visit.viewer, values);
      return sourcesOf(id, 'added');
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: 'url',
  });
}

async function unlink({ ctx, request, viewer }: SignedInVisit) {
  await removeLink(ctx, idIn(request), viewer, idIn(request, 'link'));
  return sourcesOf(idIn(request), 'taken-out');
}

const isFile = (value: unknown): value is UploadedFile =>
  value !== null && typeof value === 'object' && 'bytes' in value;

const fileForm = z.object({ file: z.custom<UploadedFile>(isFile, 'Choose a file first.') });

function upload(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, fileForm, {
    act: async ({ file }) => {
      await addFile(visit.ctx, id, visit.viewer, file);
      return sourcesOf(id, 'added');
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: 'file',
  });
}

async function remove({ ctx, request, viewer }: SignedInVisit) {
  await removeFile(ctx, idIn(request), viewer, idIn(request, 'file'));
  return sourcesOf(idIn(request), 'taken-out');
}

async function download(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const trendId = orNotFound(worksOnTeam(viewer, team) ? team.trendId : null, 'page');
  const work = orNotFound(await research.find(ctx.db, team.id, trendId), 'page');
  const wanted = idIn(request, 'file');
  const found = (await files.ofResearch(ctx.db, work.id)).find(({ id }) => id === wanted);
  return sendFile(visit, orNotFound(found, 'page'));
}
