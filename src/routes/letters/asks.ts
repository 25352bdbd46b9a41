import { z } from 'zod';
import { asksPlanned, type PlannedAsk } from '../../actions/letters/asking-plan.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { mostAWeek } from '../../domain/letters/asking.ts';
import { letterNames } from '../../domain/letters/names.ts';
import * as programmes from '../../store/events/programmes.ts';
import { writeCsv } from '../../web/csv.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';

/** Rows on one page. */
const perPage = 25;

/** Registers the list of e-mails that are going to ask people for something, for organisers. */
export function asksRoutes(at: Pages): void {
  at.get('/mailbox/planned', 'organiser', show);
  at.get('/mailbox/planned.csv', 'organiser', download);
}

const listQuery = z.object({ page: pageField });

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const all = await asksPlanned(ctx);
  const at = pageOf(readQuery(request, listQuery).page, all.length, perPage);
  const zone = await zoneOf(visit);
  return page(visit, 'letters/planned', {
    title: words.t('Planned e-mails that ask something'),
    tab: 'mailbox',
    mostAWeek,
    total: all.length,
    asks: rowsOn(all, at).map((ask) => rowOf(words, ask, zone)),
    pager: pagerFor(at, (number) => addressWith('/mailbox/planned', { page: number })),
  });
}

async function download(visit: SignedInVisit) {
  const { ctx, request, reply, words } = visit;
  const { t } = words;
  const zone = await zoneOf(visit);
  const rows = (await asksPlanned(ctx)).map((ask) => {
    const { name, email, what, about, state } = rowOf(words, ask, zone);
    const wall = wallTimeOf(ask.at, zone);
    return [wall.slice(0, 10), wall.slice(11, 16), name, email, what, about, state];
  });
  const header = [t('Day'), t('Time'), t('Name'), t('E-mail address'), t('E-mail'), t('About'), t('State')];
  return sendCsv(reply, 'planned.csv', writeCsv(header, rows, { delimiter: delimiterFor(request) }));
}

async function zoneOf({ ctx }: Visit): Promise<string> {
  return (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
}

function rowOf(words: Words, { personId, name, email, kind, event, at, state }: PlannedAsk, zone: string) {
  const { t } = words;
  const wall = wallTimeOf(at, zone);
  const states: Record<PlannedAsk['state'], string> = {
    waits: t('Waits for its turn'),
    written: t('Leaves in a moment'),
    planned: t('Planned'),
  };
  return {
    href: `/people/${personId}`,
    name,
    email,
    what: t(letterNames[kind]),
    about: event?.name ?? t('The programme'),
    eventHref: event ? `/events/${event.id}/invitations` : '',
    day: formatNearDay(wall, localeOf(words)),
    clock: wall.slice(11, 16),
    datetime: at.toString({ smallestUnit: 'minute' }),
    state: states[state],
  };
}

/** Lists what one person is going to be asked, for their page; at most ten. */
export async function asksOf({ ctx, words }: Visit, personId: number) {
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  return (await asksPlanned(ctx, personId)).slice(0, 10).map((ask) => rowOf(words, ask, zone));
}
