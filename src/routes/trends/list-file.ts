import { formatDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { readQuery } from '../../web/forms.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { sendList } from '../list-file.ts';
import { seasonAsked } from '../settings/ended-seasons.ts';
import { boardQuery } from './list-addresses.ts';
import { mostRounds, plansAsked } from './list-view.ts';
import { organiseQuery, whichOf } from './organise.ts';

/** Registers the lists of trends as files: the one of everyone, and the organisers' table, each as it is shown. */
export function trendFileRoutes(at: Pages): void {
  at.get('/trends.csv', 'organiser', sendBoard);
  at.get('/trends/organise.csv', 'organiser', sendTable);
}

/** No list of trends is longer. */
const all = { offset: 0, limit: 100_000 };

const headerOf = ({ t }: Words) => [
  t('Trend'),
  t('State'),
  t('Want to know'),
  t('Can tell'),
  t('Proposed by'),
  t('Day'),
  t('Ring'),
  t('Reason'),
];

/** Sections of the list one after the other, each in the order asked for. */
function sendBoard(visit: SignedInVisit) {
  const { ctx, request, viewer, words } = visit;
  return sendList(visit, async () => {
    const { programme } = await seasonAsked(visit);
    const query = readQuery(request, boardQuery);
    const rounds = await trendEvents.rounds(ctx.db, programme.id, mostRounds);
    const roundIds = rounds.map(({ id }) => id);
    const of = { programmeId: programme.id, personId: viewer.id, rounds: roundIds };
    const counts = await trends.counts(ctx.db, of);
    const plans = await plansAsked(visit, programme, query, { rounds, roundIds, counts });
    const lines: trends.TrendLine[] = [];
    for (const { which } of plans)
      lines.push(...(await trends.list(ctx.db, { ...which, programmeId: programme.id }, query.order, all)));
    const once = [...new Map(lines.map((line) => [line.id, line])).values()];
    return {
      file: 'trends',
      name: words.t('Trends'),
      header: headerOf(words),
      rows: await rowsOf(visit, programme, once),
    };
  });
}

function sendTable(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  return sendList(visit, async () => {
    const programme = orNotFound(await programmes.current(ctx.db), 'page');
    const query = readQuery(request, organiseQuery);
    const lines = await trends.list(ctx.db, whichOf(programme, query), query.order, all);
    return {
      file: 'trends-to-shortlist',
      name: words.t('Shortlist and park'),
      header: headerOf(words),
      rows: await rowsOf(visit, programme, lines),
    };
  });
}

const stateWords = ({ t }: Words): Record<string, string> => ({
  proposed: t('Proposed'),
  shortlisted: t('Shortlisted'),
  parked: t('Parked'),
});

async function rowsOf(
  { ctx, words }: SignedInVisit,
  programme: Programme,
  lines: readonly trends.TrendLine[],
) {
  const tallies = await interests.tallies(
    ctx.db,
    lines.map(({ id }) => id),
  );
  const states = stateWords(words);
  return lines.map((line) => {
    const { want, tell } = tallies.get(line.id) ?? { want: 0, tell: 0 };
    return [
      line.sentence,
      states[line.state] ?? '',
      String(want),
      String(tell),
      line.proposer ?? '',
      formatDay(wallTimeOf(line.createdAt, programme.timeZone), localeOf(words)),
      line.ring,
      line.parkedReason,
    ];
  });
}
