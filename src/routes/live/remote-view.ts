// The remote: the clock of an evening, its next presses, and what can be taken back.

import { undoEnds } from '../../domain/letters/timing.ts';
import { lateOf } from '../../domain/live/late.ts';
import { type LiveNow, liveNow } from '../../domain/live/now.ts';
import { minutesAPress } from '../../domain/live/press.ts';
import type { LiveState, Press } from '../../domain/live/state.ts';
import { greetingName } from '../../domain/people/names.ts';
import type { Words } from '../../words.ts';
import { clockOf, paceWords, takenWords, wallClock } from './clock-view.ts';

/** An evening that is run: the address its presses go to, its clock's zone, its state, and the time. */
export interface Evening {
  base: string;
  /** Made for each page, so that a form sent twice is one press. */
  key: string;
  timeZone: string;
  state: LiveState;
  now: Temporal.Instant;
  isTables: boolean;
  /** A rehearsal may go past a block without measuring it. */
  isRehearsal?: boolean;
  /** Names the blocks without a person, in a sentence; before the start it asks for a second press. */
  unled?: string;
}

/** A button of the remote: one form that sends these fields. `sure` asks for a second press, or a long one. */
export interface PressButton {
  label: string;
  fields: Record<string, string | number>;
  sure?: string;
  icon?: string;
  /** Pressed already, where it is a choice. */
  isOn?: boolean;
}

interface Look {
  kind?: string;
  size?: string;
}

/** A button with the address and key of its form, and how it looks; `again` is the second press of one that is meant. */
export interface PressForm extends PressButton {
  action: string;
  key: string;
  look: Look;
  again?: PressForm;
}

function formOf({ base, key }: Evening, button: PressButton, look: Look = {}): PressForm {
  const form = {
    ...button,
    action: `${base}/presses`,
    key: `${key}-${Object.values(button.fields).join('-')}`,
  };
  if (!button.sure) return { ...form, look };
  const { sure: label, fields } = button;
  return { ...form, look, again: formOf({ base, key } as Evening, { label, fields }, primary) };
}

const primary = { kind: 'primary', size: 'big' };
const small = { size: 'small' };

/** All that the clock's panel of the remote prints. */
export function runPanel(words: Words, evening: Evening) {
  const { state, now, timeZone } = evening;
  const on = liveNow(state, now);
  const phase = on ? 'on' : state.current < 0 ? 'before' : 'over';
  const form = (button: PressButton, look?: Look) => formOf(evening, button, look);
  const late = on && shortening(words, evening);
  const drops = phase === 'over' ? [] : dropsOf(words, state);
  const [pause, next] = on ? dockOf(words, on, state) : [];
  return {
    phase,
    startsAt: wallClock(state.startsAt, timeZone),
    unled: phase === 'before' ? (evening.unled ?? '') : '',
    clock: on && clockOf(words, on, timeZone),
    pace: on && { words: paceWords(words, on.minutesBehind), isLate: on.minutesBehind > 0 },
    ahead: on ? aheadOf(words, on, timeZone) : [],
    starts:
      phase === 'before'
        ? startsOf(words, evening).map(({ note, ...one }) => ({ note, press: form(one, primary) }))
        : [],
    dock: pause && next ? { pause: form(pause, { size: 'big' }), next: form(next, primary) } : null,
    minutes: on ? minuteButtons(words, on).map((one) => form(one, small)) : [],
    turn: on?.kind === 'harvest' && evening.isTables ? form(nextTable(words, state), primary) : null,
    skip: on && evening.isRehearsal ? form(skipOf(words, on), small) : null,
    late: late && { note: late.note, press: form(late, small) },
    meant: [...drops, ...(on ? [endOf(words)] : [])].map((one) => form(one)),
    dropped: state.blocks.filter(({ isDropped }) => isDropped).map(({ title }) => title),
    screen: screenButtons(words, state).map((one) => form(one, small)),
    messageOnScreen: state.screen.shows === 'message' ? state.screen.text : '',
    toHosts: state.messages.slice(-3).map(({ table, text }) => ({ table, text })),
  };
}

