// Facts of each letter, as plain values that survive JSON: written with the change, rendered when it is sent. Links
// that open something are not stored: they are derived when the letter is drawn.
import type { WallTime } from '../events/wall-time.ts';

/** The event as a letter shows it; empty text stands for "not given". */
export interface LetterEvent {
  name: string;
  start: WallTime;
  minutes: number;
  timeZone: string;
  /** A place in words. An address on the web is never shown in a letter: the personal page has it. */
  place: string;
  /** True where people join by a link, which stands on the personal page. */
  online: boolean;
}

/** Fields a reschedule can change. */
export type BeforeTheChange = Pick<LetterEvent, 'name' | 'start' | 'minutes' | 'timeZone' | 'place'> &
  Partial<Pick<LetterEvent, 'online'>>;

/** Facts in every letter about an event. */
export interface AboutAnEvent {
  recipient: { name: string };
  /** The organisation's name. */
  organisation: string;
  /** The organiser's name; a reply to the letter reaches that person. */
  organiser: string;
  /** That person's own address; it is not shown. */
  organiserEmail?: string;
  event: LetterEvent;
  /** The recipient's own page for this event, `<base>/i/<token>`; opening it changes nothing. */
  personalUrl: string;
  /** The organiser's own words in place of ours: filled in for this person already. */
  words?: { subject: string; body: string };
  /** True where a mailbox is read, so that an answer pressed in the calendar counts as well. */
  bothCount?: boolean;
  /** True where the calendar may still show the no that was pressed there, until the yes is accepted in it. */
  acceptInCalendar?: boolean;
  /** The Message-ID of the invitation, in letters that follow it. */
  thread?: string;
  /** Present where the letter also enters, moves or leaves the calendar. */
  calendar?: CalendarFacts;
}

/** A calendar entry as it stands in JSON: its instants are RFC 3339 text. The organiser's address is the From address. */
export interface CalendarFacts {
  uid: string;
  sequence: number;
  revisedAt: string;
  createdAt: string;
  start: WallTime;
  minutes: number;
  timeZone: string;
  summary: string;
  location: string;
  description: string;
  url: string;
  organiser: { name: string; email: string };
  cancelled: boolean;
}

export interface SignInLetter {
  kind: 'sign-in';
  recipient: { name: string };
  organisation: string;
  link: string;
  /** As people type it, such as 'K7QM-2XDR'. */
  code: string;
  minutes: number;
  /** The code confirms who is at work in a session that is there, and no link goes with it. */
  confirms?: true;
}

/** To the former and to the new address of a person, when an organiser changes it. */
export interface AddressChangedLetter {
  kind: 'address-changed';
  recipient: { name: string };
  organisation: string;
  /** The organiser's name; a reply to the letter reaches that person. */
  organiser: string;
  organiserEmail: string;
  before: string;
  after: string;
  /** The one of the two it goes to. */
  to: 'before' | 'after';
  signInUrl: string;
}

export interface InvitationLetter extends AboutAnEvent {
  kind: 'invitation';
  /** One line under the event's name; may be empty. */
  headline: string;
  /** Introduction in a few sentences; may be empty. */
  lede: string;
  /** People who said yes: at most three names are shown. `count` 0 where the guest list is off. */
  coming: { names: string[]; count: number };
  /** 'YYYY-MM-DD', or null. */
  answerBy: string | null;
  /** The most wanted question so far; empty where there is none. */
  topQuestion: string;
  /** The fingerprint of the keys for asking without a name, the same for everyone; not there where that is off. */
  namelessKey?: string;
  /** For a substitute: who named them, and until when on the event's wall clock the seat is kept. */
  keptFor?: { by: string; until: WallTime };
}

export interface HostInvitationLetter extends AboutAnEvent {
  kind: 'invitation-host';
  shape: 'tables' | 'room' | 'panel' | 'pair';
  /** Empty where none is chosen yet. */
  trend: string;
  team: string;
  table: number | null;
  answerBy: string | null;
  namelessKey?: string;
}

export interface MovedLetter extends AboutAnEvent {
  kind: 'moved';
  before: BeforeTheChange;
  /** The person's answer before the change. */
  answer: 'invited' | 'coming' | 'waiting' | 'maybe' | 'declined';
}

