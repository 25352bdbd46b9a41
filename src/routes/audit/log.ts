import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { writeRefused } from '../../actions/audit/note-refused.ts';
import type { Context } from '../../context.ts';
import { type AuditFilter, auditFilters } from '../../domain/audit/acts.ts';
import * as log from '../../store/audit/log.ts';
import { writeCsv } from '../../web/csv.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { pageField, pageOf } from '../../web/paging.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { address, asCells, chipsFor, daysOf, headerCells, nothingFound, pagerOf } from './log-view.ts';
import { settingsHead } from './settings-head.ts';

/** The audit log: who did what on which day. */
export function auditRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/settings/audit-log', 'organiser', show);
  at.get('/settings/audit-log.csv', 'organiser', download);
}

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text))
  .catch('');

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).year > 1900;
  } catch {
    return false;
  }
}

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
  const query = readQuery(request, logQuery);
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
  const entries = await log.list(ctx.db, readQuery(request, logQuery), { offset: 0 });
  await noteExport(ctx, viewer.id, 'exported-audit-log', entries.length);
  const text = writeCsv(
    headerCells(words),
    entries.map((entry) => asCells(words, entry)),
    { delimiter: delimiterFor(request) },
  );
  return sendCsv(reply, 'audit-log.csv', text);
}
