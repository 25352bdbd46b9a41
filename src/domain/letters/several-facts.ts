// Facts of the e-mail that puts everything into one that waits for one person.
import type { CalendarFacts } from './event-facts.ts';

/** A letter that leaves in another one: what it was written with, and what its links are derived from. */
export interface StoredPart {
  eventId: number | null;
  /** When it was written. */
  createdAt: string;
  facts: Record<string, unknown>;
}

/** Asks for several things at once: each with its own link, in the words of its own e-mail. */
export interface SeveralThingsLetter {
  kind: 'several-things';
  recipient: { name: string };
  organisation: string;
  organiser: string;
  organiserEmail: string;
  /** Facts of the letters that leave in this one, links filled in. */
  things: Record<string, unknown>[];
  /** The one calendar entry that an e-mail can bring (RFC 6047): that of the first event. */
  calendar?: CalendarFacts;
  bothCount?: true;
}
