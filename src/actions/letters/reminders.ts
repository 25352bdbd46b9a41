import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import {
  isDue,
  isMeantFor,
  isTooLate,
  letterKindOf,
  mayBeAsked,
  type Planned,
  type PlannedKind,
  type ReminderLetterKind,
  tellsTables,
} from '../../domain/letters/reminders.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as teams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as reminders from '../../store/letters/reminders.ts';
import { isPlanSettled } from '../tables/publish.ts';
import { hostsToTell, tellHost } from '../tables/telling.ts';
import { type EventFacts, factsOf, orderOfAnswers, sendEventLetter } from './about-event.ts';
import { type Hold, openHold, recordUndo } from './holds.ts';
import { daysOffAround, planOf, prepareByOfEvent, whyNobodyIsAsked } from './planned.ts';

/** A planned letter as organisers see it before it goes out. */
export interface Upcoming extends Planned {
  state: 'planned' | 'stopped';
  /** The people who would get it if it went out now. */
  to: rsvps.Invitee[];
}

/** Guests of an event, and when each was asked for an answer. */
export interface Guests {
  invitees: rsvps.Invitee[];
  asked: Awaited<ReturnType<typeof reminders.askedAt>>;
}

/** Reads the guests of an event once for all that is said of them. */
export async function guestsOf(db: Db, eventId: number): Promise<Guests> {
  return { invitees: await rsvps.invitees(db, eventId), asked: await reminders.askedAt(db, eventId) };
}

/** Lists the planned letters that are still to go out, the next first, with whom each would reach today. */
export async function upcoming(
  db: Db,
  event: events.Event,
  guests: Guests,
  now: Temporal.Instant,
): Promise<Upcoming[]> {
  const done = await reminders.decisions(db, event.id);
  const audience = await audienceOf(db, event, guests, now);
  const isSettled = event.shape === 'tables' && (await isPlanSettled(db, event.id, now));
  const hosts = isSettled ? await hostsToTell(db, event) : null;
  const toldNow = (kind: PlannedKind) =>
    audience(kind).filter(({ personId }) => !tellsTables(kind) || hosts?.has(personId));
  return (await planOf(event))
    .filter((planned) => !isTooLate(planned, now) && !isDecided(done, planned))
    .map((planned) => ({
      ...planned,
      state: isStopped(done, planned.kind) ? ('stopped' as const) : ('planned' as const),
      to: toldNow(planned.kind),
    }));
}

/** Lists the people without an answer who may be asked once more today, and those who were asked often enough. */
export function unanswered({ invitees, asked }: Guests, now: Temporal.Instant) {
  const open = invitees.filter(({ state }) => state === 'invited');
  const may = open.filter((one) => wants(one) && mayBeAsked(asked.get(one.personId)?.times ?? [], now));
  return { open, may };
}

const wants = ({ remindersOffAt }: rsvps.Invitee) => remindersOffAt === null;

const isDecided = (done: reminders.Reminder[], { kind, at }: Planned) =>
  done.some((one) => one.kind === kind && one.state !== 'stopped' && one.dueAt.equals(at));

const isStopped = (done: reminders.Reminder[], kind: PlannedKind) =>
  done.some((one) => one.kind === kind && one.state === 'stopped');

/** Finds whom each kind of planned letter reaches at this moment. */
async function audienceOf(db: Db, event: events.Event, { invitees, asked }: Guests, now: Temporal.Instant) {
  const hosting = await teams.hostingAt(db, event.id);
  return (kind: PlannedKind) =>
    invitees.filter(
      (one) =>
        wants(one) &&
        isMeantFor(kind, one.state, hosting.has(one.personId)) &&
        (letterKindOf(kind) !== 'reminder' || mayBeAsked(asked.get(one.personId)?.times ?? [], now)),
    );
}

/** Sends what is due around one event, each planned letter once; what came too late is let pass. Returns how many letters. */
export async function sendDue(ctx: Context, eventId: number): Promise<number> {
  const seen = await events.find(ctx.db, eventId);
  // First without the lock, which answers need too: something is due only a few times per event.
  if (!seen || (await comesUp(ctx.db, seen, ctx.now())).length === 0) return 0;
  return ctx.db.transaction(async (tx) => {
    const event = await events.lock(tx, eventId);
    if (!event) return 0;
    const now = ctx.now();
    let written = 0;
    for (const planned of await comesUp(tx, event, now)) {
      if (isTooLate(planned, now)) await decide(tx, event, planned, 'passed', 0, now);
      else written += await send(ctx, tx, event, planned);
    }
    return written;
  });
}

