// Who speaks in the harvest, and which note the screen shows.
import { expect, test } from 'vitest';
import { harvestTables, notesBelow, noteToSay, orderOf, turnsOf } from '../../../src/domain/notes/harvest.ts';
import { fromOtherTables, handedOn, type Note } from '../../../src/domain/notes/notes.ts';

let count = 0;
const note = (tableNumber: number, round: number, text: string, more: Partial<Note> = {}): Note => ({
  id: text,
  tableNumber,
  round,
  kind: 'idea',
  text,
  position: ++count,
  isSaid: false,
  ...more,
});
const texts = (notes: readonly Note[]) => notes.map(({ text }) => text);

test('tables speak in the order of their numbers, one without notes last, so that it has a moment to write', () => {
  const notes = [note(3, 1, 'c'), note(2, 1, 'b')];
  expect(orderOf([1, 2, 3], notes)).toEqual([2, 3, 1]);
});

test('the order stands once the first has spoken, also where a table writes its first note meanwhile', () => {
  const notes = [note(1, 3, 'a'), note(2, 1, 'b'), note(3, 1, 'c'), note(4, 1, 'd')];
  expect(orderOf([1, 2, 3], notes, [2, 3, 1])).toEqual([2, 3, 1]);
  expect(orderOf([1, 2, 3, 4], notes, [2, 3, 1])).toEqual([2, 3, 1, 4]);
});

test('nobody speaks before the first press and after the last', () => {
  const order = [2, 3, 1];
  expect(turnsOf(order, 0)).toEqual({ now: null, next: 2, spoken: [] });
  expect(turnsOf(order, 1)).toEqual({ now: 2, next: 3, spoken: [] });
  expect(turnsOf(order, 3)).toEqual({ now: 1, next: null, spoken: [2, 3] });
  expect(turnsOf(order, 4)).toEqual({ now: null, next: null, spoken: [2, 3, 1] });
});

test('a table says the note its hosts chose, else its last to follow up, else its last', () => {
  const [idea, follow, worry] = [
    note(1, 1, 'idea'),
    note(1, 1, 'follow', { kind: 'follow' }),
    note(1, 2, 'worry', { kind: 'worry' }),
  ];
  expect(noteToSay([idea, worry], 1)?.text).toBe('worry');
  expect(noteToSay([idea, follow, worry], 1)?.text).toBe('follow');
  expect(noteToSay([{ ...idea, isSaid: true }, follow, worry], 1)?.text).toBe('idea');
  expect(noteToSay([idea], 2)).toBeNull();
});

test('below it the screen shows three more, of each kind the latest first', () => {
  const said = note(1, 2, 'said');
  const notes = [
    said,
    note(1, 1, 'old worry', { kind: 'worry' }),
    note(1, 2, 'new worry', { kind: 'worry' }),
    note(1, 2, 'idea'),
    note(1, 3, 'follow', { kind: 'follow' }),
    note(2, 3, 'of another table'),
  ];
  expect(texts(notesBelow(notes, said))).toEqual(['follow', 'idea', 'new worry']);
  expect(texts(notesBelow([said, notes[1]!], said))).toEqual(['old worry']);
});

test('a table that was dropped speaks through what it wrote before; a room without tables speaks as one', () => {
  const topics = [{ number: 1 }, { number: 4 }];
  expect(harvestTables({ shape: 'tables' }, topics, [{ table: 4 }], [])).toEqual([1]);
  expect(harvestTables({ shape: 'tables' }, topics, [{ table: 4 }], [note(4, 1, 'before')])).toEqual([1, 4]);
  expect(harvestTables({ shape: 'panel' }, topics, [], [])).toEqual([0]);
});

test('a round is handed what its table found before, the latest first, and one note of each table its guests come from', () => {
  const notes = [
    note(1, 1, 'first'),
    note(1, 2, 'second'),
    note(1, 3, 'now'),
    note(2, 2, 'there'),
    note(2, 1, 'old'),
  ];
  expect(texts(handedOn(notes, 1, 3))).toEqual(['second', 'first']);
  expect(texts(handedOn(notes, 1, 1))).toEqual([]);
  expect(texts(fromOtherTables(notes, [2, 2, 4], 3))).toEqual(['there']);
});
