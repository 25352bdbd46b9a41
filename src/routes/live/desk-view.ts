// The question desk of the remote: the question on the table, the next ones, and those that are done.
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import type { Words } from '../../words.ts';
import { readable } from '../questions/live-view.ts';

/** Beyond these the wall is read, not the desk. */
const mostUpNext = 30;

/** Lists the questions of an event as the desk shows them; `base` is the address their presses go below. */
export function deskOf(words: Words, shared: SharedPage, all: readonly WallQuestion[], base: string) {
  const isTables = shared.event.shape === 'tables';
  const rows = readable(all)
    .map((one) => ({ ...one, table: isTables ? one.table : null }))
    .map((one) => ({ ...one, about: aboutOf(words, one), address: `${base}/questions/${one.id}` }));
  const waiting = rows.filter(({ state }) => state === 'wall');
  const settled = rows.filter(({ state }) => state === 'answered' || state === 'parked');
  return {
    now: rows.find(({ state }) => state === 'table') ?? null,
    next: waiting.slice(0, mostUpNext),
    left: Math.max(0, waiting.length - mostUpNext),
    settled: settled.slice(0, mostUpNext),
    settledCount: settled.length,
  };
}

/** Says for which table a question is, whose it is, and how many wonder from the room. */
function aboutOf({ t }: Words, question: WallQuestion): string {
  const table = question.table
    ? t('Table {n}, {trend}', { n: question.table, trend: question.trend ?? '' })
    : '';
  const named = question.kind === 'nameless' ? t('Without a name') : (question.author ?? '');
  const room = question.roomVotes ? t('+{n} from the room', { n: question.roomVotes }) : '';
  return [table, question.fromRoom ? t('From the room') : named, room].filter(Boolean).join(' · ');
}
