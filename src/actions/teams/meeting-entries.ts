// Calendar entries of a team's meetings, one for each member; SEQUENCE is kept per person (RFC 5546 2.1.4).
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type EntryMethod, type OwnEntry, sequenceFor } from '../../domain/calendar/own-entry.ts';
import { ownUid } from '../../domain/calendar/own-uid.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import type { MeetingLetter } from '../../domain/letters/programme-facts.ts';
import type { EntryBefore } from '../../domain/teams/meeting-entry.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as meetings from '../../store/teams/meetings.ts';
import * as teams from '../../store/teams/teams.ts';
import { seasonFacts } from '../letters/about-season.ts';
import type { Held } from '../letters/send.ts';
import { sendLetter } from '../letters/send.ts';
import { meetingCalendar } from './meeting-calendar.ts';

/** Meetings of a team that are looked at when its members change. */
const most = 50;

export const isMeetingOver = (
  { startsAt, timeZone, minutes }: Pick<meetings.Meeting, 'startsAt' | 'timeZone' | 'minutes'>,
  now: Temporal.Instant,
): boolean => Temporal.Instant.compare(instantOf(startsAt, timeZone).add({ minutes }), now) <= 0;

/** A press that can be undone: the name its e-mails begin with, and until when they wait. */
export interface HeldPress {
  press: string;
  until: Temporal.Instant;
}

interface Sending {
  by: number | null;
  held?: HeldPress | undefined;
}

/**
 * Makes the calendars of a team's coming meetings right after its members changed: who is in it newly gets an entry, who is
 * in it no more loses theirs. Returns what those had before, so that it can be undone.
 */
export async function syncMeetings(
  ctx: Context,
  tx: Tx,
  teamId: number,
  sending: Sending,
): Promise<EntryBefore[]> {
  const coming = (await meetings.plannedOf(tx, teamId, most)).filter((one) => !isMeetingOver(one, ctx.now()));
  if (coming.length === 0) return [];
  const team = await teams.find(tx, teamId);
  const members = await meetings.membersOf(
    tx,
    (team?.members ?? []).map(({ id }) => id),
  );
  const entries = await meetings.entriesOf(
    tx,
    coming.map(({ id }) => id),
  );
  const before: EntryBefore[] = [];
  for (const meeting of coming) {
    const own = entries.filter(({ meetingId }) => meetingId === meeting.id);
    const isIn = new Set(members.map(({ id }) => id));
    const there = new Set(own.filter(({ method }) => method === 'REQUEST').map(({ personId }) => personId));
    const added = members.filter(({ id }) => !there.has(id));
    const gone = await people.findMany(
      tx,
      [...there].filter((id) => !isIn.has(id)),
    );
    for (const [list, method] of [
      [gone, 'CANCEL'],
      [added, 'REQUEST'],
    ] as const)
      for (const person of list) {
        const entry = own.find(({ personId }) => personId === person.id) ?? null;
        before.push({ meetingId: meeting.id, personId: person.id, entry: entry && sentOf(entry) });
        await send(ctx, tx, meeting, { person, entry, method, ...sending });
      }
  }
  return before;
}

/** The same for all teams of a person who was deactivated, or is back. */
export async function syncMeetingsOf(ctx: Context, tx: Tx, personId: number): Promise<void> {
  for (const { id } of await teams.withMembers(tx, { season: 'on', of: personId }))
    await syncMeetings(ctx, tx, id, { by: null });
}

const sentOf = ({ meetingId, personId, email, uid, method, sequence }: meetings.Entry) => ({
  meetingId,
  personId,
  email,
  uid,
  method,
  sequence,
});

/** Puts entries back as they were before a press whose e-mails have not left. */
export async function restoreEntries(tx: Tx, before: readonly EntryBefore[]): Promise<void> {
  for (const { meetingId, personId, entry } of before)
    if (entry) await meetings.putEntry(tx, entry);
    else await meetings.removeEntry(tx, meetingId, personId);
}

/** Cancels the coming meetings of a team that is deleted. */
export async function cancelMeetingsOf(ctx: Context, tx: Tx, teamId: number): Promise<void> {
  for (const meeting of await meetings.plannedOf(tx, teamId, most)) {
    if (isMeetingOver(meeting, ctx.now())) continue;
    const changed = { state: 'cancelled' as const, sequence: meeting.sequence + 1, revisedAt: ctx.now() };
    await sendToEveryone(ctx, tx, { ...meeting, ...changed }, { by: null, method: 'CANCEL' });
  }
}

/** Sends a meeting that was changed or cancelled to everyone whose calendar has it; another time asks each for a new answer. */
export async function sendToEveryone(
  ctx: Context,
  tx: Tx,
  meeting: meetings.Meeting,
  { by, method, isNewTime }: { by: number | null; method: EntryMethod; isNewTime?: boolean },
): Promise<void> {
  const entries = (await meetings.entriesOf(tx, [meeting.id])).filter((one) => one.method === 'REQUEST');
  const everyone = await people.findMany(
    tx,
    entries.map(({ personId }) => personId),
  );
  for (const entry of entries) {
    const person = everyone.find(({ id }) => id === entry.personId);
    if (person) await send(ctx, tx, meeting, { person, entry, method, by, asksAnew: isNewTime ?? false });
  }
}

