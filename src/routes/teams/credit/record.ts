import { z } from 'zod';
import { certificateUrl } from '../../../actions/teams/certificates.ts';
import { formatDayAndMonth, formatMonth } from '../../../domain/events/wall-time.ts';
import * as programmes from '../../../store/events/programmes.ts';
import * as record from '../../../store/teams/record.ts';
import { readQuery } from '../../../web/forms.ts';
import { renderMarkdown } from '../../../web/markdown.ts';
import { page } from '../../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../../web/paging.ts';
import type { Pages, SignedInVisit } from '../../../web/visit.ts';
import { localeOf, type Words } from '../../../words.ts';
import { showCertificate } from './certificate.ts';
import { certificateRoutes } from './certificates.ts';
import { presenterRoutes } from './presenters.ts';

/** Registers a talent's own record, the certificate that everybody with its link can read, and the organisers' pages of credit. */
export function recordRoutes(at: Pages): void {
  at.get('/record', 'signed-in', showRecord);
  at.get('/certificate/:token', 'link', showCertificate);
  certificateRoutes(at);
  presenterRoutes(at);
}

const perPage = 10;
const query = z.object({ page: pageField, trends: pageField, questions: pageField });

async function showRecord(visit: SignedInVisit) {
  const { ctx, request, viewer, words } = visit;
  const asked = readQuery(request, query);
  const which = { now: ctx.now(), personId: viewer.id };
  const counts = {
    researched: await record.countResearched(ctx.db, viewer.id),
    presented: await record.countPresentations(ctx.db, which),
    answered: await record.countAnswered(ctx.db, viewer.id),
  };
  const of = {
    page: pageOf(asked.page, counts.presented, perPage),
    trends: pageOf(asked.trends, counts.researched, perPage),
    questions: pageOf(asked.questions, counts.answered, perPage),
  };
  const at = { page: of.page.at, trends: of.trends.at, questions: of.questions.at };
  const pager = (name: keyof typeof of, anchor: string) =>
    pagerFor(of[name], (number) => `${addressOf({ ...at, [name]: number })}#${anchor}`);
  const done = await record.presentationsOf(ctx.db, which, of.page);
  const answered = await record.answered(ctx.db, viewer.id, of.questions);
  return page(visit, 'teams/credit/record', {
    title: words.t('Your record'),
    tab: 'record',
    programme: (await programmes.current(ctx.db))?.name ?? '',
    counts,
    presented: done.map((one) => presentedIn(words, one, certificateUrl(ctx, one.eventId, one.personId))),
    presentedPager: pager('page', 'did-h'),
    researched: await record.researched(ctx.db, viewer.id, of.trends),
    researchedPager: pager('trends', 'researched-h'),
    answered: answered.map((one) => ({
      ...one,
      answer: one.answer === '' ? null : renderMarkdown(one.answer, { under: 3 }),
    })),
    answeredPager: pager('questions', 'questions-h'),
  });
}

function addressOf({ page: number, trends, questions }: Record<'page' | 'trends' | 'questions', number>) {
  const beyondFirst = (n: number) => (n === 1 ? undefined : n);
  return addressWith('/record', {
    page: number,
    trends: beyondFirst(trends),
    questions: beyondFirst(questions),
  });
}

function presentedIn(words: Words, one: record.Presentation, certificate: string) {
  const locale = localeOf(words);
  return {
    ...one,
    month: formatMonth(one.startsAt, locale),
    day: one.startsAt.slice(8, 10).replace(/^0/, ''),
    said: saidOf(words, one),
    when: formatDayAndMonth(one.startsAt, locale),
    certificate,
  };
}

/** Says what somebody did at an event, such as "Hosted table 2 at the winter round". */
const saidOf = ({ t }: Words, { shape, number, event }: record.Presentation): string =>
  shape === 'tables'
    ? t('Hosted table {n} at {event}', { n: number, event })
    : t('Presented at {event}', { event });
