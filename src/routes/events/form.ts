import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { editionOf, refuseOutdated, seenIn } from '../../actions/edition.ts';
import { change, draft, type EventPlan } from '../../actions/events/events.ts';
import type { Context } from '../../context.ts';
import { zoneGroups } from '../../domain/events/time-zones.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import type { Format } from '../../domain/run-of-show/format.ts';
import { lengthInWords, runOfShow } from '../../domain/run-of-show/run-of-show.ts';
import { drawRoom } from '../../domain/tables/room-picture.ts';
import {
  countSeats,
  guestSeats,
  type Room,
  roomToDraw,
  seatsFor,
  seatsOfKind,
} from '../../domain/tables/room-seats.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as guests from '../../store/guests/guest-lists.ts';
import * as teams from '../../store/teams/teams.ts';
import { type FieldError, idIn, idListField, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit, typedIn } from '../../web/submit.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { headOf } from '../letters/of-event.ts';
import { formatText, offeredFormat, offeredFormats } from '../run-of-show/offered.ts';
import { changedEvent, deadlinesOf, newEvent, planLabels, planOf, storedFields } from './form-fields.ts';
import {
  type FormValue,
  filledFrom,
  formatOf,
  type NewForm,
  settingsOfCopy,
  startCopy,
  startNew,
  typedFor,
} from './form-start.ts';
import { formatCard } from './format-cards.ts';

/**
 * Step 1, the formats as pictures; with `?format=` step 2, a form in which everything has a value already; with `?copy=` the
 * same, filled from an event.
 */
export async function showNew(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, words } = visit;
  const asked = readQuery(request, newQuery);
  if (asked.copy !== undefined) {
    const source = orNotFound(await events.find(ctx.db, asked.copy), 'event');
    return showForm(visit, await startCopy(ctx, source));
  }
  const offered = await offeredFormats(ctx);
  const format = offered.find(({ slug }) => slug === asked.format);
  if (format) return showForm(visit, await startNew(ctx, format));
  const formats = offered.map((one) => ({
    ...formatCard(words, one),
    href: `/events/new?format=${one.slug}`,
  }));
  return page(visit, 'events/choose', { title: words.t('New event'), tab: 'events', formats });
}

const newQuery = z.object({
  format: z.string().catch(''),
  copy: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined),
});

interface Form {
  format: Format;
  value: FormValue;
  event?: events.Event | undefined;
  /** The event this new one is a copy of. */
  source?: events.Event | null;
}

async function showForm(
  visit: SignedInVisit,
  { format, value, event, source = null }: Form,
  mistakes = noMistakes,
) {
  const { ctx } = visit;
  const { t } = visit.words;
  const typed = typedIn(mistakes);
  const chosen = typed ? (idListField.safeParse(typed.teams).data ?? []) : value.teams;
  const found = await teamsFor(ctx, chosen, String(typed?.find ?? '').slice(0, 200));
  const drawn = await drawnForm(ctx, { format, value, event, source }, found.chosenTeams, typed);
  return page(visit, 'events/form', {
    ...(event ? await headOf(visit, event, ctx.now()) : { tab: 'events' }),
    title: event ? t('Change {name}', { name: event.name }) : t('New event'),
    about: aboutForm(visit.words, event, source),
    event: event ?? null,
    source,
    format,
    formats: event || source ? [] : await formatChoices(visit),
    same: source ? (await guests.onListOf(ctx.db, source.id)).length : 0,
    value,
    chosen,
    formKey: typed?.formKey ?? randomUUID(),
    seen: seenIn(mistakes) ?? (event ? editionOf(await storedFields(ctx.db, event)) : ''),
    meanwhile: await savedSince(visit, mistakes),
    openAfterNo: typed ? typed.openAfterNo === 'on' : value.openAfterNo,
    linkOnPage: typed ? typed.linkOnPage === 'on' : value.linkOnPage,
    guestList: typed ? typed.guestList === 'on' : value.guestList,
    who: typed?.who ?? value.who,
    lists: await guests.counts(ctx.db, ctx.now()),
    zones: zoneGroups(ctx.now()),
    ...found,
    length: lengthInWords(drawn.minutes),
    seats: countSeats(drawn.room),
    picture: roomPicture(drawRoom(roomToDraw(drawn.room).room), t('The room as planned so far')),
    ...mistakes,
  });
}

/** Formats to switch to, by the names their readers know. */
const formatChoices = async ({ ctx, words }: SignedInVisit) =>
  (await offeredFormats(ctx)).map((one) => ({ slug: one.slug, name: formatText(words, one, one.name) }));

/** Works out how long the event is, and its room if everyone comes. */
async function drawnForm(
  ctx: Context,
  { format, value, event, source }: Form,
  chosenTeams: { members: unknown[] }[],
  typed: Record<string, unknown> = {},
) {
  const shown = event ?? source;
  const blocks = shown ? await events.blocksOf(ctx.db, shown.id) : format.blocks;
  const ofSide = (side: 'seniors' | 'talents') => Number(typed[side] ?? value[side]) || 0;
  const sizes = chosenTeams.map(({ members }) => members.length);
  const room = draftRoom(format, sizes, ofSide('seniors'), ofSide('talents'));
  return { minutes: runOfShow(blocks).minutes, room };
}

/** Says under the form's title what saving it does. */
function aboutForm({ t }: Words, event?: events.Event, source?: events.Event | null): string {
  if (source) return t('A copy of {event}, all but its answers and questions.', { event: source.name });
  return event?.state === 'published'
    ? t('We e-mail guests about a new time or place. Other changes only appear on the event page.')
    : t('Everything has a value already.');
}

