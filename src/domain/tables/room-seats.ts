// The room as data, before any seating plan: seats as far as anybody knows them yet.

export type SeatKind = 'talent' | 'senior' | 'open' | 'you' | 'yours' | 'self';

/** 'you' is the seat kept for the viewer, 'yours' the same seat after a yes; 'self' is a host who looks at their table. */
export interface Seat {
  kind: SeatKind;
  initials?: string;
  /** The seat of the talent whom a picture is about. */
  own?: boolean;
}

export interface Table {
  number: number;
  seats: readonly Seat[];
  /** The table of the talent whom a picture is about. */
  own?: boolean;
}

/** A room to draw: round tables, one room with presenters in front, a panel, or one pair a month. */
export type Room =
  | { shape: 'tables'; tables: readonly Table[]; layout?: 'cover' | 'row' | 'alone' }
  | { shape: 'room'; front: readonly Seat[]; seats: readonly Seat[] }
  | { shape: 'panel'; front: readonly Seat[]; seats: readonly Seat[] }
  | { shape: 'pair'; meetings: readonly { label: string; talent: Seat; senior: Seat }[] };

/** Guests' answers as shown: how many come, how many guest seats there are, and the viewer's own seat. */
export interface Guests {
  seniors: number;
  /** Seats for guests in all, taken ones included; fewer than the people coming means none is open. */
  guestSeats: number;
  own?: 'kept' | 'taken' | undefined;
}

export interface SeatCounts {
  talents: number;
  seniors: number;
  open: number;
  own: 'kept' | 'taken' | 'none';
  seats: number;
  taken: number;
}

/** Spreads guests over the tables: hosts at their own, seats in all even, seniors even; ties to the lower number. */
export function seatsFor(tables: readonly { number: number; hosts: number }[], guests: Guests): Table[] {
  if (tables.length === 0) return [];
  const plans = tables.map(({ number, hosts }) => ({ number, hosts, places: 0, seniors: 0, own: false }));
  const needed = guests.seniors + (guests.own ? 1 : 0);
  for (let place = 0; place < Math.max(guests.guestSeats, needed); place++) {
    least(plans, (plan) => plan.hosts + plan.places).places++;
  }
  for (let senior = 0; senior < guests.seniors; senior++) {
    const withRoom = plans.filter((plan) => plan.seniors < plan.places);
    least(withRoom, (plan) => plan.seniors).seniors++;
  }
  if (guests.own) {
    const withRoom = plans.filter((plan) => plan.seniors < plan.places);
    least(withRoom, (plan) => plan.seniors - plan.places).own = true;
  }
  return plans.map(({ number, hosts, places, seniors, own }) => {
    const ownSeat = own ? guests.own : undefined;
    return { number, seats: around(hosts, guestSeats({ seniors, guestSeats: places, own: ownSeat })) };
  });
}

/** Marks the tables of one talent, and a host's seat at each of them as theirs. */
export function withOwn(tables: readonly Table[], numbers: readonly number[]): Table[] {
  return tables.map((table) => {
    if (!numbers.includes(table.number)) return table;
    const at = table.seats.findIndex(({ kind }) => kind === 'talent');
    return {
      ...table,
      own: true,
      seats: table.seats.map((seat, n) => (n === at ? { ...seat, own: true } : seat)),
    };
  });
}

/** The guests' seats in one row or room: seniors first, then the looker's own, then the open ones. */
export function guestSeats({ seniors, guestSeats: places, own }: Guests): Seat[] {
  const open = Math.max(0, places - seniors - (own ? 1 : 0));
  return [
    ...seatsOfKind(seniors, 'senior'),
    ...seatsOfKind(own === 'kept' ? 1 : 0, 'you'),
    ...seatsOfKind(own === 'taken' ? 1 : 0, 'yours'),
    ...seatsOfKind(open, 'open'),
  ];
}

/** Makes seats of one kind, as for the presenters in front. */
export function seatsOfKind(count: number, kind: SeatKind): Seat[] {
  return Array.from({ length: count }, () => ({ kind }));
}

/** The numbers a caption says: who comes, what is open, whether a seat is kept for the looker or taken. */
export function countSeats(room: Room): SeatCounts {
  const seats = everySeat(room);
  const of = (kind: SeatKind) => seats.filter((seat) => seat.kind === kind).length;
  const own = of('yours') > 0 ? 'taken' : of('you') > 0 ? 'kept' : 'none';
  const talents = of('talent') + of('self');
  const seniors = of('senior');
  return {
    talents,
    seniors,
    open: of('open'),
    own,
    seats: seats.length,
    taken: talents + seniors + of('yours'),
  };
}

function everySeat(room: Room): readonly Seat[] {
  if (room.shape === 'tables') return room.tables.flatMap((table) => table.seats);
  if (room.shape === 'pair') return room.meetings.flatMap((meeting) => [meeting.talent, meeting.senior]);
  return [...room.front, ...room.seats];
}

/** Hosts spread evenly around the table, guests in the seats between them. */
function around(hosts: number, guests: readonly Seat[]): Seat[] {
  const size = hosts + guests.length;
  const hostAt = new Set(Array.from({ length: hosts }, (_, host) => Math.round((host * size) / hosts)));
  const waiting = [...guests];
  return Array.from({ length: size }, (_, place) =>
    hostAt.has(place) ? { kind: 'talent' } : (waiting.shift() ?? { kind: 'open' }),
  );
}

function least<T>(plans: readonly T[], size: (plan: T) => number): T {
  return plans.reduce((best, plan) => (size(plan) < size(best) ? plan : best));
}

/** Most seats that a picture shows one by one. */
const mostDrawn = 160;

/** The room as it is drawn: where there are too many seats, each that is drawn stands for `each`; one's own is always there. */
export function roomToDraw(room: Room): { room: Room; each: number } {
  if (room.shape !== 'tables') return { room, each: 1 };
  const seats = room.tables.reduce((sum, table) => sum + table.seats.length, 0);
  const each = Math.max(1, Math.ceil(seats / mostDrawn));
  if (each === 1) return { room, each };
  const isDrawn = ({ kind, own }: Seat, index: number) =>
    index % each === 0 || kind === 'you' || kind === 'yours' || own === true;
  const tables = room.tables.map((table) => ({ ...table, seats: table.seats.filter(isDrawn) }));
  return { room: { ...room, tables }, each };
}
