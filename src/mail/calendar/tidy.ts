// The last pass over every object: one parser reads it and writes it again.
// That puts properties before components (RFC 5545 3.6, 3.6.1), folds at 75 octets (3.1) and ends with CRLF.
import ICAL from 'ical.js';

// The parser counts the line without the space that a continuation starts with (2.2.1), so 74 here makes 75 there.
ICAL.foldLength = 74;

/** The same object in the order and folding RFC 5545 asks for; throws where it is not iCalendar at all. */
export function tidy(calendar: string): string {
  return `${new ICAL.Component(ICAL.parse(calendar) as unknown[]).toString()}\r\n`;
}
