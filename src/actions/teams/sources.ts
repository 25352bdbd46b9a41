// Links and files of a team's work.
import type { Context } from '../../context.ts';
import { limitPassed, usualLimits } from '../../domain/files/files.ts';
import { readLinks } from '../../domain/trends/links.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as files from '../../store/files/files.ts';
import * as research from '../../store/teams/research.ts';
import { type ChosenFile, storeFile } from '../files/files.ts';
import { lockResearch, type Worker } from './research.ts';

/** Most links of one team, so that its list stays short. */
const mostLinks = 50;

const no = (sentence: string, params: Record<string, string | number> = {}, field = 'file') =>
  new Refusal('invalid', sentence, params, field);

/** Adds a link; the same address twice is one. Refuses what is no address of a page, and more than 50 links. */
export async function addLink(
  ctx: Context,
  teamId: number,
  by: Worker,
  { url: typed, title }: { url: string; title: string },
): Promise<void> {
  const [url] = readLinks(typed).links;
  if (!url) throw no('Paste a whole address that starts with https:// or http://.', {}, 'url');
  await ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    const links = await research.links(tx, researchId);
    if (links.some((link) => link.url === url)) return;
    if (links.length >= mostLinks)
      throw no('A team has at most {n} links. Take one out first.', { n: mostLinks }, 'url');
    await research.addLink(tx, { researchId, url, title, addedById: by.id, createdAt: ctx.now() });
  });
}

/** Takes a link out of the team's list. */
export async function removeLink(ctx: Context, teamId: number, by: Worker, linkId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await research.removeLink(tx, await lockResearch(ctx, tx, teamId, by), linkId);
  });
}

/** Adds a file. Refuses one that is too large or of another kind, and one beyond the room of the team or of everyone. */
export async function addFile(ctx: Context, teamId: number, by: Worker, file: ChosenFile): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    await files.lockAll(tx);
    const own = await files.takenBy(tx, researchId);
    const taken = { team: own.bytes, files: own.files, all: await files.totalBytes(tx) };
    const limits = ctx.fileLimits ?? usualLimits;
    const passed = limitPassed(file.bytes.length, taken, limits);
    if (passed === 'number') throw no('A team has at most {n} files. Take one out first.', { n: own.files });
    if (passed === 'team')
      throw no('With this file the team would have more than {n} MB. Take one out first, or link to it.', {
        n: limits.teamMb,
      });
    if (passed === 'all')
      throw no('There is no room for more files. Link to this one, and tell an organiser.');
    await storeFile(ctx, tx, by.id, file, researchId);
  });
}

/** Takes a file out, and its pieces. */
export async function removeFile(ctx: Context, teamId: number, by: Worker, fileId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    const found = (await files.ofResearch(tx, researchId)).find(({ id }) => id === fileId);
    await files.remove(tx, orNotFound(found, 'page').id);
  });
}
