import { firstMoment } from '../../domain/events/fixed-starts.ts';
import { endOf, lengthOf, startOf, type Timed } from '../../domain/events/times.ts';
import { formatDay, formatMonth } from '../../domain/events/wall-time.ts';
import {
  comingBySide,
  freeSeats,
  isSeatForEach,
  type Side,
  type YesAnswer,
} from '../../domain/guests/waiting-list.ts';
import { greetingName } from '../../domain/people/names.ts';
import { runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import {
  countSeats,
  guestSeats,
  type Room,
  roomToDraw,
  seatsFor,
  seatsOfKind,
} from '../../domain/tables/room-seats.ts';
import type { EventPage, SharedPage } from '../../store/events/page.ts';
import { cached } from '../../web/fragments.ts';
import { roomPicture } from '../../web/pictures.ts';
import { listed, localeOf, type Words } from '../../words.ts';

interface Dated {
  startsAt: string;
  timeZone: string;
  place: string;
  joinUrl: string;
}

/** Returns the text of a date leaf and of the line beside it; the year only where it is not the present one. */
export function whenOf(words: Words, event: Dated & Timed, now: Temporal.Instant) {
  return whenIn(words, event, now.toZonedDateTimeISO(event.timeZone).year);
}

/** Returns the same as it is read in that year. */
export function whenIn(words: Words, event: Dated & Timed, year: number) {
  const { t } = words;
  const start = Temporal.PlainDateTime.from(event.startsAt).toZonedDateTime(event.timeZone);
  const end = start.add({ minutes: lengthOf(event) });
  const day = dayIn(words, event.startsAt, year);
  const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });
  const zone = event.joinUrl ? t('{zone} time', { zone: event.timeZone.replaceAll('_', ' ') }) : '';
  return {
    month: formatMonth(event.startsAt, localeOf(words)),
    day: String(start.day),
    dayText: day,
    datetime: start.toString({ timeZoneName: 'never', smallestUnit: 'minute' }),
    time: `${day}, ${clock(start)}–${clock(end)}`,
    place: [event.place || (event.joinUrl ? t('Online') : ''), zone].filter(Boolean).join(' · '),
  };
}

/** 'Friday 11 December': a day of the event's calendar, with the year where it is not the present one. */
export function dayText(words: Words, day: string, timeZone: string, now: Temporal.Instant): string {
  return dayIn(words, day, now.toZonedDateTimeISO(timeZone).year);
}

/** Returns the same as it is read in that year. */
export function dayIn(words: Words, day: string, year: number): string {
  const text = formatDay(day, localeOf(words));
  return year === Temporal.PlainDate.from(day).year ? text.replace(/ \d{4}$/, '') : text;
}

/** Instants at which an event begins and ends. */
export const timesOf = cached(({ event }: SharedPage) => ({ start: startOf(event), end: endOf(event) }));

export function showOf({ event, blocks }: Pick<EventPage, 'event' | 'blocks'>) {
  return runOfShow(blocks, firstMoment(event));
}

export function yesesOf(page: Pick<EventPage, 'invitees'>): YesAnswer[] {
  return page.invitees.flatMap(({ id, side, state, kept: isKept }): YesAnswer[] => {
    if (isKept) return [{ personId: id, side, state: 'kept', waitingNumber: null }];
    return state === 'coming' || state === 'waiting'
      ? [{ personId: id, side, state, waitingNumber: null }]
      : [];
  });
}

/** Substitutes for whom a seat is kept, by their number. */
export const keptSeats = cached(
  (shared: SharedPage): ReadonlySet<number> =>
    new Set(shared.invitees.flatMap(({ id, kept: isKept }) => (isKept ? [id] : []))),
);

export function countsOf(page: Pick<EventPage, 'event' | 'invitees'>) {
  const yeses = yesesOf(page);
  const coming = comingBySide(yeses);
  const room = {
    capacity: page.event.capacity,
    bySide: { senior: page.event.seniorCapacity, talent: page.event.talentCapacity },
  };
  const of = (side: Side, state?: string) =>
    page.invitees.filter((one) => one.side === side && (state === undefined || one.state === state)).length;
  return {
    coming,
    invited: { senior: of('senior'), talent: of('talent') },
    waiting: yeses.filter(({ state }) => state === 'waiting').length,
    free: { senior: freeSeats(room, yeses, 'senior'), talent: freeSeats(room, yeses, 'talent') },
    forEach: {
      senior: isSeatForEach(room, page.invitees, 'senior'),
      talent: isSeatForEach(room, page.invitees, 'talent'),
    },
    of,
  };
}

type Own = 'kept' | 'taken' | undefined;

