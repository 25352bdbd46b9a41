// The projector: one face at a time, worked out from the evening, the question on the table, and what was pressed.
import { codeOf } from '../../actions/questions/room-codes.ts';
import type { Context } from '../../context.ts';
import { hasBegun, startOf } from '../../domain/events/times.ts';
import { type LiveNow, liveNow } from '../../domain/live/now.ts';
import type { LiveState } from '../../domain/live/state.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { qrPicture } from '../../web/qr.ts';
import type { Words } from '../../words.ts';
import { harvestNow, harvestScreen } from '../notes/harvest-view.ts';
import { nowOf, readable } from '../questions/live-view.ts';
import { rulesInWords } from '../settings/programme-view.ts';
import { movesOf } from '../tables/moves-view.ts';
import { clockOf, nextWords, stripOf, wallClock } from './clock-view.ts';
import { placesAtMove, placesSize } from './places-view.ts';

/** How large the words on the projector may be: by their number, so that each sentence fits. */
function sizeOf(text: string): 'short' | 'medium' | 'long' {
  if (text.length <= 90) return 'short';
  return text.length <= 170 ? 'medium' : 'long';
}

/** Large words in the middle of the screen, with a smaller line and the ground rules below, where they belong. */
interface Large {
  text: string;
  line: string;
  rules: boolean;
}

/** Notes of the tables while the harvest is on; a rehearsal shows none. */
async function harvestOn(words: Words, ctx: Context, shared: SharedPage, on: LiveNow | null) {
  return on?.kind === 'harvest' ? harvestScreen(words, shared, await harvestNow(ctx.db, shared)) : null;
}

/** All that the projector shows. */
export async function screenOf(
  words: Words,
  ctx: Context,
  shared: SharedPage,
  all: readonly WallQuestion[],
  isRehearsal = false,
) {
  const now = nowOf(shared, all, ctx.now());
  const { event, live } = shared;
  const on = liveNow(live, ctx.now());
  const address = `${ctx.baseUrl}/q/${codeOf(ctx, event.id)}`;
  const waiting = readable(all).filter(({ state }) => state === 'wall').length;
  const places = on?.kind === 'move' ? await placesAtMove(ctx.db, shared, on) : null;
  const shows = live?.screen.shows ?? 'follow';
  const harvest = isRehearsal ? null : await harvestOn(words, ctx, shared, on);
  const follows = harvest ? 'harvest' : places ? 'places' : now ? 'question' : 'large';
  const face = shows === 'follow' ? follows : shows;
  const large = largeOf(words, shared, { on, waiting, now: ctx.now() });
  return {
    event,
    isRehearsal,
    face,
    places,
    placesSize: places && placesSize(places),
    harvest,
    toRoom: live?.screen.text ?? '',
    toRoomSize: sizeOf(live?.screen.text ?? ''),
    rules: rulesInWords(words, shared.programme.groundRules),
    format: formatNameOf(event),
    now: now && { ...now, size: sizeOf(now.text) },
    large: { ...large, size: sizeOf(large.text) },
    // Where everyone's place is shown, the new ones are among them.
    moves: face === 'places' ? null : movesOf(words, shared, ctx.now()),
    clock: on && clockOf(words, on, event.timeZone),
    strip: live && live.current >= 0 ? stripOf(live, on) : [],
    foot: footOf(words, shared, on, face),
    ...joinOf(words, address),
  };
}

/** How to join. A code is read as one word: the address breaks before it, never in it. */
function joinOf(words: Words, address: string) {
  const short = address.replace(/^https?:\/\//, '');
  const beforeCode = short.lastIndexOf('/') + 1;
  return {
    short: short.slice(0, beforeCode),
    code: short.slice(beforeCode),
    qr: qrPicture(address, words.t('QR code to {address}', { address: short })),
  };
}

/** The line at the foot: what comes next; before and after the evening its headline, unless that is shown large. */
function footOf(words: Words, { event }: SharedPage, on: LiveNow | null, face: string): string {
  if (on) return words.t('Next: {next}', { next: nextWords(words, on, event.timeZone) });
  return face === 'large' ? '' : event.headline;
}

/** Words in the middle while no question is on the table. */
function largeOf(
  words: Words,
  shared: SharedPage,
  { on, waiting, now }: { on: LiveNow | null; waiting: number; now: Temporal.Instant },
): Large {
  if (!on) return aroundIt(words, shared, hasBegun(shared.event, now) ? waiting : null);
  const { kind, ask, title, block } = on;
  if (kind === 'talk' && ask) return { text: ask, line: title, rules: false };
  if (kind === 'talk') return betweenQuestions(words, waiting);
  const text = block.screen || title;
  return { text, line: block.screen ? title : '', rules: kind === 'frame' || on.position === 0 };
}

/** Before the start: title, time and ground rules; late, how many questions there are; after the end: thanks. */
function aroundIt(words: Words, { event, live }: SharedPage, waiting: number | null): Large {
  if (isAfter(live)) return { text: words.t('Thank you'), line: event.headline, rules: false };
  const time = wallClock(startOf(event), event.timeZone);
  const line =
    waiting === null ? words.t('Begins at {time}', { time }) : betweenQuestions(words, waiting).line;
  return { text: event.headline || event.name, line, rules: true };
}

const isAfter = (live: LiveState | null) => live !== null && live.current >= 0;

function betweenQuestions({ t, tn }: Words, waiting: number): Large {
  if (waiting === 0)
    return {
      text: t('What have you been meaning to ask?'),
      line: t('No question yet. Someone has to be first.'),
      rules: true,
    };
  const line = tn(waiting, '{n} question is on the wall.', '{n} questions are on the wall.');
  return { text: t('What should we talk about next?'), line, rules: true };
}
