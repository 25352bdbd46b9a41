// Facts of an event that its letters and calendar entries tell.
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
  /** The reader's own zone, where they set one. */
  ownZone?: string;
  /** The organiser's name; a reply to the letter reaches that person. */
  organiser: string;
  /** That person's own address; it is not shown. */
  organiserEmail?: string;
  event: LetterEvent;
  /** The recipient's own page for this event, `<base>/i/<token>`; opening it changes nothing. */
  personalUrl: string;
  /** The organiser's own words in place of ours: filled in for this person already. */
  words?: { subject: string; body: string };
  /** People to turn to with questions, besides the organiser. */
  help?: { name: string; email: string; phone: string }[];
  /** True where a mailbox is read, so that an answer pressed in the calendar counts as well. */
  bothCount?: boolean;
  /** True where the calendar may still show the no that was pressed there, until the yes is accepted in it. */
  acceptInCalendar?: boolean;
  /** True where tables are published, so that the reader has a page of their own tables. */
  hasTables?: true;
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
  /** Address of an online event, for those coming. */
  conference?: string;
}
