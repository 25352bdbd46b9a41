// Rules for an answer that came back from a calendar: RFC 5546 2.1.5 (which of two is newer), 3.2.3 (REPLY),
// 3.2.7 (COUNTER); RFC 6047 2.2.1 (a reply that is not proved is not believed).

/** Days for which the link works that asks whether an answer was theirs. */
const daysToConfirm = 7;

/** Says whether it is too late to confirm a reply that came at this moment. */
export function isTooOldToConfirm(cameAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, cameAt.add({ hours: 24 * daysToConfirm })) >= 0;
}

/** E-mails that ask whether an answer was theirs, to one person a day and to everybody an hour: forged ones make no flood. */
export const mostAskedToConfirm = { aDay: 3, anHour: 60 };

/** E-mails of a kind that one guest's calendar can cause in a day, at one event: programs that answer each other stop there. */
export const mostCausedADay = 3;

/** Days for which the ids of replies that were read are remembered. */
export const daysRepliesRemembered = 90;

export type YesMaybeNo = 'yes' | 'maybe' | 'no';

/** One VEVENT of a REPLY or COUNTER, with its instants read and its addresses as `sameAddress` compares them. */
export interface ReceivedReply {
  method: 'REPLY' | 'COUNTER';
  uid: string;
  sequence: number;
  stamp: Temporal.Instant;
  /** Meeting of a series; null where the whole event is meant. */
  recurrenceAt: Temporal.Instant | null;
  attendees: readonly ReceivedAttendee[];
  /** The time it names; a COUNTER proposes it. */
  start: Temporal.Instant | null;
  end: Temporal.Instant | null;
  words: string;
}

export interface ReceivedAttendee {
  address: string;
  /** In capitals, as RFC 5545 3.2.12 has it; empty where there is none. */
  partstat: string;
  delegatedTo: readonly string[];
}

/** Writer of a reply, and whether that is proved (RFC 7489: DMARC pass for the domain of the From address). */
export interface Writer {
  address: string;
  proved: boolean;
}

const SAID: Partial<Record<string, YesMaybeNo>> = { ACCEPTED: 'yes', TENTATIVE: 'maybe', DECLINED: 'no' };

/** Reads a PARTSTAT as an answer; null where it is none, such as NEEDS-ACTION. */
export function answerIn(partstat: string): YesMaybeNo | null {
  return SAID[partstat] ?? null;
}

/**
 * Decides whom a reply is about and whether it counts as theirs: the writer, where proved and named in it; else the one
 * person invited whom it names, who then has to be asked. Null where it names nobody who is invited, or several.
 */
export function aboutWhom(
  reply: ReceivedReply,
  writer: Writer,
  invited: readonly string[],
): { address: string; attendee: ReceivedAttendee; proved: boolean } | null {
  const answering = reply.attendees.filter(({ partstat, address }) => {
    const says = reply.method === 'COUNTER' || answerIn(partstat) !== null || partstat === 'DELEGATED';
    return says && invited.includes(address);
  });
  const own = answering.find(({ address }) => address === writer.address);
  if (own && writer.proved) return { address: own.address, attendee: own, proved: true };
  const named = new Set(answering.map(({ address }) => address));
  const [one] = answering;
  return one && named.size === 1 ? { address: one.address, attendee: one, proved: false } : null;
}

/** The reply with today's address of each person it names by the one their invitation went to. */
export function withAddressesOfToday(
  reply: ReceivedReply,
  current: ReadonlyMap<string, string>,
): ReceivedReply {
  const attendees = reply.attendees.map((one) => ({
    ...one,
    address: current.get(one.address) ?? one.address,
  }));
  return { ...reply, attendees };
}

/** Order of replies by an earlier one's values: RFC 5546 2.1.5 compares SEQUENCE first, then DTSTAMP. */
export interface Order {
  sequence: number;
  stamp: Temporal.Instant;
}

/** Lowers a SEQUENCE above all that were sent to this guest: believed, it would make every later answer of theirs an old one. */
export function clamped<Reply extends Order>(reply: Reply, sent: number): Reply {
  return { ...reply, sequence: Math.min(reply.sequence, sent) };
}

/** True where this reply comes after all that were proved before, about the same meeting of the same person. */
export function isNewer(reply: Order, before: readonly Order[]): boolean {
  return before.every(
    (one) =>
      reply.sequence > one.sequence ||
      (reply.sequence === one.sequence && Temporal.Instant.compare(reply.stamp, one.stamp) > 0),
  );
}

/** Facts about the event and the person when a proved answer comes. */
export interface ReplyContext {
  /** The SEQUENCE that brought the present time of the event. */
  timeSequence: number;
  /** Proved replies about the same meeting, of this person. */
  before: readonly Order[];
  /** When this person last answered anywhere, by our clock. */
  answeredAt: Temporal.Instant | null;
  /** When our mail server took the reply in. */
  receivedAt: Temporal.Instant;
}

/**
 * Whether a proved answer counts: not where a newer one is known, was given elsewhere since, or where it is about a
 * time that the event no longer has.
 */
export function verdictOn(reply: Order, known: ReplyContext): 'counts' | 'older' | 'earlier-time' {
  if (!isNewer(reply, known.before)) return 'older';
  if (reply.sequence < known.timeSequence) return 'earlier-time';
  const { answeredAt, receivedAt } = known;
  // Mail servers write whole seconds: within the same second the calendar is believed.
  const isOvertaken =
    answeredAt !== null && answeredAt.epochMilliseconds - receivedAt.epochMilliseconds >= 1000;
  return isOvertaken ? 'older' : 'counts';
}

/** Whether a reply is about this event: the whole of it, or the one meeting that starts at that instant. */
export function isAbout(reply: Pick<ReceivedReply, 'recurrenceAt'>, start: Temporal.Instant): boolean {
  // Some programs name the only meeting, and each in the zone it likes: only the instant tells.
  return reply.recurrenceAt === null || reply.recurrenceAt.equals(start);
}

/** An address as two of them are compared: without mailto:, in small letters, the domain in ASCII. */
export function sameAddress(address: string): string {
  const plain = address
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 1) return plain;
  const host = `http://${plain.slice(at + 1)}`;
  return `${plain.slice(0, at)}@${URL.canParse(host) ? new URL(host).hostname : plain.slice(at + 1)}`;
}
