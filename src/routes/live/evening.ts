// An evening as its pages read it: the event, its questions and its state.
import type { Context } from '../../context.ts';
import { planOf } from '../../domain/live/plan.ts';
import { beforeStart } from '../../domain/live/run.ts';
import { orNotFound } from '../../refusal.ts';
import { type SharedPage, withShared } from '../../store/events/page.ts';
import { eventRevision } from '../../store/questions/live.ts';
import { wall } from '../../store/questions/wall.ts';
import type { Words } from '../../words.ts';
import type { Evening } from './remote-view.ts';

/** The screen, and the hosts of each table. */
export function recipientsOf({ t }: Words, { event, topics }: SharedPage) {
  const hosts = (n: number) => ({ value: n, label: t('The hosts of table {n}', { n }) });
  const tables = event.shape === 'tables' ? topics.map(({ number }) => hosts(number)) : [];
  return [{ value: 0, label: t('The screen') }, ...tables];
}

/** The evening of an event as it is now; before anybody pressed anything, as its run of show plans it. */
export function eveningOf(
  shared: SharedPage,
  { base, key }: Pick<Evening, 'base' | 'key'>,
  now: Temporal.Instant,
): Evening {
  const { event, blocks } = shared;
  const state = shared.live && shared.live.current >= 0 ? shared.live : null;
  return {
    base,
    key,
    timeZone: event.timeZone,
    state: state ?? { ...beforeStart(planOf(event, blocks)), screen: screenBefore(shared) },
    now,
    isTables: event.shape === 'tables',
  };
}

const screenBefore = ({ live }: SharedPage) => live?.screen ?? { shows: 'follow' as const, text: '' };

/** The event as it stands, and its revision. */
export async function currentEvent(ctx: Context, eventId: number) {
  const at = orNotFound(await eventRevision(ctx.db, eventId), 'event');
  const { shared } = orNotFound(await withShared(ctx.db, { ...at, mine: null }), 'event');
  return { at, shared, all: await wall(ctx.db, at) };
}
