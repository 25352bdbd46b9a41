import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { change, draft } from '../../actions/events/events.ts';
import type { Context } from '../../context.ts';
import { zoneGroups } from '../../domain/events/time-zones.ts';
import { builtInFormat, builtInFormats, type Format } from '../../domain/run-of-show/built-in-formats.ts';
import { lengthInWords, runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import {
  countSeats,
  guestSeats,
  many,
  type Room,
  roomToDraw,
  seatsFor,
} from '../../domain/tables/room-seats.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as guests from '../../store/people/guest-lists.ts';
import * as teams from '../../store/teams/teams.ts';
import { type FieldError, idIn, idListField, mistakeFrom, readForm } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { english } from '../../words.ts';
import {
  beginning,
  changedEvent,
  type FormValue,
  filledFrom,
  formatOf,
  newEvent,
  planOf,
} from './form-fields.ts';
import { formatCard } from './format-cards.ts';

const { t } = english;

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
    .map((format) => ({ ...formatCard(format), href: `/events/new?format=${format.slug}` }));
}

interface Form {
  format: Format;
  value: FormValue;
  errors: FieldError[];
  typed: Record<string, unknown> | null;
  event?: events.Event;
}

async function showForm(ctx: Context, reply: FastifyReply, form: Form): Promise<FastifyReply> {
  return page(reply, 'events/form', await shown(ctx, form), { status: form.errors.length > 0 ? 422 : 200 });
}

async function shown(ctx: Context, { format, value, errors, typed, event }: Form) {
  const chosen = typed ? (idListField.safeParse(typed.teams).data ?? []) : value.teams;
  const found = await teamsFor(ctx, chosen, String(typed?.find ?? '').slice(0, 200));
  const blocks = event ? await events.blocksOf(ctx.db, event.id) : format.blocks;
  const show = runOfShow(blocks as Format['blocks']);
  const ofSide = (side: 'seniors' | 'talents') => Number(typed?.[side] ?? value[side]) || 0;
  const sizes = found.chosenTeams.map(({ members }) => members.length);
  const room = draftRoom(format, sizes, ofSide('seniors'), ofSide('talents'));
  return {
    title: event ? t('Change {name}', { name: event.name }) : t('New event'),
    tab: 'events',
    event: event ?? null,
    format,
    value,
    errors,
    typed: typed ?? {},
    chosen,
    formKey: typed?.formKey ?? randomUUID(),
    openAfterNo: typed ? typed.openAfterNo === 'on' : value.openAfterNo,
    guestList: typed ? typed.guestList === 'on' : value.guestList,
    who: typed?.who ?? value.who,
    lists: await guests.counts(ctx.db),
    zones: zoneGroups(ctx.now()),
    ...found,
    show,
    length: lengthInWords(show.minutes),
    seats: countSeats(room),
    picture: roomPicture(drawRoom(roomToDraw(room).room), t('The room as planned so far')),
  };
}

/** How many teams a search shows beside those that are chosen. */
const mostTeams = 12;

/** Teams with a trend: those that are chosen, then those that fit the search. */
async function teamsFor(ctx: Context, chosen: number[], find: string) {
  const all = await teams.count(ctx.db);
  const withTrend = await teams.count(ctx.db, { trend: 'any' });
  const chosenTeams = await teams.withMembers(ctx.db, { ids: chosen, trend: 'any' });
  const fitting = { trend: 'any', find, but: chosen } as const;
  const found = await teams.withMembers(ctx.db, fitting, { offset: 0, limit: mostTeams });
  return {
    find,
    chosenTeams,
    teams: [...chosenTeams, ...found],
    notShown: (await teams.count(ctx.db, fitting)) - found.length,
    teamsWithout: all - withTrend,
  };
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
  if (form.typed.do === 'find') return showForm(ctx, reply, { format, value, errors: [], typed: form.typed });
  if (!form.ok) return showForm(ctx, reply, { format, value, errors: form.errors, typed: form.typed });
  const { plan, errors } = await planOf(ctx, form.values);
  if (errors.length > 0) return showForm(ctx, reply, { format, value, errors, typed: form.typed });
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const guestIds = await guests.idsOf(ctx.db, form.values.who);
  const again = (mistakes: FieldError[]) =>
    showForm(ctx, reply, { format, value, errors: mistakes, typed: form.typed });
  const event = await orMistakes(() =>
    draft(ctx, {
      ...plan,
      formKey: form.values.formKey,
      programmeId: programme.id,
      organiserId: request.person!.id,
      format: format.slug,
      shape: format.shape,
      blocks: format.blocks,
      guestIds,
    }),
  );
  if (Array.isArray(event)) return again(event);
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
  if (form.typed.do === 'find') return again([]);
  if (!form.ok) return again(form.errors);
  const { plan, errors } = await planOf(ctx, form.values);
  if (errors.length > 0) return again(errors);
  const consequence = await orMistakes(() => change(ctx, event.id, plan, { held: true }));
  if (Array.isArray(consequence)) return again(consequence);
  const goesOut = event.state === 'published' && (consequence.moved || consequence.relocated);
  if (form.values.do === 'review' && event.state === 'draft')
    return reply.redirect(`/events/${event.id}/review`, 303);
  return reply.redirect(`/events/${event.id}?said=${goesOut ? 'told' : 'saved'}`, 303);
}

/** Returns the result, or the mistakes to show at their fields where a field was refused. */
async function orMistakes<T>(work: () => Promise<T>): Promise<T | FieldError[]> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error;
    return [mistakeFrom(error)];
  }
}
