// Notes of what was said at a table: three kinds, one line each, and nobody's name on them.

/** An idea could work here, a worry says what would have to be true first, what is to follow up needs an answer later. */
export const noteKinds = ['idea', 'worry', 'follow'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** Characters of a note: it fits on the screen of a room. */
export const mostInNote = 140;

/** Notes of one table. */
export const mostNotesOfTable = 200;

/** The number that stands for the whole room, where an event has no tables. */
export const wholeRoom = 0;

/** Hours before an event from which its hosts may keep notes, as the room's code opens. */
export const notesOpenHours = 1;

/** Days after which raw notes are erased: what was made of them stays. */
export const daysNotesKept = 90;

export interface Note {
  id: string;
  tableNumber: number;
  /** From 1. */
  round: number;
  kind: NoteKind;
  text: string;
  /** Place among the notes of its table, from 1. */
  position: number;
  /** The table says this one aloud in the harvest. */
  isSaid: boolean;
}

/** Returns the notes that a table's earlier rounds hand to this one, the latest round first. */
export function handedOn(notes: readonly Note[], table: number, round: number): Note[] {
  return latestFirst(notes.filter((note) => note.tableNumber === table && note.round < round));
}

/** Orders notes by round and place, the latest first. */
export function latestFirst(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => b.round - a.round || b.position - a.position);
}

/**
 * Returns one note of each other table that guests of this round come from: the one said aloud, else its latest of the
 * round before.
 */
export function fromOtherTables(notes: readonly Note[], tables: readonly number[], round: number): Note[] {
  return [...new Set(tables)]
    .toSorted((a, b) => a - b)
    .flatMap((table) => {
      const before = notes.filter((note) => note.tableNumber === table && note.round === round - 1);
      return latestFirst(before).slice(0, 1);
    });
}
