// An evening that nobody runs from a phone: its blocks follow the clock of the plan.
import type { StoredBlock } from '../run-of-show/run-of-show.ts';
import { planOf } from './plan.ts';
import { beforeStart } from './run.ts';
import type { LiveState } from './state.ts';

/** Returns the state of an evening as its plan has it at this moment: every block begun and ended on time. */
export function asPlanned(
  event: { startsAt: string; timeZone: string },
  blocks: readonly StoredBlock[],
  now: Temporal.Instant,
): LiveState {
  const state = beforeStart(planOf(event, blocks));
  const at = now.epochMilliseconds;
  let clock = state.startsAt;
  const timed = state.blocks.map((block) => {
    const starts = Math.max(clock, block.fixedAt ?? clock);
    clock = starts + block.minutes * 60_000;
    return { ...block, startedAt: starts <= at ? starts : null, endedAt: clock <= at ? clock : null };
  });
  const current = timed.findLastIndex(({ startedAt }) => startedAt !== null);
  const isEnded = at >= clock;
  const on = timed[current];
  return {
    ...state,
    blocks: timed,
    current,
    endsAt: on ? on.startedAt! + on.minutes * 60_000 : state.startsAt,
    endedAt: isEnded ? clock : null,
  };
}
