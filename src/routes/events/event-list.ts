import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import * as list from '../../store/events/event-list.ts';
import * as eventPage from '../../store/events/page.ts';
import * as programmes from '../../store/events/programmes.ts';
import { readQuery, saying } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, type Page, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Viewer } from '../../web/person.ts';
import { english } from '../../words.ts';
import { demoNotice } from '../demo/programme.ts';
import { sinceChangeNotice } from '../letters/waiting-since-change.ts';
import { countsOf, daysUntil, firstNames, pictureOf, whenOf } from './page-view.ts';

const { t } = english;
const pageSize = 20;
/** How many events of each part stand on the first page; the others have pages of their own. */
const few = { ahead: 10, held: 10, off: 5 };

const query = z.object({ show: z.enum([...list.eventParts, '']).catch(''), page: pageField });

export async function showEvents(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  said: Record<string, string>,
): Promise<FastifyReply> {
  const viewer = request.person!;
  const asked = readQuery(request, query);
  const clocks = await clocksNow(ctx);
  const counts = await list.countParts(ctx.db, viewer, clocks);
  const reading = { ctx, viewer, clocks, counts };
  const data = {
    title: t('Events'),
    tab: 'events',
    programme: await programmes.current(ctx.db),
    demoProgramme: await demoNotice(ctx, viewer),
    waitingSince: viewer.isOrganiser ? await sinceChangeNotice(ctx) : null,
    counts,
    total: counts.ahead + counts.held + counts.off,
    chips: chipsFor(asked.show, counts),
    ...(asked.show === '' ? await firstPage(reading) : await partPage(reading, asked.show, asked.page)),
    said: saying(request, said),
  };
  return page(reply, 'events/index', data);
}

interface Reading {
  ctx: Context;
  viewer: Viewer;
  clocks: list.Clocks;
  counts: Record<list.EventPart, number>;
}

async function clocksNow(ctx: Context): Promise<list.Clocks> {
  const now = ctx.now();
  return new Map((await list.zones(ctx.db)).map((zone) => [zone, wallTimeOf(now, zone)]));
}

/** The next event with its picture, and the nearest of each part. */
async function firstPage(reading: Reading) {
  const { ctx, viewer, clocks } = reading;
  const next = await list.nextEvent(ctx.db, viewer, clocks);
  // One more than is shown, since the next event stands in its own place.
  const ahead = (await rowsOf(reading, 'ahead', { offset: 0, limit: few.ahead + 1 })).filter(
    ({ event }) => event.id !== next?.id,
  );
  return {
    next: next && (await withPicture(reading, next)),
    sections: [
      sectionOf(reading, 'ahead', ahead.slice(0, few.ahead), next ? 1 : 0),
      sectionOf(reading, 'held', await rowsOf(reading, 'held', { offset: 0, limit: few.held })),
      sectionOf(reading, 'off', await rowsOf(reading, 'off', { offset: 0, limit: few.off })),
    ].filter(({ rows }) => rows.length > 0),
  };
}

type Row = ReturnType<typeof rowFor>;

function sectionOf({ counts }: Reading, part: list.EventPart, rows: Row[], elsewhere = 0) {
  const hasMore = counts[part] - elsewhere > rows.length;
  return {
    part,
    rows,
    hasNext: elsewhere > 0,
    allHref: hasMore ? `/events?show=${part}` : '',
    all: counts[part],
  };
}

/** One part alone, page by page. */
async function partPage(reading: Reading, part: list.EventPart, asked: number) {
  const at: Page = pageOf(asked, reading.counts[part], pageSize);
  const rows = await rowsOf(reading, part, at);
  const pager = pagerFor(at, (number) => addressWith('/events', { show: part, page: number }));
  return { next: null, sections: [{ ...sectionOf(reading, part, rows), allHref: '', pager }] };
}

async function rowsOf(
  { ctx, viewer, clocks }: Reading,
  part: list.EventPart,
  { offset, limit }: Pick<Page, 'offset' | 'limit'>,
) {
  const found = await list.listPart(ctx.db, viewer, clocks, { part, offset, limit });
  return found.map((event) => rowFor(event, viewer, part === 'held', ctx.now()));
}

function rowFor(event: list.ListedEvent, viewer: Viewer, isOver: boolean, now: Temporal.Instant) {
  return {
    event,
    isOver,
    href: viewer.isOrganiser ? `/events/${event.id}` : `/e/${event.slug}`,
    format: builtInFormat(event.format)?.name ?? event.format,
    when: whenOf(event, Math.max(1, event.minutes), now),
    hosts: firstNames(event.hosts),
  };
}

/** The event with its room, as its own page draws it. */
async function withPicture({ ctx, viewer }: Reading, next: list.ListedEvent) {
  const shown = await eventPage.findBySlug(ctx.db, next.slug, viewer.id);
  if (!shown) return null;
  return {
    ...rowFor(next, viewer, false, ctx.now()),
    event: shown.event,
    counts: countsOf(shown),
    days: daysUntil(shown.event, ctx.now()),
    ...pictureOf(shown),
  };
}

/** Parts as filters, once there is more than one page. */
function chipsFor(show: list.EventPart | '', counts: Record<list.EventPart, number>) {
  const chip = (part: list.EventPart, text: string) => ({
    href: `/events?show=${part}`,
    text,
    count: counts[part],
    current: show === part,
  });
  const parts = [chip('ahead', t('Ahead')), chip('held', t('Held')), chip('off', t('Cancelled'))];
  const shown = parts.filter(({ count, current }) => count > 0 || current);
  const isLong = list.eventParts.some((part) => counts[part] > few[part]);
  if (show === '' && !isLong) return [];
  return [{ href: '/events', text: t('Next'), current: show === '' }, ...shown];
}
