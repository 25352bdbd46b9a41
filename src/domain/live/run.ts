// A live run: the plan as it was when somebody pressed Start, and the state that follows from every press since.
import { shorten } from './shorten.ts';
import { isOn, type LivePlan, type LiveState, type Press, type RunBlock } from './state.ts';

const minute = 60_000;

/** Returns the state of an evening that nobody has started. */
export function beforeStart(plan: LivePlan): LiveState {
  return {
    startsAt: plan.startsAt,
    blocks: plan.blocks.map((block) => ({
      ...block,
      planned: block.minutes,
      isDropped: false,
      startedAt: null,
      endedAt: null,
      paused: 0,
    })),
    current: -1,
    endsAt: plan.startsAt,
    pausedAt: null,
    endedAt: null,
    screen: { shows: 'follow', text: '' },
    messages: [],
    turn: 0,
    taken: [],
  };
}

/**
 * Returns the state after all presses, in the order in which they were made, however late they arrived. Taking a press
 * back is leaving it out: the clock is then as if it had never been pressed.
 */
export function runOf(plan: LivePlan, presses: readonly Press[]): LiveState {
  return presses.toSorted((a, b) => a.at - b.at).reduce(afterPress, beforeStart(plan));
}

const changesOf: { [Kind in Press['kind']]: Change<Extract<Press, { kind: Kind }>> } = {
  start: (state, { ends, at }) => {
    if (state.current >= 0) return state;
    const started = enter(state, 0, at);
    return ends === 'on-time' ? caughtUp(started, at) : started;
  },
  next: (state, { from, at }) => (isAt(state, from) ? enter(resumed(state, at), from + 1, at) : state),
  skip: (state, { from, at }) => {
    if (!isAt(state, from)) return state;
    const after = enter(resumed(state, at), from + 1, at);
    return { ...after, blocks: withBlock(after, from, { endedAt: null }) };
  },
  minutes: (state, { from, by, at }) => (isAt(state, from) ? lengthened(state, by, at) : state),
  pause: (state, { at }) => (isOn(state) && state.pausedAt === null ? { ...state, pausedAt: at } : state),
  resume: (state, { at }) => resumed(state, at),
  shorten: (state, { at }) => (isOn(state) ? caughtUp(state, at) : state),
  drop: (state, { block }) => dropped(state, block),
  turn: (state, { from }) => (state.turn === from ? { ...state, turn: from + 1 } : state),
  end: (state, { at }) => (isOn(state) ? ended(resumed(state, at), at) : state),
  screen: (state, { shows, text }) => ({
    ...state,
    screen: { shows, text: shows === 'message' ? text : '' },
  }),
  question: (state) => state,
  message: (state, { key, table, text, at }) => ({
    ...state,
    messages: [...state.messages, { key, table, text, at }],
  }),
};

type Change<One extends Press> = (state: LiveState, press: One) => LiveState;

/** Returns the state after one press. */
export function afterPress(state: LiveState, press: Press): LiveState {
  return (changesOf[press.kind] as Change<Press>)(state, press);
}

const isAt = (state: LiveState, from: number) => isOn(state) && state.current === from;

function withBlock(state: LiveState, at: number, values: Partial<RunBlock>): RunBlock[] {
  return state.blocks.map((block, index) => (index === at ? { ...block, ...values } : block));
}

/** Begins the first block from `position` on that is not dropped; after the last one the evening is over. */
function enter(state: LiveState, position: number, at: number): LiveState {
  const left = withBlock(state, state.current, { endedAt: at });
  const next = left.findIndex((block, index) => index >= position && !block.isDropped);
  if (next < 0) return ended(state, at);
  const { fixedAt, minutes } = left[next]!;
  return {
    ...state,
    blocks: withBlock({ ...state, blocks: left }, next, { startedAt: at }),
    current: next,
    endsAt: Math.max(at, fixedAt ?? at) + minutes * minute,
  };
}

function ended(state: LiveState, at: number): LiveState {
  return { ...state, blocks: withBlock(state, state.current, { endedAt: at }), endedAt: at };
}

function resumed(state: LiveState, at: number): LiveState {
  if (state.pausedAt === null || !isOn(state)) return state;
  const stood = Math.max(0, at - state.pausedAt);
  const paused = state.blocks[state.current]!.paused + stood;
  const blocks = withBlock(state, state.current, { paused });
  return { ...state, blocks, endsAt: state.endsAt + stood, pausedAt: null };
}

/** More minutes count from now where the time is up already; fewer never end a block before now. */
function lengthened(state: LiveState, by: number, at: number): LiveState {
  const clock = state.pausedAt ?? at;
  const ends = by > 0 ? Math.max(state.endsAt, clock) : state.endsAt;
  const endsAt = by > 0 ? ends + by * minute : Math.max(ends + by * minute, Math.min(ends, clock));
  const { minutes } = state.blocks[state.current]!;
  const now = minutes + (endsAt - state.endsAt) / minute;
  return { ...state, endsAt, blocks: withBlock(state, state.current, { minutes: now }) };
}

/** Shortens what gives first, until the evening ends as announced or nothing gives any more. */
function caughtUp(state: LiveState, at: number): LiveState {
  const { blocks, taken } = shorten(state, at);
  return { ...state, blocks, taken };
}

/** Leaves a block out, and with a round the move to it, or the move from it where that one has begun. */
function dropped(state: LiveState, position: number): LiveState {
  const block = state.blocks[position];
  if (state.endedAt !== null || !block || block.isDropped || position <= state.current) return state;
  const isFreeMove = (at: number) =>
    at > state.current && state.blocks[at]?.kind === 'move' && !state.blocks[at]?.isDropped;
  const move = block.kind === 'talk' ? [position - 1, position + 1].find(isFreeMove) : undefined;
  const out = [position, move];
  const blocks = state.blocks.map((one, at) => (out.includes(at) ? { ...one, isDropped: true } : one));
  return { ...state, blocks };
}
