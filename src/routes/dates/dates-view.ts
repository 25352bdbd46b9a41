// Data of the page on which an organiser looks for a date: the offer, who can when, and which date is best.
import { z } from 'zod';
import { bestOf } from '../../actions/dates/best.ts';
import { offerFields } from '../../actions/dates/offers.ts';
import { editionOf } from '../../actions/edition.ts';
import { type DateRule, datesByRule, isPollOpen, mostDates, proposedDay } from '../../domain/dates/offer.ts';
import { type Needs, type Said, tallies, type Voice } from '../../domain/dates/tally.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import {
  formatMonth,
  formatNarrowDay,
  formatWeekday,
  instantOf,
  type WallTime,
  wallTimeOf,
} from '../../domain/events/wall-time.ts';
import { publicHolidayOn } from '../../planning/dates/holidays.ts';
import * as polls from '../../store/dates/polls.ts';
import type { Event } from '../../store/events/events.ts';
import * as eventTeams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Mistakes } from '../../web/submit.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { laterSentence } from '../letters/later-turns.ts';
import { pressUndo } from '../letters/press-undo.ts';
import { bestView, closeView, type DateRow, lackSentence } from './dates-words.ts';

const dayField = z.iso.date('Choose a day.');
const timeField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 12:00.');
export const pressField = z.string().regex(/^choose-dates:\d{1,9}:\d{1,15}$/);

/** A field that comes once, several times, or not at all. */
export const several = <S extends z.ZodType>(one: S, most: number) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(one).max(most));

/** Query of the page: a rule that proposes dates, the page of the list, and e-mails that can be taken back. */
export const datesQuery = z.object({
  on: several(z.coerce.number().int().min(1).max(7), 7).catch([]),
  at: timeField.optional().catch(undefined),
  from: dayField.optional().catch(undefined),
  until: dayField.optional().catch(undefined),
  page: pageField,
  press: pressField.optional().catch(undefined),
  sent: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
  more: z.literal('yes').optional().catch(undefined),
});

export type DatesQuery = z.output<typeof datesQuery>;

/** People of one page of who can when. */
const perPage = 30;
/** More dates than this stand below each other at any width. */
const mostColumns = 10;

/** Everything the page shows. */
export async function datesData(visit: SignedInVisit, event: Event, query: DatesQuery, back: Mistakes) {
  const { ctx, words } = visit;
  const poll = await polls.find(ctx.db, event.id);
  const dates = await polls.datesOf(ctx.db, event.id);
  const voices = await voicesOf(visit, event);
  const rows = rowsOf(visit, event, dates, voices);
  const list = await rsvps.invitees(ctx.db, event.id);
  const askedIds = new Set(voices.map(({ personId }) => personId));
  return {
    tab: 'events',
    title: words.t('A date for {event}', { event: event.name }),
    event,
    poll: poll && {
      day: formatNearDay(poll.answerBy, localeOf(words)),
      isOpen: isPollOpen(poll.answerBy, event.timeZone, ctx.now()),
    },
    dates: rows,
    best: bestView(words, rows, voices, needsOf(event)),
    close: closeView(words, rows),
    ...whoCan(words, event, dates, voices, query.page),
    listed: list.length,
    later: await laterSentence(
      visit,
      event.state === 'draft' ? list.map(({ personId }) => personId) : [],
      event.timeZone,
    ),
    laterReminded: await laterSentence(
      visit,
      silentOf(voices).map(({ personId }) => personId),
      event.timeZone,
    ),
    notAsked: poll ? list.filter(({ personId }) => !askedIds.has(personId)).length : 0,
    undo: pressUndo(visit, query),
    seen: editionOf(offerFields(poll, dates)),
    offering: await offering(visit, event, dates, query, back),
    isOffering: poll === null || query.more === 'yes' || query.on.length > 0 || back.status >= 400,
    ...back,
  };
}

/** Keeps those who said nothing yet and may be reminded. */
const silentOf = (voices: readonly Asked[]) =>
  voices.filter(({ said, isReminded }) => said.size === 0 && !isReminded);

/** Makes a row of each date: its counts, what it lacks, and whether it is the best. */
function rowsOf(
  { ctx, words }: SignedInVisit,
  event: Event,
  dates: readonly polls.PollDate[],
  voices: readonly Asked[],
): (DateRow & ReturnType<typeof dayIn> & { id: number })[] {
  const needs = needsOf(event);
  const counted = tallies(
    dates.map(({ id }) => id),
    voices,
    needs,
  );
  const best = event.state === 'draft' ? bestOf(voices, counted, needs) : null;
  return dates.map(({ id, startsAt }, index) => ({
    ...dayIn(words, startsAt),
    ...counted[index]!,
    id,
    isBest: id === best?.dateId,
    isOver: Temporal.Instant.compare(instantOf(startsAt, event.timeZone), ctx.now()) <= 0,
    lacks: lackSentence(words, counted[index]!, needs),
  }));
}

