// Checks whether a letter is still worth sending when its time to leave comes.
import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { isPollOpen } from '../../domain/dates/offer.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { isOffered } from '../../domain/guests/seat-offers.ts';
import type { ReminderLetter } from '../../domain/letters/facts.ts';
import { isStillTrue, type ReminderLetterKind, reminderKinds } from '../../domain/letters/reminders.ts';
import { isRankingOpen } from '../../domain/teams/ranking.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import type { Letter } from '../../store/letters/letters.ts';
import * as letters from '../../store/letters/letters.ts';
import * as pairRounds from '../../store/pairs/rounds.ts';
import * as pairWishes from '../../store/pairs/wishes.ts';
import * as people from '../../store/people/people.ts';
import * as acceptances from '../../store/settings/acceptances.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as toPlace from '../../store/teams/to-place.ts';

type World = Pick<Context, 'now'>;

/** Says whether a letter is outdated: its guest answered meanwhile, the event moved, or the seat is gone. */
export async function isOutdated(ctx: World, db: Db, letter: Letter): Promise<boolean> {
  if (letter.kind === 'seat-offer') return !(await isStillOffered(ctx, db, letter));
  const kind = reminderKinds.find((one) => one === letter.kind);
  if (kind === undefined || letter.eventId === null) return false;
  return isUntrue(ctx, db, letter, kind);
}

/** Says whether what waited for its turn need not be asked any more: it was answered, or is closed. */
export async function isAskedNoMore(ctx: World, db: Db, letter: Letter): Promise<boolean> {
  const { kind, personId } = letter;
  const person = personId === null ? null : await people.find(db, personId);
  if (!person || person.disabledAt !== null) return true;
  if (kind === 'invitation' || kind === 'invitation-host') return !(await isToBeInvited(ctx, db, letter));
  if (kind === 'wondering') return !(await isToBeAskedToWonder(ctx, db, letter));
  if (kind === 'choose-dates') return !(await hasDatesToChoose(ctx, db, letter));
  if (kind === 'rank-trends') return !(await hasTrendsToRank(ctx, db, person.id));
  if (kind === 'pair-wishes') return !(await hasWishesToSay(ctx, db, person.id));
  if (kind === 'ground-rules') return !(await hasRulesToAccept(db, person.id));
  return isOutdated(ctx, db, letter);
}

async function standingAt(db: Db, { eventId, personId }: Letter) {
  const event = eventId === null ? null : await events.find(db, eventId);
  const rsvp = event && personId !== null ? await rsvps.find(db, event.id, personId) : null;
  return event && rsvp ? { event, rsvp } : null;
}

async function isStillOffered(ctx: World, db: Db, letter: Letter): Promise<boolean> {
  const at = await standingAt(db, letter);
  return at !== null && at.event.state === 'published' && isOffered(at.event, at.rsvp, ctx.now());
}

async function isUntrue(ctx: World, db: Db, letter: Letter, kind: ReminderLetterKind): Promise<boolean> {
  const at = await standingAt(db, letter);
  if (!at) return true;
  const { answer, event: told } = letter.facts as unknown as ReminderLetter;
  const written = { kind, answer, start: told.start, timeZone: told.timeZone };
  return at.rsvp.remindersOffAt !== null || !isStillTrue(written, at.event, at.rsvp.state, ctx.now());
}

const hasBegun = ({ startsAt, timeZone }: events.Event, now: Temporal.Instant) =>
  Temporal.Instant.compare(now, instantOf(startsAt, timeZone)) >= 0;

async function isToBeInvited(ctx: World, db: Db, letter: Letter): Promise<boolean> {
  const at = await standingAt(db, letter);
  // To those who are not sure yet, or wait for a seat, it brings the entry for their calendar.
  const isOpen = at !== null && ['invited', 'maybe', 'waiting', 'coming'].includes(at.rsvp.state);
  if (!isOpen || at.event.state !== 'published') return false;
  if (at.rsvp.state === 'coming' && !(await isNewest(db, letter))) return false;
  const stopped = await stops.among(db, at.event.programmeId, [at.rsvp.personId]);
  return stopped.size === 0 && !hasBegun(at.event, ctx.now());
}

/** Says whether no later letter tells its reader how the event stands: a change may have written this one anew. */
async function isNewest(db: Db, { id, eventId, personId }: Letter): Promise<boolean> {
  const telling = ['invitation', 'invitation-host', 'confirmed', 'seat-free', 'moved', 'back-in-calendar'];
  const last = await letters.lastOf(db, eventId!, personId!, telling);
  return last === null || last.id === id;
}

async function isToBeAskedToWonder(ctx: World, db: Db, letter: Letter): Promise<boolean> {
  const at = await standingAt(db, letter);
  if (at?.event.state !== 'published' || at.rsvp.remindersOffAt !== null) return false;
  const isOut = at.rsvp.state === 'declined' || at.rsvp.state === 'uninvited';
  return !isOut && !hasBegun(at.event, ctx.now());
}

async function hasDatesToChoose(ctx: World, db: Db, { eventId, personId, facts }: Letter): Promise<boolean> {
  const event = eventId === null ? null : await events.find(db, eventId);
  const poll = event && (await polls.find(db, event.id));
  if (!event || !poll || event.state !== 'draft') return false;
  if (!isPollOpen(poll.answerBy, event.timeZone, ctx.now())) return false;
  const asked = await polls.askedPerson(db, event.id, personId ?? 0);
  return asked !== null && (asked.answeredAt === null || facts.why === 'more');
}

async function hasTrendsToRank(ctx: World, db: Db, personId: number): Promise<boolean> {
  const programme = await programmes.current(db);
  if (!programme) return false;
  const { rankingClosesOn } = (await rounds.find(db, programme.id)) ?? rounds.usual(programme.id);
  if (!isRankingOpen(rankingClosesOn, ctx.now(), programme.timeZone)) return false;
  return toPlace.isLeftToRank(db, programme.id, personId);
}

async function hasRulesToAccept(db: Db, personId: number): Promise<boolean> {
  const programme = await programmes.current(db);
  if (!programme?.asksToAccept) return false;
  return !(await acceptances.hasAccepted(db, programme.id, personId));
}

async function hasWishesToSay(ctx: World, db: Db, personId: number): Promise<boolean> {
  const programme = await programmes.current(db);
  const round = programme && (await pairRounds.current(db, programme.id));
  const wish = round && (await pairWishes.find(db, round.id, personId));
  if (!wish || wish.answeredOn !== null || round.endedAt !== null) return false;
  const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate();
  return Temporal.PlainDate.compare(today, round.wishesUntil) <= 0;
}
