// The people of a pair arrange their meetings: each with three times that all can, in everyone's calendar.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { instantOf, placeInZone } from '../../domain/events/wall-time.ts';
import { isDone, otherTimesUntil } from '../../domain/pairs/meetings.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as meetings from '../../store/pairs/meetings.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import { uuidFrom } from '../events/addresses.ts';
import { sendMeeting } from './meetings-calendar.ts';
import { idsOf, type Season, timesFor } from './meetings-times.ts';

type Planned = Pick<meetings.Meeting, 'state' | 'startsAt' | 'timeZone' | 'minutes'>;

/** Says whether a meeting's date is over; one without a date is not. */
export const isMeetingOver = ({ startsAt, timeZone, minutes }: Planned, now: Temporal.Instant): boolean =>
  startsAt !== '' && Temporal.Instant.compare(instantOf(startsAt, timeZone).add({ minutes }), now) <= 0;

/** Meetings as the ledger counts them. */
export const countedOf = (all: readonly meetings.Meeting[], now: Temporal.Instant) =>
  all.map((one) => ({ ...one, isOver: isMeetingOver(one, now) }));

/** Begins the meetings of a pair that is on: as many as its round says, without a date. Called twice, it adds none. */
export async function beginMeetings(
  ctx: Context,
  tx: Tx,
  pairId: number,
  { programme, round }: Season,
): Promise<meetings.Meeting[]> {
  const numbers = Array.from({ length: round.meetings }, (_, n) => n + 1);
  return meetings.addMany(
    tx,
    numbers.map((number) => newMeeting(ctx, pairId, number, { programme, round })),
  );
}

function newMeeting(ctx: Context, pairId: number, number: number, { programme, round }: Season) {
  return {
    pairId,
    number,
    uid: `${uuidFrom(ctx.random(16))}@${new URL(ctx.baseUrl).hostname}`,
    calendarAddress: ctx.mail.from,
    state: 'open' as const,
    timeZone: programme.timeZone,
    minutes: round.minutes,
    createdAt: ctx.now(),
    revisedAt: ctx.now(),
  };
}

/** A meeting that somebody of its pair changes, with all that is needed for it. */
interface Held extends Season {
  pair: pairs.Pair;
  all: meetings.Meeting[];
  meeting: meetings.Meeting;
}

/** Locks the pair of a meeting. Refused for others than its people, and once the pair has ended. */
async function lockMeeting(tx: Tx, meetingId: number, personId: number): Promise<Held> {
  const seen = orNotFound(await meetings.find(tx, meetingId), 'page');
  const held = await lockPair(tx, seen.pairId, personId);
  const meeting = orNotFound(held.all.find(({ id }) => id === meetingId) ?? null, 'page');
  return { ...held, meeting };
}

async function lockPair(tx: Tx, pairId: number, personId: number): Promise<Omit<Held, 'meeting'>> {
  const pair = orNotFound(await pairs.lock(tx, pairId), 'page');
  if (!idsOf(pair).includes(personId)) throw new Refusal('not-found', 'This is not your pair.');
  if (pair.state !== 'running') throw new Refusal('gone', 'This pair has ended.');
  const round = orNotFound(await rounds.find(tx, pair.roundId), 'page');
  const programme = orNotFound(await programmes.find(tx, round.programmeId), 'page');
  return { pair, round, programme, all: await meetings.ofPair(tx, pairId) };
}

/** Refuses a meeting that is over or does not take place. */
function refusePast({ meeting }: Held, now: Temporal.Instant): void {
  if (meeting.state === 'cancelled') throw new Refusal('conflict', 'This meeting was left out meanwhile.');
  if (isMeetingOver(meeting, now)) throw new Refusal('conflict', 'This meeting is over.');
}

/** A time as one of the buttons names it, or as typed. */
export type WantedTime = { offered: string } | { typed: string; place?: string };

/**
 * Gives a meeting a date, or another one: it is in everyone's calendar at once, and for two days the others may press one of
 * the two other times. Refused ('conflict') where the time is no longer one that all can, ('invalid', at its field) where a
 * typed one is over or skipped by the clock.
 */
