// A team plans a meeting: it enters every member's calendar, and follows when it moves, ends, or somebody comes and goes.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { worksOnTeam } from '../../domain/access.ts';
import { instantOf, placeInZone } from '../../domain/events/wall-time.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import type * as people from '../../store/people/people.ts';
import * as meetings from '../../store/teams/meetings.ts';
import * as teams from '../../store/teams/teams.ts';
import { refuseOutdated } from '../edition.ts';
import { uuidFrom } from '../events/addresses.ts';
import { isMeetingOver, sendToEveryone, syncMeetings } from './meeting-entries.ts';

type Reader = { id: number; isOrganiser: boolean };

/** A meeting as its form sends it; the time is wall time in its zone. */
export interface MeetingTyped {
  startsAt: string;
  timeZone: string;
  minutes: number;
  place: string;
}

/** Fields of a meeting that its form shows. */
export const meetingFields = ({ startsAt, timeZone, minutes, place }: MeetingTyped) => ({
  startsAt,
  timeZone,
  minutes: String(minutes),
  place,
});

/**
 * Plans a meeting of everyone in the team and writes to each, with a calendar entry. The same form sent twice plans one.
 * Throws a Refusal ('invalid', at its field) for a time that is over or that the clock skips.
 */
export async function planMeeting(
  ctx: Context,
  reader: Reader,
  teamId: number,
  { formKey, ...typed }: MeetingTyped & { formKey: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const team = await lockTeam(tx, reader, teamId);
    refuseTime(ctx, typed);
    const now = ctx.now();
    await meetings.add(tx, {
      teamId,
      formKey,
      uid: `${uuidFrom(ctx.random(16))}@${new URL(ctx.baseUrl).hostname}`,
      calendarAddress: ctx.mail.from,
      state: 'planned',
      ...typed,
      createdById: reader.id,
      createdAt: now,
      revisedAt: now,
    });
    await syncMeetings(ctx, tx, team.id, { by: reader.id });
  });
}

/**
 * Moves a meeting to another time or place; everyone's entry follows. Throws `StaleForm` where another member changed it
 * since it was shown, and a Refusal where it is over or cancelled.
 */
export async function moveMeeting(
  ctx: Context,
  reader: Reader,
  meetingId: number,
  seen: string | undefined,
  typed: MeetingTyped,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const meeting = await lockMeeting(ctx, tx, reader, meetingId);
    refuseOutdated('this meeting', seen, meetingFields(meeting));
    refuseTime(ctx, typed);
    const isSame = JSON.stringify(meetingFields(meeting)) === JSON.stringify(meetingFields(typed));
    if (isSame) return;
    const changed = { ...typed, sequence: meeting.sequence + 1, revisedAt: ctx.now() };
    await meetings.change(tx, meeting.id, changed);
    const isNewTime = !startOf(typed).equals(startOf(meeting));
    const sending = { by: reader.id, method: 'REQUEST' as const, isNewTime };
    await sendToEveryone(ctx, tx, { ...meeting, ...changed }, sending);
  });
}

const startOf = ({ startsAt, timeZone }: MeetingTyped) => instantOf(startsAt, timeZone);

/** Cancels a meeting: it leaves everyone's calendar. Pressed twice it does so once. */
export async function cancelMeeting(ctx: Context, reader: Reader, meetingId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const meeting = await lockMeeting(ctx, tx, reader, meetingId);
    const changed = { state: 'cancelled' as const, sequence: meeting.sequence + 1, revisedAt: ctx.now() };
    await meetings.change(tx, meeting.id, changed);
    await sendToEveryone(ctx, tx, { ...meeting, ...changed }, { by: reader.id, method: 'CANCEL' });
  });
}

async function lockTeam(tx: Tx, reader: Reader, teamId: number): Promise<teams.TeamWithMembers> {
  orNotFound(await teams.lock(tx, teamId), 'team');
  const team = orNotFound(await teams.find(tx, teamId), 'team');
  if (!worksOnTeam(reader, team)) throw new Refusal('not-found', 'This page is for the team.');
  return team;
}

async function lockMeeting(
  ctx: Context,
  tx: Tx,
  reader: Reader,
  meetingId: number,
): Promise<meetings.Meeting> {
  const seen = orNotFound(await meetings.find(tx, meetingId), 'page');
  await lockTeam(tx, reader, seen.teamId);
  const meeting = orNotFound(await meetings.lock(tx, meetingId), 'page');
  if (meeting.state === 'cancelled') throw new Refusal('conflict', 'This meeting was cancelled meanwhile.');
  if (isMeetingOver(meeting, ctx.now())) throw new Refusal('conflict', 'This meeting is over.');
  return meeting;
}

function refuseTime(ctx: Context, { startsAt, timeZone }: MeetingTyped): void {
  const placed = placeInZone(startsAt, timeZone);
  if (!placed.ok) throw new Refusal('invalid', placed.problem.sentence, placed.problem.values, 'time');
  if (Temporal.Instant.compare(placed.at.toInstant(), ctx.now()) <= 0)
    throw new Refusal('invalid', 'This time is over. Choose a later one.', {}, 'time');
}

/** States one's own hours of a usual week for a team. */
export async function stateHours(
  ctx: Context,
  personId: number,
  teamId: number,
  { timeZone, hours }: { timeZone: string; hours: number[] },
): Promise<void> {
  const team = orNotFound(await teams.find(ctx.db, teamId), 'team');
  if (!team.members.some(({ id }) => id === personId))
    throw new Refusal('conflict', 'Only people in the team say when they can meet.');
  await meetings.saveHours(ctx.db, teamId, { personId, timeZone, hours }, ctx.now());
}

/** Reads whose clock a person goes by: their own, or the programme's. */
export const zoneOf = (person: Pick<people.Person, 'timeZone'> | null, programmeZone: string): string =>
  person?.timeZone || programmeZone;