export interface CancelledLetter extends AboutAnEvent {
  kind: 'cancelled';
  /** The organiser's words; may be empty. */
  reason: string;
}

export interface WaitingLetter extends AboutAnEvent {
  kind: 'waiting';
  /** Counted from 1; null leaves it out. */
  position: number | null;
}

/** Further facts of every letter that goes out by the clock. */
interface Reminding extends AboutAnEvent {
  /** The answer it was written to: it goes out only while that stands. */
  answer: 'invited' | 'coming' | 'waiting' | 'maybe';
  /** Address where one press ends the reminders of this event (RFC 8058). */
  stopUrl: string;
}

export interface ReminderLetter extends Reminding {
  kind: 'reminder';
  answerBy: string | null;
}

/** Asks for one question, sent or picked: everyone is asked, so that having asked says nothing about anyone. */
export interface WonderingLetter extends Reminding {
  kind: 'wondering';
  /** How many questions can be picked from. */
  questions: number;
}

export interface PreparationLetter extends Reminding {
  kind: 'preparation';
  trend: string;
  team: string;
  /** 'YYYY-MM-DD'. */
  prepareBy: string;
}

export interface SoonLetter extends Reminding {
  kind: 'see-you-soon' | 'today';
  /** Table number for someone who hosts one; null for others. */
  table: number | null;
}

export interface PlainEventLetter extends AboutAnEvent {
  kind: 'seat-free' | 'confirmed' | 'seat-given-back' | 'uninvited';
}

/** Not sure any more after a no: the event, which had left the calendar, is entered again. */
export interface BackInCalendarLetter extends AboutAnEvent {
  kind: 'back-in-calendar';
  answer: 'maybe';
}

/** All personal links were replaced: this is the new one. */
export interface NewLinkLetter extends AboutAnEvent {
  kind: 'new-link';
  answer: 'invited' | 'coming' | 'waiting' | 'maybe';
}

/** An answer came from a calendar and nobody could prove who sent it: one press says that it was this person. */
export interface AnswerQuestionLetter extends AboutAnEvent {
  kind: 'answer-question';
  what: 'answer' | 'proposal' | 'delegation';
  said: 'yes' | 'maybe' | 'no' | null;
  confirmUrl: string;
}

/** To the organiser: a guest proposes another time, or sends somebody else. A reply reaches that guest. */
export interface ProposalLetter extends AboutAnEvent {
  kind: 'proposal';
  what: 'proposal' | 'delegation';
  who: string;
  /** Wall time in the event's zone; minutes only where they are known. */
  proposed: { start: WallTime; minutes: number | null } | null;
  /** The guest's words, or whom they named. */
  note: string;
}

/** A guest's calendar shows an answer that could not be taken, and why: a sentence of the catalogue with its values. */
export interface NotCountedLetter extends AboutAnEvent {
  kind: 'answer-not-counted';
  said: 'yes' | 'maybe' | 'no';
  why: { sentence: string; values: Record<string, string | number> };
}

/** To the organiser, on the go/no-go day; `personalUrl` is the event's overview, where one press decides. */
export interface GoNoGoLetter extends AboutAnEvent {
  kind: 'go-no-go';
  isReached: boolean;
  /** How many come, and how many there should be at least. */
  seniors: { n: number; least: number };
  talents: { n: number; least: number };
}

export type LetterFacts =
  | SignInLetter
  | AddressChangedLetter
  | GoNoGoLetter
  | InvitationLetter
  | HostInvitationLetter
  | MovedLetter
  | CancelledLetter
  | WaitingLetter
  | AnswerQuestionLetter
  | ProposalLetter
  | NotCountedLetter
  | ReminderLetter
  | WonderingLetter
  | PreparationLetter
  | SoonLetter
  | NewLinkLetter
  | BackInCalendarLetter
  | PlainEventLetter;

export type LetterKind = LetterFacts['kind'];

const cancelling: readonly string[] = ['cancelled', 'uninvited', 'seat-given-back'];

/** Whether the calendar object of letters of this kind is a CANCEL; of all others it is a REQUEST. */
export function takesAway(kind: string): boolean {
  return cancelling.includes(kind);
}

/** Letters that say where one press ends the reminders of their event. */
export const lettersWithStop: readonly LetterKind[] = [
  'reminder',
  'wondering',
  'preparation',
  'see-you-soon',
  'today',
];
