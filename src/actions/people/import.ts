import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isPassingFault } from '../../domain/passing-faults.ts';
import { type JudgedRow, judgingRows, undoableUntil } from '../../domain/people/import.ts';
import { missingFrom } from '../../domain/people/missing.ts';
import { readingRows } from '../../domain/people/rows.ts';
import type { Sentence } from '../../domain/people/words.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as store from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';
import { type Actor, note } from '../audit/note.ts';
import { inTurns } from '../steps.ts';
import { listOf, type PeopleList, packList } from './import-list.ts';
import { type ImportRun, writeRows } from './import-rows.ts';
import { revertImport } from './import-undo.ts';

/** Result of a finished import. */
export interface ImportResult {
  added: number;
  changed: number;
  header: string[];
  delimiter: string;
  /** Rows that were left out, as they stood in the file, with the reasons. */
  left: { line: number; why: Sentence[]; cells: string[] }[];
  /** People who could take part and were not in the file, at most `mostMissing`; left out in older imports. */
  missingIds?: number[];
}

/** Most people that are listed as missing from a file: more is another kind of list. */
export const mostMissing = 500;

/** Judges a list against the people there are at this moment. */
export async function judgeList(
  { db }: Context,
  list: Pick<PeopleList, 'columns' | 'rows' | 'shared'>,
): Promise<JudgedRow[]> {
  return judge(list, await store.everyone(db));
}

/** In turns with whatever else is to be done: thousands of rows would hold up pages. */
async function judge(
  { rows, columns, shared }: Pick<PeopleList, 'columns' | 'rows' | 'shared'>,
  people: Awaited<ReturnType<typeof store.everyone>>,
): Promise<JudgedRow[]> {
  return inTurns(judgingRows(await inTurns(readingRows(rows, columns)), people, shared));
}

/** Queues the import, once; throws a Refusal where the preview was used or stopped already. */
export async function confirmImport(ctx: Context, id: number, list: PeopleList): Promise<void> {
  const bytes = await packList(list);
  await ctx.db.transaction(async (tx) => {
    if (!(await imports.begin(tx, id, { bytes, choices: { isConfirmed: true } }))) {
      throw new Refusal(
        'conflict',
        'This list is being imported already, or was. Look at how it went below.',
      );
    }
    await ctx.queue(tx, 'import-people', { importId: id });
  });
}

/**
 * Stops an import that is working; the process at work reverts what it wrote so far. False where it was over
 * already.
 */
export async function stopImport(ctx: Context, id: number, by: Actor): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const ending = { state: 'stopped' as const, sentence: '', result: {}, finishedAt: ctx.now() };
    if (!(await imports.stop(tx, id, ending))) return false;
    const { fileName } = orNotFound(await imports.find(tx, id, 'people'), 'import');
    await note(ctx, tx, { by, act: 'import-stopped', about: fileName });
    return true;
  });
}

/**
 * Does the work of a confirmed import: judges again, writes in small transactions so that its progress is seen and a
 * stop is heard between them, and takes everything back where it was stopped or failed. Tried again after a crash it
 * goes on where it was. Where two do the same, the earlier one writes nothing more.
 */
export async function runImport(ctx: Context, id: number): Promise<void> {
  const found = await imports.findWhole(ctx.db, id, 'people');
  if (!found) return;
  const run = ctx.random(12).toString('base64url');
  if (found.state === 'stopped') return revertUnfinished(ctx, id);
  if (!(await imports.takeOver(ctx.db, id, run))) return;
  try {
    await work(ctx, { id, run }, await listOf(found));
  } catch (error) {
    if (!isPassingFault(error)) await revertUnfinished(ctx, id, { failedIn: run });
    throw error;
  }
}

/** Ends an import that cannot be finished and takes back what it wrote. */
export async function giveUpImport(ctx: Context, id: number): Promise<void> {
  const run = ctx.random(12).toString('base64url');
  if (await imports.takeOver(ctx.db, id, run)) await revertUnfinished(ctx, id, { failedIn: run });
  else await revertUnfinished(ctx, id);
}

