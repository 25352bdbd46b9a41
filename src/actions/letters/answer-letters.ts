import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { nextAboutAnswer } from '../../domain/letters/timing.ts';
import * as answers from '../../store/guests/answers.ts';
import * as letters from '../../store/letters/letters.ts';

/** Letters that tell somebody what became of their answer. */
export const answerKinds = ['confirmed', 'seat-free', 'waiting'];
/** Letters that a new answer makes untrue, as long as they have not left. */
export const outdatedByAnswer = [
  ...answerKinds,
  'seat-offer',
  'seat-gone',
  'seat-given-back',
  'back-in-calendar',
];
/** Kinds that also say how things stand between somebody and an event. */
const standingKinds = [...outdatedByAnswer, 'invitation', 'invitation-host', 'uninvited', 'cancelled'];

interface AboutAnswer {
  eventId: number;
  personId: number;
  kind: string;
  facts: Record<string, unknown>;
}

/**
 * Says when a letter about an answer may leave, and cancels those before it that did not: at once, or five minutes after
 * the last one. Null where that one said the same within these minutes, so that nothing is left to say.
 */
export async function whenToTell(
  ctx: Context,
  tx: Tx,
  letter: AboutAnswer,
): Promise<'at once' | Temporal.Instant | null> {
  const { eventId, personId } = letter;
  await letters.cancelUnsent(tx, eventId, answerKinds, personId);
  const last = await letters.lastOf(tx, eventId, personId, standingKinds);
  if (!last || !answerKinds.includes(last.kind)) return 'at once';
  const next = nextAboutAnswer(last.dueAt);
  if (Temporal.Instant.compare(next, ctx.now()) <= 0) return 'at once';
  if (!isSame(last, letter)) return next;
  // A press in a calendar changed that calendar, so it needs to be told again.
  const since = (await answers.ofPersonAt(tx, eventId, personId)).filter(
    ({ at, way }) => way === 'calendar' && Temporal.Instant.compare(at, last.createdAt) > 0,
  );
  return since.length > 0 ? next : null;
}

function isSame(last: letters.Letter, { kind, facts }: AboutAnswer): boolean {
  const hasSeat = (one: string) => one !== 'waiting';
  return hasSeat(last.kind) === hasSeat(kind) && isDeepStrictEqual(saidBy(last.facts), saidBy(facts));
}

function saidBy(facts: Record<string, unknown>) {
  const { sequence } = (facts.calendar ?? {}) as { sequence?: number };
  return { event: facts.event, position: facts.position, sequence };
}
