import { randomUUID } from 'node:crypto';
import { change, draft } from '../../actions/events/events.ts';
import type { Context } from '../../context.ts';
import { zoneGroups } from '../../domain/events/time-zones.ts';
import { builtInFormat, builtInFormats, type Format } from '../../domain/run-of-show/built-in-formats.ts';
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
import * as guests from '../../store/people/guest-lists.ts';
import * as teams from '../../store/teams/teams.ts';
import { idIn, idListField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { roomPicture } from '../../web/pictures.ts';
import { noMistakes, submit, typedIn } from '../../web/submit.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
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

/** Step 1, the formats as pictures; with `?format=` step 2, a form in which everything has a value already. */
export async function showNew(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, words } = visit;
  const { format: slug } = request.query as { format?: unknown };
  const format = typeof slug === 'string' ? builtInFormat(slug) : undefined;
  if (!format)
    return page(visit, 'events/choose', {
      title: words.t('New event'),
      tab: 'events',
      formats: formatCards(words),
    });
  return showForm(visit, { format, value: await beginning(ctx, format) });
}

function formatCards(words: Words) {
  return builtInFormats
    .filter(({ shape }) => shape !== 'pair')
    .map((format) => ({ ...formatCard(words, format), href: `/events/new?format=${format.slug}` }));
}

interface Form {
  format: Format;
  value: FormValue;
  event?: events.Event;
}

async function showForm(visit: SignedInVisit, { format, value, event }: Form, mistakes = noMistakes) {
  const { ctx } = visit;
  const { t } = visit.words;
  const typed = typedIn(mistakes);
  const chosen = typed ? (idListField.safeParse(typed.teams).data ?? []) : value.teams;
  const found = await teamsFor(ctx, chosen, String(typed?.find ?? '').slice(0, 200));
  const blocks = event ? await events.blocksOf(ctx.db, event.id) : format.blocks;
  const show = runOfShow(blocks as Format['blocks']);
  const ofSide = (side: 'seniors' | 'talents') => Number(typed?.[side] ?? value[side]) || 0;
  const sizes = found.chosenTeams.map(({ members }) => members.length);
  const room = draftRoom(format, sizes, ofSide('seniors'), ofSide('talents'));
  return page(visit, 'events/form', {
    title: event ? t('Change {name}', { name: event.name }) : t('New event'),
    tab: 'events',
    event: event ?? null,
    format,
    value,
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
    ...mistakes,
  });
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
  const front = seatsOfKind(Math.min(talents, 12), 'talent');
  return {
    shape: format.shape === 'panel' ? 'panel' : 'room',
    front,
    seats: guestSeats({ seniors: Math.min(seniors, 120), guestSeats: Math.min(seniors, 120) }),
  };
}

const isSearch = (typed: Record<string, unknown>) => typed.do === 'find';

/** Makes the draft and leads to its review, or back to the form with every mistake named. */
export async function create(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, viewer } = visit;
  const { format: slug } = (request.body ?? {}) as { format?: unknown };
  const format = orNotFound(builtInFormat(String(slug)), 'page');
  const value = await beginning(ctx, format);
  return submit(visit, newEvent, {
    act: async (values) => {
      const { plan, errors } = await planOf(ctx, values);
      if (errors.length > 0) return errors;
      const programme = orNotFound(await programmes.current(ctx.db), 'page');
      const event = await draft(ctx, {
        ...plan,
        formKey: values.formKey,
        programmeId: programme.id,
        organiserId: viewer.id,
        format: format.slug,
        shape: format.shape,
        blocks: format.blocks,
        guestIds: await guests.idsOf(ctx.db, values.who),
      });
      return values.do === 'draft' ? `/events/${event.id}?said=kept` : `/events/${event.id}/review`;
    },
    again: (mistakes) => showForm(visit, { format, value }, mistakes),
    isLookingOnly: isSearch,
  });
}

export async function showEdit(visit: SignedInVisit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, request } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return showForm(visit, { format: formatOf(event), value: await filledFrom(ctx, event), event }, mistakes);
}

export async function save(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return submit(visit, changedEvent, {
    act: async (values) => {
      const { plan, errors } = await planOf(ctx, values);
      if (errors.length > 0) return errors;
      const { moved, relocated } = await change(ctx, event.id, plan, { held: true });
      if (values.do === 'review' && event.state === 'draft') return `/events/${event.id}/review`;
      const goesOut = event.state === 'published' && (moved || relocated);
      return `/events/${event.id}?said=${goesOut ? 'told' : 'saved'}`;
    },
    again: (mistakes) => showEdit(visit, mistakes),
    isLookingOnly: isSearch,
  });
}