/** Moves the entries of a person whose address changed: they leave the calendar there and go to the new one. */
export async function moveMeetingEntries(ctx: Context, tx: Tx, person: people.Person): Promise<void> {
  for (const { meeting, entry } of await meetings.heldBy(tx, person.id)) {
    if (isMeetingOver(meeting, ctx.now())) continue;
    const former = { ...person, email: entry.email, hasOwnUids: entry.uid !== meeting.uid };
    await send(ctx, tx, meeting, { person: former, entry, method: 'CANCEL', by: null });
    const [left] = (await meetings.entriesOf(tx, [meeting.id])).filter((one) => one.personId === person.id);
    const again = { person, entry: left ?? null, method: 'REQUEST' as const, by: null };
    await send(ctx, tx, meeting, { ...again, asksAnew: false });
  }
}

interface OneEntry extends Sending {
  person: Pick<people.Person, 'id' | 'name' | 'email' | 'hasOwnUids'>;
  entry: meetings.Entry | null;
  method: EntryMethod;
  /** The person has to answer anew: usual where the entry was not there before. */
  asksAnew?: boolean;
}

async function send(ctx: Context, tx: Tx, meeting: meetings.Meeting, one: OneEntry): Promise<void> {
  const { person, entry, method, by, held } = one;
  const revision = await record(tx, meeting, one);
  const said = await answerAfter(ctx, tx, meeting, { ...one, sequence: revision.sequence });
  const letter = await letterOf(ctx, tx, meeting, {
    why: whyOf(meeting, entry, method),
    to: person,
    by,
    said,
  });
  if (!letter) return;
  const calendar = await meetingCalendar(ctx, tx, meeting, { ...revision, at: ctx.now() });
  const hold: Held | undefined = held && { id: null, until: held.until };
  await sendLetter(ctx, tx, {
    key: `${held?.press ?? 'team-meeting'}:m${meeting.id}:${person.id}:${revision.sequence}:${person.email}`,
    kind: letter.kind,
    to: person,
    facts: { ...letter, calendar },
    ...(hold && { hold }),
  });
}

/** Writes down what is sent to a person, with a SEQUENCE above all they were sent. */
async function record(tx: Tx, meeting: meetings.Meeting, { person, entry, method }: OneEntry) {
  const own: OwnEntry | null = entry && {
    sequence: entry.sequence,
    last: entry.method,
    mayBeThere: entry.method === 'REQUEST',
  };
  const sequence = sequenceFor(method, meeting.sequence, own, null);
  const uid = person.hasOwnUids ? ownUid(meeting.uid, person.id) : meeting.uid;
  const { id: personId, email } = person;
  await meetings.putEntry(tx, { meetingId: meeting.id, personId, email, uid, method, sequence });
  return { uid, sequence };
}

/** Writes down and returns the answer that a person has from now on: whoever plans or moves a meeting comes to it. */
async function answerAfter(
  ctx: Context,
  tx: Tx,
  meeting: meetings.Meeting,
  { person, entry, method, by, asksAnew, sequence }: OneEntry & { sequence: number },
): Promise<meetings.Entry['said']> {
  const isOwn = person.id === by && method === 'REQUEST';
  const isAsked = asksAnew ?? (method === 'REQUEST' && entry?.method !== 'REQUEST');
  const said = isOwn ? 'yes' : isAsked ? null : (entry?.said ?? null);
  if (isOwn || isAsked) {
    const answer = { said, saidAt: said && ctx.now(), ...(isAsked && { timeSequence: sequence }) };
    await meetings.putAnswer(tx, { meetingId: meeting.id, personId: person.id }, answer);
  }
  return said;
}

/** Says what the e-mail tells its reader: an entry that is there moves, one that is not is planned. */
function whyOf(
  { state }: meetings.Meeting,
  entry: meetings.Entry | null,
  method: EntryMethod,
): MeetingLetter['why'] {
  if (method === 'REQUEST') return entry?.method === 'REQUEST' ? 'moved' : 'planned';
  return state === 'cancelled' ? 'cancelled' : 'left';
}

interface LetterOf {
  why: MeetingLetter['why'];
  to: { id: number; name: string };
  by: number | null;
  said: meetings.Entry['said'];
}

async function letterOf(
  ctx: Context,
  tx: Tx,
  meeting: meetings.Meeting,
  { why, to, by, said }: LetterOf,
): Promise<Omit<MeetingLetter, 'calendar'> | null> {
  const team = await teams.find(tx, meeting.teamId);
  const programme = team?.programmeId == null ? null : await programmes.find(tx, team.programmeId);
  if (!team || !programme) return null;
  const writer = (by === null ? null : await people.find(tx, by)) ?? (await people.firstOrganiser(tx, 0));
  if (!writer) return null;
  const { startsAt: start, minutes, timeZone, place } = meeting;
  return {
    kind: why === 'planned' || why === 'moved' ? 'team-meeting' : 'team-meeting-off',
    ...seasonFacts(programme, writer, to.name),
    why,
    team: team.name,
    isOwn: to.id === by,
    ...(said && { said }),
    ...(ctx.mail.readsReplies && { bothCount: true }),
    start,
    minutes,
    timeZone,
    place,
    teamUrl: `${ctx.baseUrl}/teams/${team.id}`,
  };
}
