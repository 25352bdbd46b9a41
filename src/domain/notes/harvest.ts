// The harvest: tables say one note each, in turn, and the screen shows it with three more.
import { latestFirst, type Note, wholeRoom } from './notes.ts';

/** Most notes that the screen shows below the one that is said. */
export const mostBelow = 3;

/**
 * Orders the tables of a harvest: those with notes by number, then those without, which have a moment to write. Once the
 * first has spoken its order stands: `fixed`, to which tables are added that were not in it.
 */
export function orderOf(
  tables: readonly number[],
  notes: readonly Note[],
  fixed: readonly number[] = [],
): number[] {
  const written = new Set(notes.map(({ tableNumber }) => tableNumber));
  const left = tables.filter((table) => !fixed.includes(table)).toSorted((a, b) => a - b);
  return [
    ...fixed,
    ...left.filter((table) => written.has(table)),
    ...left.filter((table) => !written.has(table)),
  ];
}

/** Turns of a harvest: the table that speaks, null before the first and after the last; and the one after it. */
export interface Turns {
  now: number | null;
  next: number | null;
  /** Tables that have spoken. */
  spoken: number[];
}

/** Returns whose turn it is after so many presses of "Next table". */
export function turnsOf(order: readonly number[], presses: number): Turns {
  const now = order[presses - 1] ?? null;
  return { now, next: order[presses] ?? null, spoken: order.slice(0, now === null ? presses : presses - 1) };
}

/** Returns the note a table says: the one its hosts chose, else its last to follow up, else its last. */
export function noteToSay(notes: readonly Note[], table: number): Note | null {
  const own = latestFirst(notes.filter(({ tableNumber }) => tableNumber === table));
  return own.find(({ isSaid }) => isSaid) ?? own.find(({ kind }) => kind === 'follow') ?? own[0] ?? null;
}

/** Returns the notes shown below the one that is said: of each kind the latest, then others, three at most. */
export function notesBelow(notes: readonly Note[], said: Note): Note[] {
  const others = latestFirst(
    notes.filter(({ id, tableNumber }) => id !== said.id && tableNumber === said.tableNumber),
  );
  const firstOfKind = others.filter((note, at) => others.findIndex(({ kind }) => kind === note.kind) === at);
  const rest = others.filter((note) => !firstOfKind.includes(note));
  return [...firstOfKind, ...rest].slice(0, mostBelow);
}

/** Lists the tables of an event that take part in the harvest; the room as one where it has none. */
export function harvestTables(
  event: { shape: string },
  topics: readonly { number: number }[],
  dropped: readonly { table: number }[],
  notes: readonly Note[],
): number[] {
  if (event.shape !== 'tables') return [wholeRoom];
  const gone = new Set(dropped.map(({ table }) => table));
  const written = new Set(notes.map(({ tableNumber }) => tableNumber));
  // A table that was dropped speaks through what it wrote before.
  return topics.map(({ number }) => number).filter((number) => !gone.has(number) || written.has(number));
}
