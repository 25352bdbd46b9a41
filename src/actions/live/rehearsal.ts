import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { fewestSessions, withMedians } from '../../domain/live/minutes.ts';
import { planOf } from '../../domain/live/plan.ts';
import { mayTakeBack } from '../../domain/live/press.ts';
import { mayRehearse, rehearsedSeconds } from '../../domain/live/rehearsal.ts';
import { beforeStart, runOf } from '../../domain/live/run.ts';
import type { PressKind } from '../../domain/live/state.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rehearsals from '../../store/live/rehearsals.ts';
import { editRun } from '../run-of-show/edit.ts';
import type { Arriving } from './press.ts';

type Content = rehearsals.RehearsalContent;

/**
 * Changes the rehearsal of an event, begun with its first change: all of it is one row, so that nothing of the event
 * itself is touched. Refused ('gone') once the event has begun.
 */
async function change(
  ctx: Context,
  eventId: number,
  act: (content: Content, event: events.Event) => Content,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = await openForRehearsal(ctx, tx, eventId);
    const before = await rehearsals.find(tx, event.id);
    const content = before ?? freshOf(planOf(event, await events.blocksOf(tx, event.id)));
    await rehearsals.save(tx, event.id, act(content, event), ctx.now());
  });
}

async function openForRehearsal(ctx: Context, tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (!mayRehearse(event, ctx.now()))
    throw closed('The rehearsal is over', 'The event has begun. Run it from the page of the event.');
  return event;
}

function freshOf(plan: Content['plan']): Content {
  const state = beforeStart(plan);
  return { plan, state, presses: [], questions: {}, votes: {}, notes: [] };
}

const countedOf = ({ presses }: Content) =>
  presses.filter(({ takenBack }) => !takenBack).map(({ press }) => press);

/** A rehearsal begins when somebody starts it: fixed starts move with it. */
function movedTo({ startsAt, blocks }: Content['plan'], at: number): Content['plan'] {
  const moved = (fixedAt: number | null) => (fixedAt === null ? null : fixedAt + at - startsAt);
  return { startsAt: at, blocks: blocks.map((block) => ({ ...block, fixedAt: moved(block.fixedAt) })) };
}

/** Presses a button of the rehearsed evening; sent twice it counts once. */
export async function pressRehearsal(
  ctx: Context,
  eventId: number,
  press: PressKind,
  { byId, key, secondsAgo }: Arriving,
): Promise<void> {
  const arrivedAt = ctx.now().epochMilliseconds;
  await change(ctx, eventId, (content) => {
    if (content.presses.some((one) => one.press.key === key)) return content;
    const made = { ...press, key, at: arrivedAt - secondsAgo * 1000 };
    const presses = [...content.presses, { press: made, arrivedAt, byId, takenBack: false }];
    const plan = made.kind === 'start' ? movedTo(content.plan, made.at) : content.plan;
    return { ...content, plan, presses, state: runOf(plan, countedOf({ ...content, presses })) };
  });
}

/** Takes a rehearsed press back within ten seconds; `place` is its place in the list of presses. */
export async function takeBackRehearsed(ctx: Context, eventId: number, place: number): Promise<void> {
  await change(ctx, eventId, (content) => {
    const one = content.presses[place];
    const arrived = one && Temporal.Instant.fromEpochMilliseconds(one.arrivedAt);
    if (!arrived || !mayTakeBack(arrived, ctx.now()))
      throw new Refusal('conflict', 'That was more than ten seconds ago. Change it with a new press.');
    const presses = content.presses.with(place, { ...one, takenBack: true });
    return { ...content, presses, state: runOf(content.plan, countedOf({ ...content, presses })) };
  });
}

/** Shows, answers or parks a question in the rehearsal alone. */
export async function rehearseQuestion(
  ctx: Context,
  eventId: number,
  question: string,
  state: string,
): Promise<void> {
  await change(ctx, eventId, (content) => {
    const others = Object.entries(content.questions).map(([id, was]) =>
      state === 'table' && was === 'table' ? [id, 'wall'] : [id, was],
    );
    return { ...content, questions: { ...Object.fromEntries(others), [question]: state } };
  });
}

/** Wonders too in the rehearsal alone; pressed again it is taken back. */
export async function rehearseVote(
  ctx: Context,
  eventId: number,
  question: string,
  personId: number,
): Promise<void> {
  await change(ctx, eventId, (content) => {
    const before = content.votes[question] ?? [];
    const after = before.includes(personId) ? before.filter((id) => id !== personId) : [...before, personId];
    return { ...content, votes: { ...content.votes, [question]: after } };
  });
}

/** Notes what was said, in the rehearsal alone. */
export async function rehearseNote(
  ctx: Context,
  eventId: number,
  note: Content['notes'][number],
): Promise<void> {
  await change(ctx, eventId, (content) =>
    content.notes.some(({ key }) => key === note.key)
      ? content
      : { ...content, notes: [...content.notes, note] },
  );
}

/** Ends a rehearsal and deletes everything in it; where its minutes are kept, the run of show has them. */
export async function endRehearsal(
  ctx: Context,
  eventId: number,
  { keeps, personId }: { keeps: boolean; personId: number },
): Promise<void> {
  const content = await rehearsals.find(ctx.db, eventId);
  const seconds = content && keeps ? rehearsedSeconds(content.state) : [];
  if (seconds.length > 0) {
    const medians = seconds.map((one) => ({ ...one, sessions: fewestSessions }));
    await editRun(ctx, eventId, { personId, isSure: true }, (blocks) => ({
      kind: 'saved',
      blocks: withMedians(blocks, medians),
    }));
  }
  await rehearsals.remove(ctx.db, eventId);
}
