import { drawRoom } from '../domain/tables/room-picture.ts';
import { countSeats, type Room, seatsFor } from '../domain/tables/room-seats.ts';
import { page } from '../web/pages.ts';
import { roomPicture } from '../web/pictures.ts';
import type { Pages } from '../web/visit.ts';
import type { Words } from '../words.ts';
import { formatCard } from './events/format-cards.ts';
import { offeredFormats } from './run-of-show/offered.ts';

/** Every component in every state on one page, for people who build the next one. */
export function componentRoutes(at: Pages): void {
  at.get('/components', 'organiser', async (visit) =>
    page(visit, 'components/index', {
      title: visit.words.t('Components'),
      ...example(visit.words),
      formats: (await offeredFormats(visit.ctx)).map((format) => formatCard(visit.words, format)),
    }),
  );
}

function example(words: Words) {
  const tables = [1, 2, 3, 4, 5].map((number) => ({ number, hosts: number % 2 === 0 ? 2 : 3 }));
  const room: Room = {
    shape: 'tables',
    tables: seatsFor(tables, { seniors: 15, guestSeats: 22, own: 'kept' }),
  };
  return {
    demoErrors: [{ field: 'sentence', message: 'Write the trend in one sentence' }],
    picture: roomPicture(drawRoom(room), words.t('Five round tables, one seat kept for you')),
    counts: countSeats(room),
  };
}
