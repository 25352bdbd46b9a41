// A team's work on its trend: it ticks steps and writes the brief.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { worksOnTeam } from '../../domain/access.ts';
import { mergeTexts, tidied, wordsIn } from '../../domain/teams/merge.ts';
import type { TickedStep } from '../../domain/teams/team-steps.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as research from '../../store/teams/research.ts';
import * as teams from '../../store/teams/teams.ts';

/** Most characters of a brief; it is room for more than 20,000 words, so that a long draft is not cut. */
export const mostOfBrief = 200_000;

export interface Worker {
  id: number;
  isOrganiser: boolean;
}

/**
 * Locks a team for one of its people or an organiser, and returns its work on its present trend. Throws a Refusal:
 * 'not-found' for anyone else, 'conflict' while the team has no trend.
 */
export async function lockResearch(ctx: Context, tx: Tx, teamId: number, by: Worker): Promise<number> {
  orNotFound(await teams.lock(tx, teamId), 'team');
  const team = orNotFound(await teams.find(tx, teamId), 'team');
  if (!worksOnTeam(by, team)) throw new Refusal('not-found', 'Only the team and organisers work on this.');
  const { trendId } = team;
  if (trendId === null)
    throw new Refusal('conflict', 'This team has no trend yet. Once it has one, its work begins here.');
  return research.begin(tx, { teamId, trendId, createdAt: ctx.now() });
}

/** Ticks a step, or takes the tick back. A brief without a text cannot be ticked. */
export async function tickStep(
  ctx: Context,
  teamId: number,
  by: Worker,
  { step, isDone }: { step: TickedStep; isDone: boolean },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    if (!isDone) return research.untick(tx, researchId, step);
    await tick(ctx, tx, researchId, by, step);
  });
}

async function tick(ctx: Context, tx: Tx, researchId: number, by: Worker, step: TickedStep): Promise<void> {
  const brief = step === 'brief' ? await research.version(tx, researchId, 'last') : null;
  if (step === 'brief' && !brief?.text)
    throw new Refusal('conflict', 'Write the brief first, then say that it is written.', {}, 'brief');
  await research.tick(tx, { researchId, step, doneAt: ctx.now(), doneById: by.id });
}

/** A brief as its form sends it. */
export interface TypedBrief {
  text: string;
  /** Number of the version the writer began with; 0 for an empty page. */
  begunWith: number;
  /** Whether the step is ticked with it. */
  isWritten: boolean;
}

/**
 * Saves a brief. What others saved since the writer began is joined with it, so that both texts are there; the same text
 * twice is one version. Returns the version's number, and whether it was joined.
 */
export async function saveBrief(
  ctx: Context,
  teamId: number,
  by: Worker,
  { text, begunWith, isWritten }: TypedBrief,
): Promise<{ number: number; isJoined: boolean }> {
  return ctx.db.transaction(async (tx) => {
    const researchId = await lockResearch(ctx, tx, teamId, by);
    const last = await research.version(tx, researchId, 'last');
    const saved = await joinedWith(tx, researchId, last, { text: tidied(text), begunWith });
    let number = last?.number ?? 0;
    if (saved.text !== (last?.text ?? '')) {
      number += 1;
      const words = wordsIn(saved.text);
      const values = { researchId, number, text: saved.text, words, authorId: by.id, begunWith };
      await research.addVersion(tx, { ...values, savedAt: ctx.now() });
    }
    if (isWritten) await tick(ctx, tx, researchId, by, 'brief');
    return { number, isJoined: saved.isJoined };
  });
}

async function joinedWith(
  tx: Tx,
  researchId: number,
  last: research.BriefVersion | null,
  { text, begunWith }: { text: string; begunWith: number },
): Promise<{ text: string; isJoined: boolean }> {
  if (!last || begunWith === last.number || text === last.text) return { text, isJoined: false };
  const base = begunWith > 0 ? await research.version(tx, researchId, begunWith) : null;
  const joined = mergeTexts(base?.text ?? '', last.text, text);
  if ([...joined].length > mostOfBrief)
    throw new Refusal(
      'invalid',
      'Together with what was saved while you wrote, this is too long. Shorten it and save again.',
      {},
      'brief',
    );
  return { text: joined, isJoined: true };
}
