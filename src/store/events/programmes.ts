import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { events, programmes, teams, trends } from '../schema/index.ts';

export type Programme = typeof programmes.$inferSelect;

/** Everything an organiser sets for the programme. */
export type ProgrammeSettings = Pick<
  Programme,
  | 'organisation'
  | 'name'
  | 'timeZone'
  | 'startsOn'
  | 'endsOn'
  | 'purpose'
  | 'sponsorName'
  | 'sponsorTitle'
  | 'sponsorWords'
  | 'groundRules'
  | 'contacts'
  | 'asksToAccept'
  | 'materials'
>;

const latest = prepared((db) =>
  db.select().from(programmes).orderBy(desc(programmes.id)).limit(1).prepare('current_programme'),
);

/** The season that is on: the newest programme, which has not ended; or nothing before set-up. */
export async function current(db: Db): Promise<Programme | null> {
  const [row] = await latest(db).execute();
  return row ?? null;
}

export async function find(db: Db, id: number | null): Promise<Programme | null> {
  if (id === null) return null;
  const [row] = await db.select().from(programmes).where(eq(programmes.id, id));
  return row ?? null;
}

/** The season that is on, kept from changing until the transaction ends. */
export async function lockCurrent(tx: Tx): Promise<Programme | null> {
  const [row] = await tx.select().from(programmes).orderBy(desc(programmes.id)).limit(1).for('update');
  return row ?? null;
}

/** The season that is on, as it stays until the transaction ends: others read it at the same time, nobody changes it. */
export async function shareCurrent(tx: Tx): Promise<Programme | null> {
  const [row] = await tx.select().from(programmes).orderBy(desc(programmes.id)).limit(1).for('share');
  return row ?? null;
}

/** Adds a programme; trends and teams that are left of a demo programme taken away before it belong to it. */
export async function add(db: Db, values: typeof programmes.$inferInsert): Promise<Programme> {
  const [row] = await db.insert(programmes).values(values).returning();
  for (const table of [trends, teams])
    await db.update(table).set({ programmeId: row!.id }).where(isNull(table.programmeId));
  return row!;
}

/** Saves the settings under their next revision. */
export async function saveSettings(
  tx: Tx,
  { id, settingsRevision }: Programme,
  settings: ProgrammeSettings,
): Promise<void> {
  await tx
    .update(programmes)
    .set({ ...settings, settingsRevision: settingsRevision + 1 })
    .where(eq(programmes.id, id));
}

/** The address of the newest published event, on whose page guests read of the programme. */
export async function newestPublished(db: Db, programmeId: number): Promise<string | null> {
  const [row] = await db
    .select({ slug: events.slug })
    .from(events)
    .where(and(eq(events.programmeId, programmeId), eq(events.state, 'published')))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.slug ?? null;
}

export async function setMaterials(tx: Tx, id: number, materials: Programme['materials']): Promise<void> {
  await tx.update(programmes).set({ materials }).where(eq(programmes.id, id));
}

/** Whether any season still leads to this file. */
export async function usesFile(db: Db, fileId: number): Promise<boolean> {
  const mark = JSON.stringify([{ file: { id: fileId } }]);
  const rows = await db
    .select({ id: programmes.id })
    .from(programmes)
    .where(sql`${programmes.materials} @> ${mark}::jsonb`)
    .limit(1);
  return rows.length > 0;
}
