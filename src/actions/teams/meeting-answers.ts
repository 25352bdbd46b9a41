// Answers to a team's meeting: pressed on its page, or in a calendar.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  aboutWhom,
  answerIn,
  clamped,
  isAbout,
  type ReceivedReply,
  sameAddress,
  verdictOn,
  type Writer,
  type YesMaybeNo,
} from '../../domain/calendar/replies.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as meetings from '../../store/teams/meetings.ts';
import * as teams from '../../store/teams/teams.ts';
import { isMeetingOver } from './meeting-entries.ts';

/** Outcome of a calendar's answer to a meeting. */
export type MeetingReplyOutcome =
  | 'counted'
  | 'older'
  | 'earlier-time'
  | 'too-late'
  | 'unknown event'
  | 'another meeting'
  | 'nobody invited'
  | 'not proved'
  | 'a wish about a meeting';

/**
 * Takes an answer that came back from a calendar about a team's meeting. It counts where its writer is proved, and where it
 * is about the present time and newer than what the person said before. Never adds anybody to a team.
 */
export async function takeMeetingReply(
  ctx: Context,
  reply: ReceivedReply,
  writer: Writer,
  receivedAt: Temporal.Instant,
): Promise<MeetingReplyOutcome> {
  const [first] = await meetings.heldWithUid(ctx.db, reply.uid);
  if (!first) return 'unknown event';
  return ctx.db.transaction(async (tx) => {
    const meeting = await lockWithTeam(tx, first.meetingId);
    if (!isAbout(reply, instantOf(meeting.startsAt, meeting.timeZone))) return 'another meeting';
    const held = await meetings.heldWithUid(tx, reply.uid);
    const about = aboutWhom(
      reply,
      writer,
      held.map(({ email }) => sameAddress(email)),
    );
    const entry = held.find(({ email }) => sameAddress(email) === about?.address);
    if (!about || !entry) return 'nobody invited';
    if (!about.proved) return 'not proved';
    if (meeting.state === 'cancelled') return 'too-late';
    const said = reply.method === 'REPLY' ? answerIn(about.attendee.partstat) : null;
    if (said === null) return 'a wish about a meeting';
    return count(tx, entry, { said, reply: clamped(reply, entry.sequence), receivedAt });
  });
}

/** One answer of a calendar that is proved to be this person's. */
interface Answer {
  said: YesMaybeNo;
  reply: ReceivedReply;
  receivedAt: Temporal.Instant;
}

async function count(
  tx: Tx,
  entry: meetings.Entry,
  { said, reply, receivedAt }: Answer,
): Promise<MeetingReplyOutcome> {
  const { saidSequence, saidStamp, saidAt, timeSequence } = entry;
  const isKnown = saidSequence !== null && saidStamp !== null;
  const before = isKnown ? [{ sequence: saidSequence, stamp: saidStamp }] : [];
  const verdict = verdictOn(reply, { timeSequence, before, answeredAt: saidAt, receivedAt });
  if (verdict !== 'counts') return verdict;
  const { sequence, stamp } = reply;
  await meetings.putAnswer(tx, entry, {
    said,
    saidAt: receivedAt,
    saidSequence: sequence,
    saidStamp: stamp,
  });
  return 'counted';
}

/** Says on the page whether one comes. Throws a Refusal where the meeting is over, cancelled, or not one's own. */
export async function answerMeeting(
  ctx: Context,
  personId: number,
  meetingId: number,
  said: YesMaybeNo,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const meeting = await lockWithTeam(tx, meetingId);
    if (meeting.state === 'cancelled') throw new Refusal('conflict', 'This meeting was cancelled meanwhile.');
    if (isMeetingOver(meeting, ctx.now())) throw new Refusal('conflict', 'This meeting is over.');
    const own = (await meetings.entriesOf(tx, [meeting.id])).find((one) => one.personId === personId);
    if (own?.method !== 'REQUEST')
      throw new Refusal('conflict', 'Only people in the team say whether they come.');
    await meetings.putAnswer(tx, own, { said, saidAt: ctx.now() });
  });
}

/** Locks the team first, as every change of a meeting does, and then the meeting. */
async function lockWithTeam(tx: Tx, meetingId: number): Promise<meetings.Meeting> {
  const seen = orNotFound(await meetings.find(tx, meetingId), 'page');
  orNotFound(await teams.lock(tx, seen.teamId), 'team');
  return orNotFound(await meetings.lock(tx, meetingId), 'page');
}
