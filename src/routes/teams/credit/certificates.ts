import { z } from 'zod';
import { certificateUrl } from '../../../actions/teams/certificates.ts';
import { formatDay, formatShortDay } from '../../../domain/events/wall-time.ts';
import * as record from '../../../store/teams/record.ts';
import { messageFor, readQuery } from '../../../web/forms.ts';
import { page } from '../../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../../web/paging.ts';
import type { Pages, SignedInVisit } from '../../../web/visit.ts';
import { localeOf, type Words } from '../../../words.ts';
import { sendList } from '../../list-file.ts';
import { countOffers } from '../../people/list.ts';

/** Registers the organisers' list of certificates: who presented what, and when. */
export function certificateRoutes(at: Pages): void {
  at.get('/certificates', 'organiser', show);
  at.get('/certificates.csv', 'organiser', download);
}

const perPage = 25;
const filter = {
  find: z.string().trim().max(200).catch(''),
  event: z.coerce.number().int().min(1).max(1_000_000_000).optional().catch(undefined),
};
const query = z.object({ ...filter, page: pageField });

interface Asked {
  find: string;
  event?: number | undefined;
}

const whichOf = ({ ctx }: SignedInVisit, { find, event }: Asked): record.PresentationFilter => ({
  now: ctx.now(),
  find,
  ...(event !== undefined && { eventId: event }),
});

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { page: number, ...asked } = readQuery(request, query);
  const which = whichOf(visit, asked);
  const at = pageOf(number, await record.countPresentations(ctx.db, which), perPage);
  const rows = await record.presentationsOf(ctx.db, which, at);
  const locale = localeOf(words);
  return page(visit, 'teams/credit/certificates', {
    title: words.t('Certificates'),
    tab: 'people',
    find: asked.find,
    event: asked.event ?? null,
    total: at.total,
    waitingOffers: await countOffers(ctx),
    rows: rows.map((one) => ({
      ...one,
      what: whatOf(words, one),
      day: formatShortDay(one.startsAt, locale),
      href: certificateUrl(ctx, one.eventId, one.personId),
    })),
    exportHref: addressWith('/certificates.csv', { ...asked }),
    pager: pagerFor(at, (to) => addressWith('/certificates', { ...asked, page: to })),
    message: messageFor(visit, {}),
  });
}

/** Says what somebody presented: 'Table 1, Agents doing office work'. */
const whatOf = ({ t }: Words, { shape, number, trend }: record.Presentation): string =>
  shape === 'tables' ? t('Table {n}, {trend}', { n: number, trend }) : trend;

function download(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { t } = words;
  return sendList(visit, async () => {
    const rows = await record.presentationsOf(ctx.db, whichOf(visit, readQuery(request, z.object(filter))));
    const header = [
      t('Name'),
      t('Department'),
      t('Trend'),
      t('Team'),
      t('Event'),
      t('Day'),
      t('Table'),
      t('Certificate'),
    ];
    return {
      file: 'certificates',
      name: t('Certificates'),
      header,
      rows: rows.map((one) => [
        one.name,
        one.department,
        one.trend,
        one.team,
        one.event,
        formatDay(one.startsAt, localeOf(words)),
        one.shape === 'tables' ? String(one.number) : '',
        certificateUrl(ctx, one.eventId, one.personId),
      ]),
    };
  });
}