async function work(ctx: Context, running: ImportRun, list: PeopleList): Promise<void> {
  const { id } = running;
  const people = await store.everyone(ctx.db);
  const rows = await judge(list, people);
  const late = await writeRows(ctx, running, rows, people);
  if (late === 'ended') return revertUnfinished(ctx, id);
  const changes = await imports.countChanges(ctx.db, id);
  const left = [...rows.filter(({ kind }) => kind === 'wrong'), ...late];
  const result: ImportResult = {
    ...changes,
    header: list.header,
    delimiter: list.delimiter,
    left: leftOut(left, list),
    missingIds: missingFrom(rows, people)
      .slice(0, mostMissing)
      .map(({ id }) => id),
  };
  const ending = { state: 'done' as const, sentence: '', result: { ...result }, finishedAt: ctx.now() };
  if (!(await endWith(ctx, running, ending, result))) await revertUnfinished(ctx, id);
}

async function endWith(
  ctx: Context,
  { id, run }: ImportRun,
  ending: Parameters<typeof imports.end>[3],
  { added, changed, left }: ImportResult,
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    if ((await imports.lock(tx, id))?.run !== run) return false;
    if (!(await imports.end(tx, id, 'working', ending))) return false;
    const { createdById, fileName } = orNotFound(await imports.find(tx, id, 'people'), 'import');
    const numbers = { added, changed, left: left.length };
    await note(ctx, tx, { by: createdById, act: 'imported-people', about: fileName, numbers });
    return true;
  });
}

function leftOut(rows: JudgedRow[], list: PeopleList): ImportResult['left'] {
  const cells = new Map(list.rows.map((row) => [row.line, row.cells]));
  return rows
    .sort((a, b) => a.line - b.line)
    .map(({ line, why }) => ({ line, why, cells: [...(cells.get(line) ?? [])] }));
}

/**
 * Takes back what was written so far and says so, in one transaction: of an import that was stopped, or that failed in the
 * run at work. Nothing where another run has taken its place, or it is over.
 */
async function revertUnfinished(
  ctx: Context,
  id: number,
  { failedIn }: { failedIn?: string } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const found = await imports.lock(tx, id);
    const isOurs = failedIn === undefined ? found?.state === 'stopped' : found?.run === failedIn;
    if (!found || !isOurs) return;
    const result = { ...(await revertImport(tx, id, ctx.now())) };
    const [from, state] =
      failedIn === undefined ? (['stopped', 'stopped'] as const) : (['working', 'failed'] as const);
    await imports.end(tx, id, from, { state, sentence: '', result, finishedAt: ctx.now() });
    if (state !== 'failed') return;
    await note(ctx, tx, { by: found.createdById, act: 'import-failed', about: found.fileName });
  });
}

/** Undoes an import for everyone nobody has invited or edited since; throws a Refusal after seven days. */
export async function undoImport(ctx: Context, id: number, by: Actor): Promise<void> {
  const { db, now } = ctx;
  await db.transaction(async (tx: Tx) => {
    const found = orNotFound(await imports.lock(tx, id), 'import');
    if (found.state === 'undone') throw new Refusal('conflict', 'This import was undone already.');
    if (found.state !== 'done' || found.finishedAt === null)
      throw new Refusal('conflict', 'There is nothing to undo.');
    if (Temporal.Instant.compare(now(), undoableUntil(found.finishedAt)) > 0) {
      throw closed(
        'Too late to undo',
        'An import can be undone for seven days. Correct the people one by one.',
      );
    }
    const taken = await revertImport(tx, id, now());
    const result = { ...found.result, ...taken };
    await imports.end(tx, id, 'done', { state: 'undone', sentence: '', result, finishedAt: now() });
    await note(ctx, tx, { by, act: 'undid-import', about: found.fileName, numbers: { ...taken } });
  });
}
