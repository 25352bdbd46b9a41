import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPicture } from '../../../src/domain/run-of-show/format-pictures.ts';
import type { Mark } from '../../../src/domain/tables/drawing.ts';
import { drawRoom } from '../../../src/domain/tables/room-picture.ts';
import {
  guestSeats,
  type Room,
  type SeatKind,
  seatsFor,
  seatsOfKind,
} from '../../../src/domain/tables/room-seats.ts';

const marksOf = (marks: readonly Mark[], kind: string) =>
  marks.filter((mark) => mark.draw !== 'tick' && mark.kind === kind);
const tablesOf = (hosts: number[], seniors: number, guests: number, own?: 'kept' | 'taken'): Room => ({
  shape: 'tables',
  tables: seatsFor(
    hosts.map((count, index) => ({ number: index + 1, hosts: count })),
    { seniors, guestSeats: guests, own },
  ),
});

describe('round tables', () => {
  test('the winter round is drawn as three tables above two, with the first seat of table 1 at its top', () => {
    const { width, height, marks } = drawRoom(tablesOf([3, 2, 3, 2, 2], 15, 22, 'kept'));
    const tables = marksOf(marks, 'tb') as Extract<Mark, { draw: 'circle' }>[];
    expect(tables.map((table) => table.r)).toEqual([50, 50, 50, 50, 50]);
    const [one, two, three, four, five] = tables as [
      Mark & { draw: 'circle' },
      ...(Mark & { draw: 'circle' })[],
    ];
    expect([one.y, two!.y < one.y, four!.y > one.y, five!.y]).toEqual([three!.y, true, true, four!.y]);
    expect([two!.x - one.x, three!.x - two!.x].map(Math.round)).toEqual([204, 204]);
    expect(marksOf(marks, 't')[0]).toEqual({ draw: 'circle', x: one.x, y: one.y - 74, r: 11.4, kind: 't' });
    expect([width > 590 && width < 610, height > 360 && height < 375]).toEqual([true, true]);
  });

  test('talents are round, seniors square, and an open seat is a square of its own kind', () => {
    const { marks } = drawRoom(tablesOf([2], 3, 5));
    const drawn = (kind: string) => marksOf(marks, kind).map((mark) => mark.draw);
    expect([drawn('t'), drawn('s'), drawn('o')]).toEqual([
      ['circle', 'circle'],
      ['square', 'square', 'square'],
      ['square', 'square'],
    ]);
  });

  test('the seat kept for Margareta stands upright and says so, and carries a tick once it is hers', () => {
    const kept = drawRoom(tablesOf([2], 3, 5, 'kept'), 'large', 'Vous').marks;
    expect(marksOf(kept, 'you')).toMatchObject([{ draw: 'square', turn: 0, width: 34.1 }]);
    expect(marksOf(kept, 'you-word')).toMatchObject([{ word: 'Vous' }]);
    expect(kept.filter((mark) => mark.draw === 'tick')).toEqual([]);
    const hers = drawRoom(tablesOf([2], 3, 5, 'taken')).marks;
    expect(marksOf(hers, 'you')).toEqual([]);
    expect([marksOf(hers, 'yours').length, hers.filter((mark) => mark.draw === 'tick').length]).toEqual([
      1, 1,
    ]);
  });

  test('initials are written on the seats of those who are known', () => {
    const room: Room = {
      shape: 'tables',
      tables: [{ number: 1, seats: [{ kind: 'senior', initials: 'HF' }, { kind: 'open' }] }],
    };
    expect(drawRoom(room).marks.flatMap((mark) => (mark.draw === 'word' ? [mark.word] : []))).toEqual([
      '1',
      'HF',
    ]);
  });

  test('in a row all tables stand side by side', () => {
    const { tables } = tablesOf([2, 2, 2, 2], 8, 12) as Room & { shape: 'tables' };
    const { marks, width, height } = drawRoom({ shape: 'tables', tables, layout: 'row' });
    const places = marksOf(marks, 'tb').map((mark) => (mark as { x: number }).x);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(4);
    expect(width / height).toBeGreaterThan(3);
  });
});

const seat = fc.constantFrom<SeatKind>('talent', 'senior', 'open').map((kind) => ({ kind }));
const anyTables: fc.Arbitrary<Room> = fc
  .array(fc.array(seat, { minLength: 2, maxLength: 20 }), { minLength: 1, maxLength: 84 })
  .map((tables) => ({
    shape: 'tables',
    tables: tables.map((seats, index) => ({ number: index + 1, seats })),
  }));
