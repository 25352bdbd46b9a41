// A calendar object that came in, as the rules see it: nothing in it is believed, only read.
// RFC 5545 3.8.4 (who), 3.8.7 (which revision), RFC 5546 3.2.3 and 3.2.7. Times are instants, whatever zone they stand in.

import ICAL from 'ical.js';
import { type ReceivedAttendee, type ReceivedReply, sameAddress } from '../../domain/calendar/replies.ts';
import { isTimeZone } from '../../domain/events/wall-time.ts';
import { hideLinks } from '../../domain/letters/hidden-links.ts';
import { manyLines } from '../calendar/text.ts';

const mostEvents = 20;
const mostAttendees = 200;
const mostWords = 300;

/** Every VEVENT of a REPLY or COUNTER; none for other methods, and none for what is not iCalendar. */
export function repliesIn(calendar: string): ReceivedReply[] {
  const object = parsed(calendar);
  const method = String(object?.getFirstPropertyValue('method') ?? '').toUpperCase();
  if (!object || (method !== 'REPLY' && method !== 'COUNTER')) return [];
  return object
    .getAllSubcomponents('vevent')
    .slice(0, mostEvents)
    .flatMap((event) => replyIn(method, event, object) ?? []);
}

function parsed(calendar: string): ICAL.Component | null {
  try {
    const object = new ICAL.Component(ICAL.parse(calendar) as unknown[]);
    return object.name === 'vcalendar' ? object : null;
  } catch {
    return null;
  }
}

function replyIn(
  method: 'REPLY' | 'COUNTER',
  event: ICAL.Component,
  object: ICAL.Component,
): ReceivedReply | null {
  const uid = String(event.getFirstPropertyValue('uid') ?? '').trim();
  const stamp = instantIn(event.getFirstProperty('dtstamp'), object);
  const recurrence = event.getFirstProperty('recurrence-id');
  const recurrenceAt = instantIn(recurrence, object);
  // Without these nobody can say what is answered, nor which of two answers is the newer one.
  if (!uid || !stamp || (recurrence && !recurrenceAt)) return null;
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0);
  return {
    method,
    uid,
    sequence: Number.isInteger(sequence) && sequence >= 0 && sequence < 2 ** 31 ? sequence : 0,
    stamp,
    recurrenceAt,
    attendees: event.getAllProperties('attendee').slice(0, mostAttendees).map(attendeeIn),
    start: instantIn(event.getFirstProperty('dtstart'), object),
    end: instantIn(event.getFirstProperty('dtend'), object),
    words: manyLines(hideLinks(String(event.getFirstPropertyValue('comment') ?? '')))
      .trim()
      .slice(0, mostWords),
  };
}

function attendeeIn(property: ICAL.Property): ReceivedAttendee {
  const parameter = (name: string) => [property.getParameter(name) ?? []].flat().map(String);
  return {
    address: sameAddress(String(property.getFirstValue() ?? '')),
    partstat: (parameter('partstat')[0] ?? '').toUpperCase(),
    delegatedTo: parameter('delegated-to').map(sameAddress),
  };
}

/** The moment a property names: by Z, by the zone described in the object itself, or by a name that is known anyway. */
function instantIn(property: ICAL.Property | null, object: ICAL.Component): Temporal.Instant | null {
  if (!property) return null;
  const tzid = String(property.getParameter('tzid') ?? '');
  try {
    const value = property.getFirstValue();
    if (!(value instanceof ICAL.Time) || value.isDate) return null;
    if (value.zone === ICAL.Timezone.utcTimezone)
      return Temporal.Instant.from(`${String(value).replace(/Z?$/, 'Z')}`);
    if (isTimeZone(tzid)) return Temporal.PlainDateTime.from(String(value)).toZonedDateTime(tzid).toInstant();
    const described = object
      .getAllSubcomponents('vtimezone')
      .find((zone) => zone.getFirstPropertyValue('tzid') === tzid);
    if (!described) return null;
    value.zone = new ICAL.Timezone(described);
    return Temporal.Instant.fromEpochMilliseconds(value.toUnixTime() * 1000);
  } catch {
    return null;
  }
}
