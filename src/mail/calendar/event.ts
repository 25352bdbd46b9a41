// One VEVENT (RFC 5545 3.6.1), written by ical-generator from values it cannot get wrong:
// moments as Temporal with their zone, texts without control characters, addresses checked.
import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalEvent,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { span } from '../../domain/events/wall-time.ts';
import type { Attendee, CalendarEntry } from './entry.ts';
import { commonName, madeByUs, mailAddress, manyLines, oneLine, webAddress } from './text.ts';
import { isUtc } from './zone.ts';

export interface EventShape {
  /** None where one guest is taken off an event that goes on (RFC 5546 3.2.5). */
  status?: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  attendee?: Attendee;
  /** True where the entry stays visible but blocks no time. */
  free?: boolean;
  /** Content lines of a series, made by us from checked values: RRULE, EXDATE, RECURRENCE-ID. */
  lines?: readonly string[];
}

// Naming a zone here would print DTSTAMP, CREATED and LAST-MODIFIED as local times, so it has none.
const noZone = new ICalCalendar();

/** One VEVENT, not yet folded; throws RangeError for facts that cannot stand in a calendar. */
export function eventBlock(entry: CalendarEntry, { status, attendee, free, lines = [] }: EventShape): string {
  const event = new ICalEvent({ ...identityOf(entry), ...timesOf(entry), ...wordsOf(entry) }, noZone);
  event.organizer(mailbox(entry.organiser));
  event.transparency(free ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE);
  event.busystatus(free ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY);
  if (status) event.status(ICalEventStatus[status]);
  if (attendee) event.createAttendee(guest(attendee));
  // Upper case is legal, yet not what every reader compares with.
  const block = event.toString().replace(/^(ATTENDEE;.*):MAILTO:/m, '$1:mailto:');
  const times = block.replace(/^DTEND.*$/m, (line) => unambiguousEnd(entry) ?? line);
  const more = [...lines, ...conferenceOf(entry)].map((line) => `${line}\r\n`).join('');
  return times.replace(/END:VEVENT\r\n$/, (end) => `${more}${end}`);
}

function conferenceOf({ conference = '' }: CalendarEntry): string[] {
  const address = webAddress(conference);
  return address === '' ? [] : [`CONFERENCE;VALUE=URI;FEATURE=VIDEO:${address}`];
}

function identityOf(entry: CalendarEntry) {
  if (!Number.isInteger(entry.sequence) || entry.sequence < 0) {
    throw new RangeError(`SEQUENCE counts from 0 in whole numbers, not ${entry.sequence}`);
  }
  const revised = { stamp: entry.revisedAt, created: entry.createdAt, lastModified: entry.revisedAt };
  return { id: madeByUs(entry.uid), sequence: entry.sequence, ...revised };
}

function timesOf(entry: CalendarEntry) {
  const { start, end } = span(entry);
  return { start, end, timezone: isUtc(start.timeZoneId) ? 'UTC' : start.timeZoneId };
}

/** The end in UTC where its wall time comes twice that night and this is the second one; null where wall time says it. */
function unambiguousEnd(entry: CalendarEntry): string | null {
  const { end } = span(entry);
  const read = end.toPlainDateTime().toZonedDateTime(end.timeZoneId);
  if (read.epochMilliseconds === end.epochMilliseconds) return null;
  return `DTEND:${end.toInstant().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`;
}

function wordsOf(entry: CalendarEntry) {
  const summary = oneLine(entry.summary);
  if (!summary.trim()) throw new RangeError('An event needs a name before it can stand in a calendar');
  const location = oneLine(entry.location);
  const description = manyLines(entry.description);
  const url = webAddress(entry.url);
  return {
    summary,
    ...(location.trim() && { location }),
    ...(description.trim() && { description }),
    ...(url && { url }),
  };
}

function mailbox({ name, email }: { name: string; email: string }) {
  return { name: commonName(name) || email, email: mailAddress(email) };
}

function guest(attendee: Attendee) {
  return {
    ...mailbox(attendee),
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: ICalAttendeeStatus[STATUS_KEYS[attendee.partstat ?? 'NEEDS-ACTION']],
    rsvp: true,
  };
}

const STATUS_KEYS = {
  'NEEDS-ACTION': 'NEEDSACTION',
  ACCEPTED: 'ACCEPTED',
  TENTATIVE: 'TENTATIVE',
  DECLINED: 'DECLINED',
} as const;
