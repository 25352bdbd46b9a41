import { z } from 'zod';
import type { WriteLetter } from '../../actions/demo/demo.ts';
import { lookAtSetUpLink, setUp, setUpDemo } from '../../actions/sign-in/set-up.ts';
import type { Context } from '../../context.ts';
import { acceptedLanguages, likelyZone, zoneGroups } from '../../domain/events/time-zones.ts';
import { isTimeZone, zoneName } from '../../domain/events/wall-time.ts';
import { bareAddress } from '../../domain/people/address.ts';
import { sessionDays } from '../../domain/sign-in/sign-in.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import { seatsFor } from '../../domain/tables/room-seats.ts';
import { letterBytes } from '../../mail/letter-bytes.ts';
import { Refusal } from '../../refusal.ts';
import { writeCookie } from '../../web/cookies.ts';
import { lineField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { noFields, noMistakes, press, submit } from '../../web/submit.ts';
import type { Answer, Pages, Visit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { repliesNotReadNotice } from '../calendar/replies-not-read.ts';
import { formatCard } from '../events/format-cards.ts';
import { offeredFormats } from '../run-of-show/offered.ts';

/** Registers the first run: the holder of the link from the terminal makes the programme and its first organiser. */
export function setUpRoutes(at: Pages): void {
  at.get('/setup/:token', 'link', showSetUp);
  at.post('/setup/:token', 'link', start);
  at.post('/setup/:token/demo', 'link', press(noFields, startDemo));
}

const tooLong = 'Make this shorter: 200 characters at most';
const line = (missing: string) => lineField(200, tooLong).refine((value) => value !== '', missing);
const writeAddress = 'Write your e-mail address, such as ida.nordby@halden.example';

const chooseFormat = 'Choose the format that comes first';

const setUpForm = z.object({
  organisation: line('Write the name of your organisation'),
  programme: line('Give the programme a name, such as Reverse mentoring 2026–2027'),
  zone: z.string().refine(isTimeZone, 'Choose a time zone from the list').transform(zoneName),
  name: line('Write your name, as colleagues know it'),
  email: z.string().transform(bareAddress).pipe(z.email(writeAddress).max(254, writeAddress)),
  side: z
    .enum(['neither', 'senior', 'talent'])
    .catch('neither')
    .transform((side) => (side === 'neither' ? null : side)),
  format: z.string(chooseFormat),
});

/** A first event is for both sides. */
const firstFormats = async (ctx: Context) =>
  (await offeredFormats(ctx)).filter(({ sides }) => sides === 'both');

const tokenIn = ({ request }: Visit) => (request.params as { token: string }).token;

async function showSetUp(visit: Visit) {
  const state = await lookAtSetUpLink(visit.ctx, tokenIn(visit));
  return state === 'open' ? form(visit) : refuse(visit, state);
}

async function start(visit: Visit) {
  const { ctx } = visit;
  const state = await lookAtSetUpLink(ctx, tokenIn(visit));
  if (state !== 'open') return refuse(visit, state);
  return submit(visit, setUpForm, {
    act: async ({ zone, ...first }) => {
      const offered = await firstFormats(ctx);
      if (!offered.some(({ slug }) => slug === first.format))
        return [{ field: 'format', message: chooseFormat }];
      return enter(visit, setUp(ctx, tokenIn(visit), { ...first, timeZone: zone }));
    },
    again: (mistakes) => form(visit, mistakes),
  });
}

async function startDemo(visit: Visit) {
  const { ctx } = visit;
  const state = await lookAtSetUpLink(ctx, tokenIn(visit));
  if (state !== 'open') return refuse(visit, state);
  const write: WriteLetter = (letter) => letterBytes(ctx.mail.from, letter, ctx.words);
  return enter(visit, setUpDemo(ctx, tokenIn(visit), write));
}

async function enter(visit: Visit, starting: Promise<string>): Promise<Answer> {
  const { ctx, reply } = visit;
  try {
    writeCookie(reply, 'sid', ctx.baseUrl, await starting, sessionDays * 86_400);
  } catch (error) {
    if (!(error instanceof Refusal && error.kind === 'gone')) throw error;
    // Pressed in two tabs at once the other one was first; or another process printed a newer link meanwhile.
    const state = await lookAtSetUpLink(ctx, tokenIn(visit));
    return refuse(visit, state === 'done' ? 'done' : 'wrong');
  }
  return '/events';
}

function refuse(visit: Visit, state: 'done' | 'wrong') {
  const { t } = visit.words;
  const title = state === 'done' ? t('Flipside is set up') : t('This is not the set-up link');
  return page(visit, `sign-in/set-up-${state}`, {
    status: state === 'done' ? 410 : 404,
    layout: 'bare',
    title,
  });
}

async function form(visit: Visit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { t } = words;
  const now = ctx.now();
  const offered = await firstFormats(ctx);
  const year = now.toZonedDateTimeISO('UTC').year;
  const languages = acceptedLanguages(request.headers['accept-language'] ?? '');
  return page(visit, 'sign-in/set-up', {
    layout: 'guest',
    title: t('Set up reverse mentoring'),
    token: tokenIn(visit),
    isFresh: mistakes.typed.zone === undefined,
    zones: zoneGroups(now),
    formats: offered.map((format) => formatCard(words, format)),
    room: emptyRoom(words),
    repliesNotRead: repliesNotReadNotice(visit),
    ...mistakes,
    typed: {
      programme: t('Reverse mentoring {from}–{to}', { from: year, to: year + 1 }),
      zone: likelyZone(Temporal.Now.timeZoneId(), languages),
      format: offered[0]!.slug,
      ...mistakes.typed,
    },
  });
}

/** Five tables, and nobody there yet. */
function emptyRoom({ t }: Words) {
  const tables = [1, 2, 3, 4, 5].map((number) => ({ number, hosts: 0 }));
  const room = drawRoom({ shape: 'tables', tables: seatsFor(tables, { seniors: 0, guestSeats: 34 }) });
  return roomPicture(room, t('An empty room: five round tables, 34 seats, all open'));
}
