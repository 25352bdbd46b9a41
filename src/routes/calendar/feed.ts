import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { noteWrongLink } from '../../actions/audit/note-refused.ts';
import { beforeHold, idsTakenOff } from '../../actions/letters/holds.ts';
import { pairMeetingEntry } from '../../actions/pairs/meetings-calendar.ts';
import { hashSecret } from '../../actions/sign-in/secrets.ts';
import { meetingEntry } from '../../actions/teams/meeting-calendar.ts';
import type { Context } from '../../context.ts';
import { isHost } from '../../domain/access.ts';
import { type CalendarEntry, entryFromJson } from '../../mail/calendar/entry.ts';
import { entriesForFeed, feed } from '../../mail/calendar/feed.ts';
import { orNotFound } from '../../refusal.ts';
import * as calendar from '../../store/calendar/entries.ts';
import type { Event } from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as holds from '../../store/letters/holds.ts';
import * as pairMeetings from '../../store/pairs/meetings.ts';
import * as teamMeetings from '../../store/teams/meetings.ts';
import type { Answer, Visit } from '../../web/visit.ts';
import { partLine, partRows } from '../run-of-show/part-view.ts';
import { entryFor } from './own-entry.ts';

/** The calendar behind a secret address: its bytes, or 304 to a program that has them. */
export async function subscription({ ctx, request, reply }: Visit): Promise<Answer> {
  const { token } = request.params as { token: string };
  const secret = /^([\w-]{27})\.ics$/.exec(token)?.[1];
  const found = secret === undefined ? null : await calendar.feedOwner(ctx.db, hashSecret(secret));
  if (!found) noteWrongLink(ctx, 'wrong-feed');
  const owner = orNotFound(found, 'page');
  const { body, etag } = await feedOf(ctx, owner);
  reply.headers({
    etag,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="flipside.ics"',
  });
  return isKnown(request, etag) ? reply.code(304).send() : reply.send(body);
}

/** RFC 9110 13.1.2: any of several, any at all, or one that a proxy has marked as weak. */
function isKnown(request: FastifyRequest, etag: string): boolean {
  const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === etag);
}

interface Rendered {
  key: string;
  body: Buffer;
  etag: string;
}

/** Feeds put together before; a calendar program asks every hour and mostly nothing changed. */
const rendered = new WeakMap<object, Map<string, Rendered>>();
const mostRendered = 200;

async function feedOf(ctx: Context, owner: calendar.FeedOwner): Promise<Rendered> {
  const programme = await programmes.current(ctx.db);
  const source: [whose: 'person' | 'programme', id: number] =
    owner.shows === 'own' ? ['person', owner.id] : ['programme', programme?.id ?? 0];
  // The state is read before the events: what is kept may be newer than its key says, never older. What a feed shows
  // also depends on the day, since events come into sight and go: so nothing is kept for longer than an hour.
  const meetings = owner.shows === 'own' ? await meetingsFingerprint(ctx, owner.id) : [];
  const state = [await calendar.entriesFingerprint(ctx.db, ...source), ...meetings];
  const hour = Math.floor(ctx.now().epochMilliseconds / 3_600_000);
  // Feeds leave out anything that can still be taken back, and answer otherwise once it no longer can.
  const undoable = await holds.allCurrent(ctx.db, ctx.now());
  const held = undoable.map(({ id }) => id);
  const key = JSON.stringify([state, hour, held, owner.name, programme?.name, programme?.timeZone]);
  const ofThisDatabase = rendered.get(ctx.db) ?? new Map<string, Rendered>();
  rendered.set(ctx.db, ofThisDatabase);
  const place = source.join(' ');
  const before = ofThisDatabase.get(place);
  if (before?.key === key) return before;
  const fresh = { key, ...(await put(ctx, owner, source, programme, undoable)) };
  if (ofThisDatabase.size >= mostRendered) ofThisDatabase.delete(ofThisDatabase.keys().next().value!);
  ofThisDatabase.set(place, fresh);
  return fresh;
}

