import type { Db, Tx } from '../../database/open.ts';
import { firstMoment, placesOf } from '../../domain/events/fixed-starts.ts';
import * as events from '../../store/events/events.ts';

type Begins = Pick<events.Event, 'id' | 'startsAt' | 'timeZone'>;

/** Minutes from the start of an event to the end of its run of show as it stands now. */
export async function lengthOfRun(db: Db, event: Begins): Promise<number> {
  const blocks = await events.blocksOf(db, event.id);
  return Math.max(1, placesOf(blocks, firstMoment(event)).end);
}

/**
 * Keeps the length of an event that nobody was told of in step with its run of show; a published one stays as
 * announced. To be called after each change of its blocks or its start.
 */
export async function keepLength(tx: Tx, event: events.Event): Promise<void> {
  if (event.publishedAt !== null || event.state !== 'draft') {
    // An event from before lengths were stored keeps the one that guests know.
    if (event.announcedMinutes === null)
      await events.change(tx, event.id, { announcedMinutes: event.minutes });
    return;
  }
  const blocks = await events.blocksOf(tx, event.id);
  const isFixed = blocks.some(({ fixedAt }) => fixedAt !== null);
  const announcedMinutes = isFixed ? Math.max(1, placesOf(blocks, firstMoment(event)).end) : null;
  if (announcedMinutes !== event.announcedMinutes) await events.change(tx, event.id, { announcedMinutes });
}
