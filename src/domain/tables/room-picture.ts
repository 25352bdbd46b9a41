// The picture of a room: seats and tables as circles and squares with places, to be drawn.
import { cosine, framed, type Mark, type Picture, type Point, sine } from './drawing.ts';
import type { Room, Seat, SeatKind, Table } from './room-seats.ts';

/** Lengths in drawing units; a small picture keeps its seats relatively larger so that they stay visible. */
interface Scale {
  top: number;
  ring: number;
  seat: number;
  round: number;
  across: number;
  down: number;
  pad: number;
  /** The narrowest picture, so that a single table is not drawn as large as a room. */
  least: number;
  number: string;
  drop: number;
}

export const scales: Record<'large' | 'small', Scale> = {
  large: {
    top: 50,
    ring: 74,
    seat: 22,
    round: 5,
    across: 56,
    down: 18,
    pad: 11,
    least: 420,
    number: 'tn',
    drop: 9,
  },
  small: {
    top: 20,
    ring: 31,
    seat: 11,
    round: 2.5,
    across: 42,
    down: 16,
    pad: 6,
    least: 200,
    number: 'tn sm',
    drop: 5,
  },
};

/** Draws any room in the same hand: talents round, seniors square, open seats dashed, one's own seat upright. */
export function drawRoom(room: Room, size: 'large' | 'small' = 'large', you = 'You'): Picture {
  const scale = scales[size];
  if (room.shape === 'tables')
    return framed(
      tables(room.tables, room.layout ?? 'cover', scale, you),
      scale.pad,
      room.layout === 'alone' ? 0 : scale.least,
    );
  if (room.shape === 'room') return framed(arcs(room.front, room.seats, scale, you), scale.pad, scale.least);
  if (room.shape === 'panel')
    return framed(panel(room.front, room.seats, scale, you), scale.pad, scale.least);
  return framed(pairs(room.meetings, scale, you), scale.pad, scale.least);
}

function tables(all: readonly Table[], layout: 'cover' | 'row' | 'alone', scale: Scale, you: string): Mark[] {
  const ring = ringFor(all, scale);
  const places =
    layout !== 'cover'
      ? rowPlaces([all.length], ring, scale)
      : rowPlaces(rowsFor(all.length, ring, scale), ring, scale);
  return all.flatMap((table, index) => oneTable(table, places[index]!, ring, scale, you));
}

/** Far enough out that the seats of the fullest table do not touch. */
function ringFor(all: readonly Table[], scale: Scale): number {
  const most = Math.max(1, ...all.map((table) => table.seats.length));
  return Math.max(scale.ring, (most * scale.seat * 1.32) / (2 * Math.PI));
}

function oneTable(table: Table, middle: Point, ring: number, scale: Scale, you: string): Mark[] {
  const step = 360 / Math.max(1, table.seats.length);
  const start = table.number % 2 === 0 ? step * 0.28 : 0;
  const top = ring - (scale.ring - scale.top);
  const seats = table.seats.flatMap((seat, index) => {
    const angle = start + index * step;
    const wide = isOwn(seat.kind) && (step * Math.PI * ring) / 180 < scale.seat * 1.8;
    return oneSeat(seat, onCircle(middle, wide ? ring + scale.seat * 0.7 : ring, angle), angle, scale, you);
  });
  return [
    { draw: 'circle', ...middle, r: top, kind: ownOr(table, 'tb') },
    {
      draw: 'word',
      x: middle.x,
      y: middle.y + scale.drop,
      word: String(table.number),
      kind: ownOr(table, scale.number),
    },
    ...seats,
  ];
}

/** How many tables in each row, so that the picture comes closest to a landscape of 1.64 to 1. */
function rowsFor(count: number, ring: number, scale: Scale): number[] {
  let best: number[] = [count];
  let smallest = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= count; rows++) {
    const split = evenly(count, rows);
    const ratio = (split[0]! * (2 * ring + scale.across)) / (rows * (2 * ring + scale.down) + scale.seat);
    const off = Math.abs(Math.log(ratio / 1.64));
    if (off < smallest) [smallest, best] = [off, split];
  }
  return best;
}

