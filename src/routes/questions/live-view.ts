import { codeOf } from '../../actions/questions/live.ts';
import type { Context } from '../../context.ts';
import { seesVotes } from '../../domain/access.ts';
import { startOf } from '../../domain/events/times.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { qrPicture } from '../../web/qr.ts';
import type { Words } from '../../words.ts';
import { namelessOf } from './nameless-view.ts';

/** Lists the questions everyone at an event reads: not those that are new, refused, taken back or merged. */
export function readable(all: readonly WallQuestion[]): WallQuestion[] {
  return all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
}

/** Says whether the room sees how many wonder: the projector and every phone show the same, so as guests do. */
export function talliesShown(shared: SharedPage, now: Temporal.Instant): boolean {
  return seesVotes(rulesOf(shared.event), { isOrganiser: false }, startOf(shared.event), now);
}

/** The question on the table as it is shown to the room, or null. */
export function nowOf(shared: SharedPage, all: readonly WallQuestion[], now: Temporal.Instant) {
  const question = all.find(({ state }) => state === 'table');
  if (question === undefined) return null;
  const { id, text, kind, author, table, trend } = question;
  const votes = talliesShown(shared, now) ? question.votes : 0;
  return { id, text, kind, author, votes, trend, table: shared.event.shape === 'tables' ? table : null };
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
    format: builtInFormat(shared.event.format)?.name ?? '',
    now: now && { ...now, size: sizeOf(now.text) },
    waiting: readable(all).filter(({ state }) => state === 'wall').length,
    short,
    qr: qrPicture(address, words.t('QR code to {address}', { address: short })),
    nameless: namelessOf(words, shared, ctx.now(), ctx).off === null,
  };
}
