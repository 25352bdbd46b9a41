import { and, asc, desc, eq, ne, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../database/open.ts';
import { assignmentRuns } from '../schema/index.ts';

export type Run = typeof assignmentRuns.$inferSelect;
/** A run without its question and its plans: what a page that follows it needs. */
export type RunState = Omit<Run, 'question' | 'result' | 'run'>;

const stateColumns = {
  id: assignmentRuns.id,
  programmeId: assignmentRuns.programmeId,
  kind: assignmentRuns.kind,
  state: assignmentRuns.state,
  done: assignmentRuns.done,
  sentence: assignmentRuns.sentence,
  isKept: assignmentRuns.isKept,
  about: assignmentRuns.about,
  roundRevision: assignmentRuns.roundRevision,
  createdById: assignmentRuns.createdById,
  createdAt: assignmentRuns.createdAt,
  finishedAt: assignmentRuns.finishedAt,
};

type NewRun = Pick<
  Run,
  'programmeId' | 'kind' | 'question' | 'about' | 'roundRevision' | 'createdById' | 'createdAt'
>;

/** A run to be done; those of its kind that were at work before are stopped, and the others forgotten but for `but`. */
export async function add(tx: Tx, values: NewRun, but: number | null): Promise<number> {
  const isAlike = and(
    eq(assignmentRuns.programmeId, values.programmeId),
    eq(assignmentRuns.kind, values.kind),
    but === null ? undefined : ne(assignmentRuns.id, but),
  );
  await tx.delete(assignmentRuns).where(isAlike);
  const [row] = await tx
    .insert(assignmentRuns)
    .values({ ...values, state: 'working' })
    .returning({ id: assignmentRuns.id });
  return row!.id;
}

/** The last run of a kind. */
export async function last(db: Db, programmeId: number, kind: Run['kind']): Promise<RunState | null> {
  const [row] = await db
    .select(stateColumns)
    .from(assignmentRuns)
    .where(and(eq(assignmentRuns.programmeId, programmeId), eq(assignmentRuns.kind, kind)))
    .orderBy(desc(assignmentRuns.id))
    .limit(1);
  return row ?? null;
}

export async function find(db: Db, id: number): Promise<Run | null> {
  const [row] = await db.select().from(assignmentRuns).where(eq(assignmentRuns.id, id));
  return row ?? null;
}

/** The row, held until the transaction ends. */
export async function lock(tx: Tx, id: number): Promise<Run | null> {
  const [row] = await tx.select().from(assignmentRuns).where(eq(assignmentRuns.id, id)).for('update');
  return row ?? null;
}

/** Makes this process the one at work; null where there is nothing to do. */
export async function takeOver(db: Db, id: number, run: string): Promise<Run | null> {
  const [row] = await db
    .update(assignmentRuns)
    .set({ run })
    .where(and(eq(assignmentRuns.id, id), eq(assignmentRuns.state, 'working')))
    .returning();
  return row ?? null;
}

/** Says how far the process at work is; returns whether it goes on, or is to keep the best so far, or to stop. */
export async function progress(
  db: Db,
  id: number,
  run: string,
  far: Pick<Run, 'done' | 'sentence'>,
): Promise<'on' | 'keep' | 'stop'> {
  const [row] = await db
    .update(assignmentRuns)
    .set(far)
    .where(and(eq(assignmentRuns.id, id), eq(assignmentRuns.run, run), eq(assignmentRuns.state, 'working')))
    .returning({ isKept: assignmentRuns.isKept });
  if (!row) return 'stop';
  return row.isKept ? 'keep' : 'on';
}

/** Asks for the best so far; false where it is over. */
export async function keep(db: Db, id: number): Promise<boolean> {
  const rows = await db
    .update(assignmentRuns)
    .set({ isKept: true })
    .where(and(eq(assignmentRuns.id, id), eq(assignmentRuns.state, 'working')))
    .returning({ id: assignmentRuns.id });
  return rows.length > 0;
}

/** Ends a run that is at work; false where it was over. */
export async function end(
  db: Db,
  id: number,
  values: Pick<Run, 'state' | 'finishedAt'> & Partial<Pick<Run, 'result'>>,
): Promise<boolean> {
  const rows = await db
    .update(assignmentRuns)
    .set(values)
    .where(and(eq(assignmentRuns.id, id), eq(assignmentRuns.state, 'working')))
    .returning({ id: assignmentRuns.id });
  return rows.length > 0;
}

/** The ids of runs that are not over. */
export async function unfinished(db: Db): Promise<number[]> {
  const rows = await db
    .select({ id: assignmentRuns.id })
    .from(assignmentRuns)
    .where(eq(assignmentRuns.state, 'working'))
    .orderBy(asc(assignmentRuns.id));
  return rows.map(({ id }) => id);
}

/** Holds one of them until the end of the transaction; false where its work is over. */
export async function lockUnfinished(tx: Tx, id: number): Promise<boolean> {
  const rows = await tx
    .select({ id: assignmentRuns.id })
    .from(assignmentRuns)
    .where(and(eq(assignmentRuns.id, id), eq(assignmentRuns.state, 'working')))
    .for('update');
  return rows.length > 0;
}

/** Summary of a run that is over, read without its question and plans. */
export async function summaryOf(
  db: Db,
  id: number,
): Promise<Pick<NonNullable<Run['result']>, 'rules' | 'prices' | 'faults'> | null> {
  const part = (name: 'rules' | 'prices' | 'faults') =>
    sql`${assignmentRuns.result} -> ${sql.raw(`'${name}'`)}`;
  const [row] = await db
    .select({
      rules: part('rules').mapWith(assignmentRuns.result),
      prices: part('prices').mapWith(assignmentRuns.result),
      faults: part('faults').mapWith(assignmentRuns.result),
    })
    .from(assignmentRuns)
    .where(eq(assignmentRuns.id, id));
  if (!row?.rules) return null;
  return row as unknown as Pick<NonNullable<Run['result']>, 'rules' | 'prices' | 'faults'>;
}
