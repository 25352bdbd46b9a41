// Facts of e-mails to a facilitator, and of those that an organiser writes to a group.
import type { AboutAnEvent, BeforeTheChange, LetterEvent } from './event-facts.ts';

/** To the facilitator: they lead the event, or no longer do; `personalUrl` is its desk. */
export interface FacilitatorLetter extends AboutAnEvent {
  kind: 'facilitator';
  leads: boolean;
}

/** To a facilitator who is not on the list: the event they lead has another time or place, or was cancelled. */
export interface FacilitatorNewsLetter extends AboutAnEvent {
  kind: 'facilitator-news';
  what: 'moved' | 'cancelled';
  before?: BeforeTheChange;
}

/** An e-mail that an organiser wrote to a group; its words are filled in for this reader already. */
export interface MessageLetter {
  kind: 'message';
  recipient: { name: string };
  organisation: string;
  /** The organiser who wrote it; a reply reaches that person. */
  organiser: string;
  organiserEmail: string;
  subject: string;
  body: string;
  programme: string;
  /** The event whose people it is written to, and the reader's page of it. */
  event?: LetterEvent;
  personalUrl?: string;
}
