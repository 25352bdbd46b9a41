import type { Context } from '../../context.ts';
import { filesAmong, programmeLimits, type Readers } from '../../domain/settings/programme.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as files from '../../store/files/files.ts';
import { note } from '../audit/note.ts';
import { type ChosenFile, storeFile } from '../files/files.ts';

/** Adds a file to the materials of the season that is on. */
export async function addMaterialFile(
  ctx: Context,
  by: number,
  { title, readers, file: chosen }: { title: string; readers: Readers; file: ChosenFile },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    if (filesAmong(programme.materials).length >= programmeLimits.materials)
      throw new Refusal('invalid', 'There are 12 files already. Remove one first.', {}, 'file');
    const file = await storeFile(ctx, tx, by, chosen);
    const material = { title: title || file.name, url: '', readers, file };
    await programmes.setMaterials(tx, programme.id, [...programme.materials, material]);
    await note(ctx, tx, { by, act: 'changed-programme', about: programme.name });
  });
}

/** Removes a file from the materials of the season that is on; another season that leads to it keeps it. */
export async function removeMaterialFile(ctx: Context, by: number, fileId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    const left = programme.materials.filter(({ file }) => file?.id !== fileId);
    if (left.length === programme.materials.length) return;
    await programmes.setMaterials(tx, programme.id, left);
    if (!(await programmes.usesFile(tx, fileId))) await files.remove(tx, fileId);
    await note(ctx, tx, { by, act: 'changed-programme', about: programme.name });
  });
}