/** Middles of the tables row by row; the first row bows up a little, equal rows stand further apart. */
function rowPlaces(rows: readonly number[], ring: number, scale: Scale): Point[] {
  const across = 2 * ring + scale.across;
  const places: Point[] = [];
  let y = 0;
  rows.forEach((count, row) => {
    if (row > 0) y += 2 * ring + (count === rows[row - 1] ? scale.seat * 2.2 : scale.down);
    // A short row of few tables spreads a little; among many it would drift towards the row above.
    const wide = count < rows[0]! && rows[0]! < 4 ? across * 1.06 : across;
    for (let index = 0; index < count; index++) {
      const fromMiddle = index - (count - 1) / 2;
      const bow = row === 0 && count > 2 ? 1 - (fromMiddle / ((count - 1) / 2)) ** 2 : 0;
      places.push({ x: fromMiddle * wide, y: y - bow * ring * 0.16 });
    }
  });
  return places;
}

/** Presenters in front of a long table; everyone else in arcs that grow by two seats a row. */
function arcs(front: readonly Seat[], seats: readonly Seat[], scale: Scale, you: string): Mark[] {
  const u = scale.seat;
  const bench = Math.max(9.3 * u, (front.length + 1) * 2.3 * u);
  const rows = arcRows(seats.length);
  let next = 0;
  const sitting = rows.flatMap((count, row) => {
    const span = Math.min(62, (count - 1) * 11);
    return Array.from({ length: count }, (_, index) => {
      const angle = count === 1 ? 0 : span - (index * 2 * span) / (count - 1);
      const x = -(6 + 2.5 * row) * u * sine(angle);
      const y = (5.2 + 2.2 * row) * u * cosine(angle);
      return oneSeat(seats[next++]!, { x, y }, angle, scale, you);
    }).flat();
  });
  return [
    {
      draw: 'square',
      x: 0,
      y: -1.85 * u,
      width: bench,
      height: 1.35 * u,
      round: 0.67 * u,
      turn: 0,
      kind: 'tb',
    },
    ...bankOf(front, 2.67 * u, 0, scale, you),
    ...sitting,
  ];
}

/** Seats in each arc: 7, 9, 11 … as many rows as it takes, then thinned evenly so that no row is left half empty. */
function arcRows(count: number): number[] {
  if (count === 0) return [];
  const rows: number[] = [];
  for (let held = 0; held < count; held += rows.at(-1)!) rows.push(7 + 2 * rows.length);
  const room = rows.reduce((sum, row) => sum + row, 0);
  let given = 0;
  let filled = 0;
  return rows.map((row) => {
    given += row;
    const upTo = Math.round((count * given) / room);
    const here = upTo - filled;
    filled = upTo;
    return here;
  });
}

/** A bench of talents with question cards on it, and straight rows of seats before them. */
function panel(front: readonly Seat[], seats: readonly Seat[], scale: Scale, you: string): Mark[] {
  const u = scale.seat;
  const bench = Math.max(2, front.length) * 3 * u + u;
  const cards = bankOf(
    front,
    2.3 * u,
    2.3 * u,
    { ...scale, seat: u * 0.7, round: scale.round * 0.7 },
    you,
    'open',
  );
  const columns = Math.min(seats.length, Math.max(10, Math.ceil(Math.sqrt(seats.length * 2.6))));
  const rows = seats.flatMap((seat, index) => {
    const row = Math.floor(index / columns);
    const x = ((index % columns) - (columns - 1) / 2) * 1.85 * u;
    return oneSeat(seat, { x, y: (5.3 + 2 * row) * u }, 0, scale, you);
  });
  return [
    { draw: 'square', x: 0, y: 2.3 * u, width: bench, height: 1.7 * u, round: 0.5 * u, turn: 0, kind: 'tb' },
    ...bankOf(front, 3 * u, 0, { ...scale, seat: u * 1.4 }, you),
    ...cards,
    ...rows,
  ];
}

