// Whose turn it is in the harvest and what the screen shows, for the projector, the remote and the phones.

import type { Db } from '../../database/open.ts';
import {
  harvestTables,
  notesBelow,
  noteToSay,
  orderOf,
  type Turns,
  turnsOf,
} from '../../domain/notes/harvest.ts';
import { type Note, wholeRoom } from '../../domain/notes/notes.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { harvestOf } from '../../store/notes/harvests.ts';
import { notesOf } from '../../store/notes/notes.ts';
import { dayOf } from '../../store/tables/day.ts';
import type { Words } from '../../words.ts';

export interface HarvestNow extends Turns {
  order: number[];
  notes: Note[];
  isClosed: boolean;
}

/** Reads the harvest of an event: the order of its tables, whose turn it is, and all notes. */
export async function harvestNow(db: Db, shared: SharedPage): Promise<HarvestNow> {
  const { event, topics, live } = shared;
  const notes = await notesOf(db, event.id);
  const { tableOrder, closedOn } = await harvestOf(db, event.id);
  const { facts } = await dayOf(db, event.id);
  const order = orderOf(harvestTables(event, topics, facts.dropped, notes), notes, tableOrder);
  return { order, notes, isClosed: closedOn !== null, ...turnsOf(order, live?.turn ?? 0) };
}

/** Names a kind of note. */
export function kindWord({ t }: Words, kind: Note['kind']): string {
  return { idea: t('Idea'), worry: t('Worry'), follow: t('Follow up') }[kind];
}

export const kindIcons = { idea: 'bulb', worry: 'cloud', follow: 'flag' } as const;

export interface ScreenNote {
  table: number;
  topic: string;
  text: string;
  kind: Note['kind'];
  word: string;
  icon: string;
}

/** Returns what the projector shows in the harvest: one table's note large, one note of each table, or what to do. */
export function harvestScreen(words: Words, shared: SharedPage, harvest: HarvestNow) {
  const { now, next, spoken, order, notes } = harvest;
  const show = (note: Note): ScreenNote => ({
    table: note.tableNumber,
    topic: topicAt(shared, note.tableNumber),
    text: note.text,
    kind: note.kind,
    word: kindWord(words, note.kind),
    icon: kindIcons[note.kind],
  });
  const said = now === null ? null : noteToSay(notes, now);
  const perTable = order.map((table) => noteToSay(notes, table)).filter((note) => note !== null);
  const first = said && show(said);
  return {
    /** The table that speaks, where it is one. */
    table: now === null || now === wholeRoom ? null : { number: now, topic: topicAt(shared, now) },
    said: first && { ...first, size: sizeOf(first.text) },
    below: said ? notesBelow(notes, said).map(show) : [],
    each: now === null ? perTable.map(show) : [],
    isEmpty: now === null ? perTable.length === 0 : said === null,
    total: notes.length,
    turns: order
      .filter((table) => table !== wholeRoom)
      .map((table) => ({ table, is: turnOf(table, { now, next, spoken }) })),
  };
}

function turnOf(table: number, { now, spoken }: Turns): 'now' | 'done' | 'next' {
  if (table === now) return 'now';
  return spoken.includes(table) ? 'done' : 'next';
}

export const topicAt = ({ topics }: Pick<SharedPage, 'topics'>, table: number): string =>
  topics.find(({ number }) => number === table)?.sentence ?? '';

/** How large a note may be on the projector. */
const sizeOf = (text: string) => (text.length <= 90 ? 'medium' : 'long');
