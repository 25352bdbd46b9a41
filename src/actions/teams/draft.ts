import type { Context } from '../../context.ts';
import type { DraftRow } from '../../domain/teams/draft.ts';
import type { RuleName, RunPlan, RunQuestion } from '../../domain/teams/runs.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as runs from '../../store/teams/runs.ts';
import { lockRound, rowsOf, startDraft } from './draft-runs.ts';

/** Keeps somebody (with all placed together with them) where they are when the draft is made again, or no longer. */
export async function setLock(
  ctx: Context,
  by: number,
  personId: number,
  isLocked: boolean,
  seen: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { programmeId } = await lockRound(tx, seen);
    const rows = await drafts.companions(tx, programmeId, personId);
    if (rows.length === 0) throw new Refusal('not-found', 'This person is not in the draft.');
    if (isLocked && rows.some(({ trendId }) => trendId === null))
      throw new Refusal('conflict', 'There is nothing to keep: this person has no trend in the draft.');
    const ids = rows.map((row) => row.personId);
    await drafts.setLocked(tx, programmeId, ids, isLocked);
    await rounds.change(tx, programmeId, { changedById: by });
  });
}

/** Takes the plan of another rule as the draft; where places were kept or changed since it was made, it is made again. */
export async function useRule(ctx: Context, by: number, rule: RuleName, seen: number): Promise<void> {
  const isTaken = await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, seen);
    if (round.runId === null || round.isChanged) return false;
    const run = orNotFound(await runs.find(tx, round.runId), 'page');
    const plan = run.result?.plans.find((one) => one.rule === rule);
    const rows = await drafts.all(tx, round.programmeId);
    if (!plan || !keepsLocks(rows, plan)) return false;
    const question = withLocks(run.question, rows);
    await drafts.replace(tx, round.programmeId, rowsOf(question, plan));
    await rounds.change(tx, round.programmeId, { rule, isProven: plan.proven, undo: null, changedById: by });
    return true;
  });
  if (!isTaken) await startDraft(ctx, by, seen, { rule });
}

function keepsLocks(rows: readonly DraftRow[], { places }: RunPlan): boolean {
  const given = new Map(places);
  return rows.every(({ personId, trendId, isLocked }) => !isLocked || given.get(personId) === trendId);
}

/** The question with the places that are kept now, for the people who are in the draft. */
function withLocks(question: RunQuestion, rows: readonly DraftRow[]): RunQuestion {
  const now = new Map(rows.map((row) => [row.personId, row]));
  const people = question.people.flatMap((person) => {
    const row = now.get(person.id);
    return row ? [{ ...person, lock: row.isLocked ? row.trendId : null }] : [];
  });
  return { ...question, people };
}

/**
 * Gives somebody another trend at the price that was shown, everybody else as it said, and keeps them there. Refused
 * ('conflict') where the prices are of another draft than is there now.
 */
export async function changePlace(
  ctx: Context,
  by: number,
  personId: number,
  trendId: number,
  seen: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, seen);
    const last = await runs.last(tx, round.programmeId, 'prices');
    if (last?.state !== 'done' || last.roundRevision !== round.revision || !last.about.includes(personId))
      throw new Refusal('conflict', 'The draft has changed since these prices. Press “Change” once more.');
    const run = orNotFound(await runs.find(tx, last.id), 'page');
    const plan = run.result?.plans.find((one) => one.trendId === trendId);
    if (!plan) throw new Refusal('invalid', 'Choose one of the trends that are available.', {}, 'trend');
    const before = await drafts.all(tx, round.programmeId);
    const byHand = new Set([
      ...run.about,
      ...before.filter((row) => row.isByHand).map((row) => row.personId),
    ]);
    const moved = new Set(run.about);
    const question = withLocks(run.question, before);
    const people = question.people.map((one) => (moved.has(one.id) ? { ...one, lock: trendId } : one));
    const after = rowsOf({ ...question, people }, plan, byHand);
    await drafts.replace(tx, round.programmeId, after);
    const undo = changedRows(before, after);
    await rounds.change(tx, round.programmeId, { isChanged: true, undo, changedById: by });
  });
}

/** Rows as they were, of those that a change made different. */
function changedRows(before: readonly DraftRow[], after: readonly DraftRow[]): DraftRow[] {
  const now = new Map(after.map((row) => [row.personId, JSON.stringify(row)]));
  return before.filter((row) => now.get(row.personId) !== JSON.stringify(row));
}

/** Puts back what the last change by hand made different. */
export async function undoChange(ctx: Context, by: number, seen: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, seen);
    if (!round.undo) throw new Refusal('conflict', 'There is no change to undo any more.');
    const was = new Map(round.undo.map((row) => [row.personId, row]));
    const rows = await drafts.all(tx, round.programmeId);
    await drafts.replace(
      tx,
      round.programmeId,
      rows.map((row) => was.get(row.personId) ?? row),
    );
    const isChanged = rows.some((row) => (was.get(row.personId) ?? row).isByHand);
    await rounds.change(tx, round.programmeId, { undo: null, isChanged, changedById: by });
  });
}
