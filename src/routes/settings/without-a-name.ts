import { formatNearDay } from '../../domain/events/coming.ts';
import * as envelope from '../../store/questions/envelope.ts';
import { page } from '../../web/pages.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';

/**
 * Registers the operators' page about asking without a name: failures by day, lost envelopes, and what the database
 * server's log keeps.
 */
export function withoutANameRoutes(at: Pages): void {
  at.get('/settings/without-a-name', 'organiser', show);
}

async function show(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const locale = localeOf(words);
  const failures = await envelope.failures(ctx.db);
  return page(visit, 'settings/without-a-name', {
    title: words.t('Without a name'),
    tab: 'settings',
    ...(await settingsHead(visit, 'without-a-name')),
    days: [...Map.groupBy(failures, ({ day }) => day)].map(([day, list]) => ({
      day: formatNearDay(day, locale),
      list,
    })),
    lost: (await envelope.daysOfLost(ctx.db)).map((day) => formatNearDay(day, locale)),
    keeps: ctx.serverKeeps?.settings ?? [],
  });
}
