// The state of an evening at this moment: the block, its clock and what comes next. Every page that follows reads this.
import type { BlockKind } from '../run-of-show/run-of-show.ts';
import { behind, currentEnd, type Expected, expected, plannedEnd } from './expected.ts';
import { isOn, type LiveState, type RunBlock } from './state.ts';

/** Minutes after the planned end at which an evening that nobody ended counts as over. */
export const minutesUntilLeft = 60;

/** Shares of a block's time at which the facilitator is warned. */
export const warnings = { soon: 0.2, last: 0.05 } as const;

/** A block with the moments at which it is expected; `round` counts the rounds of the plan, also those dropped. */
export interface BlockAhead {
  position: number;
  kind: BlockKind;
  title: string;
  /** The question of this round; '' where there is none. */
  ask: string;
  round: number | null;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
}

export interface LiveNow extends BlockAhead {
  block: RunBlock;
  /** Milliseconds left; negative once the time is up. */
  left: number;
  isPaused: boolean;
  warning: 'soon' | 'last' | 'over' | null;
  next: BlockAhead | null;
  /** The move to come, or null; while a move is on it is the one after it. */
  nextMove: BlockAhead | null;
  /** The round that is on or was on last, and the one to come: in a move people go from one to the other. */
  lastRound: number | null;
  nextRound: number | null;
  /** When the evening is going to end, and by how many whole minutes later than announced (negative: earlier). */
  ends: Temporal.Instant;
  minutesBehind: number;
}

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.round(ms));

/** The round of a block: rounds are the talks of the plan, numbered from 1, whether or not one was dropped. */
export function roundAt(blocks: readonly { kind: BlockKind }[], position: number): number | null {
  if (blocks[position]?.kind !== 'talk') return null;
  return blocks.slice(0, position + 1).filter(({ kind }) => kind === 'talk').length;
}

/**
 * Returns what is on, or null before the start and once the evening is over. The clock of the block that is on never
 * moves on without a press: `left` becomes negative instead.
 */
export function liveNow(state: LiveState | null | undefined, now: Temporal.Instant): LiveNow | null {
  const ms = now.epochMilliseconds;
  if (!state || !isOn(state) || isLeft(state, ms)) return null;
  const all = expected(state, ms).map((one) => aheadOf(state, one));
  const [current, ...toCome] = all as [BlockAhead, ...BlockAhead[]];
  const ends = currentEnd(state, ms);
  const begun = state.blocks.slice(0, state.current + 1);
  return {
    ...current,
    endsAt: instant(ends),
    block: state.blocks[state.current]!,
    left: ends - ms,
    isPaused: state.pausedAt !== null,
    warning: warningOf(ends - ms, lengthOf(state)),
    next: toCome[0] ?? null,
    nextMove: toCome.find(({ kind }) => kind === 'move') ?? null,
    lastRound: begun.reduce<number | null>(
      (last, { startedAt }, at) => (startedAt === null ? last : (roundAt(state.blocks, at) ?? last)),
      null,
    ),
    nextRound: toCome.find(({ round }) => round !== null)?.round ?? null,
    ends: instant(plannedEnd(state, ms)),
    minutesBehind: Math.trunc(behind(state, ms) / 60_000),
  };
}

/** Says whether everybody has gone: an hour after the planned end without a press. */
function isLeft(state: LiveState, now: number): boolean {
  if (state.pausedAt !== null) return now - state.pausedAt > 24 * 60 * 60_000;
  return now > plannedEnd(state, state.blocks[state.current]!.startedAt!) + minutesUntilLeft * 60_000;
}

function aheadOf({ blocks }: LiveState, { position, startsAt, endsAt }: Expected): BlockAhead {
  const { kind, title, ask } = blocks[position]!;
  const round = roundAt(blocks, position);
  return { position, kind, title, ask, round, startsAt: instant(startsAt), endsAt: instant(endsAt) };
}

/** Milliseconds that the block that is on has in all. */
function lengthOf({ blocks, current }: LiveState): number {
  return blocks[current]!.minutes * 60_000;
}

/** Warns at a fifth and at a twentieth of the time, and when it is up. */
function warningOf(left: number, length: number): LiveNow['warning'] {
  if (left <= 0) return 'over';
  if (left <= warnings.last * length) return 'last';
  return left <= warnings.soon * length ? 'soon' : null;
}
