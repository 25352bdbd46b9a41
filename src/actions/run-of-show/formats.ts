import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { slugOf } from '../../domain/events/slugs.ts';
import { builtInContent } from '../../domain/run-of-show/built-in-formats.ts';
import { type FormatContent, isSameContent } from '../../domain/run-of-show/format.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { refuseOutdated, type StoredFields } from '../edition.ts';

/** A version of a format as events are made from it. */
export interface FormatVersion {
  id: number;
  content: FormatContent;
}

/** The newest version of a format, stored if it was not: a built-in one is stored once it is needed. Null for a slug unknown. */
export async function newestVersion(
  ctx: Pick<Context, 'now'>,
  tx: Tx,
  slug: string,
): Promise<FormatVersion | null> {
  const content = builtInContent(slug);
  if (content) await formats.add(tx, { slug, createdAt: ctx.now() });
  const id = await formats.lock(tx, slug);
  if (id === null) return null;
  const newest = await formats.find(tx, slug);
  const stored = newest?.versionId ? await formats.findVersion(tx, newest.versionId) : null;
  const isCurrent = stored && !(stored.isBuiltIn && content && !isSameContent(stored.content, content));
  if (isCurrent) return { id: stored.id, content: stored.content };
  if (!content) return null;
  const version = { content, isBuiltIn: true, madeById: null, createdAt: ctx.now() };
  return { id: await formats.addVersion(tx, id, version), content };
}

/** Saves a format as its next version; nothing where nothing differs. Events keep the version they were made from. */
export async function saveFormat(
  ctx: Context,
  slug: string,
  content: FormatContent,
  {
    by,
    seen,
    fields,
  }: { by: number; seen?: string | undefined; fields: (content: FormatContent) => StoredFields },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const newest = orNotFound(await newestVersion(ctx, tx, slug), 'page');
    refuseOutdated(newest.content.name, seen, fields(newest.content));
    if (isSameContent(newest.content, content)) return;
    await addVersion(ctx, tx, slug, content, by);
  });
}

async function addVersion(
  ctx: Context,
  tx: Tx,
  slug: string,
  content: FormatContent,
  madeById: number | null,
): Promise<void> {
  const id = orNotFound(await formats.lock(tx, slug), 'page');
  const shipped = builtInContent(slug);
  const isBuiltIn = shipped !== undefined && isSameContent(shipped, content);
  await formats.addVersion(tx, id, { content, isBuiltIn, madeById, createdAt: ctx.now() });
}

/** Puts a built-in format back to the words and blocks that Flipside brings, as a new version. */
export async function putBackFormat(ctx: Context, slug: string, by: number): Promise<void> {
  const shipped = orNotFound(builtInContent(slug), 'page');
  await saveFormat(ctx, slug, shipped, { by, fields: () => ({}) });
}

/** Adds a format of one's own, the same form sent twice adds it twice; returns its slug. */
export async function addFormat(
  ctx: Context,
  content: FormatContent,
  { by, copiedFrom = null }: { by: number; copiedFrom?: string | null },
): Promise<string> {
  return ctx.db.transaction(async (tx) => addOwn(ctx, tx, content, { by, copiedFrom }));
}

async function addOwn(
  ctx: Context,
  tx: Tx,
  content: FormatContent,
  { by, copiedFrom }: { by: number; copiedFrom: string | null },
): Promise<string> {
  const wanted = slugOf(content.name, 'format');
  for (let number = 1; number <= 1000; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (builtInContent(slug) || reserved.has(slug)) continue;
    const id = await formats.add(tx, { slug, copiedFrom, createdAt: ctx.now() });
    if (id === null) continue;
    await formats.addVersion(tx, id, { content, isBuiltIn: false, madeById: by, createdAt: ctx.now() });
    return slug;
  }
  throw new Refusal('conflict', 'There are too many formats of this name. Give it another one.', {}, 'name');
}

/** Addresses below /formats that are pages. */
const reserved: ReadonlySet<string> = new Set(['new', 'import']);

/** Copies a format with its e-mail wording, under a name of its own; returns its slug. */
export async function copyFormat(ctx: Context, slug: string, by: number): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const source = orNotFound(await newestVersion(ctx, tx, slug), 'page');
    const name = ctx.words.t('Copy of {format}', { format: source.content.name }).slice(0, 80);
    const made = await addOwn(ctx, tx, { ...source.content, name }, { by, copiedFrom: source.content.name });
    for (const [kind, words] of await letterTexts.ofFormat(tx, slug))
      await letterTexts.save(tx, made, kind, words, ctx.now());
    return made;
  });
}

/** Takes a format out of the choice for new events, or back in; events made from it stay as they are. */
export async function archiveFormat(ctx: Context, slug: string, isArchived: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await newestVersion(ctx, tx, slug), 'page');
    const offered = (await formats.all(tx)).filter(({ archivedAt }) => archivedAt === null);
    if (isArchived && offered.every((one) => one.slug === slug || one.shape === 'pair'))
      throw new Refusal(
        'conflict',
        'It is the last format events can be planned with. Add another one first.',
      );
    await formats.setArchived(
      tx,
      orNotFound(await formats.lock(tx, slug), 'page'),
      isArchived ? ctx.now() : null,
    );
  });
}
