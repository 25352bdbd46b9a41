import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isPollOpen, mostDates, type OfferProblem, offerProblem } from '../../domain/dates/offer.ts';
import type { WallTime } from '../../domain/events/wall-time.ts';
import { reminderLeaves } from '../../domain/letters/asking.ts';
import type { ChooseDatesLetter } from '../../domain/letters/programme-facts.ts';
import { linkDays } from '../../domain/letters/season-links.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { askedSince } from '../../store/letters/asked.ts';
import * as people from '../../store/people/people.ts';
import { note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { daysOffFrom } from '../letters/planned.ts';
import { type ReminderPress, takeBackPressIn } from '../letters/reminder-presses.ts';
import { sendLetter } from '../letters/send.ts';

/** Dates to offer beside those that are offered already, and until when to answer. */
export interface Offer {
  dates: readonly WallTime[];
  /** 'YYYY-MM-DD'. */
  answerBy: string;
  /** Edition of the offer that the page showed. */
  seen?: string | undefined;
}

/** The offer as it stands, to tell its editions apart. */
export const offerFields = (poll: polls.Poll | null, dates: readonly polls.PollDate[]) => ({
  answerBy: poll?.answerBy ?? '',
  dates: dates.map(({ startsAt }) => startsAt).join(', '),
});

const sentences: Record<OfferProblem['field'], Record<string, string>> = {
  date: {
    few: 'Offer at least two dates.',
    many: 'Offer at most {n} dates: nobody reads more.',
    past: 'One of these dates is over. Choose later ones.',
    'no-such-time': 'The clocks change that night, so one of these times does not exist. Choose another.',
  },
  answerBy: {
    past: 'Choose a day from tomorrow on.',
    'too-late': 'People must have answered before the first date. Choose an earlier day.',
    'too-long': 'The link in the e-mail works {days} days. Choose a day within that.',
  },
};

/**
 * Offers dates for a draft and asks everybody on its list, in ten seconds; who was asked before hears only of new dates.
 * Throws a Refusal ('invalid', 'conflict') for dates that cannot be offered, with the field it concerns.
 */
export async function offerDates(
  ctx: Context,
  eventId: number,
  { dates, answerBy, seen }: Offer,
  by: number,
): Promise<ReminderPress> {
  return ctx.db.transaction(async (tx) => {
    const event = await lockDraft(tx, eventId);
    const poll = await polls.find(tx, eventId);
    const offered = await polls.datesOf(tx, eventId);
    refuseOutdated('these dates', seen, offerFields(poll, offered));
    const before = offered.map(({ startsAt }) => startsAt);
    const fresh = [...new Set(dates)].filter((at) => !before.includes(at));
    refuseProblem(offerProblem([...before, ...fresh], answerBy, event.timeZone, ctx.now()));
    const known = new Set((await polls.asked(tx, eventId)).map(({ personId }) => personId));
    const list = await toAsk(tx, event);
    if (list.length === 0)
      throw new Refusal('invalid', 'Nobody is on the list yet. Choose whom to invite first.', {}, 'date');
    const createdAt = poll?.createdAt ?? ctx.now();
    await polls.save(tx, { eventId, answerBy, createdById: poll ? poll.createdById : by, createdAt });
    await polls.offer(tx, eventId, fresh);
    await polls.ask(
      tx,
      eventId,
      list.map(({ personId }) => personId),
      ctx.now(),
    );
    const told = fresh.length > 0 ? list : list.filter(({ personId }) => !known.has(personId));
    return write(ctx, tx, event, {
      by,
      to: told.map((one) => ({
        ...one,
        why: known.has(one.personId) ? ('more' as const) : ('first' as const),
      })),
    });
  });
}

/** Refuses ('conflict') an event whose date stands: it is published, or cancelled. */
async function lockDraft(tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (event.state === 'draft') return event;
  throw new Refusal(
    'conflict',
    'The date of this event is fixed: invitations are out. Move the event instead.',
  );
}

function refuseProblem(problem: OfferProblem | null): void {
  if (!problem) return;
  const sentence = sentences[problem.field][problem.problem]!;
  throw new Refusal('invalid', sentence, { n: mostDates, days: linkDays }, problem.field);
}

/** Everybody on the list but those who want no more invitations. */
async function toAsk(tx: Tx, event: events.Event) {
  const invitees = await rsvps.invitees(tx, event.id);
  const ids = invitees.map(({ personId }) => personId);
  const stopped = await stops.among(tx, event.programmeId, ids);
  return invitees.filter(({ personId }) => !stopped.has(personId));
}

interface Writing {
  by: number;
  to: readonly {
    personId: number;
    name: string;
    email: string;
    why: ChooseDatesLetter['why'];
    at?: Temporal.Instant;
  }[];
}

/** Writes the e-mails of one press; they leave after ten seconds, or later where `at` says so. */
async function write(ctx: Context, tx: Tx, event: events.Event, { by, to }: Writing): Promise<ReminderPress> {
  const now = ctx.now();
  const programme = orNotFound(await programmes.current(tx), 'page');
  const organiser = orNotFound(await people.find(tx, by), 'person');
  const poll = orNotFound(await polls.find(tx, event.id), 'page');
  const days = (await polls.datesOf(tx, event.id)).map(({ startsAt }) => startsAt.slice(0, 10));
  const press = `choose-dates:${event.id}:${now.epochMilliseconds}`;
  const undoable = undoEnds(now);
  for (const { personId, name, email, why, at } of to) {
    const facts: Omit<ChooseDatesLetter, 'datesUrl'> = {
      kind: 'choose-dates',
      ...seasonFacts(programme, organiser, name),
      eventName: event.name,
      dates: days.length,
      first: days[0]!,
      last: days.at(-1)!,
      until: poll.answerBy,
      why,
    };
    await sendLetter(ctx, tx, {
      key: `${press}:${personId}`,
      kind: 'choose-dates',
      to: { id: personId, name, email },
      eventId: event.id,
      hold: { id: null, until: at && Temporal.Instant.compare(at, undoable) > 0 ? at : undoable },
      facts: { ...facts },
    });
  }
  if (to.length > 0)
    await note(ctx, tx, { by, act: 'asked-for-dates', about: event.name, numbers: { n: to.length } });
  return { press, count: to.length };
}

/** Takes one date off the list; what was said of it comes back with it, should it be offered again. */
export async function withdrawDate(ctx: Context, eventId: number, dateId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockDraft(tx, eventId);
    await polls.withdraw(tx, eventId, dateId, ctx.now());
  });
}

