import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { tableLinks } from '../schema/index.ts';

/** A table's address on the web. */
export interface TableLink {
  /** From 1. */
  number: number;
  url: string;
}

/** Links of an event's tables, in their order; of these tables alone, where they are named. */
export async function linksOf(db: Db, eventId: number, tables?: readonly number[]): Promise<TableLink[]> {
  if (tables?.length === 0) return [];
  const only = tables ? inArray(tableLinks.number, [...tables]) : undefined;
  return db
    .select({ number: tableLinks.number, url: tableLinks.url })
    .from(tableLinks)
    .where(and(eq(tableLinks.eventId, eventId), only))
    .orderBy(asc(tableLinks.number));
}

/** Sets all links of an event's tables. */
export async function setLinks(tx: Tx, eventId: number, links: readonly TableLink[]): Promise<void> {
  await tx.delete(tableLinks).where(eq(tableLinks.eventId, eventId));
  if (links.length > 0) await tx.insert(tableLinks).values(links.map((link) => ({ eventId, ...link })));
}
