import { z } from 'zod';
import type { EventPlan } from '../../actions/events/events.ts';
import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { type Deadline, savedDeadline } from '../../domain/events/deadlines.ts';
import { formatDay, placeInZone } from '../../domain/events/wall-time.ts';
import type * as events from '../../store/events/events.ts';
import * as teams from '../../store/teams/teams.ts';
import {
  type FieldError,
  formKeyField,
  idListField,
  lineField,
  seenField,
  textField,
} from '../../web/forms.ts';
import { localeOf, type Words } from '../../words.ts';
import { type Deadlines, filledFrom } from './form-start.ts';
import { least, seats } from './number-fields.ts';

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
  linkOnPage: z.literal('on').optional(),
  teams: idListField,
  find: z.string().max(200).optional(),
};

export const newEvent = z.object({
  ...planFields,
  formKey: formKeyField,
  format: z.string().max(60),
  copy: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  who: z.enum(['all', 'new', 'same', 'later']).default('later'),
  do: z.enum(['review', 'draft', 'find']).default('review'),
  switch: z.string().max(60).optional(),
});
export const changedEvent = z.object({
  ...planFields,
  seen: seenField,
  do: z.enum(['review', 'draft', 'find']).default('draft'),
});

type Values = z.output<typeof changedEvent>;

/** The form's values, with the deadlines as they will be saved. */
type Dated = Omit<Values, 'answerBy' | 'decideOn'> & { answerBy: string | null; decideOn: string | null };

/** The deadlines of an event there is; its day of go or no go moves along with it. */
export function deadlinesOf({ answerBy, answerDays, decideOn }: events.Event): Deadlines {
  return { answers: { day: answerBy, days: answerDays }, decision: { day: decideOn, days: null } };
}

/** Turns the fields into a plan, with every mistake that no field shows alone. */
export async function planOf(
  ctx: Context,
  values: Values,
  before: Deadlines,
): Promise<{ plan: EventPlan; errors: FieldError[] }> {
  const startsAt = `${values.date}T${values.start}`;
  // A day that does not exist is named below; no deadline can follow it.
  const isDay = placeInZone(startsAt, values.zone).ok;
  const saved = (deadline: Deadline, typed: string | null) =>
    isDay ? savedDeadline(deadline, typed, startsAt) : { day: typed, days: null };
  const answers = saved(before.answers, values.answerBy || null);
  const decision = saved(before.decision, values.decideOn || null);
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
    answerBy: answers.day,
    answerDays: answers.days,
    guestListShown: values.guestList === 'on',
    openAfterNo: values.openAfterNo === 'on',
    linkOnPage: values.linkOnPage === 'on',
    seniorQuorum: values.leastSeniors,
    talentQuorum: values.leastTalents,
    decideOn: decision.day,
    topics: await topicsOf(ctx, values.teams),
  };
  const days = { answerBy: answers.day, decideOn: decision.day };
  return { plan, errors: mistakesIn({ ...values, ...days }, startsAt, localeOf(ctx.words)) };
}

const fieldOf = { 'unknown-zone': 'zone', 'not-a-time': 'date', gap: 'start', twice: 'start' } as const;

function mistakesIn(values: Dated, startsAt: string, locale: string): FieldError[] {
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
      params: { date: formatDay(values.date, locale) },
    });
  return [...errors, ...quorumMistakes(values, locale)];
}

function quorumMistakes(values: Dated, locale: string): FieldError[] {
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
      params: { date: formatDay(values.date, locale) },
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

/** The fields of an event's form as they are stored, without what it only begins with. */
export async function storedFields(db: Db, event: events.Event) {
  const { name, headline, lede, date, start, zone, place, access, ...value } = await filledFrom(
    { db },
    event,
  );
  const { seniors, talents, answerBy, leastSeniors, leastTalents, decideOn } = value;
  return {
    ...{ name, headline, lede, date, start, zone, place, access },
    ...{ seniors, talents, answerBy, leastSeniors, leastTalents, decideOn },
    guestList: value.guestList ? 'on' : '',
    openAfterNo: value.openAfterNo ? 'on' : '',
    linkOnPage: value.linkOnPage ? 'on' : '',
    teams: value.teams.map(String).toSorted(),
  };
}

/** Labels of these fields, as the form shows them. */
export const planLabels = ({ t }: Words): Record<string, string> => ({
  name: t('Name'),
  date: t('Date'),
  start: t('Starts'),
  zone: t('Time zone'),
  place: t('Place or link'),
  access: t('Access and arrival'),
  seniors: t('Seniors, at most'),
  talents: t('Talents, at most'),
  answerBy: t('Answer by'),
  leastSeniors: t('Seniors, at least'),
  leastTalents: t('Talents, at least'),
  decideOn: t('Go or no go on'),
  guestList: t('Guests see who has said yes'),
  openAfterNo: t('Open to people who can’t make an earlier one'),
  linkOnPage: t('Keep the link to join on the event page'),
  teams: t('Teams'),
  headline: t('Headline'),
  lede: t('Introduction'),
});
