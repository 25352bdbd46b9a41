// Turns of the harvest and what the screen shows, for the projector, the remote and the phones.

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
import type { DayFacts } from '../../domain/tables/day.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { harvestOf } from '../../store/notes/harvests.ts';
import { notesOf } from '../../store/notes/notes.ts';
import { dayOf } from '../../store/tables/day.ts';
import type { Words } from '../../words.ts';

export interface HarvestNow extends Turns {
  order: number[];
  notes: Note[];
  isClosed: boolean;
  facts: DayFacts;
}

/** Reads the harvest of an event: the order of its tables, whose turn it is, and all notes. */
export async function harvestNow(db: Db, shared: SharedPage): Promise<HarvestNow> {
  const { event, topics, live } = shared;
  const notes = await notesOf(db, event.id);
  const { tableOrder, closedOn } = await harvestOf(db, event.id);
  const { facts } = await dayOf(db, event.id);
  const presses = live?.turn ?? 0;
  const tables = harvestTables(event, topics, facts.dropped, notes);
  const order = orderOf(tables, notes, presses > 0 ? tableOrder : []);
  return { order, notes, facts, isClosed: closedOn !== null, ...turnsOf(order, presses) };
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
      .map((table) => ({ table, is: turnOf(table, { now, next, spoken }) }))
      .map((turn) => ({ ...turn, words: turnLabel(words, turn) })),
  };
}

function turnLabel({ t }: Words, { table, is }: { table: number; is: 'now' | 'done' | 'next' }): string {
  if (is === 'now') return t('Table {n}, speaks now', { n: table });
  return is === 'done' ? t('Table {n}, has spoken', { n: table }) : t('Table {n}, to come', { n: table });
}

function turnOf(table: number, { now, spoken }: Turns): 'now' | 'done' | 'next' {
  if (table === now) return 'now';
  return spoken.includes(table) ? 'done' : 'next';
}

export const topicAt = ({ topics }: Pick<SharedPage, 'topics'>, table: number): string =>
  topics.find(({ number }) => number === table)?.sentence ?? '';

/** How large a note may be on the projector. */
const sizeOf = (text: string) => (text.length <= 90 ? 'medium' : 'long');

/** Returns what the remote says of the turns: which table speaks and which is next, and whether its hosts have left. */
export function turnWords({ t }: Words, shared: SharedPage, harvest: HarvestNow) {
  const { now, next } = harvest;
  if (now === wholeRoom || next === wholeRoom) return null;
  const isHostless = now !== null && !hasHost(shared, harvest.facts, now);
  return {
    now:
      now === null
        ? t('Nobody speaks')
        : t('Table {n} speaks: {topic}', { n: now, topic: topicAt(shared, now) }),
    next: next === null ? t('Every table has had its turn.') : t('Next: table {n}', { n: next }),
    hostless: isHostless ? t('Its hosts have left. You speak for it: its notes are on the screen.') : '',
  };
}

/** Says whether anybody who hosts this table is still there in the last round. */
function hasHost(
  { topics, invitees, blocks }: SharedPage,
  { hosts, there }: DayFacts,
  table: number,
): boolean {
  const team = topics.find(({ number }) => number === table)?.hosts ?? [];
  const stepped = hosts.filter(([, at]) => at === table).map(([id]) => id);
  const rounds = roundsOf(blocks).length;
  const left = new Set(there.filter(([, , until]) => until < rounds).map(([id]) => id));
  const comes = new Set(invitees.filter(({ state }) => state === 'coming').map(({ id }) => id));
  return [...team.map(({ id }) => id), ...stepped].some((id) => comes.has(id) && !left.has(id));
}
