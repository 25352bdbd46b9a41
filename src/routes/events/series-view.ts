import type { Context } from '../../context.ts';
import { shorten } from '../../domain/visible-text.ts';
import * as programmes from '../../store/events/programmes.ts';
import type { TeamWithMembers } from '../../store/teams/teams.ts';
import { localeOf, type Words } from '../../words.ts';

/** Events planned at once, at most: a year of months. */
export const mostInSeries = 12;

/** A row of the form: one event. */
export interface SeriesRow {
  n: number;
  name: string;
  date: string;
  team: string;
}

/** The fields as the form begins: first Tuesdays, six times, from next month. */
export async function seriesStart(ctx: Context) {
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const today = ctx.now().toZonedDateTimeISO(zone).toPlainDate();
  return {
    zone,
    today: today.toString(),
    format: 'lunch-and-learn',
    nth: '1',
    weekday: '2',
    month: today.toPlainYearMonth().add({ months: 1 }).toString(),
    times: '6',
    start: '12:00',
    place: '',
    who: 'all',
  };
}

export const nthChoices = ({ t }: Words) => [
  { value: '1', label: t('The first') },
  { value: '2', label: t('The second') },
  { value: '3', label: t('The third') },
  { value: '4', label: t('The fourth') },
  { value: '-1', label: t('The last') },
];

/** Days of the week, Monday first. */
export function weekdayChoices(words: Words) {
  const monday = Temporal.PlainDate.from('2026-11-30');
  return Array.from({ length: 7 }, (_, n) => ({
    value: String(n + 1),
    label: monday.add({ days: n }).toLocaleString(localeOf(words), { weekday: 'long' }),
  }));
}

/** One row for each day: what was typed in it, else a team of its own and a name after its trend. */
export function rowsFor(
  typed: Record<string, unknown>,
  days: readonly string[],
  teams: readonly TeamWithMembers[],
  format: string,
): SeriesRow[] {
  const former = String(typed.shownDays ?? '').split(',');
  return days.map((day, n) => {
    const team = teams[n];
    const name = team?.trend ? `${format}: ${team.trend.sentence}` : `${format} ${n + 1}`;
    const text = (field: string, usual: string) =>
      typeof typed[field] === 'string' ? String(typed[field]) : usual;
    // A day that nobody touched follows the pattern when it changes.
    const date = text(`date${n}`, day);
    return {
      n,
      name: text(`name${n}`, shorten(name, 200)),
      date: day !== '' && date === former[n] ? day : date,
      team: text(`team${n}`, team ? String(team.id) : ''),
    };
  });
}