/**
 * Asks those who have not answered once more, each at most once; never at a weekend, and on the next working day where
 * they were asked for something today. Throws a Refusal ('conflict') where there is nobody to remind.
 */
export async function remindOfDates(ctx: Context, eventId: number, by: number): Promise<ReminderPress> {
  return ctx.db.transaction(async (tx) => {
    const event = await lockDraft(tx, eventId);
    const poll = orNotFound(await polls.find(tx, eventId), 'page');
    const now = ctx.now();
    if (!isPollOpen(poll.answerBy, event.timeZone, now))
      throw new Refusal('conflict', 'The day to answer is over. Offer more dates or a later day first.');
    const missing = (await polls.asked(tx, eventId)).filter(
      ({ answeredAt, remindedAt }) => answeredAt === null && remindedAt === null,
    );
    if (missing.length === 0)
      throw new Refusal('conflict', 'Nobody is left to remind: each is asked once more at most.');
    const ids = missing.map(({ personId }) => personId);
    const today = now.toZonedDateTimeISO(event.timeZone).startOfDay().toInstant();
    const askedToday = await askedSince(tx, ids, today);
    const isOff = await daysOffFrom(now, event.timeZone);
    await polls.markReminded(tx, eventId, ids, now);
    return write(ctx, tx, event, {
      by,
      to: missing.map(({ personId, name, email }) => ({
        ...{ personId, name, email, why: 'again' as const },
        at: reminderLeaves(now, event.timeZone, {
          askedToday: askedToday.has(personId),
          isOff,
        }),
      })),
    });
  });
}

/** Takes back the e-mails of a press while none has left: who was asked by it was not asked then. */
export async function takeBackAsking(ctx: Context, eventId: number, press: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await lockDraft(tx, eventId);
    await takeBackPressIn(ctx, tx, 'choose-dates', press);
    const at = Temporal.Instant.fromEpochMilliseconds(Number(press.split(':').at(-1)));
    await polls.forgetPress(tx, eventId, at);
  });
}