/** The planned letters that are to be sent or let pass now. */
async function comesUp(db: Db, event: events.Event, now: Temporal.Instant): Promise<Planned[]> {
  const done = await reminders.decisions(db, event.id);
  const planned = await planOf(event);
  if (planned.length === 0) return [];
  const isOff = await daysOffAround(event, now);
  const due = planned.filter(
    (planned) =>
      !isDecided(done, planned) &&
      !isStopped(done, planned.kind) &&
      (isTooLate(planned, now) || isDue(planned, now, event.timeZone, isOff)),
  );
  if (!due.some(({ kind }) => tellsTables(kind)) || (await isPlanSettled(db, event.id, now))) return due;
  return due.filter((planned) => !tellsTables(planned.kind) || isTooLate(planned, now));
}

async function decide(
  tx: Tx,
  event: events.Event,
  { kind, at }: Planned,
  state: reminders.Reminder['state'],
  letters: number,
  now: Temporal.Instant,
): Promise<boolean> {
  return reminders.record(tx, { eventId: event.id, kind, dueAt: at, state, letters, createdAt: now });
}

async function send(
  ctx: Context,
  tx: Tx,
  event: events.Event,
  planned: Planned,
  hold?: Hold,
): Promise<number> {
  const guests = await guestsOf(tx, event.id);
  const audience = (await audienceOf(tx, event, guests, ctx.now()))(planned.kind);
  const hosts = tellsTables(planned.kind) ? await hostsToTell(tx, event) : null;
  const to = audience.filter(({ personId }) => hosts?.has(personId) ?? true);
  if (!(await decide(tx, event, planned, 'sent', to.length, ctx.now()))) return 0;
  const facts = { ...(await factsOf(tx, event)), hold };
  for (const invitee of to) {
    const company = hosts?.get(invitee.personId);
    if (company) await tellHost(ctx, tx, facts, invitee, company, keyOf(planned.kind, event, invitee));
    else await write(ctx, tx, facts, invitee, planned.kind, guests.asked);
  }
  return to.length;
}

/** One letter of a planned kind to a person for each start of the event. */
const keyOf = (kind: PlannedKind, event: events.Event, { personId }: rsvps.Invitee) =>
  `${kind}:${event.id}:${personId}:${event.startsAt}[${event.timeZone}]`;

/** Turns "about to start" into "soon" where the letter goes out more than four hours early, as on a Friday. */
function letterKindNow(
  kind: PlannedKind,
  event: events.Event,
  now: Temporal.Instant,
): Exclude<ReminderLetterKind, 'host-table'> {
  const start = instantOf(event.startsAt, event.timeZone);
  const early = kind === 'today' && now.until(start).total('hours') > 4;
  const letterKind = early ? 'see-you-soon' : letterKindOf(kind);
  if (letterKind === 'host-table') throw new TypeError('Hosts hear of their table with their rounds');
  return letterKind;
}

async function write(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: rsvps.Invitee,
  kind: PlannedKind,
  asked: ReadonlyMap<number, reminders.Asked>,
): Promise<void> {
  const { event } = facts;
  const letterKind = letterKindNow(kind, event, ctx.now());
  const hosting = facts.hosting.get(to.personId);
  const answer = to.state === 'declined' || to.state === 'uninvited' ? 'invited' : to.state;
  if (letterKind === 'reminder') {
    const key = `reminder:${event.id}:${to.personId}:${(asked.get(to.personId)?.written ?? 0) + 1}`;
    return sendEventLetter(
      ctx,
      tx,
      facts,
      to,
      { kind: letterKind, answer, answerBy: event.answerBy, ...(await orderOfAnswers(tx, facts, to)) },
      { key },
    );
  }
  const key = keyOf(kind, event, to);
  if (letterKind === 'preparation') {
    const { trend = '', team = '' } = hosting ?? {};
    const prepareBy = prepareByOfEvent(event)!;
    return sendEventLetter(ctx, tx, facts, to, { kind: letterKind, answer, trend, team, prepareBy }, { key });
  }
  const table = event.shape === 'tables' ? (hosting?.table ?? null) : null;
  return sendEventLetter(ctx, tx, facts, to, { kind: letterKind, answer, table }, { key });
}