/** When people move next, and when the evening ends. */
function aheadOf({ t }: Words, on: LiveNow, timeZone: string) {
  const { nextMove, next, ends } = on;
  const between = nextMove && next && next.position !== nextMove.position ? [nextMove] : [];
  return [
    ...(next ? [next, ...between] : []).map(({ title, startsAt }) => ({
      label: title,
      at: wallClock(startsAt, timeZone),
    })),
    { label: t('End'), at: wallClock(ends, timeZone) },
  ];
}

/** One press starts; late, one of two says what gives: the end, or the blocks that may shrink. Unled blocks ask again. */
function startsOf(
  words: Words,
  { state, now, timeZone, unled }: Evening,
): (PressButton & { note: string })[] {
  const { t } = words;
  const late = lateOf(state, now.epochMilliseconds);
  const later = { kind: 'start', ends: 'later' };
  const asked = unled ? { sure: t('Yes, start') } : {};
  if (!late) return [{ label: t('Start'), note: '', fields: later, ...asked }];
  const end = (ms: number) => wallClock(ms, timeZone);
  return [
    {
      label: t('Start, and end at {time}', { time: end(late.later.ends) }),
      note: t('Later than announced.'),
      fields: later,
      ...asked,
    },
    ...(late.sooner
      ? [
          {
            label: t('Start, and end at {time}', { time: end(late.sooner.ends) }),
            note: takenWords(words, late.sooner.taken),
            fields: { kind: 'start', ends: 'on-time' },
            ...asked,
          },
        ]
      : []),
  ];
}

/** The two presses under the thumb. */
function dockOf({ t }: Words, on: LiveNow, { blocks }: LiveState): [PressButton, PressButton] {
  const pause = on.isPaused
    ? { label: t('Go on'), fields: { kind: 'resume' } }
    : { label: t('Pause clock'), fields: { kind: 'pause' } };
  const fields = { kind: 'next', from: on.position };
  if (!on.next) return [pause, { label: t('End it'), sure: t('Yes, end it'), fields, icon: 'check' }];
  const { kind, title } = on.next;
  const isMove = kind === 'move' && blocks[on.position]?.kind !== 'move';
  const label = isMove ? t('Move now') : title;
  const sure = isMove ? t('Yes, call the move') : t('Yes, {block} now', { block: title });
  return [pause, { label, sure, fields, icon: 'next' }];
}

function minuteButtons({ t }: Words, { position: from }: LiveNow): PressButton[] {
  const n = minutesAPress;
  return [
    { label: t('−{n} min', { n }), fields: { kind: 'minutes', from, by: -n } },
    { label: t('+{n} min', { n }), fields: { kind: 'minutes', from, by: n } },
  ];
}

const skipOf = ({ t }: Words, { position: from }: LiveNow): PressButton => ({
  label: t('Skip, don’t measure'),
  fields: { kind: 'skip', from },
});

/** In the harvest tables speak in turn. */
const nextTable = ({ t }: Words, { turn }: LiveState): PressButton => ({
  label: turn === 0 ? t('First table') : t('Next table'),
  fields: { kind: 'turn', from: turn },
});

/** Offers to shorten while the evening is late and something gives. */
function shortening(
  words: Words,
  { state, now, timeZone }: Evening,
): (PressButton & { note: string }) | null {
  const sooner = lateOf(state, now.epochMilliseconds)?.sooner;
  if (!sooner) return null;
  return {
    label: words.t('Shorten, and end at {time}', { time: wallClock(sooner.ends, timeZone) }),
    note: takenWords(words, sooner.taken),
    fields: { kind: 'shorten' },
  };
}

