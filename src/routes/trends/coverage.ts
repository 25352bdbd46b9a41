import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { type Coverage, coverageOf, fewestInDepartment } from '../../domain/trends/coverage.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as coverage from '../../store/trends/coverage.ts';
import { writeCsv } from '../../web/csv.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';

/** Registers the organisers' view of which sides and departments want to know what. */
export function coverageRoutes(at: Pages): void {
  at.get('/trends/coverage', 'organiser', show);
  at.get('/trends/coverage.csv', 'organiser', exportCoverage);
}

const perPage = 15;
const query = z.object({ page: pageField });

type Row = coverage.TrendCoverage & Coverage;

async function rowsOf({ ctx }: Visit, trends: coverage.TrendCoverage[]): Promise<Row[]> {
  const sizes = await coverage.departmentSizes(ctx.db);
  const wanting = await coverage.byDepartment(
    ctx.db,
    trends.map(({ id }) => id),
  );
  const byTrend = Map.groupBy(wanting, ({ trendId }) => trendId);
  return trends.map((trend) => ({ ...trend, ...coverageOf(byTrend.get(trend.id) ?? [], sizes) }));
}

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const total = await coverage.countOpen(ctx.db, programme.id);
  const at = pageOf(readQuery(request, query).page, total, perPage);
  return page(visit, 'trends/coverage', {
    title: words.t('Who wants to know what'),
    tab: 'trends',
    rows: await rowsOf(visit, await coverage.bySide(ctx.db, programme.id, at)),
    fewest: fewestInDepartment,
    pager: pagerFor(at, (to) => addressWith('/trends/coverage', { page: to })),
  });
}

async function exportCoverage(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, '/trends/coverage');
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const rows = await rowsOf(visit, await coverage.bySide(ctx.db, programme.id));
  await noteExport(ctx, viewer.id, 'exported-coverage', rows.length);
  const { t } = words;
  const header = [
    t('Trend'),
    t('Seniors'),
    t('Talents'),
    t('Can tell'),
    t('Departments'),
    t('Smaller departments'),
  ];
  const cells = rows.map(({ sentence, seniors, talents, tell, departments, others }) => [
    sentence,
    String(seniors),
    String(talents),
    String(tell),
    departments.map(({ department, want }) => `${department}: ${want}`).join(' | '),
    String(others),
  ]);
  return sendCsv(reply, 'who-wants-what.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
