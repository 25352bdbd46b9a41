import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { uidFor } from '../../domain/calendar/own-uid.ts';
import { lengthOf } from '../../domain/events/times.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { isSeatForEach, type Side } from '../../domain/guests/waiting-list.ts';
import type {
  AboutAnEvent,
  BeforeTheChange,
  CalendarFacts,
  InvitationLetter,
  LetterEvent,
  LetterFacts,
} from '../../domain/letters/facts.ts';
import type { KindAboutNoEvent } from '../../domain/letters/kinds.ts';
import type { LetterWords, WordedKind } from '../../domain/letters/words.ts';
import { linesFor } from '../../domain/settings/programme.ts';
import type * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/events/teams.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import * as people from '../../store/people/people.ts';
import * as tablePlans from '../../store/tables/plans.ts';
import { fingerprint } from '../questions/slips.ts';
import { calendarAddressOf } from './addresses.ts';
import { answerKinds, whenToTell } from './answer-letters.ts';
import { type OwnRevision, ownEntry } from './own-entry.ts';
import { type Held, recipientOf, sendLetter } from './send.ts';
import { ownWords } from './words.ts';

/** An event with all that its letters tell; read once per change, inside its transaction. */
export interface EventFacts {
  event: events.Event;
  minutes: number;
  organisation: string;
  organiser: { name: string; email: string };
  /** The programme it is part of; null where it was not read. */
  programme: programmes.Programme | null;
  /** Per person who hosts: their table, trend and team. */
  hosting: Map<number, teams.Hosting>;
  /** Words of their own for letters of this format, by kind. */
  texts: Map<WordedKind, LetterWords>;
  /** The fingerprint of the keys for asking without a name; '' where that is off. */
  namelessKey: string;
  /** ORGANIZER of the event's calendar entries, once a letter with one was written. */
  calendarAddress?: string;
  /** Whether there is a seat for each of a side who may come; counted with the first invitation. */
  seatForEach?: Record<Side, boolean>;
  /** Whether tables are published, so that guests have a page of their own tables. */
  hasTables: boolean;
  /** Zones that guests set for themselves, by person. */
  zones: ReadonlyMap<number, string>;
  ownUids: ReadonlySet<number>; // People who share an address have UIDs of their own.
  /** Letters written with these facts can be taken back, and wait until they no longer can. */
  hold?: Held | undefined;
}

/** Reads all that letters about this event tell: its length in minutes, its organiser, who hosts which table. */
export async function factsOf(tx: Tx, event: events.Event): Promise<EventFacts> {
  const programme = await programmes.current(tx);
  const organiser = await people.find(tx, event.organiserId);
  return {
    event,
    minutes: lengthOf(event),
    organisation: programme?.organisation ?? 'Flipside',
    organiser: { name: organiser?.name ?? '', email: organiser?.email ?? '' },
    programme,
    hosting: await teams.hostingAt(tx, event.id),
    texts: await letterTexts.ofFormat(tx, event.format),
    hasTables: event.shape === 'tables' && (await tablePlans.publishedAt(tx, event.id)) !== null,
    namelessKey: event.namelessAsking ? await fingerprint(tx, event.id) : '',
    zones: await people.ownZonesAt(tx, event.id),
    ownUids: await people.withOwnUids(tx, event.id),
  };
}

/** The event as its letters and calendar objects show it. */
export function letterEvent({ event, minutes }: Pick<EventFacts, 'event' | 'minutes'>): LetterEvent {
  return {
    name: event.name,
    start: event.startsAt,
    minutes,
    timeZone: event.timeZone,
    place: event.place,
    online: event.joinUrl !== '',
  };
}

/** The event's calendar entry; its link is the reader's own page, or the event's, and left out where it is stored. */
export function calendarFacts(
  ctx: Pick<Context, 'mail'>,
  facts: Pick<EventFacts, 'event' | 'minutes' | 'organiser' | 'calendarAddress'>,
  url = '',
  { joins = false, uid = facts.event.uid }: { joins?: boolean; uid?: string } = {},
): CalendarFacts {
  const { event } = facts;
  // Only who comes needs the link, and an organiser may keep it to the page.
  const link = joins && !event.linkOnPage ? event.joinUrl : '';
  return {
    uid,
    sequence: event.sequence,
    revisedAt: event.revisedAt.toString(),
    createdAt: event.createdAt.toString(),
    start: event.startsAt,
    minutes: facts.minutes,
    timeZone: event.timeZone,
    summary: event.name,
    location: [event.place, link].filter(Boolean).join(', ') || (event.joinUrl ? 'Online' : ''),
    description: [event.headline, event.lede, event.access, link, url].filter(Boolean).join('\n\n'),
    url,
    organiser: {
      name: facts.organiser.name,
      email: facts.calendarAddress ?? event.calendarAddress ?? ctx.mail.from,
    },
    cancelled: event.state === 'cancelled',
    ...(link && { conference: link }),
  };
}

