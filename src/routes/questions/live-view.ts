import { codeOf } from '../../actions/questions/room-codes.ts';
import type { Context } from '../../context.ts';
import { seesVotes } from '../../domain/access.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { qrPicture } from '../../web/qr.ts';
import type { Words } from '../../words.ts';
import { timesOf } from '../events/page-view.ts';
import { rulesInWords } from '../settings/programme-view.ts';
import { movesOf } from '../tables/moves-view.ts';

/** Lists the questions everyone at an event reads: not those that are new, refused, taken back or merged. */
export function readable(all: readonly WallQuestion[]): WallQuestion[] {
  return all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
}

/** Says whether the room sees how many wonder: the projector and every phone show the same, so as guests do. */
export function talliesShown(shared: SharedPage, now: Temporal.Instant): boolean {
  return seesVotes(rulesOf(shared.event), { isOrganiser: false }, timesOf(shared).start, now);
}

/** The question on the table as it is shown to the room, or null. */
export function nowOf(shared: SharedPage, all: readonly WallQuestion[], now: Temporal.Instant) {
  return questionOnTable(shared, all, talliesShown(shared, now));
}

/** The same, with how many wonder or without. */
export function questionOnTable(shared: SharedPage, all: readonly WallQuestion[], tallies: boolean) {
  const question = all.find(({ state }) => state === 'table');
  if (question === undefined) return null;
  const { id, text, kind, author, votes, table, trend, fromRoom, roomVotes } = question;
  const isTables = shared.event.shape === 'tables';
  const shown = { id, text, kind, author, trend, fromRoom, roomVotes };
  return { ...shown, votes: tallies ? votes : 0, table: isTables ? table : null };
}

/** How large the words on the projector may be: by their number, so that every question fits. */
function sizeOf(text: string): 'short' | 'medium' | 'long' {
  if (text.length <= 90) return 'short';
  return text.length <= 170 ? 'medium' : 'long';
}

/** All that the projector shows. */
export function screenOf(words: Words, ctx: Context, shared: SharedPage, all: readonly WallQuestion[]) {
  const now = nowOf(shared, all, ctx.now());
  const address = `${ctx.baseUrl}/q/${codeOf(ctx, shared.event.id)}`;
  const short = address.replace(/^https?:\/\//, '');
  return {
    event: shared.event,
    rules: rulesInWords(words, shared.programme.groundRules),
    format: formatNameOf(shared.event),
    now: now && { ...now, size: sizeOf(now.text) },
    moves: movesOf(words, shared, ctx.now()),
    waiting: readable(all).filter(({ state }) => state === 'wall').length,
    short,
    qr: qrPicture(address, words.t('QR code to {address}', { address: short })),
  };
}
