// Objects that travel by mail to one guest: they enter, move and leave that guest's calendar.
// RFC 5546 3.2.2 (REQUEST) and 3.2.5 (CANCEL); one object holds one METHOD, one UID and one ATTENDEE.
import type { Attendee, CalendarEntry } from './entry.ts';
import { type EventShape, eventBlock } from './event.ts';
import { calendarObject, type Method, zonesOf } from './object.ts';

/** METHOD:REQUEST for one guest, first sending and updates alike; throws RangeError for a cancelled event (RFC 5546 3.2.2). */
export function invitationRequest(entry: CalendarEntry, attendee: Attendee): string {
  if (entry.cancelled) throw new RangeError('A cancelled event invites nobody');
  return forOneGuest('REQUEST', entry, { status: 'CONFIRMED', attendee });
}

/** METHOD:CANCEL for the whole event, as one of its guests gets it: STATUS:CANCELLED, SEQUENCE already raised (RFC 5546 3.2.5). */
export function cancellation(entry: CalendarEntry, attendee: Attendee): string {
  return forOneGuest('CANCEL', entry, { status: 'CANCELLED', attendee });
}

/** METHOD:CANCEL that takes one guest off an event that goes on: no STATUS (RFC 5546 3.2.5 forbids it here). */
export function uninvitation(entry: CalendarEntry, attendee: Attendee): string {
  return forOneGuest('CANCEL', entry, { attendee });
}

function forOneGuest(method: Method, entry: CalendarEntry, shape: EventShape): string {
  return calendarObject(method, [], zonesOf([entry]), [eventBlock(entry, shape)]);
}
