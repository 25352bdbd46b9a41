import { z } from 'zod';
import type { EventPlan } from '../../actions/events/events.ts';
import type { Context } from '../../context.ts';
import { formatDay, placeInZone } from '../../domain/events/wall-time.ts';
import { builtInFormat, builtInFormats, type Format } from '../../domain/run-of-show/built-in-formats.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/teams/teams.ts';
import { type FieldError, formKeyField, idListField, lineField, textField } from '../../web/forms.ts';
import { localeOf } from '../../words.ts';

const seats = (who: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, `Write how many ${who} may come, as a number.`)
    .transform(Number)
    .refine((n) => n <= 2000, `At most 2000 ${who} fit into one event.`);

const least = (who: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, `Write how many ${who} there should be at least, as a number, or leave it empty.`)
    .default('')
    .transform(Number);

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Choose the date.');

const planFields = {
  name: lineField(200, 'A name has at most 200 characters.').refine(
    (name) => name !== '',
    'Give the event a name. Guests read it in their calendar.',
  ),
  headline: lineField(200, 'A headline has at most 200 characters.').default(''),
  lede: textField(600, 'The sentence below the headline has at most 600 characters.').default(''),
  date: day,
  start: z.string().regex(/^\d{2}:\d{2}$/, 'Choose when it starts.'),
  zone: z.string().max(60),
  place: lineField(300, 'A place has at most 300 characters.').refine(
    (place) => place !== '',
    'Say where: a room, or the address of an online meeting.',
  ),
  access: lineField(300, 'This has at most 300 characters.').default(''),
  seniors: seats('seniors'),
  talents: seats('talents'),
  answerBy: z.union([z.literal(''), day]).optional(),
  leastSeniors: least('seniors'),
  leastTalents: least('talents'),
  decideOn: z.union([z.literal(''), day]).optional(),
  guestList: z.literal('on').optional(),
  openAfterNo: z.literal('on').optional(),
  teams: idListField,
  find: z.string().max(200).optional(),
};

export const newEvent = z.object({
  ...planFields,
  formKey: formKeyField,
  format: z.string().max(60),
  who: z.enum(['all', 'new', 'later']).default('later'),
  do: z.enum(['review', 'draft', 'find']).default('review'),
});
export const changedEvent = z.object({
  ...planFields,
  do: z.enum(['review', 'draft', 'find']).default('draft'),
});

type Values = z.output<typeof changedEvent>;

/** Turns the fields into a plan, with every mistake that no field shows alone. */
export async function planOf(
  ctx: Context,
  values: Values,
): Promise<{ plan: EventPlan; errors: FieldError[] }> {
  const startsAt = `${values.date}T${values.start}`;
  const isLink = /^https?:\/\//i.test(values.place) && URL.canParse(values.place);
  const plan: EventPlan = {
    name: values.name,
    headline: values.headline || values.name,
    lede: values.lede,
    startsAt,
    timeZone: values.zone,
    place: isLink ? '' : values.place,
    joinUrl: isLink ? new URL(values.place).href : '',
    access: values.access,
    seniorCapacity: values.seniors,
    talentCapacity: values.talents,
    answerBy: values.answerBy || null,
    guestListShown: values.guestList === 'on',
    openAfterNo: values.openAfterNo === 'on',
    seniorQuorum: values.leastSeniors,
    talentQuorum: values.leastTalents,
    decideOn: values.decideOn || null,
    topics: await topicsOf(ctx, values.teams),
  };
  return { plan, errors: mistakesIn(values, startsAt, localeOf(ctx.words)) };
}

const fieldOf = { 'unknown-zone': 'zone', 'not-a-time': 'date', gap: 'start', twice: 'start' } as const;

