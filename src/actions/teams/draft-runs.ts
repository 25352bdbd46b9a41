import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { DraftRow } from '../../domain/teams/draft.ts';
import { tierOf } from '../../domain/teams/ranking.ts';
import { whysOf } from '../../domain/teams/reasons.ts';
import {
  priced,
  type RuleName,
  type RunPlan,
  type RunQuestion,
  type RunResult,
  ruleNames,
  summarised,
} from '../../domain/teams/runs.ts';
import type { RoundAnswer, RoundWishes } from '../../planning/assign/round.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as drafts from '../../store/teams/drafts.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as runs from '../../store/teams/runs.ts';
import { questionNow, wishesFor } from './round-question.ts';

/** The season's round, held; refused ('conflict') where another organiser has changed it since the page was read. */
export async function lockRound(tx: Tx, seen: number): Promise<rounds.Round> {
  const programme = orNotFound(await programmes.current(tx), 'page');
  const round = await rounds.lock(tx, programme.id);
  if (round.revision !== seen)
    throw new Refusal(
      'conflict',
      'Another organiser has changed the draft in the meantime. Look at it as it is now, then try again.',
    );
  return round;
}

/** Queues a run of the planner over the whole round; a draft that is there stays until it is done. */
export async function startDraft(
  ctx: Context,
  by: number,
  seen: number,
  wanted: { rule?: RuleName | undefined; seed?: number | undefined } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, seen);
    const changed = { ...round, rule: wanted.rule ?? round.rule, seed: wanted.seed ?? round.seed };
    const question = await questionNow(tx, changed);
    if (question.people.length === 0)
      throw new Refusal('conflict', 'Every young talent is in a team with a trend already.');
    if (question.trends.length === 0)
      throw new Refusal('conflict', 'No trend is on the shortlist. Shortlist some first.');
    await rounds.change(tx, round.programmeId, { rule: changed.rule, seed: changed.seed, changedById: by });
    const runId = await runs.add(
      tx,
      {
        programmeId: round.programmeId,
        kind: 'draft',
        question,
        about: [],
        roundRevision: round.revision + 1,
        createdById: by,
        createdAt: ctx.now(),
      },
      round.runId,
    );
    await ctx.queue(tx, 'assign-trends', { runId });
  });
}

/** Queues pricing every other trend for one person, with all who are placed together with them. */
export async function startPrices(ctx: Context, by: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const round = await rounds.lock(tx, programme.id);
    const rows = await drafts.companions(tx, programme.id, personId);
    if (rows.length === 0) throw new Refusal('not-found', 'This person is not in the draft.');
    const question = await pricesQuestion(tx, round);
    const runId = await runs.add(
      tx,
      {
        programmeId: programme.id,
        kind: 'prices',
        question,
        about: rows.map((row) => row.personId),
        roundRevision: round.revision,
        createdById: by,
        createdAt: ctx.now(),
      },
      null,
    );
    await ctx.queue(tx, 'assign-trends', { runId });
  });
}

/** The question of the draft's own run, with the places and locks there are now. */
async function pricesQuestion(tx: Tx, round: rounds.Round): Promise<RunQuestion> {
  const run = orNotFound(round.runId === null ? null : await runs.find(tx, round.runId), 'page');
  const rows = await drafts.all(tx, round.programmeId);
  const now = new Map(rows.map((row) => [row.personId, row]));
  const people = run.question.people.filter(({ id }) => now.has(id));
  return {
    ...run.question,
    people: people.map((person) => {
      const row = now.get(person.id)!;
      return { ...person, lock: row.isLocked ? row.trendId : null };
    }),
    rule: round.rule,
    places: rows.flatMap(({ personId, trendId }) => (trendId === null ? [] : [[personId, trendId]])),
    ...(round.publishedAt !== null && { keepsOthers: true }),
  };
}

/** Asks the run at work for its best so far. */
export async function keepBest(ctx: Context, runId: number): Promise<void> {
  await runs.keep(ctx.db, runId);
}

/** Stops the run at work; the draft there was stays. */
export async function stopRun(ctx: Context, runId: number): Promise<void> {
  await runs.end(ctx.db, runId, { state: 'stopped', finishedAt: ctx.now() });
}