/** Lists one page of the people asked with what each said, and who is left to remind. */
function whoCan(
  { t }: Words,
  event: Event,
  dates: readonly polls.PollDate[],
  voices: readonly Asked[],
  page: number,
) {
  const at = pageOf(page, voices.length, perPage);
  const titles = {
    hosts: t('Hosts, each needed'),
    seniors: t('Senior managers'),
    talents: t('Young talents'),
  };
  return {
    wide: dates.length <= mostColumns,
    groups: groupsOf(rowsOn(voices, at), dates).map((group) => ({ ...group, title: titles[group.kind] })),
    signs: {
      yes: { icon: 'check', text: t('Yes') },
      maybe: { icon: '', text: t('If need be') },
      no: { icon: 'cross', text: t('No') },
      none: { icon: '', text: t('No answer') },
    },
    pager: pagerFor(at, (n) => `/events/${event.id}/dates${n === 1 ? '' : `?page=${n}`}#who`),
    answered: voices.filter(({ said }) => said.size > 0).length,
    askedPeople: voices.length,
    otherTimes: voices.flatMap(({ name, otherTime }) => (otherTime ? [{ name, text: otherTime }] : [])),
    missing: silentOf(voices).map(({ name }) => name),
  };
}

const needsOf = ({ seniorQuorum, talentQuorum }: Event): Needs => ({
  seniors: seniorQuorum,
  talents: talentQuorum,
});

interface Asked extends Voice {
  otherTime: string;
  isReminded: boolean;
}

/** Everybody who was asked, hosts first, then by name. */
export async function voicesOf({ ctx }: SignedInVisit, event: Event): Promise<Asked[]> {
  const people = await polls.asked(ctx.db, event.id);
  const said = Map.groupBy(await polls.answers(ctx.db, event.id), ({ personId }) => personId);
  const hosting = await eventTeams.hostingAt(ctx.db, event.id);
  return people
    .map(({ personId, name, side, otherTime, remindedAt }) => ({
      ...{ personId, name, side, otherTime },
      isReminded: remindedAt !== null,
      isHost: hosting.has(personId),
      said: new Map((said.get(personId) ?? []).map((one) => [one.dateId, one.said] as const)),
    }))
    .toSorted(
      (a, b) =>
        Number(b.isHost) - Number(a.isHost) || Number(a.side === 'talent') - Number(b.side === 'talent'),
    );
}

function dayIn(words: Words, startsAt: WallTime) {
  const locale = localeOf(words);
  return {
    startsAt,
    time: startsAt.slice(11),
    weekday: formatWeekday(startsAt, locale),
    number: String(Number(startsAt.slice(8, 10))),
    month: formatMonth(startsAt, locale),
    narrow: formatNarrowDay(startsAt, locale),
    day: formatNearDay(startsAt.slice(0, 10), locale),
  };
}

/** People of this page by what they are to the event, each with a sign per date. */
function groupsOf(people: readonly Asked[], dates: readonly polls.PollDate[]) {
  const rowOf = ({ personId, name, side, said }: Asked) => ({
    personId,
    name,
    side,
    hasAnswered: said.size > 0,
    said: dates.map(({ id }): Said | 'none' => said.get(id) ?? 'none'),
  });
  return (['hosts', 'seniors', 'talents'] as const)
    .map((kind) => ({ kind, people: people.filter((one) => kindOf(one) === kind).map(rowOf) }))
    .filter((group) => group.people.length > 0);
}

const kindOf = ({ isHost, side }: Voice) => (isHost ? 'hosts' : side === 'senior' ? 'seniors' : 'talents');

/** The form that offers dates: the rule as it was typed, the dates it gives, and those left out for a holiday. */
async function offering(
  { ctx, words }: SignedInVisit,
  event: Event,
  offered: readonly polls.PollDate[],
  query: DatesQuery,
  back: Mistakes,
) {
  const now = ctx.now();
  const today = wallTimeOf(now, event.timeZone).slice(0, 10);
  const rule: DateRule = {
    weekdays: query.on,
    at: query.at ?? event.startsAt.slice(11),
    from: query.from ?? Temporal.PlainDate.from(today).add({ days: 14 }).toString(),
    until: query.until ?? Temporal.PlainDate.from(today).add({ days: 42 }).toString(),
  };
  const there = new Set(offered.map(({ startsAt }) => startsAt));
  const found = query.on.length === 0 ? [] : datesByRule(rule).filter((at) => !there.has(at));
  const later = found.filter((at) => Temporal.Instant.compare(instantOf(at, event.timeZone), now) > 0);
  const typed = [back.typed.date ?? []].flat().map(String);
  const shown = [...new Set([...later.slice(0, 3 * mostDates), ...typed.filter(isWall)])].toSorted();
  const proposals = await Promise.all(
    shown.map(async (at) => ({
      ...dayIn(words, at),
      holiday: await publicHolidayOn(at.slice(0, 10), event.timeZone),
    })),
  );
  const room = mostDates - offered.length;
  const free = proposals.filter(({ holiday }) => holiday === '');
  const ticked = new Set(back.status >= 400 ? typed : free.slice(0, room).map(({ startsAt }) => startsAt));
  return {
    rule,
    room,
    isTooMany: free.length > room,
    proposals: proposals.map((one) => ({ ...one, isTicked: ticked.has(one.startsAt) })),
    answerBy: proposedDay([...there, ...ticked], event.timeZone, now),
  };
}

const isWall = (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text);
