import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { change, draft, type EventPlan } from '../actions/events.ts';
import type { Context } from '../context.ts';
import { builtInFormat, builtInFormats, type Format } from '../domain/built-in-formats.ts';
import { formatPicture } from '../domain/format-pictures.ts';
import { drawRoom } from '../domain/room-picture.ts';
import { countSeats, guestSeats, many, type Room, seatsFor } from '../domain/room-seats.ts';
import { lengthInWords, runOfShow } from '../domain/run-of-show.ts';
import { zoneGroups } from '../domain/time-zones.ts';
import { placeInZone } from '../domain/wall-time.ts';
import { orNotFound, Refusal } from '../refusal.ts';
import * as events from '../store/events.ts';
import * as guests from '../store/guest-lists.ts';
import * as programmes from '../store/programmes.ts';
import * as teams from '../store/teams.ts';
import {
  type FieldError,
  formKeyField,
  idIn,
  idListField,
  lineField,
  readForm,
  textField,
} from '../web/forms.ts';
import { page } from '../web/pages.ts';
import { roomPicture } from '../web/pictures.ts';
import { english } from '../web/words.ts';

const { t } = english;

const seats = (who: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, `Write how many ${who} may come, as a number.`)
    .transform(Number)
    .refine((n) => n <= 2000, `At most 2000 ${who} fit into one event.`);

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
  guestList: z.literal('on').optional(),
  teams: idListField,
};

const newEvent = z.object({
  ...planFields,
  formKey: formKeyField,
  format: z.string().max(60),
  who: z.enum(['all', 'new', 'later']).default('later'),
  do: z.enum(['review', 'draft']).default('review'),
});
const changedEvent = z.object({ ...planFields, do: z.enum(['review', 'draft']).default('draft') });

type Values = z.output<typeof changedEvent>;

/** Turns the fields into a plan, with every mistake that no field shows alone. */
async function planOf(ctx: Context, values: Values): Promise<{ plan: EventPlan; errors: FieldError[] }> {
  const startsAt = `${values.date}T${values.start}`;
  const errors: FieldError[] = [];
  const placed = placeInZone(startsAt, values.zone);
  if (!placed.ok) {
    const field =
      placed.problem.kind === 'unknown-zone'
        ? 'zone'
        : placed.problem.kind === 'not-a-time'
          ? 'date'
          : 'start';
    errors.push({ field, message: t(placed.problem.sentence, placed.problem.values) });
  }
  if (values.seniors + values.talents === 0)
    errors.push({ field: 'seniors', message: t('At least one person must be able to come.') });
  if (values.answerBy && values.answerBy > values.date)
    errors.push({
      field: 'answerBy',
      message: t('Answers close before the event, on {date} at the latest.', { date: values.date }),
    });
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
    topics: await topicsOf(ctx, values.teams),
  };
  return { plan, errors };
}

/** Each chosen team with its trend, in the order of the list; a trend two teams share gets one table. */
async function topicsOf(ctx: Context, teamIds: number[]): Promise<EventPlan['topics']> {
  const chosen = (await teams.withMembers(ctx.db)).filter(({ id }) => teamIds.includes(id));
  const topics = new Map<number, EventPlan['topics'][number]>();
  for (const { id, trend } of chosen) {
    if (trend && !topics.has(trend.id)) topics.set(trend.id, { trendId: trend.id, teamId: id });
  }
  return [...topics.values()];
}

/** Step 1, the formats as pictures; with `?format=` step 2, a form in which everything has a value already. */
export async function showNew(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { format: slug } = request.query as { format?: unknown };
  const format = typeof slug === 'string' ? builtInFormat(slug) : undefined;
  if (!format)
    return page(reply, 'events/choose', { title: t('New event'), tab: 'events', formats: formatCards() });
  return showForm(ctx, reply, { format, value: await beginning(ctx, format), errors: [], typed: null });
}

function formatCards() {
  return builtInFormats
    .filter(({ shape }) => shape !== 'pair')
    .map((format) => ({
      slug: format.slug,
      title: format.name,
      text: format.description,
      note: format.goodFor,
      picture: roomPicture(formatPicture(format.shape), format.name),
      show: runOfShow(format.blocks),
      href: `/events/new?format=${format.slug}`,
    }));
}

/** What the form begins with: a Thursday a month ahead, and as many teams as the format has tables. */
async function beginning(ctx: Context, format: Format) {
  const timeZone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  const inAMonth = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 30 });
  const date = inAMonth.add({ days: (4 - inAMonth.dayOfWeek + 7) % 7 });
  const ready = (await teams.withMembers(ctx.db)).filter(({ trend }) => trend !== null);
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
    guestList: true,
    who: 'all',
    teams: ready.slice(0, format.defaults.teams).map(({ id }) => id),
  };
}

