import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WriteLetter } from '../../actions/demo/demo.ts';
import { lookAtSetUpLink, setUp, setUpDemo } from '../../actions/sign-in/set-up.ts';
import type { Context } from '../../context.ts';
import { acceptedLanguages, likelyZone, zoneGroups } from '../../domain/events/time-zones.ts';
import { isTimeZone, zoneName } from '../../domain/events/wall-time.ts';
import { builtInFormat, builtInFormats } from '../../domain/run-of-show/built-in-formats.ts';
import { sessionDays } from '../../domain/sign-in/sign-in.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import { seatsFor } from '../../domain/tables/room-seats.ts';
import { letterBytes } from '../../mail/letter-bytes.ts';
import { Refusal } from '../../refusal.ts';
import { writeCookie } from '../../web/cookies.ts';
import { type FieldError, lineField, readForm } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { english } from '../../words.ts';
import { formatCard } from '../events/format-cards.ts';

const holder = { config: { access: 'link' } } as const;

/** Registers the first run: the holder of the link from the terminal makes the programme and its first organiser. */
export function setUpRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/setup/:token', holder, (request, reply) => showSetUp(ctx, request, reply));
  app.post('/setup/:token', holder, (request, reply) => start(ctx, request, reply));
  app.post('/setup/:token/demo', holder, (request, reply) => startDemo(ctx, request, reply));
}

const tooLong = 'Make this shorter: 200 characters at most';
const line = (missing: string) => lineField(200, tooLong).refine((value) => value !== '', missing);
const writeAddress = 'Write your e-mail address, such as ida.nordby@halden.example';

const setUpForm = z.object({
  organisation: line('Write the name of your organisation'),
  programme: line('Give the programme a name, such as Reverse mentoring 2026–2027'),
  zone: z.string().refine(isTimeZone, 'Choose a time zone from the list').transform(zoneName),
  name: line('Write your name, as colleagues know it'),
  email: z.string().trim().max(254, writeAddress).pipe(z.email(writeAddress)),
  format: z
    .string('Choose the format that comes first')
    .refine((slug) => builtInFormat(slug) !== undefined, 'Choose the format that comes first'),
});

async function showSetUp(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const state = await lookAtSetUpLink(ctx, token);
  return state === 'open' ? form(ctx, request, reply, {}) : refuse(reply, state);
}

async function start(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const state = await lookAtSetUpLink(ctx, token);
  if (state !== 'open') return refuse(reply, state);
  const filled = readForm(request, setUpForm);
  if (!filled.ok) return form(ctx, request, reply, filled);
  const { zone, ...first } = filled.values;
  return enter(ctx, reply, token, setUp(ctx, token, { ...first, timeZone: zone }));
}

async function startDemo(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  readForm(request, z.object({}));
  const state = await lookAtSetUpLink(ctx, token);
  if (state !== 'open') return refuse(reply, state);
  const write: WriteLetter = (letter) => letterBytes(ctx.mail.from, letter, ctx.words);
  return enter(ctx, reply, token, setUpDemo(ctx, token, write));
}

async function enter(
  ctx: Context,
  reply: FastifyReply,
  token: string,
  starting: Promise<string>,
): Promise<FastifyReply> {
  try {
    writeCookie(reply, 'sid', ctx.baseUrl, await starting, sessionDays * 86_400);
  } catch (error) {
    if (!(error instanceof Refusal && error.kind === 'gone')) throw error;
    // Pressed in two tabs at once the other one was first; or another process printed a newer link meanwhile.
    const state = await lookAtSetUpLink(ctx, token);
    return refuse(reply, state === 'done' ? 'done' : 'wrong');
  }
  return reply.redirect('/events', 303);
}

function refuse(reply: FastifyReply, state: 'done' | 'wrong'): Promise<FastifyReply> {
  const title = state === 'done' ? english.t('Flipside is set up') : english.t('This is not the set-up link');
  return page(
    reply,
    `sign-in/set-up-${state}`,
    { title },
    { status: state === 'done' ? 410 : 404, layout: 'bare' },
  );
}

async function form(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { errors = [], typed = {} }: { errors?: FieldError[]; typed?: Record<string, unknown> },
): Promise<FastifyReply> {
  const now = ctx.now();
  const { t } = english;
  const year = now.toZonedDateTimeISO('UTC').year;
  const data = {
    title: t('Set up reverse mentoring'),
    token: (request.params as { token: string }).token,
    errors,
    isFresh: typed.zone === undefined,
    typed: {
      programme: t('Reverse mentoring {from}–{to}', { from: year, to: year + 1 }),
      zone: likelyZone(
        Temporal.Now.timeZoneId(),
        acceptedLanguages(request.headers['accept-language'] ?? ''),
      ),
      format: builtInFormats[0]!.slug,
      ...typed,
    },
    zones: zoneGroups(now),
    formats: builtInFormats.map(formatCard),
    room: emptyRoom(),
  };
  return page(reply, 'sign-in/set-up', data, { status: errors.length ? 422 : 200, layout: 'guest' });
}

/** Five tables, and nobody there yet. */
function emptyRoom() {
  const tables = [1, 2, 3, 4, 5].map((number) => ({ number, hosts: 0 }));
  const room = drawRoom({ shape: 'tables', tables: seatsFor(tables, { seniors: 0, guestSeats: 34 }) });
  return roomPicture(room, english.t('An empty room: five round tables, 34 seats, all open'));
}