/** Lists what somebody else saved meanwhile, as people read it. */
async function savedSince({ ctx, words }: SignedInVisit, mistakes: Mistakes) {
  const { stored } = mistakes;
  if (!stored) return [];
  const ids = (stored.teams as string[]).map(Number);
  const names = (await teams.withMembers(ctx.db, { ids })).map(({ name }) => name);
  const typedTeams = idListField.safeParse(mistakes.typed.teams).data ?? [];
  const typed = { ...mistakes.typed, teams: typedTeams.map(String).toSorted() };
  return savedMeanwhile({ ...mistakes, typed }, planLabels(words), (field, value) => {
    if (field === 'teams') return names.join(', ');
    if (['guestList', 'openAfterNo', 'linkOnPage'].includes(field))
      return value ? words.t('yes') : words.t('no');
    const isDay = ['date', 'answerBy', 'decideOn'].includes(field) && value !== '';
    return isDay ? formatDay(value, localeOf(words)) : value;
  });
}

/** How many teams a search shows beside those that are chosen. */
const mostTeams = 12;

/** Teams with a trend: those that are chosen, then those that fit the search. */
async function teamsFor(ctx: Context, chosen: number[], find: string) {
  const all = await teams.count(ctx.db, { season: 'on' });
  const withTrend = await teams.count(ctx.db, { season: 'on', trend: 'any' });
  const chosenTeams = await teams.withMembers(ctx.db, { ids: chosen, trend: 'any' });
  const fitting = { season: 'on', trend: 'any', find, but: chosen } as const;
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
  const front = seatsOfKind(Math.min(talents, 12), 'talent');
  return {
    shape: format.shape === 'panel' ? 'panel' : 'room',
    front,
    seats: guestSeats({ seniors: Math.min(seniors, 120), guestSeats: Math.min(seniors, 120) }),
  };
}

const isSearch = (typed: Record<string, unknown>) => typed.do === 'find';
const isLookingOnly = (typed: Record<string, unknown>) => isSearch(typed) || 'switch' in typed;

/** Makes the draft and leads to its review, or back to the form with every mistake named. */
export async function create(visit: SignedInVisit): Promise<Answer> {
  const { ctx } = visit;
  const { form, isGone } = await sentForm(visit);
  return submit(visit, newEvent, {
    act: async (values) => {
      const { plan, errors } = await planOf(ctx, values, form.deadlines);
      if (isGone) errors.push(sourceIsGone);
      if (errors.length > 0) return errors;
      const event = await draftFrom(visit, form, values, plan);
      return values.do === 'draft' ? `/events/${event.id}?said=kept` : `/events/${event.id}/review`;
    },
    again: (mistakes) => again(visit, form, mistakes),
    isLookingOnly,
  });
}

/** The form as it was sent; `isGone`: the event it copies was deleted meanwhile. */
async function sentForm({ ctx, request }: SignedInVisit): Promise<{ form: NewForm; isGone: boolean }> {
  const { format: slug, copy } = (request.body ?? {}) as { format?: unknown; copy?: unknown };
  const isCopy = typeof copy === 'string' && /^[1-9]\d{0,8}$/.test(copy);
  const source = isCopy ? await events.find(ctx.db, Number(copy)) : null;
  if (source) return { form: await startCopy(ctx, source), isGone: false };
  const format = orNotFound((await offeredFormat(ctx, slug)) ?? null, 'page');
  return { form: await startNew(ctx, format), isGone: isCopy };
}

const sourceIsGone: FieldError = {
  field: 'who',
  message:
    'The event you copied was deleted in the meantime. Choose who is invited; the rest is as you typed it.',
};

async function draftFrom(
  { ctx, viewer }: SignedInVisit,
  { format, source }: NewForm,
  values: z.output<typeof newEvent>,
  plan: EventPlan,
) {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  return draft(ctx, {
    ...plan,
    formKey: values.formKey,
    programmeId: programme.id,
    organiserId: viewer.id,
    format: format.slug,
    shape: format.shape,
    ...(source && (await settingsOfCopy(ctx.db, source))),
    guestIds:
      values.who === 'same'
        ? await guests.onListOf(ctx.db, source?.id ?? 0)
        : await guests.idsOf(ctx.db, values.who, ctx.now()),
  });
}

/** Shows a new event's form again, in another format where that was pressed. */
async function again(visit: SignedInVisit, form: NewForm, mistakes: Mistakes) {
  const { switch: slug, ...typed } = mistakes.typed;
  const other = typeof slug === 'string' && !form.source ? await offeredFormat(visit.ctx, slug) : undefined;
  if (!other) return showForm(visit, form, { ...mistakes, typed });
  const switched = await startNew(visit.ctx, other);
  return showForm(visit, switched, { ...mistakes, typed: typedFor(typed, form.value, switched.value) });
}

export async function showEdit(visit: SignedInVisit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, request } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return showForm(
    visit,
    { format: await formatOf(ctx, event), value: await filledFrom(ctx, event), event },
    mistakes,
  );
}

export async function save(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return submit(visit, changedEvent, {
    act: async (values) => {
      const { plan, errors } = await planOf(ctx, values, deadlinesOf(event));
      if (errors.length > 0) return errors;
      const { moved, relocated } = await change(ctx, event.id, plan, {
        held: true,
        isCurrent: async (tx, now) => refuseOutdated(now.name, values.seen, await storedFields(tx, now)),
      });
      if (values.do === 'review' && event.state === 'draft') return `/events/${event.id}/review`;
      const goesOut = event.state === 'published' && (moved || relocated);
      return `/events/${event.id}?said=${goesOut ? 'told' : 'saved'}`;
    },
    again: (mistakes) => showEdit(visit, mistakes),
    field: '',
    isLookingOnly: isSearch,
  });
}
