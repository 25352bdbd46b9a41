// Formats that events are planned with, as the library has them now.
import type { Context } from '../../context.ts';
import { isOffered } from '../../domain/run-of-show/built-in-formats.ts';
import { orNotFound } from '../../refusal.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import type { Words } from '../../words.ts';

/** Lists the formats events can be planned with: not archived, and no pairs. */
export async function offeredFormats({ db }: Pick<Context, 'db'>): Promise<formats.LibraryFormat[]> {
  return (await formats.all(db)).filter((one) => one.archivedAt === null && isOffered(one));
}

/** Finds the format of that slug among those that events can be planned with. */
export async function offeredFormat(ctx: Pick<Context, 'db'>, slug: unknown) {
  return (await offeredFormats(ctx)).find((format) => format.slug === slug);
}

/** Finds the format to begin with: the first of the list. */
export async function firstFormat(ctx: Pick<Context, 'db'>): Promise<formats.LibraryFormat> {
  return orNotFound((await offeredFormats(ctx))[0] ?? null, 'page');
}

/** Puts a text of a format into words: Flipside's own have translations, an organiser's are printed as written. */
export function formatText(
  { t }: Words,
  format: Pick<formats.LibraryFormat, 'isAsShipped'>,
  text: string,
): string {
  return format.isAsShipped ? t(text) : text;
}
