import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isLive } from '../../domain/questions/nameless.ts';
import { nextPublishingHour } from '../../domain/questions/publishing.ts';
import { isSpent, type WaitingQuestion } from '../../domain/questions/waiting.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as nameless from '../../store/questions/nameless.ts';
import * as questions from '../../store/questions/questions.ts';
import { type Actor, note } from '../audit/note.ts';
import { refuseAgainstRules } from './ask.ts';
import type { AskedWithoutName } from './asked-without-name.ts';
import { askAtOnce } from './nameless-at-once.ts';
import {
  begunMeanwhile,
  editTaken,
  refuseForeignTable,
  refuseForged,
  refuseUnlessOpen,
  slipUsed,
} from './nameless-refusals.ts';
import { appendStep, writeSlot } from './nameless-slot.ts';
import { knownEvent, type NamelessState, stateOf } from './nameless-state.ts';
import { editHashOf, slipHash } from './slip-signatures.ts';

/** Place of a question after it was sent. */
export type QuestionPlace = 'waiting' | 'wall' | 'new';

/**
 * Takes a question nobody can be asked about: one slip is spent and the question waits, or is published at once where
 * the event is being held. Refused, it spends no slip; sent again with the same slip and secret, it counts once.
 */
export async function askWithoutName(ctx: Context, asked: AskedWithoutName): Promise<QuestionPlace> {
  const state = stateOf(ctx);
  const known = orNotFound(await knownEvent(ctx, asked.eventId), 'event');
  refuseForged(known, asked.first ? 'ask-first' : 'ask', asked.slip);
  const again = sentBefore(state, asked);
  if (again) {
    // It may be in memory and not on disk, where the write failed that came first.
    if (again === 'waiting') await writeSlot(ctx, state);
    return again;
  }
  refuseUnlessOpen(known, ctx.now());
  refuseForeignTable(known, asked.topicId);
  refuseAgainstRules(known.event, asked.text);
  if (isLive(known.times, ctx.now())) {
    if (asked.waits) throw begunMeanwhile('question');
    return askAtOnce(ctx, asked);
  }
  const slip = slipHash(asked.slip).toString('base64url');
  if (isSpent(state.waiting, slip, state.spent)) throw slipUsed();
  await appendStep(ctx, state, { do: 'ask', question: questionOf(ctx, asked, slip) });
  return 'waiting';
}

function questionOf(ctx: Context, asked: AskedWithoutName, slip: string): WaitingQuestion {
  const { eventId: event, topicId: topic, text, first, alone, readFirst = false, editHash } = asked;
  const [id, edit] = [ctx.random(16).toString('base64url'), editHash.toString('base64url')];
  return { event, id, edit, slip, first, topic, text, alone, readFirst, isChange: false };
}

/** Returns the place of the same question if it came before, or null; refuses another one with the same edit secret. */
function sentBefore(state: NamelessState, asked: AskedWithoutName): QuestionPlace | null {
  const [slip, edit] = [slipHash(asked.slip).toString('base64url'), asked.editHash.toString('base64url')];
  const waiting = state.waiting.questions.find((one) => one.edit === edit);
  if (!waiting && !state.edits.has(edit)) return null;
  const isSame = waiting?.slip === slip || state.spent.has(slip);
  if (!isSame || (waiting && waiting.event !== asked.eventId)) throw editTaken();
  return waiting ? 'waiting' : 'wall';
}

/** Finds the outcome of the question this secret belongs to; a wrong secret is as no question at all. */
export async function findMine(ctx: Context, secret: Buffer) {
  const state = stateOf(ctx);
  const edit = editHashOf(secret).toString('base64url');
  const waiting = state.waiting.questions.find((one) => one.edit === edit) ?? null;
  const published = waiting ? null : await nameless.findByEditHash(ctx.db, editHashOf(secret));
  const found = orNotFound(waiting ?? published, 'question');
  const eventId = waiting ? waiting.event : published!.eventId;
  const known = state.events.get(eventId);
  const event = orNotFound(known?.event ?? (await events.find(ctx.db, eventId)), 'question');
  const change = state.waiting.changes.find((one) => one.edit === edit);
  const hasBegun = known ? Temporal.Instant.compare(ctx.now(), known.times.start) >= 0 : true;
  return {
    event,
    text: change?.text ?? found.text,
    state: waiting ? (hasBegun ? ('left' as const) : ('waiting' as const)) : published!.state,
    published,
    alone: waiting?.alone ?? false,
    pending: change && (change.text === null ? ('withdrawal' as const) : ('words' as const)),
    hour: hasBegun ? '' : nextPublishingHour(ctx.now(), event.timeZone),
    into: published && (await becamePartOf(ctx, published)),
  };
}

async function becamePartOf(ctx: Context, { eventId, state, mergedInto }: nameless.Nameless) {
  if (state !== 'merged') return null;
  const into = /^\d{1,10}$/.test(mergedInto) ? Number(mergedInto) : mergedInto;
  return questions.findAny(ctx.db, eventId, into);
}

/** Lets people ask without a name at an event, or not; once guests hold slips, it stays. */
export async function setNamelessAsking(
  ctx: Context,
  eventId: number,
  on: boolean,
  by: Actor,
): Promise<void> {
  await ctx.db.transaction(async (tx: Tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.namelessAsking === on) return;
    if (!on && (await nameless.isPromised(tx, eventId))) {
      throw new Refusal(
        'conflict',
        'Guests have opened the event’s page and can ask without a name already, so it stays on for this event.',
      );
    }
    await events.change(tx, eventId, { namelessAsking: on });
    await note(ctx, tx, { by, act: on ? 'opened-nameless' : 'closed-nameless', about: event.name });
  });
}
