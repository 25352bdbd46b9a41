import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { lengthOf } from '../../domain/events/times.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import type {
  AboutAnEvent,
  BeforeTheChange,
  CalendarFacts,
  InvitationLetter,
  LetterEvent,
  LetterFacts,
} from '../../domain/letters/facts.ts';
import type { LetterWords, WordedKind } from '../../domain/letters/words.ts';
import type * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/events/teams.ts';
import type { Invitee } from '../../store/guests/rsvps.ts';
import { invitationId } from '../../store/letters/letters.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import * as people from '../../store/people/people.ts';
import { fingerprint } from '../questions/slips.ts';
import { calendarAddressOf } from './addresses.ts';
import { answerKinds, whenToTell } from './answer-letters.ts';
import { type OwnRevision, ownEntry } from './own-entry.ts';
import { type Held, sendLetter } from './send.ts';
import { ownWords } from './words.ts';

/** An event with all that its letters tell; read once per change, inside its transaction. */
export interface EventFacts {
  event: events.Event;
  minutes: number;
  organisation: string;
  organiser: { name: string; email: string };
  /** Per person who hosts: their table, trend and team. */
  hosting: Map<number, teams.Hosting>;
  /** Words of their own for letters of this format, by kind. */
  texts: Map<WordedKind, LetterWords>;
  /** The fingerprint of the keys for asking without a name; '' where that is off. */
  namelessKey: string;
  /** ORGANIZER of the event's calendar entries, once a letter with one was written. */
  calendarAddress?: string;
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
    hosting: await teams.hostingAt(tx, event.id),
    texts: await letterTexts.ofFormat(tx, event.format),
    namelessKey: event.namelessAsking ? await fingerprint(tx, event.id) : '',
  };
}

/** The event as its letters and calendar objects show it. */
export function letterEvent({ event, minutes }: EventFacts): LetterEvent {
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
): CalendarFacts {
  const { event } = facts;
  return {
    uid: event.uid,
    sequence: event.sequence,
    revisedAt: event.revisedAt.toString(),
    createdAt: event.createdAt.toString(),
    start: event.startsAt,
    minutes: facts.minutes,
    timeZone: event.timeZone,
    summary: event.name,
    location: event.place || (event.joinUrl ? 'Online' : ''),
    description: [event.headline, event.lede, event.access, url].filter(Boolean).join('\n\n'),
    url,
    organiser: {
      name: facts.organiser.name,
      email: facts.calendarAddress ?? event.calendarAddress ?? ctx.mail.from,
    },
    cancelled: event.state === 'cancelled',
  };
}

type EventLetter = Exclude<LetterFacts, { kind: 'sign-in' | 'address-changed' }>;
type WithoutLinks<Letter> = Letter extends unknown ? Omit<Letter, 'stopUrl' | 'confirmUrl'> : never;
type BeyondAll<Letter> = Letter extends unknown ? Omit<Letter, keyof AboutAnEvent> : never;
/** Facts of a letter beyond those that all letters about an event have. */
export type Particulars = WithoutLinks<BeyondAll<EventLetter>>;

/** Recipient of a letter about an event, with the number of their answer's state. */
export type Addressee = Pick<Invitee, 'personId' | 'name' | 'email' | 'revision'> & KeptSeat;
/** For a substitute: who named them, and until when the seat is kept. */
type KeptSeat = Partial<Pick<Invitee, 'inPlaceOfId' | 'seatKeptUntil'>>;

/** Makes what all letters about an event hold, with the calendar entry as this guest's calendar gets it. */
function common(ctx: Context, facts: EventFacts, to: Addressee, own: OwnRevision | null) {
  return {
    recipient: { name: to.name },
    organisation: facts.organisation,
    organiser: facts.organiser.name,
    organiserEmail: facts.organiser.email,
    event: letterEvent(facts),
    ...(ctx.mail.readsReplies && { bothCount: true }),
    ...(own && { calendar: { ...calendarFacts(ctx, facts), ...own.revision } }),
    ...(own?.acceptInCalendar && { acceptInCalendar: true }),
  };
}

/** Writes one person's letter about an event; keyed by event, person, SEQUENCE and the state of their answer, unless told, so it is written once. */
export async function sendEventLetter(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  to: Addressee,
  particulars: Particulars,
  { key, dueAt: chosen }: { key?: string; dueAt?: Temporal.Instant } = {},
): Promise<void> {
  const { event } = facts;
  const own = await ownEntry(ctx, tx, event, to, particulars, { again: key !== undefined });
  if (particulars.kind === 'seat-given-back' && !own) return;
  if (own) facts.calendarAddress ??= await calendarAddressOf(ctx, tx, event);
  const thread = await invitationId(tx, event.id, to.personId);
  const letter = { ...common(ctx, facts, to, own), ...(thread && { thread }), ...particulars };
  const words = ownWords(ctx.words, facts.texts, letter);
  const { kind } = particulars;
  // An act that can be undone is told as it is: its letters wait together. So is what an organiser sends once more.
  const isAboutAnswer = answerKinds.includes(kind) && facts.hold === undefined && key === undefined;
  const about = { eventId: event.id, personId: to.personId, kind, facts: letter };
  const dueAt = isAboutAnswer ? await whenToTell(ctx, tx, about) : (chosen ?? 'at once');
  if (dueAt === null) return;
  await sendLetter(ctx, tx, {
    key: key ?? `${particulars.kind}:${event.id}:${to.personId}:${event.sequence}:${to.revision}`,
    kind: particulars.kind,
    to: { id: to.personId, name: to.name, email: to.email },
    eventId: event.id,
    facts: { ...letter, ...(words && { words }) },
    hold: facts.hold,
    ...(dueAt !== 'at once' && { dueAt }),
  });
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
  { key, coming = nobody }: { key?: string; coming?: InvitationLetter['coming'] } = {},
): Promise<void> {
  const { answerBy, shape, headline, lede } = facts.event;
  const hosting = facts.hosting.get(to.personId);
  const nameless = facts.namelessKey === '' ? {} : { namelessKey: facts.namelessKey };
  const said: Particulars = hosting
    ? { kind: 'invitation-host', shape, ...hosting, answerBy, ...nameless }
    : {
        kind: 'invitation',
        headline,
        lede,
        coming,
        answerBy,
        topQuestion: '',
        ...nameless,
        ...(await keptSeat(tx, facts.event, to)),
      };
  await sendEventLetter(ctx, tx, facts, to, said, key === undefined ? {} : { key });
}

async function keptSeat(
  tx: Tx,
  { timeZone }: events.Event,
  { inPlaceOfId, seatKeptUntil }: KeptSeat,
): Promise<{ keptFor?: { by: string; until: string } }> {
  if (!inPlaceOfId || !seatKeptUntil) return {};
  const by = await people.find(tx, inPlaceOfId);
  return by ? { keptFor: { by: by.name, until: wallTimeOf(seatKeptUntil, timeZone) } } : {};
}

/** Returns the event's facts before a change, for the letter about it. */
export function before({ event, minutes }: EventFacts): BeforeTheChange {
  const { name, startsAt: start, timeZone, place, joinUrl } = event;
  return { name, start, minutes, timeZone, place, online: joinUrl !== '' };
}
