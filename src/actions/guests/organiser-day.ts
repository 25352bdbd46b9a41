// Each working day at eight, organisers hear in one e-mail what happened the day before and was not told at once.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import {
  answersOf,
  dayKinds,
  type EventDay,
  happened,
  isWithin,
  type Span,
  timeToTell,
  wholeDays,
} from '../../domain/letters/organiser-day.ts';
import { publicHolidayOn } from '../../planning/dates/holidays.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as days from '../../store/letters/organiser-days.ts';
import * as offers from '../../store/offers/offers.ts';
import * as people from '../../store/people/people.ts';
import { sendLetter } from '../letters/send.ts';
import { freeBySide } from './seat-offers.ts';

/** Tells each organiser, once a day, of the whole days since they were told last; nothing where nothing happened. */
export async function tellTheDay(ctx: Context): Promise<void> {
  const programme = await programmes.current(ctx.db);
  const today = programme && timeToTell(ctx.now(), programme.timeZone);
  if (!programme || !today || (await isHoliday(today, programme.timeZone))) return;
  for (const id of await days.untold(ctx.db, today))
    await ctx.db.transaction(async (tx) => tell(ctx, tx, programme, id, today));
}

/** Public holidays are those of the country of the programme's time zone. */
async function isHoliday(today: Temporal.Instant, timeZone: string): Promise<boolean> {
  const day = today.toZonedDateTimeISO(timeZone).toPlainDate().toString();
  return (await publicHolidayOn(day, timeZone)) !== '';
}

async function tell(
  ctx: Context,
  tx: Tx,
  programme: programmes.Programme,
  personId: number,
  today: Temporal.Instant,
): Promise<void> {
  const { timeZone, organisation } = programme;
  const yesterday = today.toZonedDateTimeISO(timeZone).subtract({ days: 1 }).toInstant();
  const since = await days.begin(tx, personId, { from: yesterday, until: today });
  const to = await people.find(tx, personId);
  if (!since || !to || dayKinds.every((kind) => to.newsOff.includes(kind))) return;
  const span = { from: since, until: today };
  const has = (kind: (typeof dayKinds)[number]) => !to.newsOff.includes(kind);
  const told = {
    events: has('day-answers') || has('day-seats') ? await eventDays(ctx, tx, to, span) : [],
    stops: has('day-stops') ? await days.stopsWithin(tx, programme.id, span) : [],
    offers: has('day-offers') ? await offers.confirmedWithin(tx, programme.id, span) : [],
    senders: has('day-mail') ? await days.putAsideWithin(tx, span) : [],
  };
  if (Object.values(told).every((list) => list.length === 0)) return;
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate();
  await sendLetter(ctx, tx, {
    key: `organiser-day:${to.id}:${day(today)}`,
    kind: 'organiser-day',
    to: { id: to.id, name: to.name, email: to.email },
    facts: {
      kind: 'organiser-day',
      recipient: { name: to.name },
      organisation,
      from: day(since).toString(),
      until: day(yesterday).toString(),
      events: told.events,
      stops: told.stops,
      offers: { names: told.offers, url: `${ctx.baseUrl}/people/offers` },
      putAside: { senders: told.senders, url: `${ctx.baseUrl}/mailbox/put-aside` },
      eventsUrl: `${ctx.baseUrl}/events`,
    },
  });
}

type AnswerRow = Awaited<ReturnType<typeof days.answersAt>>[number];
type MovedUp = Awaited<ReturnType<typeof days.movedUpAt>>[number];

/** Sums up each event of this organiser at which something happened within its own whole days. */
async function eventDays(ctx: Context, tx: Tx, to: people.Person, span: Span): Promise<EventDay[]> {
  const theirs = await days.eventsOf(tx, to.id, begunEverywhereBefore(span.from));
  if (theirs.length === 0) return [];
  const ids = theirs.map(({ id }) => id);
  const all = Map.groupBy(await days.answersAt(tx, ids), ({ eventId }) => eventId);
  const up = Map.groupBy(await days.movedUpAt(tx, ids), ({ eventId }) => eventId);
  const found: EventDay[] = [];
  for (const event of theirs) {
    const within = wholeDays(span, event.timeZone);
    const answers = all.get(event.id) ?? [];
    const movedUp = (up.get(event.id) ?? []).filter(({ at }) => isWithin(within, at));
    if (movedUp.length === 0 && !answers.some(({ at }) => isWithin(within, at))) continue;
    const day = await eventDay(ctx, tx, to, { event, within, answers, movedUp });
    if (happened(day)) found.push(day);
  }
  return found;
}

async function eventDay(
  ctx: Context,
  tx: Tx,
  { id: organiserId, newsOff }: people.Person,
  { event, within, answers, movedUp }: OfEvent,
): Promise<EventDay> {
  const isTold = ({ late }: { late: boolean }) => late && !newsOff.includes('late-no');
  const sums = answersOf(answers, within, { organiserId, isTold });
  const invitees = await rsvps.invitees(tx, event.id);
  const waits = new Set(invitees.flatMap(({ personId, state }) => (state === 'waiting' ? [personId] : [])));
  const nameOf = await namesOf(
    tx,
    answers.flatMap((one) => [one.personId, one.substituteId ?? []].flat()),
  );
  const names = (ids: number[]) => ids.flatMap((id) => nameOf.get(id) ?? []);
  const wants = (kind: 'day-answers' | 'day-seats') => !newsOff.includes(kind);
  const answered = (ids: number[]) => (wants('day-answers') ? names(ids) : []);
  const { senior, talent } = freeBySide(event, invitees);
  const free = Math.min(senior + talent, event.capacity);
  return {
    name: event.name,
    url: `${ctx.baseUrl}/events/${event.id}`,
    yes: answered(sums.yes.filter((id) => !waits.has(id))),
    waiting: answered(sums.yes.filter((id) => waits.has(id))),
    maybe: answered(sums.maybe),
    no: answered(sums.no),
    after: names(sums.after),
    substitutes: wants('day-seats') ? pairsOf(sums.substitutes, nameOf) : [],
    movedUp: wants('day-seats') ? movedUp.map(({ name }) => name) : [],
    seats: wants('day-seats') ? { free, waiting: waits.size } : null,
  };
}

interface OfEvent {
  event: Awaited<ReturnType<typeof days.eventsOf>>[number];
  within: Span;
  answers: AnswerRow[];
  movedUp: MovedUp[];
}

async function namesOf(tx: Tx, ids: number[]): Promise<Map<number, string>> {
  return new Map((await people.findMany(tx, [...new Set(ids)])).map(({ id, name }) => [id, name]));
}

function pairsOf(
  substitutes: readonly { personId: number; substituteId: number | null }[],
  nameOf: ReadonlyMap<number, string>,
): EventDay['substitutes'] {
  return substitutes.flatMap(({ personId, substituteId }) => {
    const [who, instead] = [nameOf.get(personId), nameOf.get(substituteId ?? 0)];
    return who && instead ? [{ who, instead }] : [];
  });
}