/** Asks everyone without an answer who may be asked again, at once; it can be taken back. Returns how many letters. */
export async function remindNow(ctx: Context, eventId: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const event = await remindable(ctx, tx, eventId);
    const guests = await guestsOf(tx, event.id);
    const { may } = unanswered(guests, ctx.now());
    if (may.length === 0)
      throw new Refusal(
        'conflict',
        'Everyone without an answer was asked twice already, or within the last two days. Call them instead.',
      );
    const hold = await openHold(ctx, tx, eventId, 'reminder');
    const facts = { ...(await factsOf(tx, event)), hold };
    for (const invitee of may) await write(ctx, tx, facts, invitee, 'answer-first', guests.asked);
    await recordUndo(tx, hold, event, {});
    return may.length;
  });
}

/** Sends a planned letter before its time, in place of then; it can be taken back. Returns how many letters. */
export async function sendNow(ctx: Context, eventId: number, kind: PlannedKind): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const event = await remindable(ctx, tx, eventId);
    const done = await reminders.decisions(tx, eventId);
    const planned = orNotFound(
      (await planOf(event)).find((one) => one.kind === kind && !isTooLate(one, ctx.now())),
      'letter',
    );
    if (isDecided(done, planned)) return 0;
    if (tellsTables(kind) && !(await isPlanSettled(tx, eventId, ctx.now())))
      throw new Refusal('conflict', 'No tables are published yet. Publish them first.');
    const hold = await openHold(ctx, tx, eventId, 'reminder');
    await reminders.resume(tx, eventId, kind);
    const written = await send(ctx, tx, event, planned, hold);
    await recordUndo(tx, hold, event, { reminder: { kind, dueAt: planned.at.toString() } });
    return written;
  });
}

async function remindable(ctx: Context, tx: Tx, eventId: number): Promise<events.Event> {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  if (event.state !== 'published')
    throw new Refusal('conflict', 'Only people who are invited can be reminded. Send the invitations first.');
  const why = await whyNobodyIsAsked(event, ctx.now());
  if (why === 'weekend')
    throw new Refusal('conflict', 'Nobody is reminded at the weekend. Send it on Monday.');
  if (why === 'holiday')
    throw new Refusal('conflict', 'Nobody is reminded on a public holiday. Send it on the next working day.');
  return event;
}

/** A planned letter will not go out, also when the event moves. */
export async function stop(ctx: Context, eventId: number, kind: PlannedKind): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const planned = orNotFound(
      (await planOf(event)).find((one) => one.kind === kind),
      'letter',
    );
    await decide(tx, event, planned, 'stopped', 0, ctx.now());
  });
}

/** A planned letter that was stopped goes out at its time after all. */
export async function resume(ctx: Context, eventId: number, kind: PlannedKind): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    await reminders.resume(tx, eventId, kind);
  });
}

/** Marks reminders due before now as skipped: the letter about the change replaces them. */
export async function skipDue(tx: Tx, event: events.Event, now: Temporal.Instant): Promise<void> {
  const done = await reminders.decisions(tx, event.id);
  for (const planned of await planOf(event)) {
    // No letter about a change says what hosts hear of their table.
    if (tellsTables(planned.kind)) continue;
    if (Temporal.Instant.compare(planned.at, now) <= 0 && !isDecided(done, planned))
      await decide(tx, event, planned, 'passed', 0, now);
  }
}

/** Ends, or takes up again, the reminders of one event to one person. */
export async function setReminders(
  ctx: Context,
  eventId: number,
  personId: number,
  wanted: boolean,
): Promise<void> {
  const rsvp = orNotFound(await rsvps.find(ctx.db, eventId, personId), 'event');
  await rsvps.setReminders(ctx.db, rsvp.id, wanted ? null : ctx.now());
}
