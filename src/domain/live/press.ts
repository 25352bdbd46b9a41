// Rules of a press: when an evening can be run, and for how long a press can be taken back.
import { startOf } from '../events/times.ts';
import { undoEnds } from '../letters/timing.ts';
import type { LiveState } from './state.ts';

/** Hours before its start from which an evening can be started. */
export const hoursBeforeStart = 3;

/** Minutes that one press adds to the block that is on, or takes from it. */
export const minutesAPress = 2;

/** Longest message to the screen or to a table, in signs: larger than this it cannot be read from the last row. */
export const longestMessage = 140;

/** Days after an event for which presses and messages are kept, as needs are. */
export const daysPressesKept = 14;

/** Seconds after which a press that waited on a phone is too old to count as made then. */
export const mostSecondsAgo = 12 * 60 * 60;

/** Says whether the evening can be started now; afterwards always. */
export function mayStart(event: { startsAt: string; timeZone: string }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, startOf(event).subtract({ hours: hoursBeforeStart })) >= 0;
}

/** Says whether a press that arrived then can still be taken back. */
export function mayTakeBack(arrivedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, undoEnds(arrivedAt)) <= 0;
}

/** A row of planned and actual time of a block; `seconds` null where no press ended it. */
export interface MeasuredBlock {
  position: number;
  kind: string;
  title: string;
  planned: number;
  startedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  seconds: number | null;
  isDropped: boolean;
}

/** Lists planned and actual minutes of each block. */
export function measured({ blocks }: LiveState): MeasuredBlock[] {
  const moment = (ms: number | null) => (ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms));
  return blocks.map(({ kind, title, planned, startedAt, endedAt, paused, isDropped }, position) => ({
    ...{ position, kind, title, planned, isDropped },
    startedAt: moment(startedAt),
    endedAt: moment(endedAt),
    seconds:
      startedAt === null || endedAt === null ? null : Math.round((endedAt - startedAt - paused) / 1000),
  }));
}
