// When the blocks of a live run are going to begin and end, as things are now.
import type { LiveState } from './state.ts';

const minute = 60_000;

/** A block to come, or the one that is on, with the moments at which it is expected. */
export interface Expected {
  position: number;
  startsAt: number;
  endsAt: number;
}

type Clock = Pick<LiveState, 'startsAt' | 'blocks' | 'current' | 'endsAt' | 'pausedAt' | 'endedAt'>;

/** When the block that is on ends: while its clock stands still, later by as long as it has stood. */
export function currentEnd({ endsAt, pausedAt }: Clock, now: number): number {
  return pausedAt === null ? endsAt : endsAt + Math.max(0, now - pausedAt);
}

/**
 * Lists the block that is on and those to come. One that is over time ends now at the earliest; a fixed beginning is
 * waited for; before the start the first begins when announced, or now.
 */
export function expected(state: Clock, now: number): Expected[] {
  if (state.endedAt !== null) return [];
  const all: Expected[] = [];
  let clock = Math.max(now, state.startsAt);
  state.blocks.forEach(({ isDropped, fixedAt, startedAt, minutes }, position) => {
    if (isDropped || position < state.current) return;
    const isCurrent = position === state.current;
    const startsAt = isCurrent ? startedAt! : Math.max(clock, fixedAt ?? clock);
    clock = isCurrent ? Math.max(now, currentEnd(state, now)) : startsAt + minutes * minute;
    all.push({ position, startsAt, endsAt: clock });
  });
  return all;
}

/** When the evening is going to end. */
export function plannedEnd(state: Clock, now: number): number {
  return state.endedAt ?? expected(state, now).at(-1)?.endsAt ?? Math.max(now, state.startsAt);
}

/** When it was announced to end: with the minutes of the plan, nothing dropped. */
export function announcedEnd({ startsAt, blocks }: Pick<Clock, 'startsAt' | 'blocks'>): number {
  return blocks.reduce(
    (clock, { fixedAt, planned }) => Math.max(clock, fixedAt ?? clock) + planned * minute,
    startsAt,
  );
}

/** By how many milliseconds it is going to end after the announced end; negative where it ends before. */
export function behind(state: Clock, now: number): number {
  return plannedEnd(state, now) - announcedEnd(state);
}