export async function arrangeMeeting(
  ctx: Context,
  personId: number,
  meetingId: number,
  wanted: WantedTime,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const held = await lockMeeting(tx, meetingId, personId);
    refusePast(held, ctx.now());
    const { meeting } = held;
    const offers = await timesFor(ctx, tx, held, held);
    const startsAt = 'offered' in wanted ? wanted.offered : wanted.typed;
    const place = ('typed' in wanted ? wanted.place : undefined) ?? meeting.place;
    if (startsAt === meeting.startsAt && place === meeting.place) return;
    if ('offered' in wanted && !offers.includes(startsAt))
      throw new Refusal('conflict', 'That time is taken by now. Choose one of these.');
    if ('typed' in wanted) refuseTime(ctx, startsAt, meeting.timeZone);
    const others = offers.filter((one) => one !== startsAt).slice(0, 2);
    const hadDate = meeting.startsAt !== '';
    const isAnother = startsAt !== meeting.startsAt;
    const changed = await meetings.change(tx, meeting.id, {
      state: 'planned',
      startsAt,
      place,
      isMoved: meeting.isMoved || (hadDate && isAnother),
      sequence: meeting.sequence + (hadDate ? 1 : 0),
      otherTimes: isAnother
        ? { by: personId, starts: others, until: otherTimesUntil(ctx.now()).toString() }
        : meeting.otherTimes,
      revisedAt: ctx.now(),
    });
    await sendMeeting(ctx, tx, changed, { why: hadDate ? 'moved' : 'planned', by: personId });
  });
}

function refuseTime(ctx: Context, startsAt: string, timeZone: string): void {
  const placed = placeInZone(startsAt, timeZone);
  if (!placed.ok) throw new Refusal('invalid', placed.problem.sentence, placed.problem.values, 'time');
  if (Temporal.Instant.compare(placed.at.toInstant(), ctx.now()) <= 0)
    throw new Refusal('invalid', 'This time is over. Choose a later one.', {}, 'time');
}

/** Says whether somebody may still press another time in place of the one that the other chose. */
export function mayPressAnother(
  { otherTimes, state, ...meeting }: meetings.Meeting,
  personId: number,
  now: Temporal.Instant,
): boolean {
  if (state !== 'planned' || isMeetingOver({ state, ...meeting }, now)) return false;
  return (
    otherTimes !== null &&
    otherTimes.by !== personId &&
    Temporal.Instant.compare(now, Temporal.Instant.from(otherTimes.until)) < 0
  );
}

/**
 * Presses another of the times that were offered, or none of these (null): then the meeting has no date again, and that is no
 * cancellation. Refused ('conflict') once the two days are over.
 */
export async function pressAnotherTime(
  ctx: Context,
  personId: number,
  meetingId: number,
  wanted: string | null,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const held = await lockMeeting(tx, meetingId, personId);
    const { meeting } = held;
    if (!mayPressAnother(meeting, personId, ctx.now()))
      throw new Refusal('conflict', 'The two days are over. Move the meeting if it does not suit you.');
    const sequence = meeting.sequence + 1;
    if (wanted === null) {
      await sendMeeting(ctx, tx, { ...meeting, sequence, otherTimes: null }, { why: 'open', by: personId });
      const none = { state: 'open', startsAt: '', otherTimes: null } as const;
      await meetings.change(tx, meeting.id, { ...none, sequence, revisedAt: ctx.now() });
      return;
    }
    const isOffered = meeting.otherTimes?.starts.includes(wanted);
    if (!isOffered) throw new Refusal('conflict', 'That time is taken by now. Choose one of these.');
    refuseTime(ctx, wanted, meeting.timeZone);
    const changed = await meetings.change(tx, meeting.id, {
      startsAt: wanted,
      otherTimes: null,
      sequence,
      revisedAt: ctx.now(),
    });
    await sendMeeting(ctx, tx, changed, { why: 'moved', by: personId });
  });
}

/**
 * Leaves a meeting out: with a new date at the end ('extra'), or with one meeting fewer ('fewer'). Refused ('conflict') where
 * no time at the end suits everyone.
 */
