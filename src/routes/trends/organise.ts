import { z } from 'zod';
import { type NewState, sortTrends, type Ticked } from '../../actions/trends/many.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import type { TrendState } from '../../domain/trends/trend.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { type FieldError, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { coverageRoutes } from './coverage.ts';
import { parkingForm } from './forms.ts';

/** Registers the organisers' table of trends, where several are shortlisted or parked at once. */
export function organiseTrendsRoutes(at: Pages): void {
  at.get('/trends/organise', 'organiser', (visit) => show(visit));
  at.post('/trends/organise', 'organiser', sort);
  coverageRoutes(at);
}

const rowsAPage = 50;
/** Most trends a notice names. */
const mostNamed = 10;

const place = {
  state: z.enum(['proposed', 'shortlisted', 'parked', '']).catch(''),
  find: z.string().trim().max(200).catch(''),
  order: z.enum(['wanted', 'newest', 'name']).catch('wanted'),
  page: pageField,
};
/** Filters, order and search of the table. */
export const organiseQuery = z.object(place);

/** Trends that the table shows. */
export const whichOf = (programme: { id: number }, { find, state }: Pick<Place, 'find' | 'state'>) => ({
  programmeId: programme.id,
  find,
  ...(state !== '' && { state }),
});

const query = z.object({
  ...place,
  left: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9})*$/)
    .max(3000)
    .optional()
    .catch(undefined),
});

type Place = Omit<z.output<typeof query>, 'left'>;

/** A ticked row with the state it was shown in, such as `12:proposed`. */
const ticksField = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((ticks) => (ticks === undefined ? [] : [ticks].flat()))
  .pipe(z.array(z.string().regex(/^[1-9]\d{0,8}:(proposed|shortlisted|parked)$/)).max(rowsAPage))
  .transform((ticks): Ticked[] => ticks.map(tickedIn));

function tickedIn(tick: string): Ticked {
  const [id, state] = tick.split(':') as [string, TrendState];
  return { id: Number(id), state };
}

const sortForm = z.object({
  ...place,
  trend: ticksField,
  to: z.enum(['shortlisted', 'proposed', 'parked']),
  reason: z.string().max(2000).prefault(''),
});

const messages = {
  shortlisted: 'They are on the shortlist.',
  proposed: 'They are open for voting again.',
  parked: 'Parked. Everyone can read the reason.',
};

const addressOf = ({ state, find, order, page: number }: Place) =>
  addressWith('/trends/organise', { state, find, order: order === 'wanted' ? '' : order, page: number });

function sort(visit: SignedInVisit) {
  return submit(visit, sortForm, {
    act: async ({ trend: ticked, to, reason, ...here }) => {
      if (ticked.length === 0) return [{ field: 'rows', message: 'Tick at least one trend.' }];
      const wanted = newState(to, reason);
      if (Array.isArray(wanted)) return wanted;
      const { moved, left } = await sortTrends(visit.ctx, ticked, wanted);
      const address = addressOf(here);
      const more = new URLSearchParams({
        ...(moved > 0 && { said: to }),
        ...(left.length > 0 && { left: left.join(',') }),
      });
      return `${address}${address.includes('?') ? '&' : '?'}${more}`;
    },
    again: (mistakes) => show(visit, mistakes),
    field: 'rows',
  });
}

/** A reason is asked for where trends are parked, by the same rule as for one alone. */
function newState(to: NewState['state'], typed: string): NewState | FieldError[] {
  if (to !== 'parked') return { state: to };
  const read = parkingForm.safeParse({ reason: typed });
  if (read.success) return { state: to, reason: read.data.reason };
  return [{ field: 'reason', message: read.error.issues[0]!.message }];
}

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { left, ...asked } = readQuery(request, query);
  const here: Place = mistakes === noMistakes ? asked : z.object(place).parse(mistakes.typed);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const which = whichOf(programme, here);
  const at = pageOf(here.page, await trends.count(ctx.db, which), rowsAPage);
  const rows = await trends.list(ctx.db, which, here.order, at);
  const tallies = await interests.tallies(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const ticked = new Set([mistakes.typed.trend ?? []].flat());
  const ids = left?.split(',').map(Number) ?? [];
  return page(visit, 'trends/organise', {
    title: words.t('Shortlist and park'),
    tab: 'trends',
    here: { ...here, page: at.at },
    total: at.total,
    chips: chipsFor(words, here),
    rows: rows.map((row) => ({
      ...row,
      tally: tallies.get(row.id) ?? { want: 0, tell: 0 },
      day: formatShortDay(wallTimeOf(row.createdAt, programme.timeZone), localeOf(words)),
      isTicked: ticked.has(`${row.id}:${row.state}`),
    })),
    pager: pagerFor(at, (number) => addressOf({ ...here, page: number })),
    exportHref: addressOf({ ...here, page: 1 }).replace('/trends/organise', '/trends/organise.csv'),
    left: listed(await trends.sentencesOf(ctx.db, ids.slice(0, mostNamed)), words),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

function chipsFor({ t }: Words, here: Place) {
  const states: [Place['state'], string][] = [
    ['', t('All')],
    ['proposed', t('Proposed')],
    ['shortlisted', t('Shortlisted')],
    ['parked', t('Parked')],
  ];
  return states.map(([state, text]) => ({
    text,
    href: addressOf({ ...here, state, page: 1 }),
    current: state === here.state,
  }));
}