/** Rounds to come that can be dropped, while another one is left; and other blocks that may be. */
function dropsOf({ t }: Words, { blocks, current }: LiveState): PressButton[] {
  const open = blocks
    .map((block, position) => ({ ...block, position }))
    .filter(({ isDropped }) => !isDropped);
  const rounds = open.filter(({ kind }) => kind === 'talk');
  return open
    .filter(({ position }) => position > current)
    .filter(({ kind, mayDrop }) => (kind === 'talk' ? rounds.length > 1 : mayDrop && kind !== 'move'))
    .map(({ title, position }) => ({
      label: t('Drop {block}', { block: title }),
      fields: { kind: 'drop', block: position },
      sure: t('Yes, drop {block}', { block: title }),
    }));
}

const endOf = ({ t }: Words): PressButton => ({
  label: t('End the session'),
  sure: t('Yes, end it now'),
  fields: { kind: 'end' },
});

/** One press each: follow, black, code. */
function screenButtons({ t }: Words, { screen }: LiveState) {
  const button = (shows: string, label: string) => ({
    label,
    isOn: screen.shows === shows,
    fields: { kind: 'screen', shows },
  });
  return [button('follow', t('Follow')), button('black', t('Black')), button('code', t('Code'))];
}

/** The last press, as long as it can be taken back. */
export interface LastPress {
  id: number;
  press: Press;
  arrivedAt: Temporal.Instant;
  byId: number | null;
  by: string | null;
}

/** Says what was pressed last and by whom, with the press that takes it back; null once ten seconds are over. */
export function undoPanel(words: Words, evening: Evening, last: LastPress | null, viewerId: number) {
  if (!last) return null;
  const left = undoEnds(last.arrivedAt).since(evening.now).total('seconds');
  if (left <= 0) return null;
  const { t } = words;
  const { text, back } = undoWords(words, last.press, evening.state);
  const name = last.byId === viewerId || !last.by ? '' : greetingName(last.by) || last.by;
  return {
    action: `${evening.base}/presses/${last.id}/withdrawal`,
    text: name ? t('{name}: {text}', { name, text }) : text,
    back,
    seconds: Math.ceil(left),
  };
}

function undoWords({ t, tn }: Words, press: Press, { blocks, current, endedAt }: LiveState) {
  const undo = t('Undo');
  const at = (position: number) => blocks[position]?.title ?? '';
  switch (press.kind) {
    case 'start':
      return { text: t('Started.'), back: undo };
    case 'next': {
      const text = endedAt === null ? t('{block} began.', { block: at(current) }) : t('It is over.');
      return { text, back: t('Back to {block}', { block: at(press.from) }) };
    }
    case 'skip':
      return { text: t('{block} skipped.', { block: at(press.from) }), back: undo };
    case 'minutes':
      return press.by > 0
        ? { text: tn(press.by, '{n} minute more.', '{n} minutes more.'), back: undo }
        : { text: tn(-press.by, '{n} minute less.', '{n} minutes less.'), back: undo };
    case 'pause':
      return { text: t('The clock stands still.'), back: undo };
    case 'resume':
      return { text: t('The clock goes on.'), back: undo };
    case 'shorten':
      return { text: t('Shortened.'), back: undo };
    case 'drop':
      return { text: t('{block} dropped.', { block: at(press.block) }), back: t('Keep it') };
    case 'turn':
      return { text: t('Next table.'), back: undo };
    case 'end':
      return { text: t('It is over.'), back: t('Back to {block}', { block: at(current) }) };
    case 'message':
      return { text: t('Message to table {n}.', { n: press.table }), back: undo };
    case 'screen':
      return { text: t('The screen changed.'), back: undo };
    case 'question':
      return { text: questionWords(t, press.state), back: undo };
  }
}

function questionWords(t: Words['t'], state: string): string {
  if (state === 'table') return t('On the table now.');
  if (state === 'answered') return t('Answered.');
  return state === 'parked' ? t('Parked.') : t('Back on the wall.');
}
