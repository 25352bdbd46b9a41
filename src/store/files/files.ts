import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { pieceBytes, pieceStarts, type StoredFile } from '../../domain/files/files.ts';
import { filePieces, files, people } from '../schema/index.ts';

export type NewFile = Omit<typeof files.$inferInsert, 'id' | 'size'>;

/** Stores a file in pieces. */
export async function add(tx: Tx, values: NewFile, bytes: Buffer): Promise<StoredFile> {
  const [row] = await tx
    .insert(files)
    .values({ ...values, size: bytes.length })
    .returning();
  for (const [position, start] of pieceStarts(bytes.length).entries()) {
    const piece = Buffer.from(bytes.subarray(start, start + pieceBytes));
    await tx.insert(filePieces).values({ fileId: row!.id, position, bytes: piece });
  }
  const { id, name, type, size } = row!;
  return { id, name, type, size };
}

/** Reads a file piece by piece, so that no more than one is in memory. */
export async function* piecesOf(
  db: Db,
  { id, size }: Pick<StoredFile, 'id' | 'size'>,
): AsyncGenerator<Buffer> {
  for (const position of pieceStarts(size).keys()) {
    const [row] = await db
      .select({ bytes: filePieces.bytes })
      .from(filePieces)
      .where(and(eq(filePieces.fileId, id), eq(filePieces.position, position)));
    if (!row) throw new Error(`File ${id} has no piece ${position}`);
    yield row.bytes;
  }
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.delete(files).where(eq(files.id, id));
}

/** How many bytes all files take. */
export async function totalBytes(db: Db): Promise<number> {
  const [row] = await db.select({ n: sql<number>`coalesce(sum(${files.size}), 0)::float8` }).from(files);
  return row?.n ?? 0;
}

/** Lets one transaction at a time add files, so that no two pass a limit together. */
export async function lockAll(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('files'))`);
}

/** How many files a team's work has, and their bytes. */
export async function takenBy(db: Db, researchId: number): Promise<{ files: number; bytes: number }> {
  const [row] = await db
    .select({
      files: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(${files.size}), 0)::float8`,
    })
    .from(files)
    .where(eq(files.researchId, researchId));
  return row!;
}

/** Files of a team's work, the latest first, with who added each. */
export async function ofResearch(db: Db, researchId: number) {
  const { id, name, type, size, createdAt } = files;
  return db
    .select({ id, name, type, size, createdAt, addedBy: people.name })
    .from(files)
    .leftJoin(people, eq(people.id, files.addedById))
    .where(eq(files.researchId, researchId))
    .orderBy(desc(files.createdAt), desc(files.id));
}
