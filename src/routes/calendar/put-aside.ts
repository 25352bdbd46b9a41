import { z } from 'zod';
import { putAsideSentence } from '../../domain/calendar/put-aside.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import * as replies from '../../store/calendar/replies.ts';
import * as programmes from '../../store/events/programmes.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** Registers the page of mail that came to the reply mailbox and that a person has to read. */
export function putAsideRoutes(at: Pages): void {
  at.get('/mailbox/put-aside', 'organiser', show);
}

const perPage = 50;
const query = z.object({ page: pageField });

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const at = pageOf(readQuery(request, query).page, await replies.countPutAside(ctx.db), perPage);
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const rows = await replies.putAside(ctx.db, at);
  return page(visit, 'calendar/put-aside', {
    title: words.t('Mail put aside'),
    tab: 'mailbox',
    mailbox: ctx.mail.from,
    messages: rows.map(({ sender, outcome, createdAt }) => ({
      sender: sender || words.t('An unknown sender'),
      why: words.t(putAsideSentence(outcome)),
      day: formatShortDay(wallTimeOf(createdAt, zone), localeOf(words)),
    })),
    pager: pagerFor(at, (number) => addressWith('/mailbox/put-aside', { page: number })),
  });
}
