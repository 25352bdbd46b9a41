import { z } from 'zod';
import { answerFields, holderOfDatesLink, sayWhen } from '../../actions/dates/answers.ts';
import { editionOf } from '../../actions/edition.ts';
import { isPollOpen, mostDates } from '../../domain/dates/offer.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { cityOf } from '../../domain/events/own-time.ts';
import { lengthOf, startOf } from '../../domain/events/times.ts';
import {
  formatMonth,
  formatMonthAndYear,
  formatNarrowDay,
  formatTimes,
  formatWeekday,
  wallTimeOf,
  zoneLabel,
} from '../../domain/events/wall-time.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { orNotFound } from '../../refusal.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import { idIn, readQuery, seenField, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Answer, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** Registers saying when one can come: at the link of an e-mail, and by an organiser for somebody. */
export function guestDatesRoutes(at: Pages): void {
  at.get('/dates/:token', 'link', async (visit) => show(visit, await linkDoor(visit)));
  at.post('/dates/:token', 'link', async (visit) => save(visit, await linkDoor(visit)));
  at.get('/events/:id/dates/people/:person', 'organiser', async (visit) =>
    show(visit, await organisersDoor(visit)),
  );
  at.post('/events/:id/dates/people/:person', 'organiser', async (visit) =>
    save(visit, await organisersDoor(visit)),
  );
}

interface Door {
  event: events.Event;
  person: polls.Asked;
  base: string;
  isOrganiser: boolean;
}

async function linkDoor({ ctx, request }: Visit): Promise<Door> {
  const { token } = request.params as { token: string };
  const { event, holder } = await holderOfDatesLink(ctx, token);
  return { event, person: holder, base: `/dates/${token}`, isOrganiser: false };
}

async function organisersDoor({ ctx, request }: SignedInVisit): Promise<Door> {
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const found = await polls.askedPerson(ctx.db, event.id, idIn(request, 'person'));
  const person = orNotFound(found, 'person');
  return { event, person, base: `/events/${event.id}/dates/people/${person.personId}`, isOrganiser: true };
}

/** Dates that a phone shows without scrolling. */
const onOneScreen = 8;

const answersOf = ['yes', 'maybe', 'no'] as const;

const query = z.object({ done: z.enum(['yes', 'none']).optional().catch(undefined) });

async function show(visit: Visit, door: Door, mistakes: Mistakes = noMistakes): Promise<Answer> {
  const { ctx, words, request } = visit;
  const { event, person, base, isOrganiser } = door;
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const poll = orNotFound(await polls.find(ctx.db, event.id), 'page');
  const dates = await polls.datesOf(ctx.db, event.id);
  const own = await polls.answers(ctx.db, event.id, person.personId);
  const said = new Map(own.map((one) => [one.dateId, one.said]));
  const { done } = readQuery(request, query);
  const locale = localeOf(words);
  return page(visit, 'dates/guest', {
    ...(!isOrganiser && { layout: 'bare', organisation: programme.organisation }),
    tab: 'events',
    title: words.t('{event}: when could you come?', { event: event.name }),
    base,
    isOrganiser,
    event,
    name: person.name,
    greeting: greetingOf(person),
    state: stateOf(event, poll, ctx.now(), isOrganiser),
    fixed: fixedIn(words, event),
    sameTime: new Set(dates.map(({ startsAt }) => startsAt.slice(11))).size === 1,
    zone: zoneLabel(event.timeZone),
    ...ownZoneOf(door),
    minutes: lengthOf(event),
    months: monthsIn(words, { event, dates, said, ownZone: isOrganiser ? '' : person.timeZone }, mistakes),
    counts: {
      all: dates.length,
      said: said.size,
      yes: [...said.values()].filter((one) => one === 'yes').length,
      maybe: [...said.values()].filter((one) => one === 'maybe').length,
    },
    day: formatNearDay(poll.answerBy, locale),
    otherTime: String(mistakes.typed.otherTime ?? person.otherTime),
    done: done ?? '',
    seen: editionOf(answerFields(said)),
    ...mistakes,
  });
}

interface Offered {
  event: events.Event;
  dates: readonly polls.PollDate[];
  said: ReadonlyMap<number, polls.Said>;
  /** The zone of the person who answers; '' where they set none. */
  ownZone: string;
}

/** The zone of the person who answers: as they set it, or for their browser to say. */
const ownZoneOf = ({ event, person: { timeZone }, isOrganiser }: Door) => ({
  ownCity: timeZone && !isOrganiser ? cityOf(timeZone) : '',
  eventZone: event.timeZone,
  asksBrowser: !isOrganiser && timeZone === '',
});

/** Dates month by month, where they are more than one screen holds, with what was said or typed of each. */
function monthsIn(words: Visit['words'], { event, dates, said, ownZone }: Offered, { typed }: Mistakes) {
  const locale = localeOf(words);
  const months = Map.groupBy(dates, ({ startsAt }) => startsAt.slice(0, 7));
  const values = new Set(groups.map((name) => typed[name]));
  const saidTyped = (id: number) => answersOf.find((one) => values.has(`${id}:${one}`));
  return [...months.values()].map((list) => ({
    title: months.size > 1 && dates.length > onOneScreen ? formatMonthAndYear(list[0]!.startsAt, locale) : '',
    dates: list.map(({ id, startsAt }) => ({
      id,
      day: formatNarrowDay(startsAt, locale),
      time: startsAt.slice(11),
      own: ownClock(words, event, startsAt, ownZone),
      instant: startOf({ startsAt, timeZone: event.timeZone }).toString(),
      said: saidTyped(id) ?? said.get(id) ?? '',
    })),
  }));
}

/** '10:00' on the clock of the person who answers, 'Fri 02:00' where it is another day; '' where it shows the same. */
function ownClock(words: Visit['words'], event: events.Event, startsAt: string, ownZone: string): string {
  if (ownZone === '') return '';
  const there = wallTimeOf(startOf({ startsAt, timeZone: event.timeZone }), ownZone);
  if (there === startsAt) return '';
  const day = there.slice(0, 10) === startsAt.slice(0, 10) ? '' : `${formatWeekday(there, localeOf(words))} `;
  return `${day}${there.slice(11)}`;
}

function stateOf(event: events.Event, poll: polls.Poll, now: Temporal.Instant, isOrganiser: boolean) {
  if (event.state === 'cancelled') return 'cancelled';
  if (event.state === 'published') return 'fixed';
  return isOrganiser || isPollOpen(poll.answerBy, event.timeZone, now) ? 'open' : 'over';
}

function fixedIn(words: Visit['words'], event: events.Event) {
  const { startsAt: start, timeZone } = event;
  const locale = localeOf(words);
  return {
    month: formatMonth(start, locale),
    number: String(Number(start.slice(8, 10))),
    times: formatTimes({ start, minutes: Math.max(1, lengthOf(event)), timeZone }, locale),
  };
}

const saying = z
  .string()
  .regex(/^\d{1,9}:(yes|maybe|no)$/, 'Choose yes, if need be or no.')
  .transform((text) => {
    const [id, said] = text.split(':');
    return [Number(id), said as polls.Said] as const;
  })
  .optional();

/** Names of the groups of buttons, one a date in the order of the page; the date itself is in the value. */
const groups = Array.from({ length: mostDates }, (_, n) => `date${n}`);

const form = z.object({
  ...Object.fromEntries(groups.map((name) => [name, saying])),
  done: z.literal('yes').optional(),
  none: z.literal('yes').optional(),
  seen: seenField,
  otherTime: textField(280, 'Write at most 280 characters.').optional(),
});

/** One press keeps what is chosen so far; “done” and “none of the rest” say that it is all. */
const save = (visit: Visit, door: Door) =>
  submit(visit, form, {
    act: async (values) => {
      const said = new Map(groups.flatMap((name) => ofGroup(values, name)));
      const noneElse = values.none === 'yes';
      await sayWhen(
        visit.ctx,
        door.event.id,
        door.person.personId,
        { said, noneElse, otherTime: values.otherTime, seen: values.seen },
        { byOrganiser: door.isOrganiser },
      );
      if (values.done === undefined && !noneElse && values.otherTime === undefined) return door.base;
      if (door.isOrganiser) return `/events/${door.event.id}/dates#who`;
      return `${door.base}?done=${noneElse ? 'none' : 'yes'}`;
    },
    again: (mistakes) => show(visit, door, mistakes),
    field: '',
  });

function ofGroup(values: z.output<typeof form>, name: string): [number, polls.Said][] {
  const value = (values as Record<string, readonly [number, polls.Said] | undefined>)[name];
  return value === undefined ? [] : [[...value]];
}
