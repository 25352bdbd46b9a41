// The small example picture of each shape a format can have.

import type { Picture } from '../tables/drawing.ts';
import { drawRoom } from '../tables/room-picture.ts';
import { guestSeats, type Room, seatsFor, seatsOfKind } from '../tables/room-seats.ts';
import type { Shape } from './format.ts';

/** A typical room of that shape, small; `months` are three short names for the tables of a pair. */
export function formatPicture(shape: Shape, months: readonly string[] = ['Jan', 'Feb', 'Mar']): Picture {
  return drawRoom(example(shape, months), 'small');
}

function example(shape: Shape, months: readonly string[]): Room {
  if (shape === 'tables') {
    const tables = [1, 2, 3, 4, 5].map((number) => ({ number, hosts: 3 }));
    return { shape, tables: seatsFor(tables, { seniors: 14, guestSeats: 15 }) };
  }
  if (shape === 'room')
    return { shape, front: seatsOfKind(3, 'talent'), seats: guestSeats({ seniors: 23, guestSeats: 27 }) };
  if (shape === 'panel')
    return { shape, front: seatsOfKind(4, 'talent'), seats: guestSeats({ seniors: 27, guestSeats: 30 }) };
  const meetings = months.map(
    (label) => ({ label, talent: { kind: 'talent' }, senior: { kind: 'senior' } }) as const,
  );
  return { shape, meetings };
}