const anyRows: fc.Arbitrary<Room> = fc
  .tuple(
    fc.constantFrom('room' as const, 'panel' as const),
    fc.integer({ min: 0, max: 9 }),
    fc.array(seat, { maxLength: 200 }),
  )
  .map(([shape, front, seats]) => ({ shape, front: seatsOfKind(front, 'talent'), seats }));

describe('any room', () => {
  test('has every seat inside the picture, and no two seats touch', () => {
    fc.assert(
      fc.property(fc.oneof(anyTables, anyRows), (room) => {
        const { width, height, marks } = drawRoom(room);
        const seats = marks
          .filter((mark) => mark.draw === 'circle' || mark.draw === 'square')
          .filter(
            (mark) =>
              ['t', 's'].includes(mark.kind) ||
              (mark.kind === 'o' && mark.draw === 'square' && mark.width > 18),
          );
        for (const { x, y } of seats) {
          expect([x > 10, y > 10, x < width - 10, y < height - 10]).toEqual([true, true, true, true]);
        }
        expect(closest(seats)).toBeGreaterThan(26);
      }),
      { numRuns: 60 },
    );
  });

  test('with 84 tables of 20 seats has room for all 1,680', () => {
    const seats = seatsOfKind(20, 'senior');
    const tables = Array.from({ length: 84 }, (_, index) => ({ number: index + 1, seats }));
    const { width, height, marks } = drawRoom({ shape: 'tables', tables });
    const places = marksOf(marks, 's') as { x: number; y: number }[];
    expect(places.length).toBe(1680);
    expect(closest(places)).toBeGreaterThan(26);
    expect(width / height).toBeGreaterThan(1.3);
    expect(width / height).toBeLessThan(2);
  });
});

/** The smallest distance between the middles of two seats. */
function closest(seats: readonly { x: number; y: number }[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, one] of seats.entries()) {
    for (const other of seats.slice(index + 1))
      least = Math.min(least, Math.hypot(one.x - other.x, one.y - other.y));
  }
  return least;
}

describe('other shapes', () => {
  test('a lunch-and-learn has its team in front and everyone else in curved rows that face it', () => {
    const { marks } = drawRoom({
      shape: 'room',
      front: seatsOfKind(3, 'talent'),
      seats: guestSeats({ seniors: 27, guestSeats: 27 }),
    });
    const team = marksOf(marks, 't') as { x: number; y: number }[];
    const seats = marksOf(marks, 's') as { x: number; y: number; turn: number }[];
    expect([team.length, seats.length]).toEqual([3, 27]);
    expect(Math.max(...team.map((one) => one.y))).toBeLessThan(Math.min(...seats.map((one) => one.y)));
    const middle = team[1]!.x;
    for (const one of seats)
      expect(Math.sign(Math.round(middle - one.x))).toBe(Math.sign(Math.round(one.turn)));
  });

  test('a panel has its talents behind one table and straight rows in front of it', () => {
    const { marks } = drawRoom({
      shape: 'panel',
      front: seatsOfKind(4, 'talent'),
      seats: guestSeats({ seniors: 30, guestSeats: 30 }),
    });
    const rows = new Set(marksOf(marks, 's').map((mark) => (mark as { y: number }).y));
    expect([marksOf(marks, 't').length, marksOf(marks, 's').length, rows.size]).toEqual([4, 30, 3]);
  });

  test('a pair is one small table a month, joined from month to month', () => {
    const meetings = ['Jan', 'Feb', 'Mar'].map(
      (label) => ({ label, talent: { kind: 'talent' }, senior: { kind: 'senior' } }) as const,
    );
    const { marks } = drawRoom({ shape: 'pair', meetings });
    expect(marks.flatMap((mark) => (mark.draw === 'word' ? [mark.word] : []))).toEqual(['Jan', 'Feb', 'Mar']);
    expect([marksOf(marks, 'tb').length, marks.filter((mark) => mark.draw === 'line').length]).toEqual([
      3, 2,
    ]);
  });

  test.each(['tables', 'room', 'panel', 'pair'] as const)(
    'the format picture of %s is landscape and small',
    (shape) => {
      const { width, height } = formatPicture(shape);
      expect([width < 330, height < width, height > 80]).toEqual([true, true, true]);
    },
  );
});