type EventLetter = Exclude<LetterFacts, { kind: KindAboutNoEvent }>;
type WithoutLinks<Letter> = Letter extends unknown ? Omit<Letter, 'stopUrl' | 'confirmUrl'> : never;
type BeyondAll<Letter> = Letter extends unknown ? Omit<Letter, keyof AboutAnEvent> : never;
/** Facts of a letter beyond those that all letters about an event have. */
export type Particulars = WithoutLinks<BeyondAll<EventLetter>>;

/** Recipient of a letter about an event, with the number of their answer's state. */
export type Addressee = Pick<Invitee, 'personId' | 'name' | 'email' | 'revision'> & KeptSeat;
/** Their side; for a substitute who named them, and until when the seat is kept. */
type KeptSeat = Partial<Pick<Invitee, 'inPlaceOfId' | 'seatKeptUntil' | 'side'>>;

/** People to turn to, for this reader's side; the organiser is named already. */
function helpFor({ programme, organiser }: EventFacts, { side }: Addressee) {
  const contacts = linesFor(programme?.contacts ?? [], side);
  const help = contacts.filter(({ email }) => email === '' || email !== organiser.email);
  return help.length === 0 ? {} : { help: help.map(({ name, email, phone }) => ({ name, email, phone })) };
}

/** Makes what all letters about an event hold, with the calendar entry as this guest's calendar gets it. */
function common(
  ctx: Context,
  facts: EventFacts,
  to: Addressee,
  own: OwnRevision | null,
  { joins }: { joins: boolean },
) {
  const uid = uidFor(facts.event.uid, to.personId, facts.ownUids);
  return {
    organisation: facts.organisation,
    organiser: facts.organiser.name,
    organiserEmail: facts.organiser.email,
    event: letterEvent(facts),
    ...helpFor(facts, to),
    ...(facts.zones.has(to.personId) && { ownZone: facts.zones.get(to.personId)! }),
    ...(ctx.mail.readsReplies && { bothCount: true }),
    ...(own && { calendar: { ...calendarFacts(ctx, facts, '', { joins, uid }), ...own.revision } }),
    ...(facts.hasTables && joins && { hasTables: true as const }),
    ...(own?.acceptInCalendar && { acceptInCalendar: true }),
  };
}

/** Writes one person's letter about an event; keyed by event, person, SEQUENCE and the state of their answer, unless told, so that it is written once. */
export async function sendEventLetter(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Addressee,
  particulars: Particulars,
  { key, dueAt: chosen, isRepeat }: { key?: string; dueAt?: Temporal.Instant; isRepeat?: boolean } = {},
): Promise<void> {
  const { event } = facts;
  const own = await ownEntry(ctx, tx, event, to, particulars, { again: key !== undefined });
  if (particulars.kind === 'seat-given-back' && !own) return;
  if (own) facts.calendarAddress ??= await calendarAddressOf(ctx, tx, event);
  const thread = await letters.invitationId(tx, event.id, to.personId);
  const letter = {
    ...common(ctx, facts, to, own, { joins: isComing(particulars) }),
    recipient: await recipientOf(tx, { id: to.personId, name: to.name }),
    ...(thread && { thread }),
    ...particulars,
  };
  const words = ownWords(ctx.words, facts.texts, letter);
  const { kind } = particulars;
  // An act that can be undone is told as it is: its letters wait together. So is what an organiser sends once more.
  const isAboutAnswer = answerKinds.includes(kind) && facts.hold === undefined && key === undefined;
  const about = { eventId: event.id, personId: to.personId, kind, facts: letter };
  const dueAt = isAboutAnswer ? await whenToTell(ctx, tx, about) : (chosen ?? 'at once');
  if (dueAt === null) return;
  const turn = await afterOthers(tx, event.id, to.personId, ctx.now());
  await sendLetter(ctx, tx, {
    key: key ?? `${particulars.kind}:${event.id}:${to.personId}:${event.sequence}:${to.revision}`,
    kind,
    to: { id: to.personId, name: to.name, email: to.email },
    eventId: event.id,
    facts: { ...letter, ...(words && { words }) },
    hold: facts.hold,
    ...(isRepeat && { asks: false }), // What did not arrive was not asked.
    ...(dueAt !== 'at once' && { dueAt }),
    ...(turn && { notBeforeTurn: turn }),
  });
}

