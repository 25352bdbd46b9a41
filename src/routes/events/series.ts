// Several different events planned at once: one day of every month, one trend each.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { draftSeries, type NewDraft } from '../../actions/events/events.ts';
import { monthlyDays } from '../../domain/calendar/monthly-series.ts';
import { placeInZone } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as guests from '../../store/guests/guest-lists.ts';
import * as teams from '../../store/teams/teams.ts';
import { type FieldError, formKeyField, lineField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../web/visit.ts';
import { formatText, offeredFormat, offeredFormats } from '../run-of-show/offered.ts';
import { planOf } from './form-fields.ts';
import { startNew } from './form-start.ts';
import {
  mostInSeries,
  nthChoices,
  rowsFor,
  type SeriesRow,
  seriesStart,
  weekdayChoices,
} from './series-view.ts';

/** Registers the page on which several events are planned at once. */
export function eventSeriesRoutes(at: Pages): void {
  at.get('/events/series', 'organiser', (visit) => show(visit));
  at.post('/events/series', 'organiser', create);
}

const rowFields = Object.fromEntries(
  Array.from({ length: mostInSeries }, (_, n) => [
    [`name${n}`, lineField(200, 'A name has at most 200 characters.').optional()],
    [
      `date${n}`,
      z.union([z.literal(''), z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Choose the date.')]).optional(),
    ],
    [
      `team${n}`,
      z
        .string()
        .regex(/^\d{0,9}$/, 'Choose a team from the list.')
        .optional(),
    ],
  ]).flat(),
);

const form = z
  .object({
    formKey: formKeyField,
    format: z.string().max(80),
    nth: z.enum(['1', '2', '3', '4', '-1'], 'Choose which one of the month.'),
    weekday: z.enum(['1', '2', '3', '4', '5', '6', '7'], 'Choose a day of the week.'),
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the first month like 2027-01.'),
    times: z
      .string()
      .trim()
      .regex(/^([2-9]|1[0-2])$/, 'Plan 2 to 12 events at once.'),
    start: z.string().regex(/^\d{2}:\d{2}$/, 'Choose when they start.'),
    place: lineField(300, 'A place has at most 300 characters.').refine(
      (place) => place !== '',
      'Say where: a room, or the address of an online meeting.',
    ),
    who: z.enum(['all', 'new', 'later']).default('later'),
    shownDays: z.string().optional(),
    do: z.enum(['days', 'create']).default('create'),
  })
  .extend(rowFields);

type Values = z.output<typeof form>;

async function show(visit: SignedInVisit, mistakes: Mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const { typed } = mistakes;
  const start = await seriesStart(ctx);
  const value = { ...start, ...(mistakes === noMistakes ? {} : typed) } as Record<string, unknown>;
  const offered = await offeredFormats(ctx);
  const format = offered.find(({ slug }) => slug === value.format) ?? offered[0]!;
  const found = await teams.withMembers(ctx.db, { trend: 'open' }, { offset: 0, limit: mostTeams });
  const rows = rowsFor(value, daysOf(value, start.today), found, format.name);
  return page(visit, 'events/form/series', {
    title: words.t('Several events at once'),
    tab: 'events',
    status: mistakes.status,
    errors: mistakes.errors,
    typed,
    value,
    formKey: formKeyField.safeParse(typed.formKey).data ?? randomUUID(),
    formats: offered.map((one) => ({ value: one.slug, label: formatText(words, one, one.name) })),
    nths: nthChoices(words),
    weekdays: weekdayChoices(words),
    lists: await guests.counts(ctx.db, ctx.now()),
    who: String(value.who),
    teams: found.map(({ id, trend, name }) => ({ id, label: `${trend?.sentence ?? ''} (${name})` })),
    moreTeams: (await teams.count(ctx.db, { trend: 'open' })) > found.length,
    rows,
  });
}

/** Teams one can choose from here; others are chosen on each draft. */
const mostTeams = 60;

const { nth, weekday, month, times } = form.shape;
const pattern = z.object({ nth, weekday, month, times });

/** The days of the series; where its fields make no sense, as many rows as were shown, so that nothing typed is lost. */
function daysOf(value: Record<string, unknown>, today: string): string[] {
  const read = pattern.safeParse(value);
  if (!read.success)
    return Array.from({ length: mostInSeries }, () => '').filter((_, n) => `name${n}` in value);
  const on = { weekday: Number(read.data.weekday), nth: Number(read.data.nth) as 1 | 2 | 3 | 4 | -1 };
  const from = Temporal.PlainYearMonth.from(read.data.month);
  return monthlyDays(on, { from, times: Number(read.data.times), after: Temporal.PlainDate.from(today) });
}

/** Names what is wrong with the days where one only looks at them; the rest of the form may still be empty. */
function lookedAt(mistakes: Mistakes): Mistakes {
  const read = mistakes.status === 200 ? pattern.safeParse(mistakes.typed) : null;
  if (!read || read.success) return mistakes;
  const errors = new Map(
    read.error.issues.map(({ path, message }) => [String(path[0]), { field: String(path[0]), message }]),
  );
  return { ...mistakes, status: 422, errors: [...errors.values()] };
}

/** Makes a draft of each row, all or none. */
async function create(visit: SignedInVisit): Promise<Answer> {
  const { ctx } = visit;
  return submit(visit, form, {
    act: async (values) => {
      const start = await seriesStart(ctx);
      const rows = rowsIn(values);
      const errors = mistakesIn(rows, values, start);
      if (!(await offeredFormat(ctx, values.format)))
        errors.push({ field: 'format', message: 'Choose a format.' });
      if (errors.length > 0) return errors;
      const plans: NewDraft[] = [];
      for (const row of rows) plans.push(await draftOf(visit, values, row, start.zone));
      const made = await draftSeries(ctx, plans);
      return `/events?said=${made.length === 1 ? 'kept' : 'series'}`;
    },
    again: (mistakes) => show(visit, lookedAt(mistakes)),
    field: '',
    isLookingOnly: (typed) => typed.do === 'days',
  });
}

/** Rows that have a day; one whose day was emptied is left out. */
function rowsIn(values: Values): SeriesRow[] {
  const read = values as Record<string, unknown>;
  return Array.from({ length: mostInSeries }, (_, n) => ({
    n,
    name: String(read[`name${n}`] ?? ''),
    date: String(read[`date${n}`] ?? ''),
    team: String(read[`team${n}`] ?? ''),
  })).filter(({ date }) => date !== '');
}

function mistakesIn(
  rows: readonly SeriesRow[],
  { start }: Values,
  { zone, today }: { zone: string; today: string },
): FieldError[] {
  if (rows.length === 0) return [{ field: 'date0', message: 'Every day is left out. Keep one at least.' }];
  return rows.flatMap(({ n, name, date }) => [
    ...(name === '' ? [{ field: `name${n}`, message: 'Give this event a name, or empty its date.' }] : []),
    ...(placeInZone(`${date}T${start}`, zone).ok
      ? []
      : [{ field: `date${n}`, message: 'At that hour the clocks change on this day. Choose another day.' }]),
    ...(date <= today ? [{ field: `date${n}`, message: 'Choose a day to come, or empty it.' }] : []),
  ]);
}

async function draftOf(
  { ctx, viewer }: SignedInVisit,
  values: Values,
  row: SeriesRow,
  zone: string,
): Promise<NewDraft> {
  const format = orNotFound((await offeredFormat(ctx, values.format)) ?? null, 'page');
  const { value, deadlines } = await startNew(ctx, format);
  const usual = { ...value, seniors: Number(value.seniors), talents: Number(value.talents) };
  const { plan } = await planOf(
    ctx,
    {
      ...usual,
      name: row.name,
      date: row.date,
      start: String(values.start),
      zone,
      place: String(values.place),
      leastSeniors: Number(value.leastSeniors),
      leastTalents: Number(value.leastTalents),
      guestList: 'on',
      openAfterNo: undefined,
      linkOnPage: undefined,
      teams: row.team === '' ? [] : [Number(row.team)],
      do: 'draft',
    },
    deadlines,
  );
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  return {
    ...plan,
    formKey: keyOfRow(String(values.formKey), row.n),
    programmeId: programme.id,
    organiserId: viewer.id,
    format: format.slug,
    shape: format.shape,
    guestIds: await guests.idsOf(ctx.db, values.who as guests.GuestList, ctx.now()),
  };
}

/** Derives a row's own key from the form's, so that the form sent twice makes each event once. */
function keyOfRow(formKey: string, n: number): string {
  const hex = createHash('sha256').update(`${formKey}:${n}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
