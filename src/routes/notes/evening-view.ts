// An evening as phones in the room show it: the block that is on, its clock, its question and what comes.
import { asPlanned } from '../../domain/live/as-planned.ts';
import { expected } from '../../domain/live/expected.ts';
import { type LiveNow, liveNow, roundAt } from '../../domain/live/now.ts';
import type { LiveState } from '../../domain/live/state.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { Words } from '../../words.ts';

export interface Evening {
  phase: 'before' | 'on' | 'after';
  /** The block that is on; null before and after. */
  kind: LiveNow['kind'] | null;
  /** "Round 2 of 3". */
  heading: string;
  /** "until 17:10". */
  until: string;
  /** The question of the round that is on, or of the one to come. */
  ask: string;
  clock: Clock | null;
  /** The round whose notes are written now, from 1. */
  round: number;
  rounds: number;
  /** The round people go to next, and when; null once there is none. */
  next: { round: number; at: string } | null;
  /** The block after this one, and when. */
  upNext: { title: string; at: string } | null;
  /** Numbers of rounds that were dropped and would still be to come. */
  dropped: number[];
  /** Nobody runs it from a phone: times are those of the plan. */
  isAsPlanned: boolean;
}

/** Time left, as the page is drawn and as its script goes on counting. */
export interface Clock {
  /** Milliseconds since 1970. */
  endsAt: number;
  /** Milliseconds it had in all, for the ring. */
  length: number;
  isPaused: boolean;
  /** "12:40", "0:00" once the time is up. */
  text: string;
  /** "13 minutes left in round 2". */
  label: string;
  /** Percent of the time that is left. */
  left: number;
  isLow: boolean;
}

/** A clock is low in its last two minutes. */
const lowFrom = 2 * 60_000;

/** Works out the evening of an event at this moment. */
export function eveningOf(words: Words, shared: SharedPage, now: Temporal.Instant): Evening {
  const state = isRun(shared) ? shared.live! : asPlanned(shared.event, shared.blocks, now);
  const on = liveNow(state, now);
  const rounds = roundsOf(shared.blocks).length;
  const rest = {
    rounds,
    round: Math.min(rounds, Math.max(1, on?.lastRound ?? (state.endedAt === null ? 1 : rounds))),
    dropped: droppedIn(state),
    isAsPlanned: !isRun(shared),
  };
  if (!on) return { ...rest, ...around(words, shared, state, now) };
  const first = firstRound(state, on, now);
  const clock = first ?? { endsAt: on.endsAt, length: on.block.minutes * 60_000 };
  return {
    ...rest,
    phase: 'on',
    kind: on.kind,
    heading: headingOf(words, on, rounds),
    until: untilOf(words, shared, on),
    ask: on.ask || (on.kind === 'harvest' ? '' : asksNext(state, on)),
    clock: clockOf(clock, now, on.isPaused, labelOf(words, on, first !== null)),
    next: nextOf(shared, state, now),
    upNext: on.next && { title: on.next.title, at: timeAt(shared, on.next.startsAt) },
  };
}

/** Says whether somebody has started the evening from a phone. */
const isRun = ({ live }: SharedPage) => live !== null && live.current >= 0;

export function timeAt({ event }: Pick<SharedPage, 'event'>, at: Temporal.Instant): string {
  return at
    .toZonedDateTimeISO(event.timeZone)
    .toPlainTime()
    .round('minute')
    .toString({ smallestUnit: 'minute' });
}

function around(words: Words, shared: SharedPage, state: LiveState, now: Temporal.Instant) {
  const isAfter = state.endedAt !== null || state.current >= 0;
  const start = Temporal.Instant.fromEpochMilliseconds(state.startsAt);
  const at = timeAt(shared, start);
  const until = start.epochMilliseconds - now.epochMilliseconds;
  const { t } = words;
  const clock = { endsAt: start, length: 60 * 60_000 };
  const label = (ms: number) => t('{left} until it begins', { left: minutesIn(words, ms) });
  return {
    phase: isAfter ? ('after' as const) : ('before' as const),
    kind: null,
    heading: isAfter ? t('This event is over') : t('Begins at {time}', { time: at }),
    until: isAfter ? '' : shared.event.place,
    ask: isAfter ? '' : (state.blocks.find(({ kind }) => kind === 'talk')?.ask ?? ''),
    clock: isAfter || until > 60 * 60_000 ? null : clockOf(clock, now, false, label),
    next: isAfter ? null : nextOf(shared, state, now),
    upNext: null,
  };
}

