// A calendar entry: the facts of one event as its guests' calendars must show it (RFC 5545 3.6.1).

/** Everything an .ics says about one event; `sequence` is already the raised one (RFC 5546 2.1.4). */
export interface CalendarEntry {
  /** '<uuid>@<domain>', made by us at creation and never changed. */
  uid: string;
  sequence: number;
  /** When the facts last changed, cosmetic edits too: DTSTAMP and LAST-MODIFIED. */
  revisedAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  /** Wall time 'YYYY-MM-DDTHH:MM'. */
  start: string;
  minutes: number;
  /** IANA zone. */
  timeZone: string;
  summary: string;
  location: string;
  description: string;
  url: string;
  /** The mailbox letters come from (ORGANIZER equals From); the name is the human organiser's. */
  organiser: Mailbox;
  cancelled: boolean;
  /** Address at which an online event is joined: CONFERENCE (RFC 7986 5.11). */
  conference?: string;
  /** Whether this reader has a seat, in a file or a feed; left out where nobody's answer is shown. */
  seat?: Seat;
}

/** A seat that is set, one that may come, or none. */
export type Seat = 'set' | 'open' | 'none';

export interface Mailbox {
  name: string;
  email: string;
}

export type PartStat = 'NEEDS-ACTION' | 'ACCEPTED' | 'TENTATIVE' | 'DECLINED';

/** The one guest an object is for; without a known answer the guest still has to give one. */
export interface Attendee extends Mailbox {
  partstat?: PartStat;
}

/** Reads an entry back from JSON, where its two instants have become text; throws where they are not instants. */
export function entryFromJson(
  facts: Omit<CalendarEntry, 'revisedAt' | 'createdAt'> & { revisedAt: string; createdAt: string },
): CalendarEntry {
  return {
    ...facts,
    revisedAt: Temporal.Instant.from(facts.revisedAt),
    createdAt: Temporal.Instant.from(facts.createdAt),
  };
}