/** A second after the last calendar entry that waits on its way to this person, so that none overtakes it; null: at once. */
async function afterOthers(
  tx: Tx,
  eventId: number,
  personId: number,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const until = await letters.entryWaitsUntil(tx, eventId, personId);
  return until && Temporal.Instant.compare(until, now) > 0 ? until.add({ seconds: 1 }) : null;
}

/** Whether the person is coming, by what the letter says. */
function isComing(said: Particulars): boolean {
  if (said.kind === 'confirmed' || said.kind === 'seat-free') return true;
  return 'answer' in said && said.answer === 'coming';
}

const nobody: InvitationLetter['coming'] = { names: [], count: 0 };

/** Names who has said yes, for people invited later; nobody where the guest list is not shown. */
export function comingIn(event: events.Event, invitees: readonly Invitee[]): InvitationLetter['coming'] {
  const coming = event.guestListShown ? invitees.filter(({ state }) => state === 'coming') : [];
  return { names: coming.slice(0, 3).map(({ name }) => name), count: coming.length };
}

/** The invitation, to a guest or to somebody who hosts a table. */
export async function sendInvitation(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Addressee,
  {
    key,
    coming = nobody,
    isRepeat = false,
  }: { key?: string; coming?: InvitationLetter['coming']; isRepeat?: boolean } = {},
): Promise<void> {
  const { answerBy, shape, headline, lede } = facts.event;
  const hosting = facts.hosting.get(to.personId);
  const table = shape === 'tables' ? (hosting?.table ?? null) : null;
  const nameless = facts.namelessKey === '' ? {} : { namelessKey: facts.namelessKey };
  const said: Particulars = hosting
    ? { kind: 'invitation-host', shape, ...hosting, table, answerBy, ...nameless }
    : {
        kind: 'invitation',
        headline,
        lede,
        ...purposeOf(facts),
        coming,
        answerBy,
        topQuestion: '',
        ...nameless,
        ...(await keptSeat(tx, facts, to)),
      };
  await sendEventLetter(ctx, tx, facts, to, said, { isRepeat, ...(key !== undefined && { key }) });
}

function purposeOf({ programme }: EventFacts) {
  const { purpose = '', sponsorName: name = '', sponsorTitle: title = '' } = programme ?? {};
  return { ...(purpose && { purpose }), ...(name && { sponsor: { name, title } }) };
}

async function keptSeat(
  tx: Tx,
  facts: EventFacts,
  { inPlaceOfId, seatKeptUntil, side = 'senior' }: KeptSeat,
): Promise<Pick<InvitationLetter, 'keptFor' | 'inOrderOfAnswers'>> {
  const { timeZone } = facts.event;
  if (!inPlaceOfId || !seatKeptUntil) return orderOfAnswers(tx, facts, { side });
  const by = await people.find(tx, inPlaceOfId);
  return by ? { keptFor: { by: by.name, until: wallTimeOf(seatKeptUntil, timeZone) } } : {};
}

/** Says whether seats go in the order of answers, as there is not one for each of this reader's side. */
export async function orderOfAnswers(
  tx: Tx,
  facts: EventFacts,
  { side = 'senior', seatKeptUntil }: KeptSeat,
): Promise<{ inOrderOfAnswers?: true }> {
  if (seatKeptUntil) return {};
  facts.seatForEach ??= seatForEach(facts.event, await rsvps.invitees(tx, facts.event.id));
  return facts.seatForEach[side] ? {} : { inOrderOfAnswers: true };
}

function seatForEach(event: events.Event, invitees: readonly Invitee[]): Record<Side, boolean> {
  const { capacity, seniorCapacity, talentCapacity } = event;
  const room = { capacity, bySide: { senior: seniorCapacity, talent: talentCapacity } };
  return { senior: isSeatForEach(room, invitees, 'senior'), talent: isSeatForEach(room, invitees, 'talent') };
}

/** Returns the facts of an event before a change, for the letter about it. */
export function factsBefore({ event, minutes }: EventFacts): BeforeTheChange {
  const { name, startsAt: start, timeZone, place, joinUrl } = event;
  return { name, start, minutes, timeZone, place, online: joinUrl !== '' };
}
