// Calendar entries of a pair's meetings, one for each person; SEQUENCE is kept per person (RFC 5546 2.1.4).
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type EntryMethod, sequenceFor } from '../../domain/calendar/own-entry.ts';
import { ownUid } from '../../domain/calendar/own-uid.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import type { CalendarFacts } from '../../domain/letters/facts.ts';
import type { PairMeetingLetter } from '../../domain/letters/programme-facts.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as meetings from '../../store/pairs/meetings.ts';
import * as pairs from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as people from '../../store/people/people.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';
import { idsOf } from './meetings-times.ts';

/** UID and SEQUENCE of one person's entry, when it was written, and in whose name. */
export interface PairEntryRevision {
  uid: string;
  sequence: number;
  at: Temporal.Instant;
  organiser: string;
}

const isLink = (place: string) => /^https?:\/\/\S+$/i.test(place);

/** Makes the entry of a meeting for somebody who meets these people. */
export function pairMeetingEntry(
  ctx: Pick<Context, 'baseUrl' | 'words' | 'mail'>,
  meeting: meetings.Meeting,
  partners: readonly string[],
  { uid, sequence, at, organiser }: PairEntryRevision,
): CalendarFacts {
  const { startsAt: start, minutes, timeZone, place } = meeting;
  const url = `${ctx.baseUrl}/pairs/${meeting.pairId}`;
  const who = new Intl.ListFormat(ctx.words.language).format(partners);
  return {
    uid,
    sequence,
    revisedAt: at.toString(),
    createdAt: meeting.createdAt.toString(),
    start,
    minutes,
    timeZone,
    summary: ctx.words.t('One-to-one with {who}', { who }),
    location: place,
    description: url,
    url,
    organiser: { name: organiser, email: meeting.calendarAddress || ctx.mail.from },
    cancelled: false,
    ...(isLink(place) && { conference: place }),
  };
}

export interface Sending {
  why: PairMeetingLetter['why'];
  /** Person whose press it was; null: nobody's. */
  by: number | null;
}

/** Brings a meeting into everyone's calendar, or takes it out of those that have it. */
export async function sendMeeting(
  ctx: Context,
  tx: Tx,
  meeting: meetings.Meeting,
  { why, by }: Sending,
): Promise<void> {
  const method = why === 'planned' || why === 'moved' ? 'REQUEST' : 'CANCEL';
  const named = orNotFound(await pairs.findNamed(tx, meeting.pairId), 'page');
  const everyone = await people.findMany(tx, idsOf(named.pair));
  const entries = await meetings.entriesOf(tx, [meeting.id]);
  for (const person of everyone) {
    const entry = entries.find(({ personId }) => personId === person.id) ?? null;
    const isThere = entry?.method === 'REQUEST';
    if (person.disabledAt !== null || (method === 'CANCEL' && !isThere)) continue;
    const partners = everyone.filter(({ id }) => id !== person.id).map(({ name }) => name);
    await sendOne(ctx, tx, meeting, { person, entry, method, partners, why, by });
  }
}

interface OneEntry extends Sending {
  person: Pick<people.Person, 'id' | 'name' | 'email' | 'hasOwnUids'>;
  entry: meetings.Entry | null;
  method: EntryMethod;
  partners: string[];
}

async function sendOne(ctx: Context, tx: Tx, meeting: meetings.Meeting, one: OneEntry): Promise<void> {
  const { person, entry, method, partners, why, by } = one;
  const own = entry && {
    sequence: entry.sequence,
    last: entry.method,
    mayBeThere: entry.method === 'REQUEST',
  };
  const sequence = sequenceFor(method, meeting.sequence, own, null);
  const uid = person.hasOwnUids ? ownUid(meeting.uid, person.id) : meeting.uid;
  const { id: personId, email } = person;
  await meetings.putEntry(tx, { meetingId: meeting.id, personId, email, uid, method, sequence });
  const { programme, organiser } = await senderOf(tx, meeting.pairId);
  const { otherTimes, startsAt: start, minutes, timeZone, place } = meeting;
  const others = otherTimes !== null && otherTimes.by !== person.id ? otherTimes : null;
  const facts: Omit<PairMeetingLetter, 'meetingUrl'> = {
    kind: method === 'REQUEST' ? 'pair-meeting' : 'pair-meeting-off',
    ...seasonFacts(programme, organiser, person.name),
    why,
    pairId: meeting.pairId,
    partners,
    isOwn: person.id === by,
    start,
    minutes,
    timeZone,
    place,
    otherTimes: others?.starts ?? [],
    otherUntil: others ? wallTimeOf(Temporal.Instant.from(others.until), timeZone) : '',
    calendar: {
      ...pairMeetingEntry(ctx, meeting, partners, {
        ...{ uid, sequence, at: ctx.now(), organiser: organiser.name },
      }),
      cancelled: method === 'CANCEL',
    },
  };
  const key = `pair-meeting:${meeting.id}:${person.id}:${sequence}:${email}`;
  await sendLetter(ctx, tx, { key, kind: facts.kind, to: person, facts: { ...facts } });
}

/** The programme of a pair, and the organiser in whose name its e-mails leave. */
async function senderOf(tx: Tx, pairId: number) {
  const { pair } = orNotFound(await pairs.findNamed(tx, pairId), 'page');
  const round = orNotFound(await rounds.find(tx, pair.roundId), 'page');
  const programme = orNotFound(await programmes.find(tx, round.programmeId), 'page');
  const own = round.changedById === null ? null : await people.find(tx, round.changedById);
  return { programme, organiser: own ?? orNotFound(await people.firstOrganiser(tx, 0), 'person') };
}

/** Moves the entries of a person whose address changed: they leave the calendar there and go to the new one. */
export async function movePairEntries(ctx: Context, tx: Tx, person: people.Person): Promise<void> {
  for (const { meeting, entry } of await meetings.heldBy(tx, person.id)) {
    const { pair } = orNotFound(await pairs.findNamed(tx, meeting.pairId), 'page');
    const others = await people.findMany(
      tx,
      idsOf(pair).filter((id) => id !== person.id),
    );
    const partners = others.map(({ name }) => name);
    const former = { ...person, email: entry.email, hasOwnUids: entry.uid !== meeting.uid };
    const sending = { partners, by: null };
    await sendOne(ctx, tx, meeting, {
      ...{ ...sending, person: former, entry, method: 'CANCEL', why: 'ended' },
    });
    const [left] = (await meetings.entriesOf(tx, [meeting.id])).filter((one) => one.personId === person.id);
    await sendOne(ctx, tx, meeting, {
      ...{ ...sending, person, entry: left ?? null, method: 'REQUEST', why: 'planned' },
    });
  }
}