/** Before the first round the clock runs to its beginning, whatever comes in between. */
function firstRound(state: LiveState, on: LiveNow, now: Temporal.Instant) {
  if (on.lastRound !== null || on.kind === 'talk' || on.kind === 'report' || on.nextRound === null)
    return null;
  const all = expected(state, now.epochMilliseconds);
  const round = all.find(({ position }) => state.blocks[position]!.kind === 'talk');
  const begun = state.blocks.find(({ startedAt }) => startedAt !== null)?.startedAt ?? round!.startsAt;
  if (round === undefined || state.blocks.some(({ kind }) => kind === 'report')) return null;
  return { endsAt: Temporal.Instant.fromEpochMilliseconds(round.startsAt), length: round.startsAt - begun };
}

function nextOf(shared: SharedPage, state: LiveState, now: Temporal.Instant) {
  const all = expected(state, now.epochMilliseconds);
  const one = all.find(({ position }) => position > state.current && state.blocks[position]!.kind === 'talk');
  const round = one && roundAt(state.blocks, one.position);
  if (!one || !round) return null;
  // People leave when the move begins.
  const before = all.find(({ position }) => position === one.position - 1 && position > state.current);
  const leaves = before && state.blocks[before.position]!.kind === 'move' ? before.startsAt : one.startsAt;
  return { round, at: timeAt(shared, Temporal.Instant.fromEpochMilliseconds(leaves)) };
}

function asksNext(state: LiveState, on: LiveNow): string {
  const next = state.blocks.find(
    ({ kind, isDropped }, position) => position > on.position && kind === 'talk' && !isDropped,
  );
  return next?.ask ?? '';
}

function droppedIn(state: LiveState): number[] {
  return state.blocks.flatMap(({ isDropped, kind }, position) =>
    isDropped && kind === 'talk' && position > state.current ? [roundAt(state.blocks, position)!] : [],
  );
}

function headingOf({ t }: Words, on: LiveNow, rounds: number): string {
  if (on.kind === 'move') return t('Moving');
  if (on.round !== null && rounds > 1) return t('Round {n} of {rounds}', { n: on.round, rounds });
  return on.title;
}

function untilOf({ t }: Words, shared: SharedPage, on: LiveNow): string {
  const ends = timeAt(shared, on.endsAt);
  if (on.isPaused) return t('The clock stands still');
  if (on.kind === 'move' && on.nextRound !== null)
    return t('Round {n} at {time}', { n: on.nextRound, time: ends });
  return shared.live === null
    ? t('until {time} as planned', { time: ends })
    : t('until {time}', { time: ends });
}

function labelOf(words: Words, on: LiveNow, isToFirst: boolean): (ms: number) => string {
  const { t } = words;
  const left = (ms: number) => minutesIn(words, ms);
  if (isToFirst || on.kind === 'move')
    return (ms) => t('{left} until round {n}', { left: left(ms), n: on.nextRound ?? 1 });
  if (on.round !== null) return (ms) => t('{left} left in round {n}', { left: left(ms), n: on.round ?? 1 });
  return (ms) => t('{left} left: {block}', { left: left(ms), block: on.title });
}

function clockOf(
  { endsAt, length }: { endsAt: Temporal.Instant; length: number },
  now: Temporal.Instant,
  isPaused: boolean,
  label: (ms: number) => string,
): Clock {
  const ms = Math.max(0, endsAt.epochMilliseconds - now.epochMilliseconds);
  const seconds = Math.ceil(ms / 1000);
  return {
    endsAt: endsAt.epochMilliseconds,
    length,
    isPaused,
    text: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    label: label(ms),
    left: Math.min(100, Math.round((ms / Math.max(1, length)) * 100)),
    isLow: ms <= lowFrom,
  };
}

const minutesIn = ({ tn }: Words, ms: number) =>
  tn(Math.max(0, Math.ceil(ms / 60_000)), '{n} minute', '{n} minutes');