/** Makes the planner's input from a run: the draft's rule first, so that it has the time it needs. */
export function plannerWishes({ question, about }: Pick<runs.Run, 'question' | 'about'>): RoundWishes {
  const { rule, places = [], people, trends, keepsOthers } = question;
  const wishes = wishesFor(question);
  if (about.length === 0) return { wishes, rules: [rule, ...ruleNames.filter((name) => name !== rule)] };
  const now = new Map(places);
  const stay = Object.fromEntries(
    places.filter(([id]) => !about.includes(id)).map(([id, trend]) => [String(id), String(trend)]),
  );
  const own = people.find(({ id }) => id === about[0]);
  // Trends they rank first, then the others; where they are now costs nothing.
  const ranked = own?.tiers.flat() ?? [];
  const others = trends.map(({ id }) => id).filter((id) => !ranked.includes(id));
  const asked = [...ranked, ...others].filter((id) => id !== now.get(about[0]!)).slice(0, mostPriced);
  return {
    wishes,
    rules: [rule],
    moved: { agents: about.map(String), trends: asked.map(String), ...(keepsOthers && { stay }) },
  };
}

/** Trends priced for one change at most: those that are ranked come first. */
const mostPriced = 40;

/** The answer of the planner as plans in numbers. */
export function resultOf({ plans }: RoundAnswer): Pick<RunResult, 'plans' | 'faults'> {
  return {
    plans: plans.flatMap(({ rule, trend, assignment, proven, goals }): RunPlan[] => {
      if (!assignment) return [];
      const open = proven ? undefined : goals.find(({ value, bound }) => value !== bound);
      return [
        {
          rule,
          ...(trend !== undefined && { trendId: Number(trend) }),
          places: Object.entries(assignment).map(([id, given]): [number, number] => [
            Number(id),
            Number(given),
          ]),
          proven,
          ...(open && { gap: { part: open.name, value: open.value, bound: open.bound } }),
        },
      ];
    }),
    faults: [],
  };
}

/** Ends a run with its plans: a draft takes the place of the one before, made by the rule of the round. */
export async function finishRun(
  ctx: Context,
  runId: number,
  run: string,
  { plans, faults }: Pick<RunResult, 'plans' | 'faults'>,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const state = await runs.find(tx, runId);
    if (!state) return;
    const round = await rounds.lock(tx, state.programmeId);
    const held = await runs.lock(tx, runId);
    if (held?.state !== 'working' || held.run !== run) return;
    const isDraft = held.kind === 'draft';
    const result: RunResult = {
      plans,
      faults,
      rules: isDraft ? summarised(held.question, plans) : [],
      prices: isDraft ? [] : priced(held.question, plans, held.about),
    };
    const isRefused = isDraft && plans.length === 0;
    const ending = {
      result,
      finishedAt: ctx.now(),
      state: isRefused ? ('refused' as const) : ('done' as const),
    };
    await runs.end(tx, runId, ending);
    const plan = plans.find(({ rule }) => rule === round.rule) ?? plans[0];
    if (!isDraft || !plan) return;
    await drafts.replace(tx, round.programmeId, rowsOf(held.question, plan));
    await rounds.change(tx, round.programmeId, {
      runId,
      rule: plan.rule,
      isProven: plan.proven,
      isChanged: false,
      undo: null,
    });
  });
}

/** A run that ended by a mistake of ours, or too often with its process. */
export async function failRun(ctx: Context, runId: number): Promise<void> {
  await runs.end(ctx.db, runId, { state: 'failed', finishedAt: ctx.now() });
}

/** The rows of a draft from a plan, with the obstacles to each higher choice. */
export function rowsOf(
  question: RunQuestion,
  plan: Pick<RunPlan, 'places'>,
  byHand: ReadonlySet<number> = new Set(),
): DraftRow[] {
  const given = new Map(plan.places);
  const whys = whysOf(question, plan.places);
  return question.people.map(({ id, teamId, tiers, hasRanked, lock }) => {
    const trendId = given.get(id) ?? null;
    return {
      personId: id,
      teamId,
      trendId,
      choice: trendId === null ? null : tierOf(tiers, trendId),
      hasRanked,
      isLocked: lock !== null,
      isByHand: byHand.has(id),
      why: whys.get(id) ?? [],
    };
  });
}
