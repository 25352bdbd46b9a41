import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { writeRefused } from '../../actions/audit/note-refused.ts';
import { type AuditFilter, auditFilters } from '../../domain/audit/acts.ts';
import { readDay } from '../../domain/events/wall-time.ts';
import * as log from '../../store/audit/log.ts';
import { writeCsv } from '../../web/csv.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { pageField, pageOf } from '../../web/paging.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { address, asCells, chipsFor, daysOf, headerCells, nothingFound, pagerOf } from './log-view.ts';
import { settingsHead } from './settings-head.ts';
import { subjectsWith } from './subjects.ts';

/** The audit log: who did what on which day. */
export function auditRoutes(at: Pages): void {
  at.get('/settings/audit-log', 'organiser', show);
  at.get('/settings/audit-log.csv', 'organiser', download);
}

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text))
  .catch('');

const isDay = (text: string) => (readDay(text)?.year ?? 0) > 1900;

const filters = Object.keys(auditFilters) as [AuditFilter, ...AuditFilter[]];

const logQuery = z.object({
  find: z.string().trim().max(200).catch(''),
  from: day,
  until: day,
  only: z.enum([...filters, '']).catch(''),
  page: pageField,
});

const pageSize = 50;

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  await writeRefused(ctx);
  const query = { ...readQuery(request, logQuery), subjectsWith: subjectsWith(words) };
  const counts = await log.countByKind(ctx.db, query);
  const kinds = query.only === '' ? [...counts.keys()] : auditFilters[query.only];
  const matching = kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0);
  const at = pageOf(query.page, matching, pageSize);
  const entries = await log.list(ctx.db, query, at);
  return page(visit, 'audit/log', {
    title: words.t('Audit log'),
    tab: 'settings',
    ...(await settingsHead(visit, 'audit-log')),
    query,
    chips: chipsFor(words, query, counts),
    days: daysOf(words, entries),
    pager: pagerOf(words, query, at),
    download: address({ ...query, page: 1 }, '/settings/audit-log.csv'),
    nothing: matching === 0 ? nothingFound(words, query, await log.names(ctx.db)) : null,
  });
}

async function download({ ctx, request, reply, viewer, words }: SignedInVisit) {
  await writeRefused(ctx);
  const entries = await log.list(
    ctx.db,
    { ...readQuery(request, logQuery), subjectsWith: subjectsWith(words) },
    { offset: 0 },
  );
  await noteExport(ctx, viewer.id, 'exported-audit-log', entries.length);
  const text = writeCsv(
    headerCells(words),
    entries.map((entry) => asCells(words, entry)),
    { delimiter: delimiterFor(request) },
  );
  return sendCsv(reply, 'audit-log.csv', text);
}