export async function skipMeeting(
  ctx: Context,
  personId: number,
  meetingId: number,
  how: 'extra' | 'fewer',
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const held = await lockMeeting(tx, meetingId, personId);
    refusePast(held, ctx.now());
    const { meeting, all } = held;
    const sequence = meeting.sequence + 1;
    await sendMeeting(ctx, tx, { ...meeting, sequence, otherTimes: null }, { why: 'skipped', by: personId });
    const out = { state: 'cancelled', otherTimes: null, sequence, revisedAt: ctx.now() } as const;
    await meetings.change(tx, meeting.id, out);
    if (how === 'fewer') return;
    const row = newMeeting(ctx, held.pair.id, all.at(-1)!.number + 1, held);
    const [added] = await meetings.addMany(tx, [row]);
    const [startsAt] = await timesFor(ctx, tx, held, { ...held, meeting: added! });
    if (startsAt === undefined)
      throw new Refusal('conflict', 'No time at the end suits everyone. Leave this one out, or move it.');
    const planned = await meetings.change(tx, added!.id, { state: 'planned', startsAt });
    await sendMeeting(ctx, tx, planned, { why: 'planned', by: personId });
  });
}

/** Says of a meeting that is over that it did not take place, or that it did. */
export async function sayWhetherHeld(
  ctx: Context,
  personId: number,
  meetingId: number,
  wasHeld: boolean,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { meeting } = await lockMeeting(tx, meetingId, personId);
    const isOver = isMeetingOver(meeting, ctx.now());
    if (!isOver || meeting.state === 'cancelled')
      throw new Refusal('conflict', 'This meeting lies ahead. Move it if it does not suit you.');
    await meetings.change(tx, meeting.id, { state: wasHeld ? 'planned' : 'missed' });
  });
}

/** Agrees to how the pair works. */
export async function agreeToPair(ctx: Context, personId: number, pairId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { programme } = await lockPair(tx, pairId, personId);
    const agreedOn = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().toString();
    await meetings.agree(tx, pairId, personId, { agreedOn });
  });
}

/**
 * Says how the pair ends after its last meeting: on without Flipside, or stop. Once everyone has said so, it has ended.
 * Refused ('conflict') while a meeting lies ahead.
 */
export async function sayHowItEnds(
  ctx: Context,
  personId: number,
  pairId: number,
  atTheEnd: 'go-on' | 'stop',
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { pair, all } = await lockPair(tx, pairId, personId);
    if (!isDone(countedOf(all, ctx.now())))
      throw new Refusal('conflict', 'A meeting lies ahead. You say this after the last one.');
    await meetings.agree(tx, pairId, personId, { atTheEnd });
    const said = (await meetings.agreementsOf(tx, pairId)).filter((one) => one.atTheEnd !== null);
    if (said.length < idsOf(pair).length) return;
    await pairs.change(tx, [pair.id], { state: 'ended', endedAt: ctx.now(), ending: 'done' });
  });
}

/** Takes the meetings ahead of a pair that ends out of everyone's calendar; those that were held stay there. */
export async function endMeetings(ctx: Context, tx: Tx, pairId: number, by: number | null): Promise<void> {
  for (const meeting of await meetings.ofPair(tx, pairId)) {
    if (isMeetingOver(meeting, ctx.now()) || meeting.state === 'cancelled') continue;
    const gone = { ...meeting, sequence: meeting.sequence + 1, otherTimes: null };
    await sendMeeting(ctx, tx, gone, { why: 'ended', by });
    await meetings.remove(tx, meeting.id);
  }
}

/** Pairs that begin in one round of this work; the rest follow a minute later. */
const atOnce = 50;

/** Begins the meetings of pairs that came on before pairs had any. */
export async function beginMissingMeetings(ctx: Context): Promise<void> {
  for (const id of await meetings.pairsWithout(ctx.db, atOnce))
    await ctx.db.transaction(async (tx) => {
      const pair = orNotFound(await pairs.lock(tx, id), 'page');
      const round = orNotFound(await rounds.find(tx, pair.roundId), 'page');
      const programme = orNotFound(await programmes.find(tx, round.programmeId), 'page');
      await beginMeetings(ctx, tx, id, { round, programme });
    });
}