const meetingsFingerprint = async ({ db }: Context, personId: number) => [
  await teamMeetings.calendarFingerprint(db, personId),
  await pairMeetings.calendarFingerprint(db, personId),
];

async function put(
  ctx: Context,
  owner: calendar.FeedOwner,
  [whose, id]: [whose: 'person' | 'programme', id: number],
  programme: programmes.Programme | null,
  undoable: holds.Hold[],
): Promise<Pick<Rendered, 'body' | 'etag'>> {
  const isOwn = whose === 'person';
  const all = isOwn
    ? [
        ...(await ownEntries(ctx, id, undoable)),
        ...(await meetingEntries(ctx, id)),
        ...(await pairEntries(ctx, id)),
      ]
    : await programmeEntries(ctx, id, undoable);
  const entries = entriesForFeed(all, ctx.now());
  const called = programme?.name ?? 'Flipside';
  const name = isOwn ? `${owner.name} · ${called}` : called;
  const timeZone = programme?.timeZone ?? 'UTC';
  const body = Buffer.from(feed({ name, timeZone, entries, source: `${ctx.baseUrl}/` }));
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
}

async function ownEntries(ctx: Context, personId: number, undoable: holds.Hold[]): Promise<CalendarEntry[]> {
  const rows = await calendar.calendarOf(ctx.db, personId);
  const gone = await calendar.calendarOfAnswers(ctx.db, personId, undoable.flatMap(idsTakenOff));
  return [...rows, ...gone].flatMap((row) => {
    const known = beforeAll(row.event, row.own, undoable);
    if (!known || known.own.state === 'uninvited') return [];
    const shown = { organiser: row.organiser, event: known.event };
    const { blocks, side } = row.part;
    const isTheirs = isHost({ side }, known.event, true);
    const rows = partRows(known.event, blocks, { id: personId, isHost: isTheirs });
    const entry = entryFor(ctx, ctx.words, shown, `/e/${known.event.slug}`, known.own);
    const lines = [known.own.state === 'coming' ? partLine(ctx.words, rows) : '', entry.description];
    return { ...entry, description: lines.filter(Boolean).join('\n\n') };
  });
}

/** Meetings of one's teams. */
async function meetingEntries(ctx: Context, personId: number): Promise<CalendarEntry[]> {
  const rows = await teamMeetings.calendarOf(ctx.db, personId);
  return rows.map(({ meeting, team, organiser, uid, sequence }) => {
    const revision = { uid, sequence, at: meeting.revisedAt };
    return entryFromJson(meetingEntry(ctx, meeting, { team, organiser }, revision));
  });
}

/** Meetings of one's pairs. */
async function pairEntries(ctx: Context, personId: number): Promise<CalendarEntry[]> {
  const rows = await pairMeetings.calendarOf(ctx.db, personId);
  return rows.map(({ meeting, names, organiser, uid, sequence }) => {
    const revision = { uid, sequence, at: meeting.revisedAt, organiser };
    return entryFromJson(pairMeetingEntry(ctx, meeting, names, revision));
  });
}

async function programmeEntries(
  ctx: Context,
  programmeId: number,
  undoable: holds.Hold[],
): Promise<CalendarEntry[]> {
  const rows = await calendar.calendarOfProgramme(ctx.db, programmeId);
  return rows.flatMap((row) => {
    const known = beforeAll(row.event, null, undoable);
    if (!known) return [];
    const shown = { organiser: row.organiser, event: known.event };
    return entryFor(ctx, ctx.words, shown, `/events/${known.event.id}`, null);
  });
}

/** Goes back before each act that can still be taken back, the last one first. */
function beforeAll<Own extends Parameters<typeof beforeHold>[1]>(
  event: Event,
  own: Own,
  undoable: holds.Hold[],
): { event: Event; own: Own } | null {
  return undoable
    .filter(({ eventId }) => eventId === event.id)
    .reduceRight<{ event: Event; own: Own } | null>(
      (known, hold) => known && beforeHold(known.event, known.own, hold),
      { event, own },
    );
}
