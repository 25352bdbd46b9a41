import { runImport } from '../actions/people/import.ts';
import type { Context } from '../context.ts';

/** Imports a confirmed list of people; run again after a crash it goes on where it was. */
export async function importPeople(ctx: Context, { importId }: { importId: number }): Promise<void> {
  await runImport(ctx, importId);
}
