// Somebody's part of an event: the blocks that they lead, with their times.
import { isHost } from '../../domain/access.ts';
import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { partOf } from '../../domain/run-of-show/led-by.ts';
import { runOfShow, type StoredBlock } from '../../domain/run-of-show/run-of-show.ts';
import type { Event } from '../../store/events/events.ts';
import type { EventPage } from '../../store/events/page.ts';
import type { Words } from '../../words.ts';

interface Person {
  id: number;
  isHost: boolean;
}

/** A block of somebody's part. */
export interface PartRow {
  at: string;
  to: string;
  title: string;
  question: string;
  note: string;
}

type PartEvent = Pick<Event, 'startsAt' | 'timeZone' | 'organiserId' | 'facilitatorId'>;

/** Lists the blocks that a person leads; empty where they lead none. Notes are for those who run the event. */
export function partRows(
  event: PartEvent,
  blocks: readonly StoredBlock[],
  person: Person,
  { withNotes = false }: { withNotes?: boolean } = {},
): PartRow[] {
  // Most people lead nothing, and then no time is worked out.
  if (partOf(blocks, person, event).length === 0) return [];
  const show = runOfShow(blocks, firstMoment(event));
  return partOf(show.blocks, person, event).map(({ title, at = '', after, minutes, question, note }) => ({
    at,
    to: clockAfter(firstMoment(event), after + minutes),
    title,
    question: question ?? '',
    note: withNotes ? (note ?? '') : '',
  }));
}

/** The part of a guest or host on their page; empty where they lead nothing, or said no. */
export function ownPart(page: EventPage, me: { id: number; side: 'senior' | 'talent' }): PartRow[] {
  const { event, blocks, mine } = page;
  if (mine?.state === 'declined' || event.state === 'cancelled') return [];
  return partRows(event, blocks, { id: me.id, isHost: isHost(me, event, mine !== null) });
}

/** '16:10 Welcome, 17:40 Harvest' */
export const partText = (rows: readonly Pick<PartRow, 'at' | 'title'>[]) =>
  rows.map(({ at, title }) => `${at} ${title}`).join(', ');

/** The line of a calendar entry about somebody's part; empty where they lead nothing. */
export function partLine({ t }: Words, rows: readonly PartRow[]): string {
  return rows.length === 0 ? '' : t('Your part: {blocks}', { blocks: partText(rows) });
}
