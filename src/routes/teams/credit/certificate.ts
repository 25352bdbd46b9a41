// A talent's certificate as everybody with its link sees it: one sheet, without another guest's name.
import { certificateAt } from '../../../actions/teams/certificates.ts';
import { formatDay } from '../../../domain/events/wall-time.ts';
import { drawRoom } from '../../../domain/tables/room-picture.ts';
import {
  guestSeats,
  type Room,
  roomToDraw,
  seatsFor,
  seatsOfKind,
  withOwn,
} from '../../../domain/tables/room-seats.ts';
import { page } from '../../../web/pages.ts';
import { roomPicture } from '../../../web/pictures.ts';
import type { Visit } from '../../../web/visit.ts';
import { listed, localeOf, type Words } from '../../../words.ts';

type Certificate = Awaited<ReturnType<typeof certificateAt>>;

export async function showCertificate(visit: Visit) {
  const { ctx, request, words } = visit;
  const { token } = request.params as { token: string };
  const found = await certificateAt(ctx, token);
  const { first, presented, programme, organiser, writtenOn } = found;
  const locale = localeOf(words);
  return page(visit, 'teams/credit/certificate', {
    title: words.t('Certificate, {name}', { name: first.name }),
    layout: 'screen',
    organisation: programme.organisation,
    programme: programme.name,
    name: first.name,
    event: first.event,
    day: formatDay(first.startsAt, locale),
    datetime: first.startsAt.slice(0, 10),
    place: first.place,
    tables: presented.map(({ number, trend, shape }) => ({
      number: shape === 'tables' ? number : null,
      trend,
    })),
    picture: pictureOf(words, found),
    figures: figuresOf(words, found),
    signatures: [
      ...(programme.sponsorName ? [{ name: programme.sponsorName, what: programme.sponsorTitle }] : []),
      ...(organiser ? [{ name: organiser.name, what: words.t('Organiser') }] : []),
      { name: formatDay(writtenOn, locale), what: words.t('Date') },
    ],
    address: `${ctx.baseUrl}/certificate/${token}`,
  });
}

/** The room with the talent's own tables in it; null where it had neither tables nor people in front. */
function pictureOf(words: Words, { room: held, presented, first }: Certificate) {
  const { tables, seniors } = held;
  const room = roomOf(
    first.shape,
    held,
    presented.map(({ number }) => number),
  );
  if (!room || tables.length === 0) return null;
  const label =
    room.shape === 'tables'
      ? words.t('The room of {event}. The table of {name}: {n}.', {
          event: first.event,
          name: first.name,
          n: listed([...new Set(presented.map(({ number }) => String(number)))], words),
        })
      : words.tn(
          seniors,
          'The room of {event}: those who presented, and {n} senior manager.',
          'The room of {event}: those who presented, and {n} senior managers.',
          { event: first.event },
        );
  return roomPicture(drawRoom(room), label);
}

function roomOf(
  shape: string,
  { tables, seniors }: Certificate['room'],
  own: readonly number[],
): Room | null {
  const guests = { seniors, guestSeats: seniors };
  if (shape === 'tables') {
    const seats = withOwn(seatsFor(tables, guests), own);
    return roomToDraw({ shape, tables: seats, layout: tables.length > 6 ? 'cover' : 'row' }).room;
  }
  if (shape !== 'room' && shape !== 'panel') return null;
  const front = seatsOfKind(
    tables.reduce((sum, { hosts }) => sum + hosts, 0),
    'talent',
  );
  return { shape, front, seats: guestSeats(guests) };
}

/** Figures of a host's evening; those that are 0 are left out. */
function figuresOf(words: Words, { rounds, taught, answered }: Certificate) {
  const [round] = rounds;
  const isEven = rounds.every(({ minutes }) => minutes === round?.minutes);
  return [
    {
      n: rounds.length,
      what: isEven
        ? words.tn(
            rounds.length,
            'round of {minutes} minutes as table host',
            'rounds of {minutes} minutes as table host',
            { minutes: round?.minutes ?? 0 },
          )
        : words.tn(rounds.length, 'round as table host', 'rounds as table host'),
    },
    {
      n: taught,
      what: words.tn(taught, 'senior manager at the table', 'senior managers at the table'),
    },
    {
      n: answered,
      what: words.tn(answered, 'question with a prepared answer', 'questions with a prepared answer'),
    },
  ].filter(({ n }) => n > 0);
}