/** People in a straight line, `apart` from each other, around the middle. */
function bankOf(
  people: readonly Seat[],
  apart: number,
  y: number,
  scale: Scale,
  you: string,
  as?: SeatKind,
): Mark[] {
  return people.flatMap((seat, index) => {
    const x = (index - (people.length - 1) / 2) * apart;
    return oneSeat(as ? { kind: as } : seat, { x, y }, 0, scale, you);
  });
}

/** One small table a month with a talent above and a senior below, joined by a dotted line. */
function pairs(
  meetings: readonly { label: string; talent: Seat; senior: Seat }[],
  scale: Scale,
  you: string,
): Mark[] {
  const u = scale.seat;
  const large = { ...scale, seat: u * 1.55, round: scale.round * 1.55 };
  return meetings.flatMap((meeting, index): Mark[] => {
    const x = index * 8.2 * u;
    const after = { x: x + 5.6 * u, y: 0 };
    const line: Mark[] =
      index < meetings.length - 1
        ? [{ draw: 'line', from: { x: x + 2.6 * u, y: 0 }, to: after, kind: 'ln' }]
        : [];
    return [
      { draw: 'circle', x, y: 0, r: 2 * u, kind: 'tb' },
      { draw: 'word', x, y: scale.drop, word: meeting.label, kind: scale.number },
      ...oneSeat(meeting.talent, { x, y: -3.45 * u }, 0, large, you),
      ...oneSeat(meeting.senior, { x, y: 3.45 * u }, 0, large, you),
      ...line,
    ];
  });
}

const kinds: Record<SeatKind, string> = {
  talent: 't',
  senior: 's',
  open: 'o',
  you: 'you',
  yours: 'yours',
  self: 'you',
};

function oneSeat(seat: Seat, { x, y }: Point, turn: number, scale: Scale, you: string): Mark[] {
  const kind = kinds[seat.kind];
  if (isOwn(seat.kind)) return ownSeat(seat.kind, { x, y }, scale, you);
  if (seat.kind === 'self')
    return [
      { draw: 'circle', x, y, r: scale.seat * 0.8, kind },
      { draw: 'word', x, y: y + 4.5, word: you, kind: 'you-word' },
    ];
  const initials: Mark[] = seat.initials
    ? [
        {
          draw: 'word',
          x,
          y: y + scale.seat * 0.15,
          word: seat.initials,
          kind: seat.kind === 'senior' ? 'initials on-s' : 'initials',
        },
      ]
    : [];
  if (seat.kind === 'talent')
    return [{ draw: 'circle', x, y, r: scale.seat * 0.52, kind: ownOr(seat, kind) }, ...initials];
  const width = seat.kind === 'open' ? scale.seat - 1 : scale.seat;
  return [{ draw: 'square', x, y, width, height: width, round: scale.round, turn, kind }, ...initials];
}

/** One's own seat stands upright and is half as large again, so that it is found at a glance. */
function ownSeat(kind: 'you' | 'yours', { x, y }: Point, scale: Scale, you: string): Mark[] {
  const width = scale.seat * 1.55;
  const place: Mark = { draw: 'square', x, y, width, height: width, round: scale.round * 1.6, turn: 0, kind };
  if (kind === 'yours') return [place, { draw: 'tick', x, y, size: scale.seat }];
  return scale.seat < 20 ? [place] : [place, { draw: 'word', x, y: y + 4.5, word: you, kind: 'you-word' }];
}

const ownOr = ({ own }: { own?: boolean }, kind: string) => (own ? `${kind} own` : kind);

function isOwn(kind: SeatKind): kind is 'you' | 'yours' {
  return kind === 'you' || kind === 'yours';
}

function onCircle(middle: Point, radius: number, angle: number): Point {
  return { x: middle.x + radius * sine(angle), y: middle.y - radius * cosine(angle) };
}

/** Splits a count over rows as evenly as possible, the larger rows first. */
function evenly(count: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) => Math.ceil((count - row) / rows));
}