/** The room of an event from who is coming; the looker's own seat is kept until they answer, then theirs. */
function roomOf(page: SharedPage, own: Own): Room {
  const coming = page.invitees.filter(({ state }) => state === 'coming');
  const talents = coming.filter(({ side }) => side === 'talent');
  const seniors = coming.filter(({ side }) => side === 'senior').length - (own === 'taken' ? 1 : 0);
  const guests = { seniors, guestSeats: Math.max(0, page.event.capacity - talents.length), own };
  if (page.event.shape === 'tables')
    return { shape: 'tables', tables: seatsFor(tablesOf(page, talents), guests) };
  const front = seatsOfKind(talents.length, 'talent');
  if (page.event.shape === 'pair') {
    const senior = own === 'kept' ? 'you' : own === 'taken' ? 'yours' : seniors > 0 ? 'senior' : 'open';
    return {
      shape: 'pair',
      meetings: [{ label: '1', talent: front[0] ?? { kind: 'open' }, senior: { kind: senior } }],
    };
  }
  return {
    shape: page.event.shape,
    front,
    seats: guestSeats({ ...guests, guestSeats: Math.min(guests.guestSeats, 120) }),
  };
}

const isForEachSenior = cached((shared: SharedPage) => countsOf(shared).forEach.senior);

function ownSeat(page: EventPage, me: { id: number; side: Side }): Own {
  if (me.side !== 'senior' || page.event.state !== 'published') return undefined;
  const state = page.mine?.state;
  if (state === 'coming') return 'taken';
  const mayStillCome = state === 'invited' || state === 'maybe';
  return mayStillCome && (isForEachSenior(page.shared) || keptSeats(page.shared).has(me.id))
    ? 'kept'
    : undefined;
}

/** Talents who come sit at the table of their team; those of no team go to the tables with fewest. */
function tablesOf(page: SharedPage, talents: { id: number }[]): { number: number; hosts: number }[] {
  const comingIds = new Set(talents.map(({ id }) => id));
  const seated = new Set<number>();
  const tables = page.topics.map(({ number, hosts }) => {
    const here = hosts.filter(({ id }) => comingIds.has(id) && !seated.has(id));
    for (const { id } of here) seated.add(id);
    return { number, hosts: here.length };
  });
  const some =
    tables.length > 0
      ? tables
      : Array.from({ length: Math.max(1, Math.min(84, Math.ceil(page.event.capacity / 7))) }, (_, i) => ({
          number: i + 1,
          hosts: 0,
        }));
  for (let left = talents.length - seated.size; left > 0; left--)
    some.reduce((a, b) => (b.hosts < a.hosts ? b : a)).hosts++;
  return some;
}

/** The picture with the sentence that says what it shows; as a cover, or its tables in one row. */
export const pictureOf = cached(
  (shared: SharedPage, { layout, own }: { layout: 'cover' | 'row'; own?: Own }, words: Words) => {
    const room = roomOf(shared, own);
    const laid = room.shape === 'tables' ? { ...room, layout } : room;
    return draw(words, { room: laid, shape: shared.event.shape, topics: shared.topics.length });
  },
);

/** The same with the looker's own seat in it. */
export function pictureFor(words: Words, page: EventPage, me: { id: number; side: Side }) {
  return pictureOf(page.shared, { layout: 'cover', own: ownSeat(page, me) }, words);
}

/** Days from today to the day of the event, as the calendar on the wall there counts them; below 0 once it is past. */
export function daysUntil(event: { startsAt: string; timeZone: string }, now: Temporal.Instant): number {
  const today = now.toZonedDateTimeISO(event.timeZone).toPlainDate();
  return today.until(Temporal.PlainDate.from(event.startsAt), { largestUnit: 'days' }).days;
}

interface Drawn {
  room: Room;
  shape: string;
  topics: number;
}

function draw(words: Words, what: Drawn) {
  const { t } = words;
  const seats = countSeats(what.room);
  const { room, each } = roomToDraw(what.room);
  const sentence = [
    captionOf(words, what, seats),
    each > 1 ? t('Each seat drawn is {n} seats.', { n: each }) : '',
  ];
  const picture = roomPicture(drawRoom(room, 'large', t('You')), sentence.filter(Boolean).join(' '));
  return { picture, seats };
}

function captionOf({ t, tn }: Words, what: Drawn, counts: ReturnType<typeof countSeats>): string {
  const tables =
    what.shape === 'tables'
      ? tn(Math.max(1, what.topics), 'one round table', '{n} round tables')
      : t('one room');
  const taken = t(
    'The room: {tables} with {seats} seats. {taken} are taken, by {talents} young talents and {seniors} senior managers.',
    {
      tables,
      seats: counts.seats,
      taken: counts.taken,
      talents: counts.talents,
      seniors: counts.seniors + (counts.own === 'taken' ? 1 : 0),
    },
  );
  if (counts.own === 'kept') return `${taken} ${t('One seat is kept for you.')}`;
  return counts.own === 'taken' ? `${taken} ${t('One of them is yours.')}` : taken;
}

/** The first paragraph of a trend's detail as plain words, for a line below its sentence. */
export function firstParagraph(detail: string, most = 160): string {
  const first = detail
    .replace(/[*_`#>[\]]/g, '')
    .replace(/\(https?:[^)]*\)/g, '')
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, ' ')
    .trim();
  return first.length <= most ? first : `${first.slice(0, most).replace(/\s\S*$/, '')} …`;
}

/** 'Amina, Jonas and Priya' */
export function firstNames(words: Words, people: readonly { name: string }[]): string {
  const names = people.map(({ name }) => greetingName(name));
  if (names.length === 0) return '';
  return listed(names, words);
}
