import { z } from 'zod';
import { eventsToCome, startSeason } from '../../actions/settings/seasons.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { endsAfterItStarts } from '../../domain/settings/programme.ts';
import { proposeNext } from '../../domain/settings/seasons.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as seasons from '../../store/settings/seasons.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';
import { day, required } from './programme-form.ts';

/** Registers the page that starts the next season, with everything that this does said before the press. */
export function nextSeasonRoutes(at: Pages): void {
  at.get('/settings/programme/season', 'organiser', (visit) => show(visit));
  at.post('/settings/programme/season', 'organiser', start);
}

const seasonForm = z.object({
  name: required('Give the season a name, such as Reverse mentoring 2027–2028'),
  from: day,
  until: day,
  seen: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
});

async function start(visit: SignedInVisit) {
  const { ctx, viewer, words } = visit;
  return submit(visit, seasonForm, {
    act: async ({ seen, name, from: startsOn, until: endsOn }) => {
      if (!endsAfterItStarts(startsOn, endsOn)) {
        const params = { day: formatDay(startsOn!, localeOf(words)) };
        return [{ field: 'until', message: 'Choose an end after {day}', params }];
      }
      await startSeason(ctx, viewer.id, seen, { name, startsOn, endsOn });
      return '/settings/programme?said=season';
    },
    again: (mistakes) => show(visit, mistakes),
    field: '',
  });
}

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, words } = visit;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const next = proposeNext(programme);
  const proposed = { name: next.name, from: next.startsOn ?? '', until: next.endsOn ?? '' };
  const { typed } = mistakes;
  return page(visit, 'settings/next-season', {
    title: words.t('The next season'),
    tab: 'settings',
    ...(await settingsHead(visit, 'programme')),
    toCome: (await eventsToCome(ctx, ctx.db, programme.id)).map(({ id, name }) => ({ id, name })),
    drafts: await seasons.countDrafts(ctx.db, programme.id),
    // The season the form was about when it was first shown, so that one started meanwhile is not ended in its turn.
    seen: typed.seen ?? programme.id,
    ...mistakes,
    typed: mistakes === noMistakes ? proposed : typed,
  });
}
