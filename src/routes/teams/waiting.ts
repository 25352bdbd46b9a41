import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import { takeBackPress } from '../../actions/letters/reminder-presses.ts';
import { remindToRank, toRemind } from '../../actions/teams/ranking-reminders.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import type { Round } from '../../store/teams/rounds.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { writeCsv } from '../../web/csv.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { laterSentenceFor } from '../letters/later-turns.ts';
import { pressUndo } from '../letters/press-undo.ts';
import { delimiterFor, sendCsv } from '../people/list.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { teamFileRoutes } from './list-files.ts';

/** Registers reminding those who have not ranked, and the list of them. */
export function waitingRoutes(at: Pages): void {
  at.post('/teams/assignment/reminder', 'organiser', press(noFields, remind));
  at.post('/teams/assignment/reminder/withdrawal', 'organiser', press(reminderForm, takeBack));
  at.get('/teams/assignment/not-ranked.csv', 'organiser', exportMissing);
  teamFileRoutes(at);
}

const pressField = z.string().regex(/^rank-trends:\d{1,9}:\d{1,15}$/);
const reminderForm = z.object({ press: pressField });

/** Query of the page: which talents without an order, and a reminder that can be taken back. */
export const waitingQuery = {
  page: pageField,
  press: pressField.optional().catch(undefined),
  sent: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
};

export type WaitingQuery = { page: number; press?: string | undefined; sent?: number | undefined };

const perPage = 12;

/** Reads who has not ranked: one page of them, with the day of the last reminder. */
export async function waitingData(
  visit: Visit,
  programme: programmes.Programme,
  round: Round | null,
  query: WaitingQuery,
) {
  const { ctx, words } = visit;
  const counts = await toPlace.countRanked(ctx.db, programme.id);
  const at = pageOf(query.page, counts.talents - counts.ranked, perPage);
  const rows = await toPlace.withoutRanking(ctx.db, programme.id, programme.createdAt, at);
  const day = (at: Temporal.Instant) => formatShortDay(wallTimeOf(at, programme.timeZone), localeOf(words));
  return {
    counts,
    closes: round?.rankingClosesOn ? formatNearDay(round.rankingClosesOn, localeOf(words)) : '',
    missing: rows.map((row) => ({ ...row, remindedOn: row.remindedAt ? day(row.remindedAt) : '' })),
    missingPager: pagerFor(
      at,
      (page) => `${addressWith('/teams/assignment', { missing: page === 1 ? '' : page })}#waiting-h`,
    ),
    later: await laterSentenceFor(visit, () => toRemind(ctx.db, programme, ctx.now()), programme.timeZone),
    undo: pressUndo(visit, query),
  };
}

async function remind({ ctx, viewer }: SignedInVisit) {
  const { press: name, count } = await remindToRank(ctx, viewer.id);
  return `/teams/assignment?press=${name}&sent=${count}`;
}

async function takeBack({ ctx }: SignedInVisit, { press: name }: z.output<typeof reminderForm>) {
  await takeBackPress(ctx, 'rank-trends', name);
  return '/teams/assignment';
}

async function exportMissing(visit: SignedInVisit) {
  const { ctx, request, reply, viewer, words } = visit;
  const confirmation = await confirmFirst(visit, '/teams/assignment');
  if (confirmation) return confirmation;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const rows = await toPlace.withoutRanking(ctx.db, programme.id, programme.createdAt);
  await noteExport(ctx, viewer.id, 'exported-not-ranked', rows.length);
  const { t } = words;
  const header = [t('Name'), t('E-mail'), t('Department'), t('Team')];
  const cells = rows.map(({ name, email, department, team }) => [name, email, department, team ?? '']);
  return sendCsv(reply, 'not-ranked.csv', writeCsv(header, cells, { delimiter: delimiterFor(request) }));
}
