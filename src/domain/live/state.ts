// The plan of a live run, its presses, and the state that follows from them.
import type { BlockKind } from '../run-of-show/run-of-show.ts';

/** A block as planned. All moments of a run are milliseconds since 1970, so that they can be stored as JSON. */
export interface PlannedBlock {
  kind: BlockKind;
  title: string;
  minutes: number;
  /** The moment at which it must begin; null where it begins when the one before it ends. */
  fixedAt: number | null;
  /** The fewest minutes it may shrink to; null where it keeps its minutes. */
  shrinksTo: number | null;
  mayDrop: boolean;
  /** The question of this round; '' where there is none. */
  ask: string;
  /** Words for the projector while it is on; '' where there are none. */
  screen: string;
}

/** The run of show of an event, copied at the start, so that later edits do not move the clock of a begun evening. */
export interface LivePlan {
  startsAt: number;
  blocks: PlannedBlock[];
}

export interface RunBlock extends PlannedBlock {
  /** Minutes of the plan; `minutes` are those it has now. */
  planned: number;
  isDropped: boolean;
  startedAt: number | null;
  /** When a press ended it. */
  endedAt: number | null;
  /** Milliseconds for which its clock stood still. */
  paused: number;
}

export const screenModes = ['follow', 'black', 'code', 'message'] as const;
export type ScreenMode = (typeof screenModes)[number];

/** A message to the hosts of one table. */
export interface HostMessage {
  /** The key of its press. */
  key: string;
  table: number;
  text: string;
  at: number;
}

export interface LiveState {
  /** The announced start. */
  startsAt: number;
  blocks: RunBlock[];
  /** The position of the block that is on; -1 before the start. */
  current: number;
  /** When the block that is on is to end, not counting a pause that is still on. */
  endsAt: number;
  pausedAt: number | null;
  /** When somebody ended the evening. */
  endedAt: number | null;
  screen: { shows: ScreenMode; text: string };
  messages: HostMessage[];
  /** Tables that have spoken in the harvest. */
  turn: number;
  /** Minutes that the last shortening took. */
  taken: Taken[];
}

/** Facts of a press. `from` is the block the phone showed: a press made about another block changes nothing. */
export type PressKind =
  | { kind: 'start'; ends: 'later' | 'on-time' }
  | { kind: 'next'; from: number }
  /** Goes on to the next block, and the one before it counts as not measured: a rehearsal plays what it wants to. */
  | { kind: 'skip'; from: number }
  | { kind: 'minutes'; from: number; by: number }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'shorten' }
  | { kind: 'drop'; block: number }
  | { kind: 'turn'; from: number }
  | { kind: 'end' }
  | { kind: 'screen'; shows: ScreenMode; text: string }
  | { kind: 'message'; table: number; text: string }
  /** A question put on the table, answered, parked or put back; `off` was on the table before and went back. */
  | { kind: 'question'; question: string; was: string; state: string; off: string | null };

/** One press with the moment at which it was made, and a key by which the same press is known when it is sent twice. */
export type Press = PressKind & { key: string; at: number };

/** Minutes that a block gave; `to` is null where it was dropped. */
export interface Taken {
  position: number;
  title: string;
  from: number;
  to: number | null;
}

/** Says whether a block is on: the evening was started and not ended. */
export const isOn = (state: LiveState): boolean => state.current >= 0 && state.endedAt === null;
