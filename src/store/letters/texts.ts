import { and, eq } from 'drizzle-orm';
import type { Db } from '../../database/open.ts';
import type { LetterWords, WordedKind } from '../../domain/letters/words.ts';
import { letterTexts } from '../schema/index.ts';

/** An organiser's own words of the letters of a format, by kind. */
export async function ofFormat(db: Db, format: string): Promise<Map<WordedKind, LetterWords>> {
  const rows = await db.select().from(letterTexts).where(eq(letterTexts.format, format));
  return new Map(rows.map(({ kind, subject, body }) => [kind, { subject, body }]));
}

export async function save(
  db: Db,
  format: string,
  kind: WordedKind,
  { subject, body }: LetterWords,
  updatedAt: Temporal.Instant,
): Promise<void> {
  await db
    .insert(letterTexts)
    .values({ format, kind, subject, body, updatedAt })
    .onConflictDoUpdate({
      target: [letterTexts.format, letterTexts.kind],
      set: { subject, body, updatedAt },
    });
}

/** Goes back to the built-in words of this kind of letter. */
export async function remove(db: Db, format: string, kind: WordedKind): Promise<void> {
  await db.delete(letterTexts).where(and(eq(letterTexts.format, format), eq(letterTexts.kind, kind)));
}