interface Form {
  format: Format;
  value: Awaited<ReturnType<typeof beginning>>;
  errors: FieldError[];
  typed: Record<string, unknown> | null;
  event?: events.Event;
}

async function showForm(
  ctx: Context,
  reply: FastifyReply,
  { format, value, errors, typed, event }: Form,
): Promise<FastifyReply> {
  const all = await teams.withMembers(ctx.db);
  const chosen = typed ? (idListField.safeParse(typed.teams).data ?? []) : value.teams;
  const blocks = event ? await events.blocksOf(ctx.db, event.id) : format.blocks;
  const show = runOfShow(blocks as Format['blocks']);
  const seniors = Number(typed?.seniors ?? value.seniors) || 0;
  const talents = Number(typed?.talents ?? value.talents) || 0;
  const room = draftRoom(
    format,
    all.filter(({ id }) => chosen.includes(id)).map(({ members }) => members.length),
    seniors,
    talents,
  );
  return page(
    reply,
    'events/form',
    {
      title: event ? t('Change {name}', { name: event.name }) : t('New event'),
      tab: 'events',
      event: event ?? null,
      format,
      value,
      errors,
      typed: typed ?? {},
      chosen,
      formKey: typed?.formKey ?? randomUUID(),
      guestList: typed ? typed.guestList === 'on' : value.guestList,
      who: typed?.who ?? value.who,
      lists: await guests.counts(ctx.db),
      zones: zoneGroups(ctx.now()),
      teams: all.filter(({ trend }) => trend !== null),
      teamsWithout: all.filter(({ trend }) => trend === null).length,
      show,
      length: lengthInWords(show.minutes),
      seats: countSeats(room),
      picture: roomPicture(drawRoom(room), t('The room as planned so far')),
    },
    { status: errors.length > 0 ? 422 : 200 },
  );
}

/** The room if everyone comes. */
function draftRoom(format: Format, teamSizes: number[], seniors: number, talents: number): Room {
  const guests = { seniors: Math.min(seniors, 600), guestSeats: Math.min(seniors, 600) };
  if (format.shape === 'tables') {
    const sizes = teamSizes.length > 0 ? teamSizes : [Math.min(talents, 6)];
    return {
      shape: 'tables',
      tables: seatsFor(
        sizes.map((hosts, i) => ({ number: i + 1, hosts })),
        guests,
      ),
    };
  }
  const front = many(Math.min(talents, 12), 'talent');
  return {
    shape: format.shape === 'panel' ? 'panel' : 'room',
    front,
    seats: guestSeats({ seniors: Math.min(seniors, 120), guestSeats: Math.min(seniors, 120) }),
  };
}

/** Makes the draft and leads to its review, or back to the form with every mistake named. */
export async function create(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const form = readForm(request, newEvent);
  const format = orNotFound(builtInFormat(String(form.typed.format)), 'page');
  const value = await beginning(ctx, format);
  if (!form.ok) return showForm(ctx, reply, { format, value, errors: form.errors, typed: form.typed });
  const { plan, errors } = await planOf(ctx, form.values);
  if (errors.length > 0) return showForm(ctx, reply, { format, value, errors, typed: form.typed });
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const event = await draft(ctx, {
    ...plan,
    formKey: form.values.formKey,
    programmeId: programme.id,
    organiserId: request.person!.id,
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    guestIds: await guests.idsOf(ctx.db, form.values.who),
  });
  return reply.redirect(
    form.values.do === 'draft' ? `/events/${event.id}?said=kept` : `/events/${event.id}/review`,
    303,
  );
}

export async function showEdit(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return showForm(ctx, reply, {
    format: formatOf(event),
    value: await filledFrom(ctx, event),
    errors: [],
    typed: null,
    event,
  });
}

export async function save(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const form = readForm(request, changedEvent);
  const again = async (errors: FieldError[]) =>
    showForm(ctx, reply, {
      format: formatOf(event),
      value: await filledFrom(ctx, event),
      errors,
      typed: form.typed,
      event,
    });
  if (!form.ok) return again(form.errors);
  const { plan, errors } = await planOf(ctx, form.values);
  if (errors.length > 0) return again(errors);
  try {
    const { moved, relocated } = await change(ctx, event.id, plan);
    const goesOut = event.state === 'published' && (moved || relocated);
    if (form.values.do === 'review' && event.state === 'draft')
      return reply.redirect(`/events/${event.id}/review`, 303);
    return reply.redirect(`/events/${event.id}?said=${goesOut ? 'told' : 'saved'}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error;
    return again([{ field: error.field, message: t(error.sentence, error.params) }]);
  }
}

function formatOf(event: events.Event): Format {
  return builtInFormat(event.format) ?? builtInFormats[0]!;
}

async function filledFrom(ctx: Context, event: events.Event): Promise<Form['value']> {
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
    guestList: event.guestListShown,
    who: 'later',
    teams: topics.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])),
  };
}
