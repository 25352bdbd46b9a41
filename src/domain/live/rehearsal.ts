// A rehearsal: the evening played ahead, whose minutes may be kept for its run of show.
import { startOf } from '../events/times.ts';
import { type MedianOfBlock, stemOf } from './minutes.ts';
import { measured } from './press.ts';
import type { LiveState } from './state.ts';

/** Says whether an event can be rehearsed: until it begins. */
export function mayRehearse(event: { startsAt: string; timeZone: string }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, startOf(event)) < 0;
}

/** Measured seconds by kind and title: a round measured once holds for all rounds, measured twice their mean does. */
export function rehearsedSeconds(state: LiveState): Omit<MedianOfBlock, 'sessions'>[] {
  const rows = measured(state).filter(({ seconds }) => seconds !== null);
  const groups = Map.groupBy(rows, ({ kind, title }) => `${kind} ${stemOf(title)}`);
  return [...groups.values()].map((group) => ({
    kind: group[0]!.kind,
    stem: stemOf(group[0]!.title),
    seconds: group.reduce((sum, { seconds }) => sum + seconds!, 0) / group.length,
  }));
}
