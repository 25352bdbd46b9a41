import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countSeats,
  guestSeats,
  type Room,
  roomToDraw,
  seatsFor,
  seatsOfKind,
} from '../../../src/domain/tables/room-seats.ts';

const winterRound = [3, 2, 3, 2, 2].map((hosts, index) => ({ number: index + 1, hosts }));

const letters = { talent: 't', senior: 's', open: '-', you: 'Y', yours: 'y', self: 'm' };
const written = (room: Room & { shape: 'tables' }) =>
  room.tables.map((table) => table.seats.map((seat) => letters[seat.kind]).join(''));

test('twelve hosts stay at their tables, fifteen seniors sit three at each, and a seat is kept for Margareta', () => {
  const tables = seatsFor(winterRound, { seniors: 15, guestSeats: 22, own: 'kept' });
  expect(written({ shape: 'tables', tables })).toEqual([
    'tstsst-',
    'tssstY-',
    'tstsst-',
    'tssst--',
    'tssts-',
  ]);
});

test('once Margareta has said yes the same seat is hers', () => {
  const before = seatsFor(winterRound, { seniors: 15, guestSeats: 22, own: 'kept' });
  const after = seatsFor(winterRound, { seniors: 15, guestSeats: 22, own: 'taken' });
  expect(written({ shape: 'tables', tables: after })).toEqual(
    written({ shape: 'tables', tables: before }).map((table) => table.replace('Y', 'y')),
  );
});

test('the caption counts who comes, what is open, and the seat of whoever looks', () => {
  const tables = seatsFor(winterRound, { seniors: 15, guestSeats: 22, own: 'kept' });
  expect(countSeats({ shape: 'tables', tables })).toEqual({
    talents: 12,
    seniors: 15,
    open: 6,
    own: 'kept',
    seats: 34,
    taken: 27,
  });
  const taken = seatsFor(winterRound, { seniors: 15, guestSeats: 22, own: 'taken' });
  expect(countSeats({ shape: 'tables', tables: taken })).toMatchObject({
    own: 'taken',
    seats: 34,
    taken: 28,
    open: 6,
  });
});

test('in one room the presenters are in front and nobody has a table', () => {
  const room: Room = {
    shape: 'room',
    front: seatsOfKind(3, 'talent'),
    seats: guestSeats({ seniors: 5, guestSeats: 8 }),
  };
  expect(countSeats(room)).toEqual({ talents: 3, seniors: 5, open: 3, own: 'none', seats: 11, taken: 8 });
});

test('a pair counts two people for each meeting', () => {
  const meeting = { label: 'Jan', talent: { kind: 'talent' }, senior: { kind: 'open' } } as const;
  expect(countSeats({ shape: 'pair', meetings: [meeting] })).toMatchObject({
    talents: 1,
    seniors: 0,
    open: 1,
    seats: 2,
  });
});

test('without tables there are no seats to give', () => {
  expect(seatsFor([], { seniors: 4, guestSeats: 8, own: 'kept' })).toEqual([]);
});

test('whatever comes, everyone has one seat and the tables differ by one at most where hosts allow it', () => {
  const rooms = fc.record({
    hosts: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 84 }),
    seniors: fc.integer({ min: 0, max: 300 }),
    guestSeats: fc.integer({ min: 0, max: 300 }),
    own: fc.constantFrom('kept' as const, 'taken' as const, undefined),
  });
  fc.assert(
    fc.property(rooms, ({ hosts, seniors, guestSeats: places, own }) => {
      const tables = seatsFor(
        hosts.map((count, index) => ({ number: index + 1, hosts: count })),
        { seniors, guestSeats: places, own },
      );
      const counts = countSeats({ shape: 'tables', tables });
      const needed = seniors + (own ? 1 : 0);
      expect(counts).toEqual({
        talents: hosts.reduce((sum, count) => sum + count, 0),
        seniors,
        open: Math.max(0, places - needed),
        own: own ?? 'none',
        seats: hosts.reduce((sum, count) => sum + count, 0) + Math.max(places, needed),
        taken: counts.talents + seniors + (own === 'taken' ? 1 : 0),
      });
      const hostsStay = tables.map((table) => table.seats.filter((seat) => seat.kind === 'talent').length);
      expect(hostsStay).toEqual(hosts);
      const sizes = tables.map((table) => table.seats.length);
      const grown = sizes.filter((size, index) => size > hosts[index]!);
      if (grown.length > 0) expect(Math.max(...grown) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a room of 500 seats is drawn with at most about 160, one’s own among them, and each says what it stands for', () => {
  const tables = seatsFor(
    Array.from({ length: 10 }, (_, n) => ({ number: n + 1, hosts: 2 })),
    { seniors: 300, guestSeats: 480, own: 'kept' },
  );
  const { room, each } = roomToDraw({ shape: 'tables', tables });
  const seats = room.shape === 'tables' ? room.tables.flatMap((table) => table.seats) : [];
  expect(each).toBe(4);
  expect(seats.length).toBeLessThanOrEqual(160);
  expect(seats.filter(({ kind }) => kind === 'you')).toHaveLength(1);
});

test('a room of 30 seats is drawn seat by seat', () => {
  const tables = seatsFor([{ number: 1, hosts: 2 }], { seniors: 10, guestSeats: 28 });
  expect(roomToDraw({ shape: 'tables', tables })).toEqual({ room: { shape: 'tables', tables }, each: 1 });
});
