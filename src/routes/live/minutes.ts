import { takeMedians } from '../../actions/live/medians.ts';
import { mediansOf } from '../../store/live/medians.ts';
import * as runs from '../../store/live/runs.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { writeCsv } from '../../web/csv.ts';
import { messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { wallClock } from './clock-view.ts';
import { extremesOf, mediansView, rowsOf, summaryOf } from './minutes-view.ts';

/** After the event: planned and actual minutes of each block, as a page and as a list, and the format's medians. */
export function minutesRoutes(at: Pages): void {
  at.get('/events/:id/minutes', 'signed-in', show);
  at.get('/events/:id/minutes.csv', 'signed-in', list);
  at.post('/events/:id/minutes/format', 'organiser', press(noFields, useMedians));
}

const messages = {
  taken: 'The format has these minutes now. Events that are planned keep theirs.',
};

async function show(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const lead = await leadOf(visit);
  const { event } = lead;
  const rows = await runs.minutesOf(ctx.db, event.id);
  const format = await formats.find(ctx.db, event.format);
  return page(visit, 'live/minutes', {
    ...lead,
    title: words.t('How it ran, {name}', { name: event.name }),
    here: 'minutes',
    rows: rowsOf(words, rows, event.timeZone),
    summary: summaryOf(words, event, rows),
    extremes: extremesOf(words, rows),
    medians: mediansView(format?.blocks ?? [], await mediansOf(ctx.db, event.format)),
    formatName: format?.name ?? '',
    message: messageFor(visit, messages),
  });
}

async function list(visit: SignedInVisit) {
  const { ctx, request, reply, words } = visit;
  const { event } = await leadOf(visit);
  const { t } = words;
  const rows = await runs.minutesOf(ctx.db, event.id);
  const header = [
    t('Block'),
    t('Planned minutes'),
    t('Began'),
    t('Ended'),
    t('Actual minutes'),
    t('Dropped'),
  ];
  const clock = (at: Temporal.Instant | null) => (at === null ? '' : wallClock(at, event.timeZone));
  const cells = rows.map(({ title, planned, startedAt, endedAt, seconds, isDropped }) => [
    title,
    String(planned),
    clock(startedAt),
    clock(endedAt),
    seconds === null ? '' : (seconds / 60).toFixed(1),
    isDropped ? t('yes') : '',
  ]);
  return sendCsv(reply, 'minutes.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}

async function useMedians(visit: SignedInVisit) {
  const { event } = await leadOf(visit);
  await takeMedians(visit.ctx, event.format, visit.viewer.id);
  return `/events/${event.id}/minutes?said=taken`;
}
