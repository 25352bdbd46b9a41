import type { Context } from '../../context.ts';
import { filesAmong } from '../../domain/settings/programme.ts';
import { orNotFound, StaleForm } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { note } from '../audit/note.ts';

/** Saves the settings of the season that is on. Throws `StaleForm` where they changed since this revision. */
export async function saveProgramme(
  ctx: Context,
  by: number,
  seenRevision: number,
  settings: programmes.ProgrammeSettings,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    if (programme.settingsRevision !== seenRevision) throw new StaleForm(programme.name, programme);
    // Files are added and removed by presses of their own.
    const materials = [...settings.materials, ...filesAmong(programme.materials)];
    await programmes.saveSettings(tx, programme, { ...settings, materials });
    await note(ctx, tx, { by, act: 'changed-programme', about: settings.name });
  });
}