function mistakesIn(values: Values, startsAt: string, locale: string): FieldError[] {
  const errors: FieldError[] = [];
  const placed = placeInZone(startsAt, values.zone);
  if (!placed.ok) {
    const { kind, sentence, values: details } = placed.problem;
    const params = details.day ? { ...details, day: formatDay(details.day, locale) } : details;
    errors.push({ field: fieldOf[kind], message: sentence, params });
  }
  if (values.seniors + values.talents === 0)
    errors.push({ field: 'seniors', message: 'At least one person must be able to come.' });
  if (values.answerBy && values.answerBy > values.date)
    errors.push({
      field: 'answerBy',
      message: 'Answers close before the event, on {date} at the latest.',
      params: { date: values.date },
    });
  return [...errors, ...quorumMistakes(values)];
}

function quorumMistakes(values: Values): FieldError[] {
  const errors: FieldError[] = [];
  if (values.leastSeniors > values.seniors)
    errors.push({
      field: 'leastSeniors',
      message: 'At most {n} seniors may come. Ask for no more than that.',
      params: { n: values.seniors },
    });
  if (values.leastTalents > values.talents)
    errors.push({
      field: 'leastTalents',
      message: 'At most {n} talents may come. Ask for no more than that.',
      params: { n: values.talents },
    });
  if (values.decideOn && values.decideOn > values.date)
    errors.push({
      field: 'decideOn',
      message: 'Decide before the event, on {date} at the latest.',
      params: { date: values.date },
    });
  return errors;
}

/** Each chosen team with its trend, in the order of the list; a trend two teams share gets one table. */
async function topicsOf(ctx: Context, teamIds: number[]): Promise<EventPlan['topics']> {
  const chosen = await teams.withMembers(ctx.db, { ids: teamIds });
  const topics = new Map<number, EventPlan['topics'][number]>();
  for (const { id, trend } of chosen) {
    if (trend && !topics.has(trend.id)) topics.set(trend.id, { trendId: trend.id, teamId: id });
  }
  return [...topics.values()];
}

/** Returns the initial values of the form: a Thursday a month ahead, and as many teams as the format has tables. */
export async function beginning(ctx: Context, format: Format) {
  const timeZone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const inAMonth = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 30 });
  const date = inAMonth.add({ days: (4 - inAMonth.dayOfWeek + 7) % 7 });
  const ready = await teams.withMembers(
    ctx.db,
    { trend: 'open' },
    { offset: 0, limit: format.defaults.teams },
  );
  return {
    name: '',
    headline: format.headline,
    lede: format.lede,
    date: date.toString(),
    start: format.defaults.startsAt,
    zone: timeZone,
    place: '',
    access: '',
    seniors: String(format.defaults.seniors),
    talents: String(format.defaults.talents),
    answerBy: date.subtract({ days: format.deadlines.answers }).toString(),
    leastSeniors: String(format.seniors.least),
    leastTalents: String(format.talents.least),
    decideOn: date.subtract({ days: Math.max(1, format.deadlines.answers - 1) }).toString(),
    guestList: true,
    openAfterNo: false,
    who: 'all',
    teams: ready.map(({ id }) => id),
  };
}

/** Values of the form's fields. */
export type FormValue = Awaited<ReturnType<typeof beginning>>;

export function formatOf(event: events.Event): Format {
  return builtInFormat(event.format) ?? builtInFormats[0]!;
}

/** The fields as an event that exists fills them. */
export async function filledFrom(ctx: Context, event: events.Event): Promise<FormValue> {
  const topics = await events.topicsOf(ctx.db, event.id);
  return {
    ...event,
    date: event.startsAt.slice(0, 10),
    start: event.startsAt.slice(11),
    zone: event.timeZone,
    place: event.joinUrl || event.place,
    seniors: String(event.seniorCapacity),
    talents: String(event.talentCapacity),
    answerBy: event.answerBy ?? '',
    leastSeniors: event.seniorQuorum === 0 ? '' : String(event.seniorQuorum),
    leastTalents: event.talentQuorum === 0 ? '' : String(event.talentQuorum),
    decideOn: event.decideOn ?? '',
    guestList: event.guestListShown,
    who: 'later',
    teams: topics.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  };
}
