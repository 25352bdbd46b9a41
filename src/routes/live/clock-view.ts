// The clock of an evening in words: the same for the remote, the projector and the page afterwards.
import type { BlockAhead, LiveNow } from '../../domain/live/now.ts';
import type { LiveState, Taken } from '../../domain/live/state.ts';
import { listed, type Words } from '../../words.ts';

/** Wall clock 'HH:MM' of a moment at the place of an event. */
export function wallClock(at: Temporal.Instant | number, timeZone: string): string {
  const moment = typeof at === 'number' ? Temporal.Instant.fromEpochMilliseconds(Math.round(at)) : at;
  return moment.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Minutes and seconds '15:42', without a sign; up to the next second, so that the end is 0:00. */
export function countDown(ms: number): string {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Says how late or early the evening is going to end: 'On time', '4 minutes behind', '3 minutes ahead'. */
export function paceWords({ t, tn }: Words, minutesBehind: number): string {
  if (minutesBehind === 0) return t('On time');
  if (minutesBehind > 0) return tn(minutesBehind, '{n} minute behind', '{n} minutes behind');
  return tn(-minutesBehind, '{n} minute ahead', '{n} minutes ahead');
}

/** Says what a shortening takes: 'Drinks 15 → 10 min, Welcome dropped'; '' where nothing gives. */
export function takenWords(words: Words, taken: readonly Taken[]): string {
  const each = taken
    .toReversed()
    .map(({ title, from, to }) =>
      to === null
        ? words.t('{title} dropped', { title })
        : words.t('{title} {from} → {to} min', { title, from, to: Math.round(to) }),
    );
  return listed(each, words);
}

/** The block that is on, with its clock as scripts count it. */
export interface ClockView {
  title: string;
  position: number;
  /** Milliseconds since 1970, or null while the clock stands still: `left` stays then. */
  endsMs: number | null;
  length: number;
  /** '15:42', and '+2:00' once the time is over, as the script goes on counting. */
  left: string;
  leftWords: string;
  ends: string;
  warning: string;
  isPaused: boolean;
}

export function clockOf(words: Words, on: LiveNow, timeZone: string): ClockView {
  const { tn } = words;
  const minutes = Math.ceil(Math.abs(on.left) / 60_000);
  return {
    title: on.title,
    position: on.position,
    endsMs: on.isPaused ? null : on.endsAt.epochMilliseconds,
    length: on.block.minutes * 60_000,
    left: `${on.left < 0 ? '+' : ''}${countDown(on.left)}`,
    leftWords:
      on.left <= 0
        ? tn(minutes, '{n} minute over', '{n} minutes over')
        : tn(minutes, '{n} minute left', '{n} minutes left'),
    ends: endsWords(words, on, minutes, timeZone),
    warning: on.warning ?? '',
    isPaused: on.isPaused,
  };
}

/** Says when the block ends; while the clock stands still, that it does, and how much time is over. */
function endsWords({ t, tn }: Words, on: LiveNow, minutes: number, timeZone: string): string {
  const block = on.title;
  if (!on.isPaused) return t('{block}, ends {time}', { block, time: wallClock(on.endsAt, timeZone) });
  if (on.left >= 0) return t('{block}, the clock stands still', { block });
  return tn(
    minutes,
    '{block}, {n} minute over, the clock stands still',
    '{block}, {n} minutes over, the clock stands still',
    { block },
  );
}

/** Says what comes: 'Move at 16:40', 'Harvest at 17:35', or when the evening ends. */
export function nextWords({ t }: Words, on: LiveNow, timeZone: string): string {
  const at = ({ title, startsAt }: BlockAhead) =>
    t('{block} at {time}', { block: title, time: wallClock(startsAt, timeZone) });
  return on.next ? at(on.next) : t('The end at {time}', { time: wallClock(on.ends, timeZone) });
}

/** Minutes as the two attributes that style sheets read. */
const digitsOf = (minutes: number) => ({ tens: Math.floor(minutes / 10), ones: minutes % 10 });

/** Shares of each block for the strip at the foot of a screen: done, on, or to come. */
export function stripOf(state: LiveState, on: LiveNow | null) {
  return state.blocks.flatMap(({ title, minutes, isDropped }, position) =>
    isDropped
      ? []
      : [
          {
            title,
            ...digitsOf(Math.max(1, Math.round(minutes))),
            isDone: position < state.current || (on === null && state.endedAt !== null),
            isOn: on?.position === position,
          },
        ],
  );
}
