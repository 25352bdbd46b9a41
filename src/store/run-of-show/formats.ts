import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { builtInContent, builtInFormats } from '../../domain/run-of-show/built-in-formats.ts';
import { type Format, type FormatContent, isSameContent } from '../../domain/run-of-show/format.ts';
import { events, formats, formatVersions } from '../schema/index.ts';

/** A format of the library in its newest version. */
export interface LibraryFormat extends Format {
  /** Null while it is stored nowhere: a built-in one that nobody has used or edited. */
  id: number | null;
  /** The newest version that is stored, and its number; a built-in one that a release changed has a newer one to come. */
  versionId: number | null;
  number: number;
  isBuiltIn: boolean;
  /** Words and blocks are those that Flipside brings. */
  isAsShipped: boolean;
  copiedFrom: string | null;
  archivedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant | null;
}

interface Stored {
  format: typeof formats.$inferSelect;
  version: typeof formatVersions.$inferSelect;
}

function libraryFormat({ format, version }: Stored): LibraryFormat {
  const shipped = builtInContent(format.slug);
  // An organiser's edit stands; a version that Flipside brought gives way to that of the running release.
  const content = version.isBuiltIn && shipped ? shipped : version.content;
  const { slug, copiedFrom, archivedAt, createdAt } = format;
  return {
    ...content,
    ...{ id: format.id, slug, copiedFrom, archivedAt, createdAt },
    ...{ versionId: version.id, number: version.number },
    isBuiltIn: shipped !== undefined,
    isAsShipped: shipped !== undefined && isSameContent(content, shipped),
  };
}

function asShipped(format: Format): LibraryFormat {
  return {
    ...format,
    ...{ id: null, versionId: null, number: 1, isBuiltIn: true, isAsShipped: true },
    ...{ copiedFrom: null, archivedAt: null, createdAt: null },
  };
}

const newestOf = (db: Db) =>
  db
    .selectDistinctOn([formats.id], { format: formats, version: formatVersions })
    .from(formats)
    .innerJoin(formatVersions, eq(formatVersions.formatId, formats.id));

/** Lists all formats, archived ones too: those that Flipside brings in their order, then the others, oldest first. */
export async function all(db: Db): Promise<LibraryFormat[]> {
  const stored = (await newestOf(db).orderBy(asc(formats.id), desc(formatVersions.number))).map(
    libraryFormat,
  );
  const builtIn = builtInFormats.map((one) => stored.find(({ slug }) => slug === one.slug) ?? asShipped(one));
  return [...builtIn, ...stored.filter(({ isBuiltIn }) => !isBuiltIn)];
}

/** Finds a format in its newest version, archived or not. */
export async function find(db: Db, slug: string): Promise<LibraryFormat | null> {
  const [stored] = await newestOf(db)
    .where(eq(formats.slug, slug))
    .orderBy(asc(formats.id), desc(formatVersions.number));
  if (stored) return libraryFormat(stored);
  const builtIn = builtInFormats.find((one) => one.slug === slug);
  return builtIn ? asShipped(builtIn) : null;
}

/** Adds a format; null where its address is taken. */
export async function add(
  tx: Tx,
  format: Pick<typeof formats.$inferInsert, 'slug' | 'copiedFrom' | 'createdAt'>,
): Promise<number | null> {
  const [row] = await tx.insert(formats).values(format).onConflictDoNothing().returning({ id: formats.id });
  return row?.id ?? null;
}

/** The number of a format, its row locked until the transaction ends; null where it is stored nowhere. */
export async function lock(tx: Tx, slug: string): Promise<number | null> {
  const [row] = await tx.select({ id: formats.id }).from(formats).where(eq(formats.slug, slug)).for('update');
  return row?.id ?? null;
}

/** Adds the next version of a format whose row is locked; returns its number in the database. */
export async function addVersion(
  tx: Tx,
  formatId: number,
  version: {
    content: FormatContent;
    isBuiltIn: boolean;
    madeById: number | null;
    createdAt: Temporal.Instant;
  },
): Promise<number> {
  const next = sql<number>`(SELECT coalesce(max(number), 0) + 1 FROM format_versions WHERE format_id = ${formatId})`;
  const [row] = await tx
    .insert(formatVersions)
    .values({ ...version, formatId, number: next as unknown as number })
    .returning({ id: formatVersions.id });
  return row!.id;
}

export async function setArchived(tx: Tx, id: number, at: Temporal.Instant | null): Promise<void> {
  await tx.update(formats).set({ archivedAt: at }).where(eq(formats.id, id));
}

/** Finds one version with the slug of its format. */
export async function findVersion(db: Db, id: number) {
  const [row] = await db
    .select({ version: formatVersions, slug: formats.slug })
    .from(formatVersions)
    .innerJoin(formats, eq(formats.id, formatVersions.formatId))
    .where(eq(formatVersions.id, id));
  return row ? { ...row.version, slug: row.slug } : null;
}

/** Finds a version by the number its format gives it. */
export async function versionNumbered(db: Db, slug: string, number: number) {
  const [row] = await db
    .select({ version: formatVersions })
    .from(formatVersions)
    .innerJoin(formats, eq(formats.id, formatVersions.formatId))
    .where(and(eq(formats.slug, slug), eq(formatVersions.number, number)));
  return row?.version ?? null;
}

/** Lists versions of a format, the newest first, each with how many events were made from it. */
export async function versionsOf(
  db: Db,
  formatId: number,
  { offset, limit }: { offset: number; limit: number },
) {
  return db
    .select({
      number: formatVersions.number,
      isBuiltIn: formatVersions.isBuiltIn,
      createdAt: formatVersions.createdAt,
      madeBy: sql<string | null>`(SELECT name FROM people WHERE people.id = ${formatVersions.madeById})`,
      events: sql<number>`(SELECT count(*)::int FROM events e WHERE e.format_version_id = ${formatVersions.id})`,
    })
    .from(formatVersions)
    .where(eq(formatVersions.formatId, formatId))
    .orderBy(desc(formatVersions.number))
    .offset(offset)
    .limit(limit);
}

export async function countVersions(db: Db, formatId: number): Promise<number> {
  return db.$count(formatVersions, eq(formatVersions.formatId, formatId));
}

/** Counts the events of each format, by slug: those ahead and those that began before a moment, cancelled ones apart. */
export async function uses(db: Db, now: Temporal.Instant) {
  const begun = sql`${events.startsAt}::timestamp AT TIME ZONE ${events.timeZone} <= ${now.toString()}::timestamptz`;
  const rows = await db
    .select({
      slug: events.format,
      ahead: sql<number>`count(*) FILTER (WHERE NOT ${begun})::int`,
      held: sql<number>`count(*) FILTER (WHERE ${begun})::int`,
    })
    .from(events)
    .where(sql`${events.state} <> 'cancelled'`)
    .groupBy(events.format);
  return new Map(rows.map(({ slug, ahead, held }) => [slug, { ahead, held }]));
}
