// Facts of each letter, as plain values that survive JSON: written with the change, rendered when it is sent. Links
// that open something are not stored: they are derived when the letter is drawn.
import type { WallTime } from '../events/wall-time.ts';
import type { CompanyInRound, TableInRound } from '../tables/telling.ts';
import type { AboutAnEvent, BeforeTheChange } from './event-facts.ts';
import type { FacilitatorLetter, FacilitatorNewsLetter, MessageLetter } from './facilitator-facts.ts';
import type { OrganiserDayLetter } from './organiser-day.ts';
import type { News } from './organiser-news.ts';
import type {
  ChooseDatesLetter,
  GroundRulesLetter,
  LastDayLetter,
  MeetingLetter,
  OfferAnswerLetter,
  OfferConfirmLetter,
  PairMeetingLetter,
  PairMutualLetter,
  PairNewsLetter,
  PairProposedLetter,
  PairWishesLetter,
  PlaceOfferedLetter,
  RankTrendsLetter,
  TeamNewsLetter,
  TrendGivenLetter,
  VotingReopenedLetter,
} from './programme-facts.ts';
import type { SeveralThingsLetter } from './several-facts.ts';

export type { AboutAnEvent, BeforeTheChange, CalendarFacts, LetterEvent } from './event-facts.ts';

export interface SignInLetter {
  kind: 'sign-in';
  recipient: { name: string };
  organisation: string;
  link: string;
  /** As people type it, such as 'K7QM-2XDR'. */
  code: string;
  minutes: number;
  /** How everyone behind the address is greeted, where there are several. */
  names?: string[];
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
  /** Address where one press ends the invitations of the programme (RFC 8058). */
  stopUrl?: string;
  /** One line under the event's name; may be empty. */
  headline: string;
  /** Introduction in a few sentences; may be empty. */
  lede: string;
  /** People who said yes: at most three names are shown. `count` 0 where the guest list is off. */
  coming: { names: string[]; count: number };
  /** 'YYYY-MM-DD', or null. */
  answerBy: string | null;
  /** The programme's purpose, and who stands behind it; left out where nobody has written it. */
  purpose?: string;
  sponsor?: { name: string; title: string };
  /** The most wanted question so far; empty where there is none. */
  topQuestion: string;
  /** The fingerprint of the keys for asking without a name, the same for everyone; not there where that is off. */
  namelessKey?: string;
  /** For a substitute: who named them, and until when on the event's wall clock the seat is kept. */
  keptFor?: { by: string; until: WallTime };
  /** There are fewer seats than people invited of that side: seats go in the order of answers. */
  inOrderOfAnswers?: true;
}

export interface HostInvitationLetter extends AboutAnEvent {
  kind: 'invitation-host';
  stopUrl?: string;
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
  /** There are fewer seats than people invited of that side: none is kept for anyone. */
  inOrderOfAnswers?: true;
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

/** To a host: who sits at their table in each round; `isChanged`: they were told of others before. */
export interface HostTableLetter extends Reminding {
  kind: 'host-table';
  isChanged: boolean;
  rounds: CompanyInRound[];
}

/** To a guest whose table is another one than they knew. */
export interface TableChangedLetter extends AboutAnEvent {
  kind: 'table-changed';
  rounds: TableInRound[];
}

export interface PlainEventLetter extends AboutAnEvent {
  kind: 'seat-free' | 'seat-offer' | 'seat-gone' | 'confirmed' | 'seat-given-back' | 'uninvited';
}

/** To those who waited until the event began; `next`: the next of its kind that they can ask to be invited to. */
export interface NoSeatLetter extends AboutAnEvent {
  kind: 'no-seat';
  next: { name: string; start: WallTime; timeZone: string } | null;
}

/** To the address a person had before: the event leaves the calendar there. */
export interface OtherAddressLetter extends AboutAnEvent {
  kind: 'other-address';
}

/** Not sure any more after a no: the event, which had left the calendar, is entered again. */
export interface BackInCalendarLetter extends AboutAnEvent {
  kind: 'back-in-calendar';
  answer: 'maybe';
  /** The reader was sent no entry before. */
  isFirst?: true;
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

/** To the organiser: a guest proposes another time, sends somebody else, or wrote something beside an answer. A reply reaches that guest. */
export interface ProposalLetter extends AboutAnEvent {
  kind: 'proposal';
  what: 'proposal' | 'delegation' | 'answer';
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

/** To the organiser, as something happens that may need a hand; `personalUrl` is the event's overview. */
export interface OrganiserNewsLetter extends AboutAnEvent {
  kind: 'organiser-news';
  news: News;
}

export type LetterFacts =
  | SeveralThingsLetter
  | OrganiserDayLetter
  | OrganiserNewsLetter
  | FacilitatorLetter
  | FacilitatorNewsLetter
  | MessageLetter
  | SignInLetter
  | AddressChangedLetter
  | GroundRulesLetter
  | LastDayLetter
  | VotingReopenedLetter
  | TeamNewsLetter
  | ChooseDatesLetter
  | RankTrendsLetter
  | PairWishesLetter
  | PairProposedLetter
  | PairMeetingLetter
  | PairNewsLetter
  | PairMutualLetter
  | OfferConfirmLetter
  | OfferAnswerLetter
  | PlaceOfferedLetter
  | MeetingLetter
  | TrendGivenLetter
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
  | NoSeatLetter
  | HostTableLetter
  | TableChangedLetter
  | OtherAddressLetter
  | PlainEventLetter;

export type LetterKind = LetterFacts['kind'];
