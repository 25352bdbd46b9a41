import { z } from 'zod';
import type { Context } from '../../context.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import * as list from '../../store/events/event-list.ts';
import * as eventPage from '../../store/events/page.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, type Page, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { demoNotice } from '../demo/programme.ts';
import { sinceChangeNotice } from '../letters/waiting-since-change.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { organiserNeeds } from './organiser-needs-view.ts';
import { countsOf, daysUntil, firstNames, pictureOf, whenOf } from './page-view.ts';

const pageSize = 20;
/** How many events of each part stand on the first page; the others have pages of their own. */
const few = { ahead: 10, held: 10, off: 5 };

const query = z.object({ show: z.enum([...list.eventParts, '']).catch(''), page: pageField });

export async function showEvents(visit: SignedInVisit, messages: Record<string, string>): Promise<Answer> {
  const { ctx, request, viewer, words } = visit;
  const asked = readQuery(request, query);
  const clocks = await clocksNow(ctx);
  const { programme, inAddress, season, earlier } = await seasonAsked(visit);
  const reader = { ...viewer, programmeId: programme.id };
  const counts = await list.countParts(ctx.db, reader, clocks);
  const reading = { ctx, viewer, reader, words, clocks, counts, inAddress };
  const data = {
    title: words.t('Events'),
    tab: 'events',
    programme,
    season,
    earlier,
    demoProgramme: await demoNotice(ctx, viewer),
    waitingSince: viewer.isOrganiser ? await sinceChangeNotice(visit) : null,
    needs: await needsOnList(visit, asked.show, season !== null, counts),
    counts,
    total: counts.ahead + counts.held + counts.off,
    chips: chipsFor(reading, asked.show),
    ...(asked.show === '' ? await firstPage(reading) : await partPage(reading, asked.show, asked.page)),
    message: messageFor(visit, messages),
  };
  return page(visit, 'events/index', data);
}

/** Lists what needs an organiser on the first page of the season that is on; null elsewhere, and while there is nothing at all. */
async function needsOnList(
  visit: SignedInVisit,
  show: string,
  isEarlier: boolean,
  counts: Record<list.EventPart, number>,
) {
  if (!visit.viewer.isOrganiser || show !== '' || isEarlier) return null;
  const needs = await organiserNeeds(visit);
  return needs.length > 0 || list.eventParts.some((part) => counts[part] > 0) ? needs : null;
}

interface Reading extends Pick<SignedInVisit, 'ctx' | 'viewer' | 'words'> {
  clocks: list.Clocks;
  reader: list.SeasonReader;
  /** An earlier season, to be kept in the addresses. */
  inAddress: number | undefined;
  counts: Record<list.EventPart, number>;
}

/** This moment on the clocks of every zone that events have. */
export async function clocksNow(ctx: Context): Promise<list.Clocks> {
  const now = ctx.now();
  return new Map((await list.zones(ctx.db)).map((zone) => [zone, wallTimeOf(now, zone)]));
}

/** The next event with its picture, and the nearest of each part. */
async function firstPage(reading: Reading) {
  const { ctx, viewer, clocks, inAddress } = reading;
  const next = inAddress === undefined ? await list.nextEvent(ctx.db, viewer, clocks) : null;
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

function sectionOf({ counts, inAddress }: Reading, part: list.EventPart, rows: Row[], elsewhere = 0) {
  const hasMore = counts[part] - elsewhere > rows.length;
  return {
    part,
    rows,
    hasNext: elsewhere > 0,
    allHref: hasMore ? addressWith('/events', { show: part, season: inAddress }) : '',
    all: counts[part],
  };
}

/** One part alone, page by page. */
async function partPage(reading: Reading, part: list.EventPart, asked: number) {
  const at: Page = pageOf(asked, reading.counts[part], pageSize);
  const rows = await rowsOf(reading, part, at);
  const pager = pagerFor(at, (number) =>
    addressWith('/events', { show: part, page: number, season: reading.inAddress }),
  );
  return { next: null, sections: [{ ...sectionOf(reading, part, rows), allHref: '', pager }] };
}

async function rowsOf(
  reading: Reading,
  part: list.EventPart,
  { offset, limit }: Pick<Page, 'offset' | 'limit'>,
) {
  const { ctx, reader, clocks } = reading;
  const found = await list.listPart(ctx.db, reader, clocks, { part, offset, limit });
  return found.map((event) => rowFor(reading, event, part === 'held'));
}

function rowFor({ ctx, viewer, words }: Reading, event: list.ListedEvent, isOver: boolean) {
  return {
    event,
    isOver,
    href: viewer.isOrganiser ? `/events/${event.id}` : `/e/${event.slug}`,
    format: formatNameOf(event),
    when: whenOf(words, event, ctx.now()),
    hosts: firstNames(words, event.hosts),
  };
}

/** The event with its room, as its own page draws it. */
async function withPicture(reading: Reading, next: list.ListedEvent) {
  const { ctx, viewer, words } = reading;
  const shown = await eventPage.findBySlug(ctx.db, next.slug, viewer.id);
  if (!shown) return null;
  return {
    ...rowFor(reading, next, false),
    event: shown.event,
    counts: countsOf(shown),
    days: daysUntil(shown.event, ctx.now()),
    ...pictureOf(shown.shared, { layout: 'cover' }, words),
  };
}

/** Parts as filters, once there is more than one page. */
function chipsFor({ words: { t }, counts, inAddress: season }: Reading, show: list.EventPart | '') {
  const chip = (part: list.EventPart, text: string) => ({
    href: addressWith('/events', { show: part, season }),
    text,
    count: counts[part],
    current: show === part,
  });
  const parts = [chip('ahead', t('Ahead')), chip('held', t('Held')), chip('off', t('Cancelled'))];
  const shown = parts.filter(({ count, current }) => count > 0 || current);
  const isLong = list.eventParts.some((part) => counts[part] > few[part]);
  if (show === '' && !isLong) return [];
  return [{ href: addressWith('/events', { season }), text: t('Next'), current: show === '' }, ...shown];
}
