import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { daysBefore, isPast } from '../../domain/events/deadlines.ts';
import { isOver } from '../../domain/events/times.ts';
import { builtInContent } from '../../domain/run-of-show/built-in-formats.ts';
import { formatFactsOf } from '../../domain/run-of-show/event-format.ts';
import { type FormatContent, type FormatFacts, factsOfFormat } from '../../domain/run-of-show/format.ts';
import {
  canTake,
  type Difference,
  differencesOf,
  type HeldParts,
  keyOf,
  withDifferences,
} from '../../domain/run-of-show/format-differences.ts';
import * as events from '../../store/events/events.ts';
import * as runs from '../../store/run-of-show/blocks.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { lockChangeable } from '../guests/list.ts';
import { type Editor, editRun, type RoundsQuestion } from './edit.ts';
import { newestVersion } from './formats.ts';

/** A newer version than the one an event has, and the differences it can take. */
export interface NewerVersion {
  content: FormatContent;
  held: HeldParts;
  differences: Difference[];
}

/** Finds the newer version of an event's format; null where there is none, or the event is over or cancelled. */
export async function newerVersionFor(
  { db, now }: Pick<Context, 'db' | 'now'>,
  event: events.Event,
): Promise<NewerVersion | null> {
  const newest = await formats.find(db, event.format);
  const isChangeable = event.state !== 'cancelled' && !isOver(event, now());
  if (!newest || !isChangeable) return null;
  const older = await olderOf(db, event);
  const facts = formatFactsOf(event) ?? factsOfFormat(newest);
  if (!older) return null;
  const { headline, lede } = event;
  const held = { blocks: await runs.blocksWithIds(db, event.id), facts, headline, lede };
  // Rules for questions of a published event have their own page, since people may have asked already.
  const isTakeable = (one: Difference) =>
    canTake(one, held) && !(one.kind === 'fact' && one.field === 'questions' && event.state !== 'draft');
  const differences = differencesOf(older, newest).filter(isTakeable);
  return differences.length > 0 ? { content: newest, held, differences } : null;
}

async function olderOf(db: Db, event: events.Event): Promise<FormatContent | null> {
  if (event.formatVersionId === null) return builtInContent(event.format) ?? null;
  return (await formats.findVersion(db, event.formatVersionId))?.content ?? null;
}

/**
 * Takes some of the differences into an event, by their keys; `settles`: the others are not wanted. Once none is left,
 * the event counts as made from the newest version. Returns a question where tables are planned for another number of
 * rounds and the editor was not asked yet; then nothing is changed.
 */
export async function takeDifferences(
  ctx: Context,
  eventId: number,
  editor: Editor,
  { keys, settles }: { keys: readonly string[]; settles: boolean },
): Promise<RoundsQuestion | null> {
  const event = await events.find(ctx.db, eventId);
  const newer = event && (await newerVersionFor(ctx, event));
  if (!newer) return null;
  const taken = newer.differences.filter((one) => keys.includes(keyOf(one)));
  const ofBlocks = taken.filter(({ kind }) => kind !== 'fact');
  if (ofBlocks.length > 0) {
    const question = await editRun(ctx, eventId, editor, (blocks) => ({
      blocks: withDifferences(blocks, ofBlocks),
      kind: 'saved',
    }));
    if (question) return question;
  }
  await takeFacts(ctx, eventId, taken, settles || taken.length === newer.differences.length);
  return null;
}

async function takeFacts(
  ctx: Context,
  eventId: number,
  taken: readonly Difference[],
  isSettled: boolean,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await lockChangeable(tx, eventId);
    const to = Object.fromEntries(taken.flatMap((one) => (one.kind === 'fact' ? [[one.field, one.to]] : [])));
    const { headline, lede, ...facts } = to as Partial<FormatFacts & { headline: string; lede: string }>;
    const version = isSettled ? await newestVersion(ctx, tx, event.format) : null;
    const before = formatFactsOf(event);
    const values = {
      ...(headline !== undefined && { headline }),
      ...(lede !== undefined && { lede }),
      ...(before && Object.keys(facts).length > 0 && { formatFacts: { ...before, ...facts } }),
      ...(facts.deadlines && answersBy(ctx, event, facts.deadlines.answers)),
      ...(facts.questions && { namelessAsking: facts.questions.nameless }),
      ...(version && { formatVersionId: version.id }),
    };
    if (Object.keys(values).length > 0) await events.change(tx, eventId, values);
  });
}

/** The new day on which answers close, where it follows the event's date and has not passed. */
function answersBy(ctx: Context, event: events.Event, days: number) {
  const day = daysBefore(event.startsAt, days);
  if (event.answerDays === null || isPast(day, event.timeZone, ctx.now())) return {};
  return { answerDays: days, answerBy: day };
}
