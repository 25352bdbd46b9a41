// Events, trends and teams of an ended season can be read and no longer changed: one check for all presses, one notice for all pages.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { refuseEnded } from '../../actions/settings/seasons.ts';
import { personalTokenHash } from '../../actions/sign-in/personal-links.ts';
import type { Context } from '../../context.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { endDay, isReadOnly } from '../../domain/settings/seasons.ts';
import { orNotFound } from '../../refusal.ts';
import type { EventPage } from '../../store/events/page.ts';
import * as seasons from '../../store/settings/seasons.ts';
import { readQuery } from '../../web/forms.ts';
import { wordsFor } from '../../web/language.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

type Params = Record<string, string | undefined>;

const numbered = (kind: 'event' | 'trend' | 'team', { id = '' }: Params) =>
  /^[1-9]\d{0,8}$/.test(id) ? { kind, id: Number(id) } : null;

/** Beginnings of addresses below which everything belongs to one season. */
const places: [start: RegExp, find: (params: Params) => seasons.OfSeason | null][] = [
  [/^\/events\/:id(\/|$)/, (params) => numbered('event', params)],
  [/^\/trends\/:id(\/|$)/, (params) => numbered('trend', params)],
  [/^\/teams\/:id(\/|$)/, (params) => numbered('team', params)],
  [/^\/e\/:slug(\/|$)/, ({ slug = '' }) => ({ kind: 'slug', slug })],
  [/^\/i\/:token(\/|$)/, ({ token = '' }) => ({ kind: 'link', tokenHash: personalTokenHash(token) })],
];

/** The event, trend or team that an address is about; null where it is about none. */
function thingAt(request: FastifyRequest): seasons.OfSeason | null {
  const url = request.routeOptions.url ?? '';
  const place = places.find(([start]) => start.test(url));
  return place ? place[1](request.params as Params) : null;
}

/** Refuses every press on something whose season has ended, and every page for presses alone, before its handler is asked. */
export function refusePressesOnEnded(app: FastifyInstance, ctx: Context): void {
  app.addHook('preHandler', async (request) => {
    const { afterSeason = false, forChanges = false } = request.routeOptions.config;
    if (request.method === 'POST' ? afterSeason : !forChanges) return;
    const thing = thingAt(request);
    if (thing) await refuseEnded(ctx, thing, request.person);
  });
}

/** An ended season as the notice above its pages names it. */
export interface SeasonNotice {
  id: number;
  name: string;
  until: string;
}

/** Returns the notice above the pages of a season; null where it is on. */
export function noticeOf(words: Words, season: seasons.EndedSeason): SeasonNotice | null {
  if (!isReadOnly(season)) return null;
  return { id: season.id, name: season.name, until: formatDay(endDay(season)!, localeOf(words)) };
}

/** Returns the notice above a guest's page of an event. */
export function noticeOfEvent(
  words: Words,
  { programme, event }: Pick<EventPage, 'programme' | 'event'>,
): SeasonNotice | null {
  const { name, endsOn, endedAt, timeZone } = programme;
  if (endedAt === null) return null;
  const season = { id: event.programmeId, name, endsOn, endedAt: Temporal.Instant.from(endedAt), timeZone };
  return noticeOf(words, season);
}

/** Finds the notice for an organisers' page about one thing. */
export async function noticeAt(ctx: Context, request: FastifyRequest): Promise<SeasonNotice | null> {
  const thing = request.person ? thingAt(request) : null;
  const season = thing && (await seasons.endedOf(ctx.db, thing, request.person));
  return season && noticeOf(wordsFor(request), season);
}

const seasonQuery = z.object({
  season: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
});

/** Most earlier seasons that a list links to. */
const mostEarlier = 12;

/** Finds the season that a list is asked for, or the one that is on, with links to the others before it. */
export async function seasonAsked({ ctx, request, words }: SignedInVisit) {
  const all = await seasons.all(ctx.db);
  const { season: asked } = readQuery(request, seasonQuery);
  const programme = orNotFound(asked === undefined ? all[0] : all.find(({ id }) => id === asked), 'page');
  const earlier = all.filter((season) => isReadOnly(season) && season !== programme).slice(0, mostEarlier);
  return {
    programme,
    /** Value for the list's addresses; the season that is on goes without saying. */
    inAddress: isReadOnly(programme) ? programme.id : undefined,
    season: noticeOf(words, programme),
    earlier: earlier.map(({ id, name }) => ({ id, name })),
  };
}
